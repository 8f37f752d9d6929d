"""The register of the demonstration: everyone came through the gate, counts are theirs, nobody could be meant."""

from collections import Counter
from uuid import uuid4

import pytest
from django.utils import timezone

from demo import accounts, branches, older
from demo.book import Book
from demo.branches import FOUNDED
from demo.load import books
from demo.members import LAN_DECLARES, LAN_HAS, Register
from demo.my_xuyen import CUT_OFF, NEW_MEMBERS
from sohoi.figures.read import figure
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Measure, Record
from sohoi.ledger.moving import settle
from sohoi.ledger.write import accept
from sohoi.people.models import Member, Membership, Standing, Transfer
from sohoi.periods import parse
from sohoi.rights.models import Account
from sohoi.units.models import Level, Unit
from sohoi.units.read import below
from tests.people import deed, woman


@pytest.fixture(scope="module")
def register() -> Register:
    """Who is to be written down."""
    return books(branches.my_xuyen(), branches.quan_1(), [])[1]


def value(code: str, unit: Unit, period: str = "") -> int:
    """A figure up to today."""
    days = period or f"{FOUNDED}..{timezone.localdate()}"
    return figure(Measure.objects.get(code=code), unit, parse(days)).value


def lan_branch() -> Unit:
    return Unit.objects.get(code=accounts.lan_branch(branches.my_xuyen()))


def test_each_new_member_of_the_review_is_an_admission_of_one_woman(demo):
    admitted = Record.objects.filter(kind__code="member-admitted", day__lte=CUT_OFF)
    assert admitted.count() == NEW_MEMBERS
    assert Membership.objects.filter(record__in=admitted.values("pk")).count() == NEW_MEMBERS
    assert not Record.objects.filter(kind__code="members-admitted", unit__code__startswith="mx-").exists()


def test_the_figures_of_the_register_are_its_cards_at_every_level(demo):
    ward, today = Unit.objects.get(code=accounts.TOWN_HEIR), timezone.localdate()
    for unit in (lan_branch(), ward, Unit.objects.get(code=accounts.CAN_THO), Unit.objects.get(code="TW")):
        cards = Member.objects.active().filter(unit__in=[*below(unit, today, Level.BRANCH), unit], same_as=None)
        assert value("registered-members", unit) == cards.count() > 80


def test_what_chi_lan_declares_is_not_what_she_has(demo):
    assert (value("members", lan_branch()), value("registered-members", lan_branch())) == (LAN_DECLARES, LAN_HAS)


def test_nobody_could_be_meant(register):
    drafts = [*register.enrolled.drafts, *register.admitted.drafts]
    assert len(drafts) > NEW_MEMBERS
    told = [draft.values for draft in drafts]
    assert all(values["phone"].startswith("0000") for values in told if "phone" in values)
    assert all(values["id-number"].startswith("000") for values in told if "id-number" in values)
    assert all(values["address"].endswith("(mẫu)") for values in told if "address" in values)
    assert {values.get("ethnicity") for values in told} == {"Kinh", "Khmer", None}


def test_each_commune_has_two_likely_twins(demo, register):
    for commune in register.district.communes:
        own = {branch.code for branch in register.district.of(commune)}
        phones = Counter(Member.objects.filter(unit__code__in=own).exclude(phone="").values_list("phone", flat=True))
        assert len([phone for phone, times in phones.items() if times > 1]) >= 2


def test_some_left_some_came_back_and_each_branch_has_its_core(demo):
    everywhere = Unit.objects.get(code="TW")
    assert value("members-left", everywhere) > value("members-returned", everywhere) > 3
    assert value("members-moved-in", everywhere) == value("members-moved-out", everywhere) == 6
    heads = Standing.objects.filter(kind="core", during__endswith=None).values_list("member__unit__code", flat=True)
    assert {branch.code for branch in branches.my_xuyen().branches} <= set(heads)


def test_households_of_each_sort_are_in_the_register(demo):
    everywhere = Unit.objects.get(code="TW")
    for code in ("poor-households", "near-poor-households", "hardship-households", "woman-headed-households"):
        assert value(code, everywhere) > 20


def test_a_request_waits_for_chi_lan_and_one_for_chi_mai(demo):
    waiting = list(Transfer.objects.filter(accepted=None).select_related("new"))
    assert len(waiting) == 2
    mine = next(one for one in waiting if one.new == lan_branch())
    assert settle(mine, by=Account.objects.get(username="lan")).accepted
    other = next(one for one in waiting if one.new != lan_branch())
    assert settle(other, by=Account.objects.get(username="mai")).accepted
    assert value("registered-members", lan_branch()) == LAN_HAS + 1


def test_a_database_from_before_the_register_gets_nobody_twice(demo):
    branch = Unit.objects.get(code="lan-1")
    was = woman(branch, "Trần Thị Cũ", 1970, FOUNDED)
    counted = deed(branch, CUT_OFF, "members-admitted", values={"count": 2})
    accept(counted, by=accounts.teller())
    values = {"name": "Trần Thị Cũ", "born": "1970", "standing": "ordinary", "home": "Trần Thị Cũ", "role": "head"}
    book = Book("before")
    book.drafts.append(Draft(uuid4(), "member-enrolled", branch.code, FOUNDED, values))
    found = Register(branches.my_xuyen(), book, Book("since"), (counted,))
    assert older.bring_up(found, accounts.teller()) == (1, 1)
    assert accept(book.drafts[0], by=accounts.teller()).state == "accepted"
    assert [card.pk for card in Member.objects.filter(unit=branch)] == [was.pk]
    assert Membership.objects.filter(member=was).count() == Standing.objects.filter(member=was).count() == 1
    assert (value("registered-members", branch), value("new-members", branch)) == (1, None)
    assert value("homes-with-members", branch) == 1
    assert older.bring_up(found, accounts.teller()) == (0, 0)
