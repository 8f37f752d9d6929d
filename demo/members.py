"""Made-up members of Mỹ Xuyên's branches; the first of each branch is its head.

Written straight into the register, which has no admission by name yet; what they do goes through the gate.
"""

from random import Random

from demo.branches import FOUNDED, Branch
from demo.names import women
from demo.spread import dice
from sohoi.people.models import Member, Membership
from sohoi.units.models import Unit
from sohoi.vietnamese import plain

A_BRANCH = 6
KHMER_IN_TEN = 3
BORN = (1958, 2000)


def load(branches: list[Branch]) -> dict[str, list[int]]:
    """branch code -> ids of its demonstration members, the head first; missing ones are made."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[branch.code for branch in branches])}
    rows = Membership.objects.filter(unit__in=units.values()).values_list("unit__code", "member__name", "member_id")
    there = {(code, name): pk for code, name, pk in rows}
    wanted = [(branch.code, name) for branch in branches for name in _names(branch)]
    there |= _add([key for key in wanted if key not in there], units)
    return {branch.code: [there[(branch.code, name)] for name in _names(branch)] for branch in branches}


def _names(branch: Branch) -> list[str]:
    """The same women at every run."""
    return women(A_BRANCH, dice("members", branch.code), KHMER_IN_TEN)


def _add(missing: list[tuple[str, str]], units: dict[str, Unit]) -> dict[tuple[str, str], int]:
    """Write members down with their membership since the branch was founded."""
    rng: Random = dice("births")
    rows = [Member(name=name, plain=plain(name), birth_year=rng.randint(*BORN)) for _, name in missing]
    made = Member.objects.bulk_create(rows)
    Membership.objects.bulk_create(
        Membership(member=member, unit=units[code], during=(FOUNDED, None))
        for member, (code, _) in zip(made, missing, strict=True)
    )
    return {key: member.pk for key, member in zip(missing, made, strict=True)}
