"""Declared and counted: both are said with their difference, and neither ever replaces the other."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from sohoi.figures.declared import compared
from sohoi.ledger.models import Record
from sohoi.ledger.write import accept, void
from sohoi.people.tests.acts import admit, load_member_kinds
from tests.people import deed

JUNE, TODAY = date(2026, 6, 25), date(2026, 11, 22)


@pytest.fixture
def kinds(db):
    """The kinds of members."""
    load_member_kinds()


def declare(unit, count, by, day=JUNE):
    """Say how many members there are."""
    return accept(deed(unit, day, "members-declared", values={"count": count}), by=by).draft


def text(client, name, *args):
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def test_the_difference_is_said_and_both_numbers_stay(kinds, place, lan):
    for name in ("Nguyễn Thị Mẫu", "Trần Thị Mẫu"):
        admit(place.branch, name, lan)
    declare(place.branch, 5, lan)
    found = compared(place.branch, TODAY)
    assert (found.text, found.difference, found.day) == ("Khai 5, trong sổ 2: lệch 3", 3, JUNE)
    assert compared(place.heir, TODAY).text == "Khai 5, trong sổ 2: lệch 3"
    declare(place.branch, 1, lan, date(2026, 7, 1))
    assert compared(place.branch, TODAY).text == "Khai 1, trong sổ 2: lệch 1"
    assert compared(place.branch, JUNE).text == "Khai 5, trong sổ 2: lệch 3"
    declare(place.branch, 2, lan, date(2026, 7, 2))
    assert compared(place.branch, TODAY).text == "Khai 2, trong sổ 2: khớp"


def test_what_is_missing_is_said_and_where_nothing_was_said_there_is_nothing(kinds, place, lan, mai):
    assert compared(place.branch, TODAY) is None
    told = declare(place.branch, 1298, lan)
    assert compared(place.branch, TODAY).text == "Khai 1.298: chưa đưa ai vào sổ"
    void(Record.objects.get(pk=told.id), "Khai nhầm", by=lan)
    assert compared(place.branch, TODAY) is None
    admit(place.branch, "Nguyễn Thị Mẫu", lan)
    assert compared(place.branch, TODAY).text == "Trong sổ 1: chưa khai số hội viên"
    assert compared(place.today, TODAY) is None


def test_home_and_unit_page_show_it_and_only_who_keeps_the_register_is_led_to_the_list(kinds, place, lan, client):
    admit(place.branch, "Nguyễn Thị Mẫu", lan)
    declare(place.branch, 4, lan)
    client.force_login(lan)
    for page in (text(client, "home"), text(client, "unit", place.branch.code)):
        assert "(khai ngày 25/6/2026)" in page
        assert "<strong>lệch 3</strong>" in page
        assert reverse("members-sift") in page
    lan.offices.update(role="reader")
    page = text(client, "unit", place.branch.code)
    assert "<strong>lệch 3</strong>" in page
    assert reverse("members-sift") not in page


def test_the_command_says_it_under_either_number(kinds, place, lan):
    admit(place.branch, "Nguyễn Thị Mẫu", lan)
    declare(place.branch, 4, lan)
    for measure in ("members", "registered-members"):
        out = io.StringIO()
        call_command("figure", measure, unit=place.branch.code, period="2026", stdout=out)
        assert out.getvalue().splitlines()[1] == "  Khai 4, trong sổ 1: lệch 3"
    out = io.StringIO()
    call_command("figure", "members", unit=place.branch.code, period="2026", json=True, stdout=out)
    assert json.loads(out.getvalue())["compared"] == "Khai 4, trong sổ 1: lệch 3"
