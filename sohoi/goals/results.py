"""What was done for each criterion: read together by shape and span, so that statements never grow with records."""

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction

from sohoi.figures.read import NUMBER, UNREPORTED, ZERO, Figure, figures_of, level_figures
from sohoi.figures.rollup import Raw
from sohoi.goals.coverage import Partial, partial_of
from sohoi.goals.models import Clause, Resolution, Shape
from sohoi.ledger.models import Measure
from sohoi.periods import Period, between, complete_years, parse
from sohoi.units.models import Unit
from sohoi.units.read import below
from sohoi.vietnamese import number, percent


@dataclass(frozen=True)
class Result:
    """What was done for a criterion: its exact value, how it is written, and the figures that say it.

    `years` are the complete calendar years of a yearly criterion. Of a share of units `reached` of `asked` came to the
    threshold, `below` told less, the others nothing. `before` is the level on the last day before the term, `since` how
    that day is called.
    """

    value: Fraction | None
    text: str
    figure: Figure
    years: tuple[tuple[int, Figure], ...] = ()
    reached: int | None = None
    asked: int | None = None
    below: int | None = None
    before: Figure | None = None
    since: str = ""
    partial: Partial | None = None


def results_of(clauses: list[Clause], unit: Unit, period: Period, view: int, since: str) -> dict[int, Result]:
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
    changing = [c for c in term if c.change]
    if changing:
        eve = period.first - timedelta(days=1)
        said = _figures(changing, unit, between(eve, eve), view, "")
        partial = partial_of(changing, unit, eve, period.last, view)
        for c in changing:
            before = said[c.measure_id or 0]
            found[c.pk] = replace(found[c.pk], before=before, since=since, partial=partial.get(c.pk))
    return found


def start_of(resolution: Resolution) -> str:
    """What a change is measured from: "đầu nhiệm kỳ", of a programme for one calendar year "đầu năm"."""
    first, last = resolution.term_first, resolution.term_last
    return "đầu năm" if (first.month, first.day, last.year - first.year) == (1, 1, 0) else "đầu nhiệm kỳ"


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
        worst = max if clause.at_most else min
        lowest = worst((f for _, f in said), key=_value, default=_none(measure, unit, period, view))
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
    return Result(share, text, whole, reached=reached, asked=len(cells), below=len(told) - reached)
