"""Who came to a meeting is picked: officers near it one by one, members from the register; free lines stay possible."""

import pytest
from django.urls import reverse

from sohoi.desk.tests.promises import statements, words
from sohoi.people.models import Member
from sohoi.reports.meetings import minutes
from sohoi.rights.models import Office
from sohoi.units.models import Unit
from sohoi.work import write
from sohoi.work.models import Presence
from sohoi.work.tests.briefing import plan
from tests.people import account, woman

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(place, mai, lan):
    """The January briefing of the town, not written down yet."""
    return write.call("5d5c1c0e-9e0e-4c5e-9d3c-6f8e1f2a7b12", plan(place.town), by=mai)


def roll(who) -> str:
    """The question of her office."""
    return f"roll-{Office.objects.get(account=who).pk}"


def listed(meeting):
    return [(str(one), one.presence) for one in meeting.attendances.all()]


def test_officers_are_called_one_by_one_and_members_picked_and_counted(client, meeting, place, mai, lan):
    card = woman(place.branch, "Trần Thị Út", 1980)
    client.force_login(mai)
    page = reverse("meeting-hold", args=[meeting.pk])
    assert "Chị Lan Chi hội trưởng Chi hội Ấp Một" in words(client.get(page))
    told = {
        roll(lan): "excused", "members": [str(card.pk)],
        "came": "Ông Sáu, Bí thư chi bộ\nTrần Văn Khách", "course": "Đánh giá tháng.",
    }  # fmt: skip
    said = words(client.post(page, told, follow=True))
    assert "Có mặt (3)" in said
    assert "Trong đó hội viên trong sổ: 1" in said
    assert listed(meeting) == [
        ("Chị Lan, Chi hội trưởng Chi hội Ấp Một", "excused"),
        ("Trần Thị Út, Hội viên Chi hội Ấp Một", "came"), ("Ông Sáu, Bí thư chi bộ", "came"),
        ("Trần Văn Khách", "came"),
    ]  # fmt: skip
    assert meeting.attendances.get(name="Trần Thị Út").member == card
    assert meeting.attendances.get(name="Chị Lan").account == lan
    text = [piece for block in minutes(meeting).body for piece in getattr(block, "pieces", ())]
    assert any("Có mặt (3 người)" in str(piece) for piece in text)


def test_written_again_it_shows_who_was_picked_and_keeps_her_link(client, meeting, place, mai, lan):
    card = woman(place.branch, "Trần Thị Út", 1980)
    client.force_login(mai)
    page = reverse("meeting-hold", args=[meeting.pk])
    client.post(page, {roll(lan): "absent", "members": [str(card.pk)], "came": "Ông Sáu"})
    shown = client.get(page).content.decode()
    assert f'value="{card.pk}" checked' in " ".join(shown.split())
    assert 'value="absent" selected' in shown
    client.post(page, {roll(lan): "", "excused": "Trần Thị Út, Hội viên Chi hội Ấp Một", "came": "Ông Sáu"})
    moved = meeting.attendances.get(name="Trần Thị Út")
    assert (moved.member, moved.presence) == (card, Presence.EXCUSED)


def test_a_card_that_moved_away_stays_on_the_list_with_its_link(client, meeting, place, mai, lan):
    card = woman(place.branch, "Trần Thị Út", 1980)
    client.force_login(mai)
    page = reverse("meeting-hold", args=[meeting.pk])
    client.post(page, {"members": [str(card.pk)]})
    Member.objects.filter(pk=card.pk).update(unit=Unit.objects.get(code="79@2025-07-01"))
    shown = client.get(page).content.decode()
    assert 'name="members"' not in shown
    assert "Trần Thị Út, Hội viên Chi hội Ấp Một" in shown
    client.post(page, {"came": "Trần Thị Út, Hội viên Chi hội Ấp Một"})
    assert [one.member for one in meeting.attendances.all()] == [card]


def test_nobody_is_there_twice(client, meeting, place, mai, lan):
    client.force_login(mai)
    page = reverse("meeting-hold", args=[meeting.pk])
    told = {roll(lan): "came", "came": "Chị Lan, Chi hội trưởng Chi hội Ấp Một"}
    answer = client.post(page, told)
    assert answer.status_code == 422
    assert "“Chị Lan, Chi hội trưởng Chi hội Ấp Một” đã có ở phần điểm danh phía trên" in words(answer)
    assert listed(meeting) == []


def test_a_free_line_is_an_officers_only_with_her_name_and_post_and_is_never_left_out(client, meeting, mai, lan):
    client.force_login(mai)
    page = reverse("meeting-hold", args=[meeting.pk])
    client.post(page, {roll(lan): "came", "came": "Chị Lan, Hội viên danh dự\nChị Lan"})
    assert [(str(one), one.account) for one in meeting.attendances.all()] == [
        ("Chị Lan, Chi hội trưởng Chi hội Ấp Một", lan), ("Chị Lan, Hội viên danh dự", None), ("Chị Lan", None)
    ]  # fmt: skip
    client.post(page, {roll(lan): "", "excused": "Chị Lan, Chi hội trưởng Chi hội Ấp Một\nChị Lan, Kế toán"})
    assert [(str(one), one.account) for one in meeting.attendances.all()] == [
        ("Chị Lan, Chi hội trưởng Chi hội Ấp Một", lan), ("Chị Lan, Kế toán", None)
    ]  # fmt: skip


def test_members_are_found_by_post_in_the_units_of_the_meeting_alone(client, meeting, place, mai, hoa, thu):
    card = woman(place.branch, "Trần Thị Út", 1980)
    far = woman(Unit.objects.get(code="79@2025-07-01"), "Trần Thị Xa", 1980)
    client.force_login(mai)
    page = reverse("meeting-people", args=[meeting.pk])
    assert client.get(page).status_code == 405
    found = words(client.post(page, {"tim": "tran thi"}))
    assert ("Trần Thị Út" in found, "Trần Thị Xa" in found) == (True, False)
    client.post(reverse("meeting-hold", args=[meeting.pk]), {"members": [str(card.pk), str(far.pk), "x", "9" * 30]})
    assert [one.member for one in meeting.attendances.all()] == [card]
    client.force_login(thu)
    assert client.post(page, {"tim": "tran"}).status_code == 404


def test_the_page_takes_no_more_statements_for_more_officers(client, meeting, place, mai, lan):
    client.force_login(mai)
    page = reverse("meeting-hold", args=[meeting.pk])
    before = statements(client, page)
    for at in range(3):
        account(f"them{at}", f"Chị Thêm {at}", (place.other, "branch-head"))
    assert statements(client, page) == before
