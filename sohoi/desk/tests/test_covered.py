"""Records that say by standing behind a figure that a household is poor: without a name, until somebody says why."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from sohoi.desk.addresses import figure_url
from sohoi.desk.covered import sealed_number
from sohoi.desk.tests.promises import markup, words
from sohoi.desk.tests.test_signed import code_of
from sohoi.figures.read import figure
from sohoi.ledger.models import Measure, Record
from sohoi.ledger.write import accept, void
from sohoi.people.models import Reading
from sohoi.people.read.privacy import looked_today
from sohoi.people.tests.acts import admit, load_member_kinds
from sohoi.people.write.privacy import ask_for, finish
from sohoi.periods import parse
from tests.people import account, deed

DAY, HOME, WHY = date(2026, 4, 1), "Bà Trăngtròn", "Lập danh sách vay vốn"
ASK = reverse("behind-whose")


@pytest.fixture
def poor(place, lan):
    """A household is told to be poor."""
    load_member_kinds()
    accept(row := deed(place.branch, DAY, "household-status-given", values={"status": "poor"}, household=HOME), by=lan)
    return Record.objects.get(pk=row.id)


@pytest.fixture
def two(poor, place, lan):
    """Two women who live there."""
    return [admit(place.branch, name, lan, home=HOME) for name in ("Lê Thị Một", "Lê Thị Hai")]


def behind(client, who, place, code="poor-households"):
    """The page behind a figure."""
    client.force_login(who)
    answer = client.get(figure_url(figure(Measure.objects.get(code=code), place.branch, parse("2026"))))
    assert answer.status_code == 200
    return answer


def asked(answer):
    """The first address on a page that asks whose a record is."""
    return unescape(re.search(rf'href="({ASK}[^"]+)"', answer.content.decode())[1])


def test_behind_a_figure_of_poor_households_nobody_is_named_and_no_way_leads_to_a_name(client, place, poor, lan, hoa):
    for who in (lan, hoa):
        page = behind(client, who, place)
        assert "1 việc dưới đây cộng lại là 1 : khớp với con số trên" in words(page)
        assert "nên tên được che" in words(page)
        assert "Ghi diện của hộ Của ••• (xem khi cần)" in words(page)
        assert not [said for said in (HOME, str(poor.pk)) if said in page.content.decode()]
    assert f"Ghi diện của hộ {HOME}" in words(behind(client, lan, place, "household-statuses"))


def test_whose_it_is_opens_with_a_reason_and_is_a_look_at_each_woman_in_the_household(client, place, poor, two, mai):
    address = asked(behind(client, mai, place))
    assert "Xem việc này của ai để làm gì" in words(client.get(address))
    key = address.partition("viec=")[2]
    refused = client.post(ASK, {"viec": key, "reason": " "})
    assert (refused.status_code, HOME in refused.content.decode()) == (422, False)
    assert not Reading.objects.exists()
    told = client.post(ASK, {"viec": key, "reason": WHY}, headers={"HX-Request": "true"})
    assert (HOME in told.content.decode(), told["Cache-Control"]) == (True, "no-store")
    assert reverse("record", args=[poor.pk]) in told.content.decode()
    assert "<html" not in told.content.decode()
    assert set(Reading.objects.values_list("by", "member", "reason")) == {(mai.pk, card.pk, WHY) for card in two}
    assert "Việc cho biết hoàn cảnh của hộ" in client.get(reverse("readings")).content.decode()
    assert HOME not in behind(client, mai, place).content.decode()


def test_it_stays_closed_while_a_woman_in_the_household_is_restricted(client, place, poor, two, lan):
    finish(ask_for(two[1], "restrict", DAY, by=lan), by=lan)
    client.force_login(lan)
    refused = client.post(ASK, {"viec": sealed_number(poor), "reason": WHY})
    assert "Trong hộ có người đã yêu cầu hạn chế" in words(refused)
    assert (HOME in refused.content.decode(), Reading.objects.count()) == (False, 0)


def test_a_household_without_any_card_is_a_look_too_and_one_of_the_day(client, place, poor, lan, settings):
    settings.REVEALS_A_DAY = 1
    client.force_login(lan)
    sent = {"viec": sealed_number(poor), "reason": WHY}
    assert HOME in client.post(ASK, sent).content.decode()
    assert Reading.objects.values_list("member", "reason").get() == (None, WHY)
    assert looked_today(lan) == 1
    assert "là mức một ngày" in words(client.post(ASK, sent))


def test_only_who_may_reveal_there_is_asked_and_a_number_that_was_not_sealed_here_opens_nothing(
    client, place, poor, lan, thu
):
    above = account("tu", "Chị Tư", (place.centre, "centre-officer"))
    assert ASK not in behind(client, above, place).content.decode()
    neighbour = account("sau", "Chị Sáu", (place.other, "branch-head"))
    for who in (above, neighbour, thu):
        client.force_login(who)
        assert client.get(ASK, {"viec": sealed_number(poor)}).status_code == 404
    client.force_login(lan)
    for key in ("", "x", "é", "A" * 88, str(poor.pk), sealed_number(poor)[:-4]):
        assert client.get(ASK, {"viec": key}).status_code == 404, key


def test_one_taken_back_does_not_say_why(client, place, poor, lan):
    accept(deed(place.branch, DAY, "household-status-given", values={"status": "poor"}, household="Bà Khác"), by=lan)
    void(poor, f"Nhầm với {HOME}", by=lan)
    page = markup(behind(client, lan, place))
    assert ("<s>Ghi diện của hộ</s>" in page, HOME in page) == (True, False)


def test_behind_a_signed_figure_they_are_covered_too(client, signed_commune, hoa, monkeypatch):
    monkeypatch.setattr("sohoi.desk.covered.masked_behind", lambda measure: frozenset({"house-gift"}))
    client.force_login(hoa)
    page = client.get(reverse("figure-code", args=[code_of(signed_commune, "house-gifts", "period")]))
    assert str(Record.objects.get().pk) not in page.content.decode()
    assert "Của ••• (xem khi cần)" in words(page)
    assert HOME not in client.post(ASK, {"viec": asked(page).partition("viec=")[2], "reason": ""}).content.decode()
