"""Many rows of the register in one statement: cards with what belongs to them, households by name."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from sohoi.people.models import Member

HomeKey = tuple[int, str]  # branch id, household_key of the head's name


@cache
def sql(name: str) -> str:
    """A statement of this drawer, loaded once."""
    return (Path(__file__).parent / name).read_text("utf-8")


def write_cards(rows: Iterable[dict[str, Any]]) -> dict[UUID, int]:
    """Cards with their memberships and standings; returns origin -> member id of all that stand afterwards.

    A row whose ID number somebody else's card has is not among them. Columns as in newcomers.sql.
    """
    told = list(rows)
    with connection.cursor() as cursor:
        cursor.execute(sql("newcomers.sql"), {"rows": json.dumps(told, default=_plainly)})
        found: dict[UUID, int] = dict(cursor.fetchall())
    missing = [row["origin"] for row in told if row["origin"] not in found]
    if missing:  # another sender of the same deed was there first
        there = Member.objects.filter(origin__in=missing).values_list("origin", "pk")
        found |= {origin: pk for origin, pk in there if origin}
    return found


def _plainly(value: Any) -> str:
    """Bytes, a day or an id as JSON carries it to the database."""
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def write_homes(wanted: dict[HomeKey, tuple[str, str]]) -> dict[HomeKey, int]:
    """Households by branch and key, with their label and its plain form; returns their ids."""
    if not wanted:
        return {}
    units, keys = zip(*wanted, strict=True)
    labels, plains = zip(*wanted.values(), strict=True)
    given = {"units": list(units), "keys": list(keys), "labels": list(labels), "plains": list(plains)}
    found: dict[HomeKey, int] = {}
    with connection.cursor() as cursor:
        for name in ("households_known.sql", "households.sql", "households_known.sql"):
            cursor.execute(sql(name), given)
            found |= {(unit, key): pk for pk, unit, key in cursor.fetchall()}
            if len(found) == len(wanted):
                break
    return found
