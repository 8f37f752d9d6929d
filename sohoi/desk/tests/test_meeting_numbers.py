"""Minutes and invitations take a number of the register when somebody asks for one; it stays with its day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from sohoi.desk.tests.promises import statements, words
from sohoi.refusal import Refusal
from sohoi.reports.meetings import invitation, minutes
from sohoi.reports.models import DocumentNumber
from sohoi.reports.write.numbers import number_meeting, take_number
from sohoi.work import write
from sohoi.work.tests.briefing import DAY, held, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(place, mai):
    """The January briefing of the town."""
    return held(place.town, mai)


def test_minutes_bear_the_next_number_and_its_day_from_then_on(client, meeting, place, mai):
    take_number(place.town, "BB", date(2018, 1, 5), by=mai, for_="Biên bản trước", body="BTV")
    client.force_login(mai)
    page = words(client.get(reverse("meeting", args=[meeting.pk])))
    assert "Lấy số cho biên bản" in page
    assert minutes(meeting).number == "…/BB-BTV"
    done = client.post(reverse("meeting-number", args=[meeting.pk, "bien-ban"]), {"on": "19/01/2018"}, follow=True)
    assert "Biên bản: số 02/BB-BTV , 19/01/2018" in words(done).replace("BTV,", "BTV ,")
    paper = minutes(meeting)
    assert (paper.number, paper.day) == ("02/BB-BTV", date(2018, 1, 19))
    assert "Lấy số cho" not in words(done)
    assert DocumentNumber.objects.get(meeting=meeting).subject == f"Biên bản: {meeting.title}"


def test_asked_twice_it_is_one_number(meeting, mai):
    first = number_meeting(meeting, "BB", DAY, by=mai)
    assert number_meeting(meeting, "BB", date(2018, 2, 1), by=mai) == first
    assert DocumentNumber.objects.count() == 1


def test_an_invitation_takes_one_of_its_own_and_keeps_it_when_the_meeting_moves(place, mai):
    called = write.call("5d5c1c0e-9e0e-4c5e-9d3c-6f8e1f2a7b10", plan(place.town), by=mai)
    number_meeting(called, "GM", date(2018, 1, 12), by=mai)
    write.amend(called, plan(place.town, on=date(2018, 1, 20), title="Giao ban dời ngày"), by=mai)
    called.refresh_from_db()
    paper = invitation(called, date(2018, 1, 16))
    assert (paper.number, paper.day) == ("01/GM-BTV", date(2018, 1, 12))


def test_what_cannot_be_is_a_sentence_and_gives_no_number(client, meeting, place, mai, lan):
    with pytest.raises(Refusal, match="từ ngày đó trở đi"):
        number_meeting(meeting, "BB", date(2018, 1, 17), by=mai)
    with pytest.raises(Refusal, match="muộn nhất"):
        number_meeting(meeting, "GM", date(2018, 1, 19), by=mai)
    with pytest.raises(Refusal, match="người của chính đơn vị"):
        number_meeting(meeting, "BB", DAY, by=lan)
    with pytest.raises(Refusal, match="không mang số"):
        number_meeting(held(place.branch, lan), "BB", DAY, by=lan)
    called = write.call("5d5c1c0e-9e0e-4c5e-9d3c-6f8e1f2a7b11", plan(place.town), by=mai)
    with pytest.raises(Refusal, match="Chưa ghi người dự"):
        number_meeting(called, "BB", DAY, by=mai)
    client.force_login(mai)
    for asked in ({"on": "bao giờ"}, {"on": "17/01/2018"}):
        client.post(reverse("meeting-number", args=[meeting.pk, "bien-ban"]), asked)
    assert client.post(reverse("meeting-number", args=[meeting.pk, "khac"]), {"on": "19/01/2018"}).status_code == 404
    client.force_login(lan)
    assert client.post(reverse("meeting-number", args=[meeting.pk, "bien-ban"]), {}).status_code == 404
    assert not DocumentNumber.objects.exists()


def test_a_day_ahead_would_keep_papers_of_before_from_a_number(meeting, place, mai):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refusal, match="còn ở phía trước"):
        number_meeting(meeting, "BB", tomorrow, by=mai)
    called = write.call("5d5c1c0e-9e0e-4c5e-9d3c-6f8e1f2a7b12", plan(place.heir, on=tomorrow), by=mai)
    with pytest.raises(Refusal, match="còn ở phía trước"):
        number_meeting(called, "GM", tomorrow, by=mai)
    assert not DocumentNumber.objects.exists()
    number_meeting(called, "GM", timezone.localdate(), by=mai)


def test_an_invitation_to_a_meeting_that_was_called_off_takes_no_number(place, mai):
    called = write.call("5d5c1c0e-9e0e-4c5e-9d3c-6f8e1f2a7b13", plan(place.town), by=mai)
    write.call_off(called, "Bão", by=mai)
    with pytest.raises(Refusal, match="không họp"):
        number_meeting(called, "GM", date(2018, 1, 12), by=mai)


def test_the_number_is_in_ink(meeting, mai):
    row = number_meeting(meeting, "BB", DAY, by=mai)
    with pytest.raises(IntegrityError, match="Số văn bản đã cấp"), transaction.atomic():
        DocumentNumber.objects.filter(pk=row.pk).update(meeting=None)


def test_the_register_shows_it_and_takes_no_more_statements(client, meeting, place, mai):
    client.force_login(mai)
    page = f"{reverse('numbers')}?unit={place.town.code}&y=2018"
    number_meeting(meeting, "BB", DAY, by=mai)
    before = statements(client, page)
    assert f"Biên bản: {meeting.title}" in words(client.get(page))
    for _ in range(3):
        number_meeting(held(place.town, mai), "BB", DAY, by=mai)
    assert statements(client, page) == before
