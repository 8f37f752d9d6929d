"""What made figures what they are: the deeds of some days by their kind, told and taken back apart, and the late ones.

Reads only. For a flow the causes of its days add up to the figure; for a balance those since an earlier day add up to
what changed, unless units came or went. Declared levels only say how often they were declared anew.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from sohoi.figures.rollup import sql
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period
from sohoi.units.models import Placement, Unit, View
from sohoi.units.read import last_change


class Cause(NamedTuple):
    """One kind of deed: how many records, what their lines come to, and `late` of that from before these days."""

    label: str
    deeds: int
    amount: int
    late: int


class Causes(NamedTuple):
    """The deeds that were told, the largest first, and what was taken back. Amounts are whole numbers."""

    told: tuple[Cause, ...] = ()
    undone: tuple[Cause, ...] = ()

    @property
    def total(self) -> int:
        """What all lines come to."""
        return sum(cause.amount for cause in (*self.told, *self.undone))


NO_CAUSES = Causes()


def causes(
    unit: Unit, measures: Sequence[Measure], period: Period, view: int, level: str = ""
) -> dict[int, Causes]:  # fmt: skip
    """measure id -> what the lines booked in these days come to, by kind. One statement for flows, two for levels.

    With `level` only deeds that units of that level did themselves. Nothing for ratios, for bands of age (they change
    without a deed) and for sensitive measures.
    """
    asked = [m for m in measures if not (m.sensitive or m.age or m.take == Take.RATIO)]
    flows = [m.pk for m in asked if m.take in (Take.SUM, Take.DISTINCT)]
    levels = [m.pk for m in asked if m.take in (Take.BALANCE, Take.LAST)]
    rows = _rows(unit, flows, period, view, level, standing=False) if flows else []
    if levels:
        changed = last_change(timezone.localdate()) if view == View.WAS else None
        standing = changed is not None and changed > period.last
        rows += _rows(unit, levels, period, View.TODAY, level, standing=standing)
    return _by_measure(rows)


Row = tuple[int, int, str, int, int, int]


def _rows(unit: Unit, ids: list[int], period: Period, view: int, level: str, *, standing: bool) -> list[Row]:
    """(measure, n, kind, records, amount, late)"""
    with connection.cursor() as cursor:
        cursor.execute(
            sql("causes.sql"),
            {"unit": unit.pk, "measures": ids, "first": period.first, "last": period.last, "view": view,
             "map_day": period.last, "level": level, "standing": standing},
        )  # fmt: skip
        return [(at, n, label, deeds, int(sum), int(late)) for at, n, label, deeds, sum, late in cursor.fetchall()]


def _by_measure(rows: list[Row]) -> dict[int, Causes]:
    """The same by measure, the largest amounts first."""
    found: dict[int, tuple[list[Cause], list[Cause]]] = {}
    for at, n, label, deeds, amount, late in rows:
        told, undone = found.setdefault(at, ([], []))
        (told if n == 1 else undone).append(Cause(label, deeds, amount, late))
    return {at: Causes(_largest(told), _largest(undone)) for at, (told, undone) in found.items()}


def _largest(found: list[Cause]) -> tuple[Cause, ...]:
    """In the order in which they are said."""
    return tuple(sorted(found, key=lambda cause: (-abs(cause.amount), cause.label)))


class Move(NamedTuple):
    """A unit that came under another, or left it, with the first day of the new order."""

    name: str
    day: date
    came: bool


def moves(unit: Unit, period: Period) -> tuple[Move, ...]:
    """Units directly below that joined or left within these days; a new name is no move, and neither is what came
    with the unit itself or went with it."""
    own = list(Placement.objects.filter(unit=unit).values_list("during", flat=True))
    ends = {day for during in own for day in (during.lower, during.upper)}
    rows = list(Placement.objects.filter(parent=unit).values_list("unit_id", "name", "during"))
    begun = {(pk, during.lower) for pk, _, during in rows}
    ended = {(pk, during.upper) for pk, _, during in rows}
    came = [Move(name, d.lower, True) for pk, name, d in rows if (pk, d.lower) not in ended and d.lower not in ends]
    left = [Move(name, d.upper, False) for pk, name, d in rows if (pk, d.upper) not in begun and d.upper not in ends]
    within = [move for move in (*came, *left) if move.day and period.first <= move.day <= period.last]
    return tuple(sorted(within, key=lambda move: (move.day, move.name)))
