"""A branch has ended: its women stay in its register until they move; nobody is locked in or counted twice."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from sohoi.figures.read import figures_of
from sohoi.ledger.models import Closing, Measure, Record
from sohoi.ledger.moving import settle
from sohoi.ledger.register import prove_register
from sohoi.ledger.totals import fold, prove
from sohoi.ledger.write import accept
from sohoi.people.models import Household, Member, Membership
from sohoi.people.tests.acts import admit, counted, do, load_member_kinds, take_back
from sohoi.people.write.transfers import ask
from sohoi.periods import Period
from sohoi.refusal import Refusal
from sohoi.units.models import Act, Lineage, Placement, View
from sohoi.units.write import REFORM, rebuild_closure
from tests.people import LONG_AGO, deed

SPRING, AFTER = date(2024, 3, 1), date(2025, 8, 10)
SENT = "Chuyển chị sang Chi hội Ấp Một"


@pytest.fixture
def her(place, hoa):
    """A woman of Chi hội Ấp Hai, which went whole into Chi hội Ấp Một on 1 July 2025."""
    load_member_kinds()
    card = admit(place.other, "Trần Thị Lan", hoa, SPRING, home="Bà Tư", id_number="092185001234")
    Placement.objects.filter(unit=place.other, during__startswith=LONG_AGO).update(during=(LONG_AGO, REFORM))
    Placement.objects.filter(unit=place.other, during__startswith=REFORM).delete()
    act = Act.objects.create(number="1", title="Nhập chi hội", day=REFORM)
    Lineage.objects.create(old=place.other, new=place.branch, whole=True, act=act)
    rebuild_closure()
    yield card
    fold()
    assert (prove(), prove_register()) == ([], [])


def in_the_register(unit):
    fold()
    measure = Measure.objects.get(code="registered-members")
    return figures_of([unit], [measure], Period(AFTER, AFTER, ""), View.WAS)[unit.pk, measure.pk].value or 0


def test_the_head_of_the_heir_puts_her_card_right_lets_her_leave_and_takes_it_back(her, place, lan):
    do("member-corrected", place.other, lan, her, AFTER, why="added", phone="0905123456")
    assert Member.objects.get(pk=her.pk).phone == "0905123456"
    assert in_the_register(place.heir) == 1
    left = do("member-left", place.other, lan, her, AFTER, reason="work")
    assert Record.objects.get(pk=left.id).unit == place.other
    assert (in_the_register(place.heir), in_the_register(place.today)) == (0, 0)
    with pytest.raises(Refusal, match=SENT):
        do("member-returned", place.other, lan, her, AFTER, standing="ordinary")
    take_back(left, lan)
    assert in_the_register(place.heir) == 1


def test_one_who_left_the_ended_branch_comes_back_through_a_move_to_the_heir(her, place, lan):
    do("member-left", place.other, lan, her, AFTER, reason="work")
    settle(ask(uuid4(), her, place.branch, AFTER, "", by=lan), by=lan)
    assert (in_the_register(place.heir), counted("registered-members", unit=place.branch)) == (1, 1)


def test_a_program_whose_clock_is_behind_moves_one_who_had_left_all_the_same(her, place, lan, monkeypatch):
    do("member-left", place.other, lan, her, AFTER, reason="work")
    late = timezone.now() - timedelta(minutes=10)
    monkeypatch.setattr(timezone, "now", lambda: late)
    settle(ask(uuid4(), her, place.branch, AFTER, "", by=lan), by=lan)
    assert in_the_register(place.heir) == 1


def test_she_moves_to_the_heir_and_counts_once(her, place, lan):
    settle(ask(uuid4(), her, place.branch, AFTER, "nhập chi hội", by=lan), by=lan)
    assert Membership.objects.get(during__endswith=None).unit == place.branch
    assert in_the_register(place.heir) == 1
    assert counted("registered-members", unit=place.other) == 0


def test_a_newcomer_told_under_the_old_code_goes_to_the_heir(her, place, lan):
    assert admit(place.other, "Lê Thị Cúc", lan, AFTER).unit == place.branch


def test_a_deed_that_changes_no_card_takes_her_and_her_household_under_the_heir(her, place, lan):
    for unit in (place.branch, place.other):
        draft = deed(unit, AFTER, "house-help", member=her.pk)
        accept(draft, by=lan)
        assert Record.objects.get(pk=draft.id).unit == place.branch
    accept(deed(place.branch, AFTER, "house-visit", household=Household.objects.get().pk), by=lan)


def test_a_closed_month_of_the_heirs_commune_binds_the_ended_branch(her, place, lan, mai):
    Closing.objects.create(unit=place.heir, month=date(2025, 8, 1), by=mai)
    left = do("member-left", place.other, lan, her, AFTER, reason="work")
    assert Record.objects.get(pk=left.id).booked == date(2025, 9, 1)


def test_a_stranger_tells_nothing_of_her(her, place, thu):
    with pytest.raises(Refusal, match="không có quyền"):
        do("member-left", place.other, thu, her, AFTER, reason="work")
