"""What a deed changed: the totals it is part of at each level, and the targets it counts for, in words.

It says nothing of sensitive measures. Totals are read as of now, so that after a void they show what is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from sohoi.desk.attained import Node, node
from sohoi.figures.read import Figure, figures_of
from sohoi.goals.models import Rank, Resolution, Shape, Target
from sohoi.goals.read import Attainment, Review, resolutions, review, walk
from sohoi.ledger.models import Entry, Measure, Record, Take
from sohoi.periods import Period, parse
from sohoi.units.models import Unit, View
from sohoi.units.read import ORDER, path


@dataclass(frozen=True)
class Promise:
    """A criterion that the deed counts for, as it stands for one unit; `linked` when she may open it."""

    review: Review
    node: Node
    linked: bool


@dataclass(frozen=True)
class Rung:
    """The total of one unit; `linked` when she may ask for the records behind it."""

    figure: Figure
    linked: bool


@dataclass(frozen=True)
class Totals:
    """One measure from the deed's own unit up to the country."""

    measure: Measure
    rungs: list[Rung]


@dataclass(frozen=True)
class Impact:
    """Targets first, then totals of one period."""

    promises: list[Promise]
    totals: list[Totals]
    period: Period


def impact(record: Record, scope: QuerySet[Unit], today: date) -> Impact:
    """What this record is part of; empty when all it counts for is sensitive. Links stay within the scope."""
    measures = touched(record)
    above = path(record.unit, record.day) or [record.unit]
    reviews = _reviews(record, above, today)
    mine = set(scope.filter(pk__in=[unit.pk for unit in above]).values_list("pk", flat=True))
    promises = [promise for found in reviews for promise in _promises(found, record, measures, mine)]
    period = _period(record, promises)
    upward = list(reversed(above))
    counted = [m for m in _in_order(measures, promises) if m.take != Take.RATIO]
    said = figures_of(upward, counted, period, View.WAS)
    totals = [Totals(m, [Rung(said[(unit.pk, m.pk)], unit.pk in mine) for unit in upward]) for m in counted]
    return Impact(promises, totals, period)


def touched(record: Record) -> list[Measure]:
    """The measures that the record's lines count for: their own, those that filter by labels, ratios of them.

    None that is sensitive is ever among them.
    """
    lines = list(Entry.objects.filter(record=record, n=1))
    if not lines:
        return []
    counted = Q()
    for line in lines:
        counted |= Q(base=line.measure_id, filter__contained_by=line.labels)
    own = Measure.objects.filter(counted, sensitive=False).values("pk")
    found = Measure.objects.filter(Q(pk__in=own) | Q(over__in=own) | Q(under__in=own), sensitive=False)
    return list(found.select_related("over", "under").order_by("pk"))


def _reviews(record: Record, above: Sequence[Unit], today: date) -> list[Review]:
    """Resolutions of the units above whose term holds the deed, for each unit above that has goals in them.

    The day is the mid-term review's when the deed counts before it, else today.
    """
    units = {unit.pk: unit for unit in above}
    running = [r for r in resolutions(units, record.booked) if record.booked <= r.term_last]
    goals = Target.objects.filter(clause__resolution__in=running, unit__in=list(units))
    pairs = set(goals.values_list("clause__resolution_id", "unit_id"))
    return [
        review(resolution, _day(resolution, record.booked, today), units[pk])
        for resolution in running
        for pk in sorted({u for r, u in pairs if r == resolution.pk} | {resolution.unit_id}, key=list(units).index)
    ]


def _day(resolution: Resolution, booked: date, today: date) -> date:
    """The day on which the resolution is looked at."""
    if resolution.cut_off and booked <= resolution.cut_off:
        return resolution.cut_off
    return min(today, resolution.term_last)


def _promises(found: Review, record: Record, measures: Sequence[Measure], mine: set[int]) -> list[Promise]:
    """The criteria with a goal that name one of the measures and that the deed counts for."""
    wanted = {measure.pk for measure in measures}
    return [
        Promise(found, node(found, one), found.unit.pk in mine)
        for one in walk(found.clauses)
        if one.clause.rank == Rank.CRITERION and one.clause.measure_id in wanted and _counts(record, one)
    ]


def _counts(record: Record, one: Attainment) -> bool:
    """Whether a criterion has a goal and sees the deed: one level's own deeds, or only years that are complete."""
    clause = one.clause
    if one.goal is None or (clause.shape == Shape.TOTAL and clause.level not in ("", record.unit.level)):
        return False
    years = {year for year, _ in one.result.years} if one.result else set()
    return not clause.yearly or record.booked.year in years


def _period(record: Record, promises: Sequence[Promise]) -> Period:
    """The period of the lowest resolution that asks for the deed, else the calendar year it counts in."""
    if not promises:
        return parse(str(record.booked.year))
    return max(promises, key=lambda promise: ORDER[promise.review.resolution.unit.level]).review.period


def _in_order(measures: Sequence[Measure], promises: Sequence[Promise]) -> list[Measure]:
    """Measures with a target first."""
    promised = {promise.node.clause.measure_id for promise in promises}
    return sorted(measures, key=lambda measure: measure.pk not in promised)
