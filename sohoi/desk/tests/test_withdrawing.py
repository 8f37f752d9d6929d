"""What was sent is taken back by the unit that sent it, while nobody above has dealt with it."""

import pytest
from django.urls import reverse

from sohoi.desk.owing import awaited_word
from sohoi.desk.tests.promises import words
from sohoi.refusal import Refusal
from sohoi.reports.models import State
from sohoi.reports.read.merging import said_by
from sohoi.reports.read.states import standing_of
from sohoi.reports.read.verifying import verify
from sohoi.reports.write.cycle import approve, send_back, submit, withdraw
from sohoi.reports.write.signing import sign
from sohoi.rights.may import scope
from tests.people import account
from tests.reporting import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(closed_branch, of_commune, mai):
    """The commune's October, sent by chị Mai."""
    submit(of_commune, by=mai)
    return of_commune


def waits_for(who, unit):
    """How many reports wait for her word."""
    return len(awaited_word(who, unit, scope(who, "approve")))


def test_what_was_sent_is_taken_back_written_in_and_sent_again(sent, mai, hoa, place):
    assert waits_for(hoa, hoa.offices.get().unit) == 1
    withdraw(sent, "Ghi thiếu đợt tặng quà.", by=mai)
    assert standing_of(sent).state == State.WITHDRAWN
    assert standing_of(sent).why == "Ghi thiếu đợt tặng quà."
    assert waits_for(hoa, hoa.offices.get().unit) == 0
    say(sent, "opinion", "Nhân dân đồng tình.", by=mai)
    submit(sent, by=mai)
    approve(sent, by=hoa)
    version = sign(sent, by=mai)
    assert [one["state"] for one in said_by(version)["way"]] == ["submitted", "withdrawn", "submitted", "approved"]
    assert verify(version) == []


def test_why_may_be_left_out(sent, mai):
    withdraw(sent, by=mai)
    assert standing_of(sent).state == State.WITHDRAWN


@pytest.mark.parametrize("decide", [approve, lambda r, by: send_back(r, [("", "Sửa lại.")], by=by)])
def test_what_somebody_decided_on_is_taken_back_no_more(sent, mai, hoa, decide):
    decide(sent, by=hoa)
    with pytest.raises(Refusal, match="không làm bước này được"):
        withdraw(sent, by=mai)


def test_only_the_unit_itself_takes_it_back(sent, hoa, lan):
    for who in (hoa, lan):
        with pytest.raises(Refusal, match="rút về"):
            withdraw(sent, by=who)


def test_of_two_who_press_at_once_the_second_hears_what_happened(sent, mai, hoa):
    seen = standing_of(sent).step
    withdraw(sent, by=mai, seen=seen)
    with pytest.raises(Refusal, match="vừa đổi: đã rút về"):
        approve(sent, by=hoa, seen=seen)


def test_the_page_has_the_button_for_who_sent_it_alone(client, sent, mai, hoa):
    client.force_login(hoa)
    assert "Rút về" not in words(client.get(reverse("regular", args=[sent.pk])))
    client.force_login(mai)
    assert "Rút báo cáo về để sửa" in words(client.get(reverse("regular", args=[sent.pk])))
    answer = client.post(
        reverse("regular-withdraw", args=[sent.pk]), {"seen": standing_of(sent).step, "reason": ""}, follow=True
    )
    assert "Đã rút báo cáo về" in words(answer)
    assert "Gửi duyệt" in words(answer)
    client.force_login(hoa)
    assert client.post(reverse("regular-withdraw", args=[sent.pk])).status_code in (404, 422)


def test_a_deputy_takes_back_what_her_chair_sent(sent, place):
    deputy = account("pho", "Chị Phó", (place.heir, "base-deputy"))
    withdraw(sent, by=deputy)
    assert standing_of(sent).by == "Chị Phó"
