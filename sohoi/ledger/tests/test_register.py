"""The proof that register and ledger agree finds what was written past the gate, and names the branch."""

import pytest
from django.core.management import CommandError, call_command

from sohoi.ledger.register import Disagreement, prove_register
from sohoi.people.models import Member, Membership, Standing
from sohoi.people.tests.acts import admit, do, load_member_kinds
from tests.people import woman


@pytest.fixture
def two(place, hoa):
    """A woman in each of two branches, one of them core; they live in households."""
    load_member_kinds()
    lan = admit(place.branch, "Trần Thị Lan", hoa, home="Trần Thị Lan")
    do("member-recognised", place.branch, hoa, lan, **{"as": "core"})
    return lan, admit(place.other, "Lê Thị Cúc", hoa, home="Bà Tư")


def test_what_went_through_the_gate_agrees(two, capsys):
    assert prove_register() == []
    call_command("prove")
    assert "không có chênh lệch" in capsys.readouterr().out


def test_a_membership_written_past_the_gate_is_found_with_its_branch(place, two, capsys):
    woman(place.other, "Người Ngoài Cổng")
    assert prove_register() == [Disagreement(what, place.other.pk, 2, 1) for what in ("members", "members-past")]
    with pytest.raises(CommandError, match="2 chỗ sổ hội viên khác số liệu"):
        call_command("prove")
    assert "lan-2 Chi hội Ấp Hai\thội viên: 2, bút toán: 1" in capsys.readouterr().out


def test_a_lost_standing_a_lost_household_and_a_card_that_lies_are_found(place, two):
    lan, cuc = two
    Standing.objects.filter(member=lan, kind="core").delete()
    Membership.objects.filter(member=cuc).update(household=None)
    Member.objects.filter(pk=cuc.pk).update(active=False)
    assert prove_register() == [
        Disagreement("cards", place.other.pk, 0, 1),
        Disagreement("core", place.branch.pk, 0, 1),
        Disagreement("core-past", place.branch.pk, 0, 1),
        Disagreement("homes", place.other.pk, 0, 1),
        Disagreement("homes-past", place.other.pk, 0, 1),
    ]


def test_another_standing_and_a_card_that_names_another_household_are_found(place, two):
    lan, cuc = two
    Standing.objects.filter(member=lan, kind="ordinary").update(kind="honorary")
    Member.objects.filter(pk=cuc.pk).update(household=lan.household)
    said = {(d.what, d.unit_id, d.register, d.other) for d in prove_register()}
    at = place.branch.pk
    today = {("ordinary", at, 0, 1), ("honorary", at, 1, 0), ("places", place.other.pk, 1, 0)}
    assert said == today | {("ordinary-past", at, 0, 1), ("honorary-past", at, 1, 0)}


def test_a_membership_that_vanished_is_found(place, two):
    Membership.objects.filter(member=two[0]).delete()
    found = {(d.what, d.unit_id, d.register, d.other) for d in prove_register()}
    assert ("members", place.branch.pk, 0, 1) in found
    assert ("cards", place.branch.pk, 1, 0) in found


def test_without_the_kinds_of_the_register_nothing_is_asked(place):
    woman(place.branch, "Trần Thị Lan")
    assert prove_register() == []
