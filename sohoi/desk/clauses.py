"""One criterion in detail: which units made it up, how it grew month by month, why it is not met.

Everything is asked of figures and goals with the very period and map of the review, so the parts add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from sohoi.desk.attained import counted, goal_text
from sohoi.desk.charts import Columns, Point, columns
from sohoi.desk.grid import CHILD, Cell, Grid, Row, barred, cells, grid, in_scope
from sohoi.desk.searching import by_name
from sohoi.figures.breakdown import breakdown
from sohoi.figures.read import UNREPORTED, ZERO, Figure, figures_of
from sohoi.figures.series import by_month
from sohoi.goals.models import Clause, Shape, Target
from sohoi.goals.read import Attainment, Review
from sohoi.goals.saying import apart, reached, say
from sohoi.ledger.amounts import amount
from sohoi.ledger.models import Take
from sohoi.periods import Period, month_index, parse
from sohoi.units.models import Unit
from sohoi.units.read import below
from sohoi.vietnamese import join_list, number

MOST_NAMED = 6


@dataclass(frozen=True)
class Part:
    """A unit's part of the result; `goal` and `words` when it was given a goal of its own, `reached` in a share."""

    row: Row
    cell: Cell
    goal: str = ""
    words: str = ""
    reached: bool | None = None


@dataclass(frozen=True)
class Parts:
    """The units that make a result up."""

    parts: tuple[Part, ...]
    grid: Grid

    def named(self, state: str) -> list[str]:
        """The names of the units below in one state."""
        return [part.row.label for part in self.parts if part.row.kind == CHILD and part.cell.state == state]


@dataclass(frozen=True)
class Growth:
    """A chart of a result in time, and the same numbers as a table: (name, added, until then)."""

    chart: Columns
    goal: str
    rows: tuple[tuple[str, str, str], ...]
    yearly: bool


def parts_of(found: Review, clause: Clause, period: Period, scope: QuerySet[Unit], today: date) -> Parts | None:
    """The units that make the result up; None for a level's own deeds, which have no parts below."""
    if clause.measure is None or (clause.shape == Shape.TOTAL and clause.level):
        return None
    if clause.shape != Shape.TOTAL:
        return _shared(found, clause, period, scope)
    said = breakdown(found.unit, [clause.measure], period, found.view, today)
    table = grid(found.unit, [clause.measure], said, period, scope)
    goals = _goals(clause, table.children)
    parts = tuple(Part(row, row.cells[0], *_held(clause, row, goals)) for row in table.rows)
    return Parts(parts, table)


def _goals(clause: Clause, rows: Sequence[Row]) -> dict[int, Fraction]:
    """unit id -> the goal it was given for this clause."""
    ids = [row.unit.pk for row in rows if row.unit]
    given = Target.objects.filter(clause=clause, unit__in=ids).values_list("unit", "goal")
    return {pk: Fraction(goal) for pk, goal in given}


def _held(clause: Clause, row: Row, goals: dict[int, Fraction]) -> tuple[str, str]:
    """A child's goal and how far it got, in words."""
    goal = goals.get(row.unit.pk) if row.unit and row.kind == CHILD else None
    value = row.cells[0].figure.value
    if goal is None:
        return "", ""
    return goal_text(clause, goal), say(Fraction(value), goal, clause) if value is not None and goal else ""


def _shared(found: Review, clause: Clause, period: Period, scope: QuerySet[Unit]) -> Parts:
    """Units of a share: each with its own figure and whether it reached the threshold."""
    measure = clause.measure
    assert measure is not None
    units = sorted(below(found.unit, period.last, clause.level), key=lambda u: by_name(u.name))
    said = figures_of([*units, found.unit], [measure], period, found.view)
    opened = in_scope(units, scope)
    rows = barred([_row(unit, said[(unit.pk, measure.pk)], lead=unit.pk in opened) for unit in units])
    total = _row(found.unit, said[(found.unit.pk, measure.pk)], lead=True)
    least = Fraction(clause.threshold)
    parts = tuple(Part(row, row.cells[0], reached=_value(row) >= least) for row in rows)
    return Parts(parts, Grid((measure,), total, rows, 0))


def _row(unit: Unit, figure: Figure, *, lead: bool) -> Row:
    """A row of one figure."""
    return Row(unit.name, unit, cells([figure], lead=lead), CHILD, open=lead)


def _value(row: Row) -> Fraction:
    """The figure for comparing; below every threshold when there is none."""
    value = row.cells[0].figure.value
    return Fraction(-1) if value is None else Fraction(value)


