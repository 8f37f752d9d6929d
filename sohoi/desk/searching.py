"""Units by their names: the order people expect, and finding one by its name, now or once, marks or none.

It looks only within the units a reader may see.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from sohoi.units.models import Placement, Unit
from sohoi.units.read import paths
from sohoi.vietnamese import plain, sort_key

MOST_FOUND = 40


def by_name(name: str) -> tuple[str, int]:
    """Sort key of a unit: Vietnamese order, and Quận 2 before Quận 10."""
    number = re.search(r"\d{1,9}$", name, re.ASCII)
    return (sort_key(name[: number.start()]), int(number[0])) if number else (sort_key(name), 0)


def once_under(units: Iterable[Unit]) -> dict[int, str]:
    """unit id -> where it stood first, for those that have stood under more than one parent: two communes that
    became one may each have brought a "Chi hội Ấp 1"."""
    rows = Placement.objects.filter(unit__in=[unit.pk for unit in units], parent__isnull=False)
    first: dict[int, str] = {}
    moved = set()
    for unit_id, parent in rows.order_by("during").values_list("unit_id", "parent__name"):
        if first.setdefault(unit_id, parent) != parent:
            moved.add(unit_id)
    return {unit_id: f"trước thuộc {first[unit_id][0].lower()}{first[unit_id][1:]}" for unit_id in moved}


def twins(named: Iterable[tuple[str, Unit]]) -> dict[int, str]:
    """unit id -> words that tell it from others of the same name in one list."""
    named = list(named)
    count = Counter(name for name, _ in named)
    return once_under(unit for name, unit in named if count[name] > 1)


@dataclass(frozen=True)
class Found:
    """A search result: the unit, where it stood, and its days."""

    unit: Unit
    path: list[Unit]
    first: date
    last: date | None


def find(scope: QuerySet[Unit], words: str) -> list[Found]:
    """Units whose name, now or once, contains the words, marks or none; or whose State code is the word.

    Those that still stand come first. One more than MOST_FOUND means that there are more.
    """
    words = "".join(sign for sign in words if sign.isprintable())[:100]
    named = Q(unit__plain__contains=plain(words)) | Q(name__icontains=words) | Q(unit__state_code=words)
    rows = Placement.objects.filter(named, unit__in=scope).select_related("unit")
    rows = rows.order_by("-during__endswith", "unit__plain", "unit_id")[: MOST_FOUND + 1]
    newest = {row.unit_id: row for row in reversed(rows)}
    days = {row.unit_id: row.during.upper for row in newest.values()}
    above = _paths(newest.values())
    return [
        Found(row.unit, above.get(key, [])[:-1], row.during.lower, days[key] and days[key] - timedelta(days=1))
        for key, row in reversed(newest.items())
    ]


def _paths(rows: Iterable[Placement]) -> dict[int, list[Unit]]:
    """Where each stood on its last day (today when it still stands): a statement for each such day, of which
    there are as many as there were reforms."""
    by_day: dict[date, list[int]] = {}
    today = timezone.localdate()
    for row in rows:
        last = row.during.upper - timedelta(days=1) if row.during.upper else max(today, row.during.lower)
        by_day.setdefault(last, []).append(row.unit_id)
    return {key: path for day, ids in by_day.items() for key, path in paths(ids, day).items()}
