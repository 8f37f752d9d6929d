"""What is read ahead is what the gate reads itself, refusals too; a thread reads the next while this one is written."""

from dataclasses import replace
from datetime import date
from threading import get_ident

import pytest

from sohoi.ledger.ahead import Ahead, Ready, in_turn, read_all, ready
from sohoi.ledger.checks import current_kinds
from sohoi.ledger.models import Record
from sohoi.ledger.write import ACCEPTED, REFUSED, accept_many
from sohoi.people.models import Member
from sohoi.people.tests.acts import load_member_kinds
from sohoi.refusal import Refusal
from tests.people import deed

SPRING = date(2026, 3, 5)
pytestmark = pytest.mark.django_db
WOMAN = {"name": "Nguyễn Thị Hoa", "born": "12/3/1985", "standing": "ordinary", "id-number": "092185000123"}


def enrolled(place, **values):
    return deed(place.branch, SPRING, "member-enrolled", values=WOMAN | values)


def test_the_gate_says_the_same_of_what_was_read_ahead(place, lan):
    load_member_kinds()
    drafts = [
        enrolled(place),
        enrolled(place, born="31/2/1985"),
        enrolled(place, **{"id-number": "12"}),
        deed(place.branch, SPRING),
    ]
    ahead = read_all(drafts, current_kinds(["member-enrolled"]))
    assert [type(ahead.found.get(draft.id)) for draft in drafts] == [Ready, Refusal, Refusal, type(None)]
    twice = replace(drafts[0], values=WOMAN | {"name": "Lê Thị Cúc"})
    assert read_all([drafts[0], twice], current_kinds(["member-enrolled"])).found == {}
    told = accept_many(drafts, by=lan, door="sheets", ahead=ahead)
    assert [one.state for one in told] == [ACCEPTED, REFUSED, REFUSED, ACCEPTED]
    again = accept_many(
        [enrolled(place, born="31/2/1985"), enrolled(place, **{"id-number": "12"})], by=lan, door="sheets"
    )
    assert [(one.reason, one.where) for one in told[1:3]] == [(one.reason, one.where) for one in again]
    assert Member.objects.get(origin=drafts[0].id).id_tail == "123"
    assert (
        Record.objects.get(pk=drafts[0].id).body_hash
        == ready(drafts[0], current_kinds(["member-enrolled"])["member-enrolled"]).body_hash
    )


def test_the_next_is_made_by_another_hand_and_a_fault_comes_in_its_turn():
    hands = []

    def made(number: int) -> int:
        hands.append(get_ident())
        if number == 3:
            raise RuntimeError("three")
        return number * 10

    coming, seen = in_turn(iter([1, 2, 3, 4]), made), []
    seen += [next(coming), next(coming)]
    assert seen == [(1, 10), (2, 20)]
    with pytest.raises(RuntimeError, match="three"):
        next(coming)
    assert get_ident() not in hands
    assert list(in_turn([], made)) == []


def test_what_was_read_by_a_kind_that_was_loaded_anew_since_is_read_again(place, lan):
    load_member_kinds()
    draft, body = enrolled(place), current_kinds(["member-enrolled"])["member-enrolled"]
    stale = Ahead({"member-enrolled": replace(body, label="Khác")}, {draft.id: Refusal("Đọc theo mẫu cũ.")})
    assert accept_many([draft], by=lan, door="sheets", ahead=stale)[0].state == ACCEPTED