def growth(found: Review, one: Attainment) -> Growth | None:
    """The result year by year for a yearly criterion, month by month of the term for any other flow, else None."""
    clause = one.clause
    if clause.measure is None or clause.shape != Shape.TOTAL:
        return None
    goal = goal_text(clause, one.goal) if one.goal is not None else ""
    if clause.yearly:
        return _by_year(one, goal)
    return _by_month(found, one, goal) if clause.measure.take == Take.SUM else None


def _by_year(one: Attainment, goal: str) -> Growth | None:
    """A column a year."""
    said = one.result.years if one.result else ()
    if not said:
        return None
    points = [Point(str(y), None if f.value is None else Fraction(f.value), f.text, str(y)) for y, f in said]
    rows = tuple((f"Năm {y}", counted(f.text, one.clause, known=f.value is not None), "") for y, f in said)
    return Growth(columns(points, one.goal, named=range(len(points))), goal, rows, True)


def _by_month(found: Review, one: Attainment, goal: str) -> Growth:
    """A column a month of the whole term, each as high as the result until then; months to come stay empty."""
    clause, first = one.clause, found.resolution.term_first
    assert clause.measure is not None
    added = by_month(clause.measure, found.unit, found.period, found.view, clause.level)
    until_now = month_index(found.period.last)
    points, rows, until = [], [], 0
    for month in range(month_index(first), month_index(found.resolution.term_last) + 1):
        until += added.get(month, 0)
        year, at = divmod(month, 12)
        told, name = month <= until_now, f"Tháng {at + 1}/{year}"
        height = Fraction(until) if told else None
        points.append(Point(name, height, number(until), str(year) if at == 0 else ""))
        if told:
            rows.append((name, number(added.get(month, 0)), number(until)))
    last = until_now - month_index(first)
    return Growth(columns(points, one.goal, named=[last]), goal, tuple(rows), False)


def why(found: Review, one: Attainment, parts: Parts | None) -> list[str]:
    """Sentences that say what is missing. The pace is said as progress only, never as the reason of a verdict."""
    clause, result = one.clause, one.result
    if clause.measure is None or result is None:
        return []
    sentences = []
    if result.value is None:
        sentences.append("Chưa có việc nào được ghi và chưa có tháng nào được xác nhận cho tiêu chí này.")
    elif one.goal is not None and not reached(result.value, one.goal, clause):
        sentences.append(_gap(one))
    short = "được {}, quá mức giao {}" if clause.at_most else "mới được {}, dưới mức {}"
    sentences += [
        f"Năm {year} {short.format(counted(figure.text, clause), goal_text(clause, one.goal))}."
        for year, figure in result.years
        if one.goal is not None and figure.value is not None and not reached(Fraction(figure.value), one.goal, clause)
    ]
    if parts and one.goal is not None:
        sentences += _silence(parts)
    return sentences


def _gap(one: Attainment) -> str:
    """What is missing to the whole goal."""
    clause, result = one.clause, one.result
    assert clause.measure is not None
    assert result is not None
    assert result.value is not None
    assert one.goal is not None
    if clause.at_most:
        said = say(result.value, one.goal, clause)
        return f"{said[0].upper()}{said[1:]} so với mức giao {goal_text(clause, one.goal)}."
    if clause.shape != Shape.TOTAL:
        asked, came = result.asked or 0, result.reached or 0
        least = amount(clause.measure, Fraction(clause.threshold))
        return f"Còn {number(asked - came)}/{number(asked)} đơn vị chưa đạt {least}."
    missing = one.goal - result.value
    year = " ở năm thấp nhất" if clause.yearly else ""
    return f"Còn thiếu {apart(clause, missing, owed=True)}{year} so với mức giao {goal_text(clause, one.goal)}."


def _silence(parts: Parts) -> list[str]:
    """Which of the units below said nothing, or said nought; names for a few, a number for many."""
    whole = sum(part.row.kind == CHILD for part in parts.parts)
    silent, noughts = parts.named(UNREPORTED), parts.named(ZERO)
    said = []
    if silent:
        said.append(f"{number(len(silent))}/{number(whole)} đơn vị chưa báo cáo{_names(silent)}.")
    if noughts:
        said.append(f"{number(len(noughts))}/{number(whole)} đơn vị xác nhận là chưa có{_names(noughts)}.")
    return said


def _names(labels: list[str]) -> str:
    """The names after a colon when there are few enough to read."""
    return f": {join_list(labels)}" if len(labels) <= MOST_NAMED else ""


def year_period(one: Attainment, text: str, whole: Period) -> tuple[int | None, Period]:
    """The year asked of a yearly criterion, or the whole time of the review."""
    years = {str(year): year for year, _ in one.result.years} if one.result else {}
    year = years.get(text)
    return (year, parse(text)) if year is not None else (None, whole)
