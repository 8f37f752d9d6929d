"""Verbs that touch the same women and households at the same moment: they wait for each other in one order, so none is
ended by the database, and whichever is first, the register is right afterwards."""

from functools import partial
from uuid import uuid4

import pytest

from sohoi.ledger.draft import Draft
from sohoi.ledger.erasing import erase_woman
from sohoi.ledger.models import Record
from sohoi.ledger.moving import settle, unsettle
from sohoi.ledger.write import accept, accept_many, void
from sohoi.people.models import Member
from sohoi.people.registry import ERASED
from sohoi.people.tests.acts import admit, do
from sohoi.people.write.privacy import ask_for, reveal
from sohoi.people.write.transfers import ask
from sohoi.refusal import Refusal
from sohoi.units.models import Unit
from tests.people import account
from tests.test_many_senders import each_with_its_own_connection
from tests.test_register_senders import DAY, LATER, admission, of_one_mind, registered, two_branches

ROUNDS = 2  # of eight hands


def at_once(*works):
    """What became of these works, done at the same moment: what they answered, or the sentence of their refusal; an
    error of the database ends the test."""

    def one(work):
        try:
            return work()
        except Refusal as refusal:
            return str(refusal)

    return each_with_its_own_connection(one, works)


def correction(card, **told):
    return Draft(uuid4(), "member-corrected", card.unit.code, LATER, {"why": "changed", **told}, member=card.pk)


def leaving(card, day=LATER):
    return Draft(uuid4(), "member-left", card.unit.code, day, {"reason": "work"}, member=card.pk)


def all_in(drafts, by):
    """Several drafts in one transaction; those that are refused leave the others alone."""
    return [outcome.state for outcome in accept_many(drafts, by=by, door="desk")]


@pytest.fixture
def scene(live):
    """Two branches that only this test writes to, with their heads."""
    return two_branches()


@pytest.fixture
def officer(scene):
    """Whoever may take back and merge in both branches: the province's officer."""
    [(branch, _), _] = scene
    return account(f"hoa-{branch.code}", "Chị Hoa", (Unit.objects.get(code="79@2025-07-01"), "province-officer"))


def test_a_void_and_an_erasure_of_one_woman_wait_for_each_other_and_either_order_is_right(scene):
    [(branch, lan), _] = scene
    for _ in range(ROUNDS):
        cards = [admit(branch, f"Trần Thị {name}", lan, DAY, home=f"Bà {name}") for name in "ABCD"]
        left = [leaving(card) for card in cards]
        all_in(left, lan)
        asked = [ask_for(card, "erase", DAY, by=lan) for card in cards]
        works = [partial(void, Record.objects.get(pk=draft.id), "ghi nhầm", by=lan) for draft in left]
        works += [partial(erase_woman, request, by=lan) for request in asked]
        at_once(*(work for pair in zip(works[:4], works[4:], strict=True) for work in pair))
        rows = Member.objects.filter(pk__in=[card.pk for card in cards])
        assert set(rows.values_list("name", "active")) == {(ERASED, True)}
    assert registered(branch) == (4 * ROUNDS, 4 * ROUNDS)
    assert of_one_mind(branch)


def test_women_who_change_households_crosswise_beside_admissions_to_both(scene):
    [(branch, lan), _] = scene
    one, two = (admit(branch, f"Lê Thị {name}", lan, DAY, home=f"Hộ {name}") for name in ("Một", "Hai"))
    for at in range(ROUNDS):
        here, there = ("Hộ Một", "Hộ Hai")[:: -1 if at % 2 else 1]
        works = [partial(accept, correction(card, home=home), by=lan) for card, home in ((one, there), (two, here))]
        works += [partial(all_in, [admission(branch, f"Võ Thị {key}", home=home) for home in (there, here)], lan)
                  for key in "ABCDEG"]  # fmt: skip
        at_once(*works)
    assert registered(branch) == (2 + 12 * ROUNDS,) * 2
    assert of_one_mind(branch)


def test_batches_of_several_verbs_in_other_orders(scene):
    [(branch, lan), _] = scene
    for _ in range(ROUNDS):
        cards = [admit(branch, f"Lê Thị {name}", lan, DAY, home="Bà Tư") for name in "AB"]
        first, second = cards
        at_once(*[
            partial(all_in, drafts, lan) for drafts in (
                [correction(first, occupation="may"), leaving(second)], [correction(second, occupation="may"),
                leaving(first)], [leaving(first), correction(second, home="Bà Năm")],
                [leaving(second), correction(first, home="Bà Sáu")],
            ) * 2
        ])  # fmt: skip
    assert registered(branch) == (0, 0)
    assert of_one_mind(branch)


def test_merges_of_two_branches_beside_their_voids_moves_and_erasures(scene, officer):
    [(branch, lan), (other, cuc)] = scene
    for _ in range(ROUNDS):
        low, high = admit(branch, "Trần Thị Lan", lan, DAY), admit(other, "Trần Thị Lan", cuc, DAY)
        merged = do("member-merged", other, officer, high, LATER, kept=low.pk)
        moved = settle(ask(uuid4(), admit(branch, "Lê Thị Mai", lan, DAY), other, LATER, "", by=lan), by=cuc)
        card = moved.member
        at_once(
            partial(void, Record.objects.get(pk=merged.id), "hai người", by=officer),
            partial(do, "member-merged", other, officer, card, LATER, kept=low.pk),
            partial(do, "member-merged", branch, officer, low, LATER, kept=card.pk),
            partial(unsettle, moved, "nhầm", by=officer),
            partial(erase_woman, ask_for(card, "erase", DAY, by=cuc), by=cuc),
            partial(erase_woman, ask_for(low, "erase", DAY, by=lan), by=lan),
            partial(all_in, [leaving(high), leaving(card)], cuc),
            partial(all_in, [correction(low, home="Bà Tư"), leaving(low)], lan),
        )
    assert of_one_mind(branch, other)


def test_whoever_looks_at_a_card_and_puts_it_right_at_once(scene):
    [(branch, lan), _] = scene
    card = admit(branch, "Trần Thị Lan", lan, DAY, phone="0905123456")
    works = [partial(reveal, card, "phone", "Gọi báo họp", by=lan)] * 4
    for at in range(ROUNDS):
        at_once(*works, *(partial(accept, correction(card, occupation=f"nghề {at} {key}"), by=lan) for key in range(4)))
    assert of_one_mind(branch)
