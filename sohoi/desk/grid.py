"""A table of figures as the desk shows and exports it: one row a unit, one column a measure, each cell addressed.

It arranges what figures/read.py answers and adds nothing up itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.db.models import QuerySet

from sohoi.desk.addresses import figure_url
from sohoi.desk.charts import Bar, bar
from sohoi.desk.searching import by_name, twins
from sohoi.figures.breakdown import Breakdown, Line
from sohoi.figures.read import NUMBER, UNREPORTED, Figure
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period
from sohoi.units.models import Level, Unit
from sohoi.vietnamese import date

CHILD, OWN, REST, TOTAL = "child", "own", "rest", "total"
ORDER = (CHILD, OWN, REST)
LONGEST_CHART, FEW_SILENT = 20, 5


@dataclass(frozen=True)
class Cell:
    """A figure ready to be printed; `url` is None when nobody may ask for the records behind it."""

    figure: Figure
    url: str | None

    @property
    def text(self) -> str:
        """The number or the word for its absence."""
        return self.figure.text

    @property
    def state(self) -> str:
        """Number, zero, unreported, not-asked or withheld."""
        return self.figure.state


class Unaddressed(Figure):
    """A number that leads nowhere: what no child accounts for, or a unit beyond the reader's scope."""

    @property
    def has_address(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True)
class Row:
    """One row; `note` says for which part of the period the unit stood here, when not for all of it, and tells it
    from others of the same name. `open` when the reader may go on to this unit.
    """

    label: str
    unit: Unit | None
    cells: tuple[Cell, ...]
    kind: str
    note: str = ""
    open: bool = False
    bar: Bar | None = None

    @property
    def silent(self) -> bool:
        """A unit below that has not reported the first measure."""
        return self.kind == CHILD and self.cells[0].state == UNREPORTED

    @property
    def size(self) -> Fraction:
        """The first figure as the length of a bar; what was not told comes after a true zero."""
        value = self.cells[0].figure.value
        return Fraction(-1) if value is None else max(Fraction(value), Fraction(0))


@dataclass(frozen=True)
class Grid:
    """The whole table; `silent` children have not reported the first measure."""

    measures: tuple[Measure, ...]
    total: Row
    rows: tuple[Row, ...]
    silent: int

    @property
    def children(self) -> list[Row]:
        """The rows that are units of their own."""
        return [row for row in self.rows if row.kind == CHILD]

    @property
    def quiet(self) -> list[Row]:
        """The units that have reported none of the measures, when they are so many that they stand in the way."""
        rows = [row for row in self.children if all(cell.state == UNREPORTED for cell in row.cells)]
        return rows if FEW_SILENT < len(rows) < len(self.rows) else []

    @property
    def told(self) -> list[Row]:
        """All other rows."""
        quiet = {id(row) for row in self.quiet}
        return [row for row in self.rows if id(row) not in quiet]

    @property
    def width(self) -> int:
        """So many columns at most: name, bar, measures."""
        return len(self.measures) + 2


def grid(unit: Unit, measures: Sequence[Measure], parts: Breakdown, period: Period, scope: QuerySet[Unit]) -> Grid:
    """Arrange a breakdown of the unit in the period; only units of the scope lead on."""
    total = Row(unit.name, unit, cells(parts.total), TOTAL)
    opened = in_scope([line.unit for line in parts.lines if line.unit], scope)
    words = twins((line.label, line.unit) for line in parts.lines if line.unit)
    lines = [
        line for line in parts.lines if line.unit or unit.level != Level.BRANCH
    ]  # a branch has nothing to share out
    rows = [_row(line, period, opened, words) for line in lines]
    rows.sort(key=lambda row: (ORDER.index(row.kind), by_name(row.label), row.note))
    return Grid(tuple(measures), total, barred(rows), parts.silent)


def in_scope(units: Iterable[Unit], scope: QuerySet[Unit]) -> set[int]:
    """The ids of those units that are in the scope."""
    return set(scope.filter(pk__in=[unit.pk for unit in units]).values_list("pk", flat=True))


def cells(figures: Iterable[Figure], level: str = "", *, lead: bool = True) -> tuple[Cell, ...]:
    """Figures with their addresses, or (`lead` false) without."""
    if lead:
        return tuple(Cell(figure, figure_url(figure, level)) for figure in figures)
    return tuple(Cell(Unaddressed(*figure), None) for figure in figures)


def barred(rows: Sequence[Row]) -> tuple[Row, ...]:
    """With bars for the first measure on the rows that are units of their own, all on one scale from zero."""
    most = max((row.size for row in rows if row.kind == CHILD), default=Fraction(0))
    return tuple(
        replace(row, bar=bar(max(row.size, Fraction(0)), most=most)) if row.kind == CHILD else row for row in rows
    )


def _row(line: Line, period: Period, opened: set[int], words: dict[int, str]) -> Row:
    """One line of the breakdown."""
    if line.unit is None:
        return Row(line.label, None, cells(line.figures, lead=False), REST)
    if line.own:
        return Row(line.label, line.unit, cells(line.figures, line.unit.level), OWN)
    leads = line.unit.pk in opened
    return Row(
        line.label,
        line.unit,
        cells(line.figures, lead=leads),
        CHILD,
        " ".join((_days(line, period), words.get(line.unit.pk, ""))).strip(),
        leads,
    )


def _days(line: Line, period: Period) -> str:
    """ "đến 30/6/2025", "từ 01/7/2025", both or nothing."""
    words = []
    if line.first and line.first > period.first:
        words.append(f"từ {date(line.first)}")
    if line.last and line.last < period.last:
        words.append(f"đến {date(line.last)}")
    return " ".join(words)


def chart(table: Grid) -> tuple[list[Row], int]:
    """The children for a chart of the first measure, the largest first; how many are left out, silent ones first."""
    quiet = {id(row) for row in table.quiet}
    rows = sorted((row for row in table.children if id(row) not in quiet), key=lambda row: -row.size)
    return rows[:LONGEST_CHART], len(table.children) - len(rows[:LONGEST_CHART])


def most_told(figures: Sequence[Figure], count: int) -> list[Measure]:
    """The measures about which most was told: what a page shows before anybody has chosen."""
    told = [f for f in figures if f.state == NUMBER and f.measure.take != Take.RATIO]
    return [f.measure for f in sorted(told, key=lambda f: -f.raw.n)[:count]]
