"""Whether a declared level was told by the same units on two days: else the change between them is no change of theirs,
but of who had begun to tell.

A unit that declares speaks for all below it (figures/last.sql). So it is asked of the units of the base below a unit,
or of a base unit's branches: of each, whether it has a level on the day, or one between it and the unit spoke for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils import timezone

from sohoi.figures.read import figures_of
from sohoi.goals.models import Clause
from sohoi.ledger.models import Entry, Measure, Take
from sohoi.periods import between
from sohoi.units.models import Closure, Level, Unit, View
from sohoi.units.read import ORDER, below


@dataclass(frozen=True)
class Coverage:
    """Of so many units that stood on a day, which had told a level."""

    told: frozenset[int]
    asked: int

    @property
    def whole(self) -> bool:
        """Whether all had."""
        return len(self.told) == self.asked


@dataclass(frozen=True)
class Partial:
    """Why a change is not said: at the start of the term, or now, only some units had told."""

    told: int
    asked: int
    at_start: bool


def partial_of(clauses: list[Clause], unit: Unit, eve: date, last: date, view: int) -> dict[int, Partial]:
    """clause id -> why its change between two days cannot be said. The statements do not grow with the clauses."""
    levels = {m.pk: m for c in clauses for m in _declared(c.measure)}
    if not levels:
        return {}
    start, end = (_covered(unit, list(levels.values()), day, view) for day in (eve, last))
    gaps = {pk: _gap(start[pk], end[pk]) for pk in levels}
    found: dict[int, Partial] = {}
    for clause in clauses:
        gap = next((gaps[m.pk] for m in _declared(clause.measure) if gaps[m.pk]), None)
        if gap:
            found[clause.pk] = gap
    return found


def _gap(start: Coverage, end: Coverage) -> Partial | None:
    """None when both days have all units, or the very same ones."""
    if start.told == end.told or (start.whole and end.whole):
        return None
    short = end if start.whole else start
    return Partial(len(short.told), short.asked, not start.whole)


def _declared(measure: Measure | None) -> list[Measure]:
    """The declared levels that a measure is made of."""
    parts = [m for m in (measure, measure.over, measure.under) if m] if measure else []
    return [m for m in parts if m.take == Take.LAST]


def _covered(unit: Unit, measures: list[Measure], day: date, view: int) -> dict[int, Coverage]:
    """measure id -> which of the units below had told it by a day."""
    map_day = timezone.localdate() if view == View.TODAY else day
    units = list(below(unit, map_day, Level.BASE if ORDER[unit.level] < ORDER[Level.BASE] else Level.BRANCH))
    said = figures_of(units, measures, between(day, day), view)
    above = _above(units, unit, map_day)
    spoke = _spoke(measures, {pk for some in above.values() for pk in some} | {unit.pk}, day)
    found = {}
    for m in measures:
        own = {pk for pk, base in spoke if base == m.base_id}
        told = {u.pk for u in units if said[(u.pk, m.pk)].value is not None or own & above[u.pk]}
        found[m.pk] = Coverage(frozenset(told), len(units))
    return found


def _above(units: list[Unit], unit: Unit, on: date) -> dict[int, set[int]]:
    """unit id -> the unit asked, and what stands between the two on that day."""
    days = {"view": View.WAS, "since__lte": on, "until__gt": on}
    inside = Closure.objects.filter(ancestor=unit, **days).values("descendant")
    rows = Closure.objects.filter(descendant__in=[u.pk for u in units], ancestor__in=inside, **days)
    found: dict[int, set[int]] = {u.pk: {unit.pk} for u in units}
    for down, up in rows.values_list("descendant", "ancestor"):
        found[down] |= {up} - {down}
    return found


def _spoke(measures: list[Measure], units: Iterable[int], day: date) -> set[tuple[int, int | None]]:
    """(unit id, base measure id) of those that declared for themselves and all below, and did not take it back."""
    rows = Entry.objects.filter(
        unit__in=units, measure__in={m.base_id for m in measures}, declared=True, booked__lte=day
    )
    told = rows.values("unit", "measure", "record").annotate(standing=Sum("n")).filter(standing__gt=0)
    return {(row["unit"], row["measure"]) for row in told}
