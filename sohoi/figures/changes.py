"""Why a figure is not what it was: the records told or taken back between two places in the ledger.

The list of differences and causes between two versions of a paper. It tells nothing of sensitive measures and kinds.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from sohoi.among import among
from sohoi.figures.rollup import sql
from sohoi.ledger.models import Measure, Record, Voiding
from sohoi.periods import Period
from sohoi.units.models import Unit, View


class Change(NamedTuple):
    """What one record added to one measure, or took from it when it was taken back (`told` is false, with the reason).

    `amount` is what its lines of this stretch come to: of flows and balances the amounts add up to the difference.
    """

    measure_id: int
    record: UUID
    kind: str
    unit: str
    day: date
    booked: date
    amount: int
    told: bool
    reason: str


def changes(
    unit: Unit, measures: Iterable[Measure], period: Period, after: int, upto: int,
    *, scope: QuerySet[Unit], view: int = View.WAS,
) -> list[Change]:  # fmt: skip
    """What was written after the position `after` and up to `upto` and counts for the unit in the period, the newest
    first; of a ratio its two parts. Only records of units in `scope`. The number of statements does not grow.
    """
    today = timezone.localdate()
    arguments: dict[str, Any] = {
        "unit": unit.pk, "measures": _parts(measures), "first": period.first, "last": period.last, "view": view,
        "map_day": today if view == View.TODAY else min(period.last, today), "after": after, "upto": upto,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql("changes.sql"), arguments)
        rows: list[tuple[int, UUID, int, bool]] = cursor.fetchall()
    keys = {record for _, record, _, _ in rows}
    records = Record.objects.within(scope).filter(pk__in=among(keys)).select_related("kind", "unit").in_bulk()
    reasons = dict(Voiding.objects.filter(record__in=among(keys)).values_list("record", "reason"))
    return [
        _change(measure, records[key], amount, reasons.get(key, "") if taken_back else None)
        for measure, key, amount, taken_back in rows if key in records
    ]  # fmt: skip


def _parts(measures: Iterable[Measure]) -> list[int]:
    """The measures whose lines count: themselves, or both parts of a ratio."""
    found: dict[int, None] = {}
    for m in measures:
        found |= dict.fromkeys([m.over_id, m.under_id] if m.over_id and m.under_id else [m.pk])
    return list(found)


def _change(measure: int, record: Record, amount: int, reason: str | None) -> Change:
    """One line; `reason`: why the record was taken back, None when it was told."""
    return Change(
        measure, record.pk, record.kind.label, record.unit.name, record.day, record.booked, amount,
        reason is None, reason or "",
    )  # fmt: skip
