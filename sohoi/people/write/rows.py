"""Many rows of the register in one statement: cards with what belongs to them, households by name."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from sohoi.many import told_many
from sohoi.people.models import Member
from sohoi.statements import statement

sql = partial(statement, __file__)  # the .sql files of this drawer

HomeKey = tuple[int, str]  # branch id, household_key of the head's name


def write_cards(rows: Iterable[dict[str, Any]]) -> dict[UUID, int]:
    """Cards with their memberships and standings; returns origin -> member id of all that stand afterwards.

    A row whose ID number somebody else's card has is not among them. Columns as in newcomers.sql, ids
    and days as text and bytes as `\\x…`.
    """
    told = list(rows)
    found: dict[UUID, int] = dict(told_many(sql("newcomers.sql"), told))
    if len(found) < len(told):  # another sender of the same deed was there first
        missing = {UUID(row["origin"]) for row in told} - found.keys()
        there = Member.objects.filter(origin__in=missing).values_list("origin", "pk")
        found |= {origin: pk for origin, pk in there if origin}
    return found


def write_homes(wanted: dict[HomeKey, tuple[str, str]]) -> tuple[dict[HomeKey, int], set[int]]:
    """Households by branch and key, with their label and its plain form; returns their ids, and which of them are new
    in this transaction: nobody else sees those yet."""
    if not wanted:
        return {}, set()
    told = [
        {"unit_id": unit, "key": key, "label": label, "plain": plain} for (unit, key), (label, plain) in wanted.items()
    ]
    rows = told_many(sql("households.sql"), told)
    made = {pk for pk, _, _, new in rows if new}
    if len(rows) < len(wanted):  # somebody else was writing some of them down at this moment
        rows = [(*row, False) for row in told_many(sql("households_known.sql"), told)]
    return {(unit, key): pk for pk, unit, key, _ in rows}, made
