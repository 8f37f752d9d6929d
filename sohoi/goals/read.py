"""Attainment: results held against what was promised, in the words of the rule of print (handbook §3).

đạt / chưa đạt and N/M compare with the whole target; what is due by now is said only as progress.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil

from sohoi.figures.read import NUMBER, UNREPORTED, ZERO, Figure, figures_of, level_figures
from sohoi.figures.rollup import Raw
from sohoi.goals.models import Clause, Rank, Resolution, Shape, Target
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period, between, complete_years, elapsed, parse
from sohoi.units.models import Unit, View
from sohoi.units.read import below, path
from sohoi.vietnamese import attained, both, exceeded, number, percent

GROWING = (Take.SUM, Take.DISTINCT)  # what comes together day by day, so that a part of it is due by now
MET, UNMET, NO_DATA, NO_GOAL = "met", "unmet", "no-data", "no-goal"
SAID = {MET: "Đạt", UNMET: "Chưa đạt", NO_DATA: "Chưa có số liệu", NO_GOAL: "Không giao số"}


@dataclass(frozen=True)
class Result:
    """What was done for a criterion: its exact value, how it is written, and the figures that say it.

    `years` are the complete calendar years of a yearly criterion; `reached` of `asked` units for a share.
    """

    value: Fraction | None
    text: str
    figure: Figure
    years: tuple[tuple[int, Figure], ...] = ()
    reached: int | None = None
    asked: int | None = None


@dataclass(frozen=True)
class Attainment:
    """A clause as it stands on a day. A target is met when all its criteria are (seed 002's 5/8)."""

    clause: Clause
    state: str
    result: Result | None = None
    goal: Fraction | None = None
    target: Target | None = None
    due: int | None = None
    children: tuple["Attainment", ...] = field(default=())

    @property
    def state_text(self) -> str:
        """The state in a word."""
        return SAID[self.state]

    @property
    def met(self) -> int:
        """How many direct children are met."""
        return sum(child.state == MET for child in self.children)

    @property
    def words(self) -> str:
        """ "đạt 41,82%", "vượt 113%"; a yearly criterion's words speak of its lowest year."""
        if self.goal is None or self.result is None or self.result.value is None or self.goal == 0:
            return ""
        return say(self.result.value, self.goal, self.clause.words)

    @property
    def yearly_met(self) -> bool:
        """Whether "hằng năm" may be written: each complete year met the goal."""
        years = self.result.years if self.result else ()
        return bool(years) and self.goal is not None and all(_value(f) >= self.goal for _, f in years)


def say(result: Fraction, goal: Fraction, style: str = "") -> str:
    """Attainment in words by the rule of print; `style` is a clause's `words`."""
    if result <= goal:
        return attained(result, goal)
    if style == "no-number":
        return "vượt chỉ tiêu đề ra"
    return both(result, goal) if style == "both" else exceeded(result, goal)


@dataclass(frozen=True)
class Review:
    """A resolution as it stands for a unit on a day."""

    resolution: Resolution
    unit: Unit
    on: date
    view: int
    passed: Fraction
    clauses: tuple[Attainment, ...]

    def targets(self) -> list[Attainment]:
        """All chỉ tiêu, whatever group they stand in; a loose tiêu chí with a goal is a chỉ tiêu of its own."""
        loose = [a for a in self.clauses if a.clause.rank == Rank.CRITERION and a.goal is not None]
        return [a for a in walk(self.clauses) if a.clause.rank == Rank.TARGET] + loose

    def criteria(self) -> dict[str, Attainment]:
        """All tiêu chí by code."""
        return {a.clause.code: a for a in walk(self.clauses) if a.clause.rank == Rank.CRITERION}

    def of_rank(self, rank: str) -> list[Attainment]:
        """Clauses of one rank."""
        return [a for a in walk(self.clauses) if a.clause.rank == rank]

    @property
    def met(self) -> int:
        """N of "đạt, vượt N/M chỉ tiêu"."""
        return sum(a.state == MET for a in self.targets())

    @property
    def count(self) -> int:
        """M of "đạt, vượt N/M chỉ tiêu"."""
        return len(self.targets())

    @property
    def period(self) -> Period:
        """From the first day of the term to the day asked."""
        return between(self.resolution.term_first, min(self.on, self.resolution.term_last))


def walk(clauses: Iterable[Attainment]) -> list[Attainment]:
    """All clauses of a tree."""
    return [one for a in clauses for one in (a, *walk(a.children))]


def resolutions(unit_ids: Iterable[int], on: date) -> list[Resolution]:
    """Resolutions of these units whose term has begun by the day, the newest first."""
    rows = Resolution.objects.filter(unit__in=list(unit_ids), term_first__lte=on).select_related("unit")
    return list(rows.order_by("-term_first", "title"))


def resolution_over(unit: Unit, on: date) -> Resolution | None:
    """The newest resolution whose term had begun by the day, of the unit itself or else of the nearest above it."""
    above = [one.pk for one in path(unit, on)]
    found = resolutions(above, on)
    return max(found, key=lambda one: above.index(one.unit_id), default=None)


def review(resolution: Resolution, on: date, unit: Unit | None = None, view: int = View.WAS) -> Review:
    """The resolution as it stands on a day for its unit, or for another unit below it (with that unit's goals).

    The number of statements depends on the shapes and years in the resolution, not on its clauses or records.
    """
    unit = unit or resolution.unit
    on = max(on, resolution.term_first)
    parts = ("measure", "measure__over", "measure__under")
    rows = list(Clause.objects.filter(resolution=resolution).select_related(*parts))
    targets = {t.clause_id: t for t in Target.objects.filter(clause__resolution=resolution, unit=unit)}
    period = between(resolution.term_first, min(on, resolution.term_last))
    results = _results([c for c in rows if c.measure_id], unit, period, view)
    passed = elapsed(resolution.term_first, resolution.term_last, on)
    tree = _tree(rows, None, targets, results, passed)
    return Review(resolution, unit, on, view, passed, tree)


def _tree(
    rows: list[Clause], parent: int | None, targets: dict[int, Target], results: dict[int, Result], passed: Fraction
) -> tuple[Attainment, ...]:
    """The clauses under one parent, each with what is below it."""
    return tuple(
        _attain(c, targets.get(c.pk), results.get(c.pk), passed, _tree(rows, c.pk, targets, results, passed))
        for c in rows if c.parent_id == parent
    )  # fmt: skip


def _attain(
    clause: Clause, target: Target | None, result: Result | None, passed: Fraction, children: tuple[Attainment, ...]
) -> Attainment:
    """One clause: a criterion against its goal, anything else from its children."""
    if children:
        return Attainment(clause, _together(children), children=children)
    goal = _goal(clause, target)
    if result is None or goal is None:
        no_data = result is not None and result.value is None
        return Attainment(clause, NO_DATA if no_data else NO_GOAL, result, goal, target)
    if result.value is None:
        return Attainment(clause, NO_DATA, result, goal, target)
    met = result.value >= goal
    grows = clause.measure is not None and clause.measure.take in GROWING
    due = ceil(goal * passed) if grows and clause.shape == Shape.TOTAL and not clause.yearly else None
    return Attainment(clause, MET if met else UNMET, result, goal, target, due)


def _goal(clause: Clause, target: Target | None) -> Fraction | None:
    """The goal; "each unit" means all of them."""
    if target is not None:
        return Fraction(target.goal)
    return Fraction(1) if clause.shape == Shape.EACH else None


def _together(children: tuple[Attainment, ...]) -> str:
    """Met when all that have a goal are met; one unmet is enough for unmet; missing data leaves it open."""
    states = {child.state for child in children} - {NO_GOAL}
    if not states:
        return NO_GOAL
    for state in (UNMET, NO_DATA):
        if state in states:
            return state
    return MET


def _results(clauses: list[Clause], unit: Unit, period: Period, view: int) -> dict[int, Result]:
    """clause id -> what was done, read together by shape and span."""
    found: dict[int, Result] = {}
    term = [c for c in clauses if c.shape == Shape.TOTAL and not c.yearly]
    for level in {c.level for c in term}:
        chosen = [c for c in term if c.level == level]
        said = _figures(chosen, unit, period, view, level)
        found |= {c.pk: _single(said[c.measure_id or 0]) for c in chosen}
    yearly = [c for c in clauses if c.shape == Shape.TOTAL and c.yearly]
    if yearly:
        found |= _yearly(yearly, unit, period, view)
    shares = [c for c in clauses if c.shape != Shape.TOTAL]
    if shares:
        found |= _shares(shares, unit, period, view)
    return found


def _figures(clauses: list[Clause], unit: Unit, period: Period, view: int, level: str) -> dict[int, Figure]:
    """measure id -> figure; only deeds of one level when the clause asks for it."""
    measures = list({c.measure_id: c.measure for c in clauses if c.measure}.values())
    if level:
        return level_figures(unit, measures, period, view, level)
    said = figures_of([unit], measures, period, view)
    return {m.pk: said[(unit.pk, m.pk)] for m in measures}


def _single(figure: Figure) -> Result:
    """A result that is one figure."""
    value = figure.value
    return Result(None if value is None else Fraction(value), figure.text, figure)


def _yearly(clauses: list[Clause], unit: Unit, period: Period, view: int) -> dict[int, Result]:
    """Yearly criteria: each complete calendar year; the lowest one speaks."""
    years = complete_years(period.first, period.last)
    by_year: dict[tuple[int, str], dict[int, Figure]] = {}
    for year in years:
        for level in {c.level for c in clauses}:
            chosen = [c for c in clauses if c.level == level]
            by_year[(year, level)] = _figures(chosen, unit, parse(str(year)), view, level)
    found = {}
    for clause in clauses:
        said = tuple((year, by_year[(year, clause.level)][clause.measure_id or 0]) for year in years)
        measure = clause.measure
        assert measure is not None
        lowest = min((f for _, f in said), key=_value, default=_none(measure, unit, period, view))
        missing = any(f.value is None for _, f in said) or not said
        value = None if missing else _value(lowest)
        text = "chưa có số liệu" if missing else lowest.text
        found[clause.pk] = Result(value, text, lowest, said)
    return found


def _none(measure: Measure, unit: Unit, period: Period, view: int) -> Figure:
    """A figure about which nothing was told."""
    return Figure(measure, unit, period, view, Raw(), UNREPORTED)


def _value(figure: Figure) -> Fraction:
    """The number for comparing; below all others when there is none."""
    return Fraction(-1) if figure.value is None else Fraction(figure.value)


def _shares(clauses: list[Clause], unit: Unit, period: Period, view: int) -> dict[int, Result]:
    """Shares of units: how many units of a level reached the threshold, of all that stood there on the last day."""
    found = {}
    for level in {c.level for c in clauses}:
        units = list(below(unit, period.last, level))
        chosen = [c for c in clauses if c.level == level]
        measures = list({c.measure_id: c.measure for c in chosen if c.measure}.values())
        said = figures_of(units, measures, period, view)
        whole = figures_of([unit], measures, period, view)
        for clause in chosen:
            cells = [said[(u.pk, clause.measure_id or 0)] for u in units]
            found[clause.pk] = _share(clause, cells, whole[(unit.pk, clause.measure_id or 0)])
    return found


def _share(clause: Clause, cells: list[Figure], whole: Figure) -> Result:
    """One share; nothing told by any unit is no data, not nought."""
    told = [f for f in cells if f.state in (NUMBER, ZERO)]
    if not told:
        return Result(None, "chưa có số liệu", whole, reached=0, asked=len(cells))
    reached = sum(_value(f) >= Fraction(clause.threshold) for f in told)
    share = Fraction(reached, len(cells))
    text = f"{number(reached)}/{number(len(cells))}" if clause.words == "both" else percent(share)
    return Result(share, text, whole, reached=reached, asked=len(cells))
