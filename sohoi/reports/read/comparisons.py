"""What a sentence about a figure needs: its goal, earlier figures, the deeds behind a change. Reads only.

Everything is asked for all measures together: the number of statements depends on their ways to add, not on how many.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sohoi.figures.causes import NO_CAUSES, Causes, Move, causes, moves
from sohoi.figures.read import Figure, figures_of, level_figures
from sohoi.goals.models import Clause, Resolution, Shape, Target
from sohoi.goals.saying import PERCENT
from sohoi.ledger.known import all_measures
from sohoi.ledger.models import STANDING, Measure, Take
from sohoi.periods import Period, named
from sohoi.reports.earlier import PREVIOUS, Look, Window, look
from sohoi.reports.explain import Before, Comparison, Goal
from sohoi.units.models import Level, Placement, Unit, View
from sohoi.units.read import path

Span = tuple[date, date]
Said = dict[tuple[Span, int], Figure]


class Stretches(NamedTuple):
    """On which days the unit stood; on today's map it is not asked."""

    days: list[tuple[date, date | None]]
    asked: bool

    def stood(self, period: Period) -> tuple[bool, date | None]:
        """(it stood on some of these days, the day on which it began when that was after the first of them)"""
        if not self.asked:
            return True, None
        firsts = [first for first, end in self.days if first <= period.last and (end is None or end > period.first)]
        began = min(firsts, default=period.first)
        return bool(firsts), began if began > period.first else None


def comparisons(
    unit: Unit, measures: Sequence[Measure], period: Period, view: int, today: date, *, level: str = ""
) -> dict[int, Comparison]:
    """measure id -> what there is to tell about its figure (`explain.tell` says it).

    Measures come with `over` and `under` at hand. With `level` only deeds that units of that level did themselves. A
    sensitive measure is told alone, and so is, at one level, what is no sum.
    """
    told = [m for m in measures if not m.sensitive and (not level or m.take == Take.SUM)]
    term = _term(unit, period.last)
    looks = {standing: look(period, term, standing=standing) for standing in (False, True)}
    promised = _promised(unit, told, period, level)
    said = _figures(unit, _wanted(measures, told, period, looks, promised), view, level)
    stretches = stretches_of(unit, view)
    grounds = _grounds(unit, told, period, view, level, looks)
    times = _times([m for m in told if m.take == Take.DISTINCT])
    found: dict[int, Comparison] = {}
    for m in measures:
        figure = said[_span(period), m.pk]
        found[m.pk] = Comparison(figure, today=today)
        if m in told:
            mine = looks[is_standing(m)]
            before = tuple(_before(w, said[_span(w.days), m.pk], stretches) for w in mine.windows)
            found[m.pk] = _story(found[m.pk], before, grounds[is_standing(m)], times.get(m.pk), view)
            found[m.pk] = found[m.pk]._replace(goal=_goal(promised.get(m.pk), figure, said))
    return found


def is_standing(measure: Measure) -> bool:
    """Whether it says what there is on the last day; a rate does when both its parts do."""
    if measure.over is not None and measure.under is not None:
        return is_standing(measure.over) and is_standing(measure.under)
    return measure.take in STANDING


def stretches_of(unit: Unit, view: int) -> Stretches:
    """The days on which a unit stood."""
    if view != View.WAS:
        return Stretches([], asked=False)
    rows = Placement.objects.filter(unit=unit).values_list("during", flat=True)
    return Stretches([(during.lower or date.min, during.upper) for during in rows], asked=True)


def _before(window: Window, figure: Figure, stretches: Stretches) -> Before:
    """An earlier figure, and whether the unit stood then."""
    there, since = stretches.stood(window.days)
    return Before(window, figure, there, since)


# ---- figures of several stretches ------------------------------------------------------------------


def _span(period: Period) -> Span:
    return period.first, period.last


def _wanted(
    measures: Sequence[Measure], told: Sequence[Measure], period: Period, looks: dict[bool, Look],
    promised: dict[int, "Promise"],
) -> dict[Span, tuple[Period, dict[int, Measure]]]:  # fmt: skip
    """Which measures are asked in which days, each stretch of days once."""
    wanted: dict[Span, tuple[Period, dict[int, Measure]]] = {_span(period): (period, {m.pk: m for m in measures})}
    for m in told:
        days = [window.days for window in looks[is_standing(m)].windows]
        days += [promised[m.pk].days] if m.pk in promised else []
        for one in days:
            wanted.setdefault(_span(one), (one, {}))[1][m.pk] = m
    return wanted


def _figures(unit: Unit, wanted: dict[Span, tuple[Period, dict[int, Measure]]], view: int, level: str) -> Said:
    """(days, measure id) -> figure."""
    found: Said = {}
    for span, (days, measures) in wanted.items():
        asked = list(measures.values())
        if level:
            said = level_figures(unit, asked, days, view, level)
        else:
            said = {at: one for (_, at), one in figures_of([unit], asked, days, view).items()}
        found |= {(span, at): one for at, one in said.items()}
    return found


# ---- the term and its goals ------------------------------------------------------------------------


class Promise(NamedTuple):
    """A goal and the days in which it is to be reached."""

    target: Target
    days: Period
    words: str


