"""The register under many hands: eight connections write the same woman once, and nobody waits for another branch."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils.crypto import get_random_string

from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Entry
from sohoi.ledger.moving import settle
from sohoi.ledger.register import prove_register
from sohoi.ledger.totals import fold, prove
from sohoi.ledger.write import accept, accept_many
from sohoi.people.models import Member, Membership, Standing
from sohoi.people.tests.acts import admit, do, load_member_kinds
from sohoi.people.write.transfers import ask
from sohoi.refusal import Refusal
from sohoi.units.models import Unit
from sohoi.units.write import rebuild_closure
from tests.people import account, add_branch
from tests.test_many_senders import each_with_its_own_connection

DAY, LATER = date(2024, 4, 15), date(2024, 6, 1)


@pytest.fixture
def scene(live):
    """Two branches that only this test writes to, with their heads."""
    return two_branches()


def two_branches():
    """Two new branches of phường Tân Định with their heads, the kinds of members loaded."""
    load_member_kinds()
    before, after = (Unit.objects.get(code=code) for code in ("26734@2015-01-01", "26737@2025-07-01"))
    mark = get_random_string(8).lower()
    branches = [add_branch(f"{name}-{mark}", f"Chi hội {name}", before, after) for name in ("a", "b")]
    rebuild_closure()
    return [(unit, account(f"lan-{unit.code}", "Chị Lan", (unit, "branch-head"))) for unit in branches]


def admission(unit, name, **told):
    return Draft(uuid4(), "member-admitted", unit.code, DAY, {"name": name, "standing": "ordinary", **told})


def sent(job):
    """What became of one draft."""
    draft, by = job
    try:
        return accept(draft, by=by).state
    except Refusal as refusal:
        return refusal.where


def registered(unit):
    rows = Entry.objects.filter(measure__code="registered-members", unit=unit)
    return sum(rows.values_list("amount", flat=True)), Member.objects.filter(unit=unit, active=True).count()


def of_one_mind(*units):
    """Register and ledger agree about these branches (other tests leave rows of their own)."""
    fold()
    return prove() == [] and not [d for d in prove_register() if d.unit_id in {unit.pk for unit in units}]


def test_the_same_admission_by_eight_connections_is_one_woman(scene):
    [(branch, lan), _] = scene
    draft = admission(branch, "Trần Thị Lan", home="Bà Tư")
    states = each_with_its_own_connection(sent, [(draft, lan)] * 40)
    assert (states.count("accepted"), states.count("known")) == (1, 39)
    assert registered(branch) == (1, 1)
    assert Membership.objects.filter(unit=branch).count() == Standing.objects.filter(record=draft.id).count() == 1
    assert of_one_mind(branch)


def test_different_admissions_of_one_household_at_once_are_all_counted_and_it_is_one(scene):
    [(branch, lan), _] = scene
    jobs = [(admission(branch, f"Trần Thị {name}", home="Bà Tư"), lan) for name in "ABCDEGHIKLMNOPQR"]
    assert each_with_its_own_connection(sent, jobs) == ["accepted"] * 16
    assert registered(branch) == (16, 16)
    homes = Entry.objects.filter(measure__code="homes-with-members", unit=branch)
    assert sum(homes.values_list("amount", flat=True)) == 1
    assert of_one_mind(branch)


def test_one_number_told_by_eight_at_once_is_one_woman(scene):
    [(branch, lan), (other, cuc)] = scene
    number = f"0921850{get_random_string(5, '0123456789')}"
    where = [(branch, lan), (other, cuc)] * 4
    jobs = [(admission(unit, "Trần Thị Lan", **{"id-number": number}), by) for unit, by in where]
    states = each_with_its_own_connection(sent, jobs)
    assert (states.count("accepted"), states.count("id-number")) == (1, 7)
    assert registered(branch)[0] + registered(other)[0] == 1
    assert of_one_mind(branch, other)


def test_a_transfer_agreed_by_eight_at_once_moves_her_once(scene):
    [(branch, lan), (other, cuc)] = scene
    card = admit(branch, "Trần Thị Lan", lan, DAY, home="Bà Tư")
    row = ask(uuid4(), card, other, LATER, "", by=lan)

    def agree(_):
        try:
            return settle(row, by=cuc).accepted
        except Refusal as refusal:
            return str(refusal)

    answers = each_with_its_own_connection(agree, range(8))
    late = [said for said in answers if said is not True]
    assert len(late) == 7
    assert all(said.startswith("Đề nghị này đã được trả lời.") for said in late)
    assert (registered(branch), registered(other)) == ((0, 0), (1, 1))
    assert of_one_mind(branch, other)


def test_two_officers_who_merge_two_cards_both_ways_at_once_leave_one(scene):
    [(branch, lan), _] = scene
    cards = [admit(branch, "Trần Thị Lan", lan, DAY) for _ in range(2)]

    def merge(at):
        try:
            return do("member-merged", branch, lan, cards[at], LATER, kept=cards[1 - at].pk) and "accepted"
        except Refusal as refusal:
            return refusal.where

    answers = each_with_its_own_connection(merge, [0, 1, 0, 1], 4)
    assert answers.count("accepted") == 1
    assert registered(branch) == (1, 1)
    assert of_one_mind(branch)


def test_nobody_waits_for_a_deed_of_another_branch_that_is_not_finished(scene):
    [(branch, lan), (other, cuc)] = scene
    card = admit(other, "Lê Thị Cúc", cuc, DAY, home="Bà Tư")
    moving = admit(other, "Lê Thị Mai", cuc, DAY)
    row = ask(uuid4(), moving, branch, LATER, "", by=cuc)

    def at_once(work):
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '2s'")
        return work()

    with transaction.atomic():  # not finished: an admission, a leave and a standing in the other branch
        accept_many([admission(other, "Lê Thị Ba", home="Bà Tư")], by=cuc, door="desk")
        do("member-recognised", other, cuc, card, DAY, **{"as": "core"})
        do("member-left", other, cuc, card, LATER, reason="work")
        works = [
            lambda: sent((admission(branch, "Trần Thị Lan", home="Bà Tư"), lan)), lambda: settle(row, by=lan).accepted
        ]  # fmt: skip
        assert each_with_its_own_connection(at_once, works, 2) == ["accepted", True]
    assert (registered(branch), registered(other)) == ((2, 2), (1, 1))
    assert of_one_mind(branch, other)