def _term(unit: Unit, on: date) -> date | None:
    """The first day of the term: of the nearest resolution in force, the unit's own or one from above."""
    above = [u.pk for u in path(unit, on)] or [unit.pk]
    rows = Resolution.objects.filter(unit__in=above, term_first__lte=on, term_last__gte=on)
    firsts = dict(rows.order_by("term_first").values_list("unit_id", "term_first"))
    return next((firsts[pk] for pk in reversed(above) if pk in firsts), None)


def _promised(unit: Unit, measures: Iterable[Measure], period: Period, level: str) -> dict[int, Promise]:
    """measure id -> the unit's own goal in the newest resolution in force on the last day."""
    by_pk = {m.pk: m for m in measures}
    rows = Target.objects.filter(
        unit=unit, clause__measure__in=list(by_pk), clause__shape=Shape.TOTAL, clause__level=level,
        clause__resolution__term_first__lte=period.last, clause__resolution__term_last__gte=period.last,
    ).select_related("clause__resolution", "clause__parent").order_by(
        "clause__resolution__term_first", "-clause__place"
    )  # fmt: skip
    return {row.clause.measure_id or 0: _promise(row, by_pk[row.clause.measure_id or 0], period) for row in rows}


def _promise(target: Target, measure: Measure, period: Period) -> Promise:
    """A flow counts from the first day of the term, or of the year when it is promised each year."""
    resolution = target.clause.resolution
    if is_standing(measure):
        return Promise(target, period, "")
    if target.clause.yearly:
        first = max(date(period.last.year, 1, 1), resolution.term_first)
        return Promise(target, named(first, period.last), "từ đầu năm")
    return Promise(target, named(resolution.term_first, period.last), "từ đầu nhiệm kỳ")


def _goal(promise: Promise | None, figure: Figure, said: Said) -> Goal | None:
    """The promise with the result that is held against it."""
    if promise is None:
        return None
    result = said[_span(promise.days), figure.measure.pk]
    if _span(promise.days) == _span(figure.period):
        result = figure
    clause = promise.target.clause
    yearly = " hằng năm" if clause.yearly else ""
    name = f"{clause.resolution.title}, {_clause(clause)}{yearly}"
    return Goal(Fraction(promise.target.goal), name, result, promise.words, clause.at_most, clause.words == PERCENT)


def _clause(clause: Clause) -> str:
    """ "chỉ tiêu 1", the target a criterion belongs to; one that stands alone by its own words."""
    number = clause.parent.number if clause.parent is not None else clause.number
    return f"chỉ tiêu {number}" if number else f"chỉ tiêu “{clause.label}”"


# ---- the deeds behind a change ---------------------------------------------------------------------


class Grounds(NamedTuple):
    """What happened in the days since the figure before: deeds by measure, units that came and went."""

    causes: dict[int, Causes]
    moves: tuple[Move, ...]


def _grounds(
    unit: Unit, measures: Sequence[Measure], period: Period, view: int, level: str, looks: dict[bool, Look]
) -> dict[bool, Grounds]:
    """Flows and levels apart: they changed in other days. A person of a distinct count comes in the whole period."""
    asked = view == View.WAS and not level and unit.level != Level.BRANCH
    found: dict[bool, Grounds] = {}
    for standing, mine in looks.items():
        chosen = [m for m in measures if is_standing(m) == standing]
        by_days = [(mine.step, [m for m in chosen if m.take != Take.DISTINCT])]
        by_days += [(period, [m for m in chosen if m.take == Take.DISTINCT])]
        told: dict[int, Causes] = {}
        for days, some in by_days:
            told |= causes(unit, some, days, view, level) if some else {}
        found[standing] = Grounds(told, moves(unit, mine.step) if asked and chosen else ())
    return found


def _times(distinct: Sequence[Measure]) -> dict[int, str]:
    """measure id -> what the base of a distinct count counts ("lượt"), where that is something else than persons."""
    if not distinct:
        return {}
    counts = {m.pk: m.count for m in all_measures().values()}
    return {m.pk: counts[m.base_id or 0] for m in distinct if counts[m.base_id or 0] != m.count}


def _story(
    comparison: Comparison, before: tuple[Before, ...], grounds: Grounds, time: str | None, view: int
) -> Comparison:
    """A comparison with all but its goal."""
    measure = comparison.figure.measure
    mine = grounds.causes.get(measure.pk, NO_CAUSES)
    comparison = comparison._replace(before=before, moves=grounds.moves)
    if measure.take == Take.DISTINCT:
        return comparison._replace(turns=(mine.total, time) if time else None)
    return comparison._replace(causes=mine, moved=_by_moves(comparison.figure, before, mine, view))


def _by_moves(figure: Figure, before: tuple[Before, ...], mine: Causes, view: int) -> int:
    """What a balance changed beyond its deeds: units with their members came under it, or left."""
    if figure.measure.take != Take.BALANCE or figure.measure.age or view != View.WAS:
        return 0
    then = [one.figure.value for one in before if one.window.key == PREVIOUS and one.there]
    if not then or then[0] is None or figure.value is None:
        return 0
    return int(figure.value - then[0]) - mine.total
