"""What a figure is made of: the units below, the unit's own deeds, and what no unit of the map can be given.

As it was, a child counts for the days it stood there; on today's map, today's children for the whole period.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sohoi.figures.read import NOT_ASKED, NUMBER, UNREPORTED, ZERO, Figure, figures_of
from sohoi.figures.rollup import Raw, Sums, late_at_the_seams, own_figures
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period
from sohoi.refusal import Refusal
from sohoi.units.models import FOREVER, Level, Placement, Unit, View
from sohoi.units.read import children, place

FLOWS = (Take.SUM, Take.BALANCE)
STANDING = (Take.BALANCE, Take.LAST)  # what a unit has on a day: asked only of those that stand there on that day


@dataclass(frozen=True)
class Line:
    """A row of a breakdown: a child with its days, the unit's own deeds, or what no child accounts for."""

    label: str
    unit: Unit | None
    figures: list[Figure]
    first: date | None = None
    last: date | None = None
    own: bool = False


@dataclass(frozen=True)
class Breakdown:
    """A unit's figures and the rows that make them up. `silent` children have not reported the first measure."""

    total: list[Figure]
    lines: list[Line]
    silent: int


def breakdown(unit: Unit, measures: Sequence[Measure], period: Period, view: int, today: date) -> Breakdown:
    """The unit's figures by its children, its own deeds ("tại chính đơn vị") and the rest ("chưa phân bổ").

    As it was: every unit that stood under it in the period, each for the days it stood there. On today's map:
    its children of today for the whole period. Distinct counts and ratios do not add up and get no rest line.
    """
    if any(m.sensitive for m in measures):
        raise Refusal("Đầu số liệu này không chia nhỏ theo đơn vị, để giữ kín chuyện của người được giúp.")
    total = list(figures_of([unit], measures, period, view).values())
    span = (period.first, period.last) if view == View.WAS else (today, today)
    lines = _child_lines(children(unit, *span), measures, period, view)
    stands = view == View.WAS or place(unit, today) is not None
    own = _own(unit, measures, period) if stands else None
    if own is not None:
        lines.append(own)
    rest = _rest(unit, total, lines, measures, period, view)
    if rest is not None:
        lines.append(rest)
    return Breakdown(total, lines, sum(line.figures[0].state == UNREPORTED for line in lines))


def _child_lines(rows: list[Placement], measures: Sequence[Measure], period: Period, view: int) -> list[Line]:
    """One line per placement; children with the same days are read together."""
    groups: dict[Period, list[Placement]] = {}
    for row in rows:
        during = period if view == View.TODAY else _days_in(row, period)
        if during is not None:
            groups.setdefault(during, []).append(row)
    late = _late(groups, measures, period)
    found: dict[int, Line] = {}
    for during, members in groups.items():
        said = figures_of([row.unit for row in members], measures, during, view)
        for row in members:
            cells = [_there(said[(row.unit_id, m.pk)], late.get((row.unit_id, m.pk)), period) for m in measures]
            found[row.pk] = Line(row.name, row.unit, cells, during.first, during.last)
    return [found[row.pk] for row in rows if row.pk in found]


def _late(groups: dict[Period, list[Placement]], measures: Sequence[Measure], period: Period) -> Sums:
    """Late deeds at the seams of the map, for children that stood there on some days only."""
    flows = [m for m in measures if m.take == Take.SUM]
    places = [
        (row.unit_id, row.during.lower, row.during.upper or FOREVER, during)
        for during, members in groups.items() if during != period for row in members
    ]  # fmt: skip
    return late_at_the_seams(places, flows, period) if places and flows else {}


def _there(figure: Figure, late: Raw | None, period: Period) -> Figure:
    """A child's figure as its parent counts it; a balance is not asked of one that had left by the last day."""
    standing = [m.take in STANDING for m in (figure.measure, figure.measure.over, figure.measure.under) if m]
    if any(standing) and figure.period.last < period.last:
        return replace(figure, raw=Raw(), state=NOT_ASKED)
    if late is None:
        return figure
    raw = Raw(figure.raw.n + late.n, figure.raw.amount + late.amount)
    return replace(figure, raw=raw, state=NUMBER if raw.n or raw.amount else UNREPORTED)


def _days_in(row: Placement, period: Period) -> Period | None:
    """The part of the period in which the child stood there."""
    last = date.fromordinal(row.during.upper.toordinal() - 1) if row.during.upper else period.last
    return period.clip(row.during.lower or period.first, last)


def _own(unit: Unit, measures: Sequence[Measure], period: Period) -> Line | None:
    """The unit's own deeds; a branch has nothing else, so it has no such line."""
    if unit.level == Level.BRANCH:
        return None
    sums = own_figures(unit, [m for m in measures if m.take in FLOWS], period)
    if not sums:
        return None
    empty = {m.pk: ZERO if m.take in FLOWS else NOT_ASKED for m in measures}  # only flows have an own part
    cells = [
        Figure(m, unit, period, View.WAS, sums.get(m.pk, Raw()), NUMBER if m.pk in sums else empty[m.pk])
        for m in measures
    ]
    return Line("Tại chính đơn vị", unit, cells, own=True)


def _rest(
    unit: Unit, total: list[Figure], lines: list[Line], measures: Sequence[Measure], period: Period, view: int
) -> Line | None:
    """What the unit counts and no line shows: deeds that no child of the map can be given."""
    cells = []
    for at, measure in enumerate(measures):
        gap = Raw()
        if measure.take in FLOWS:
            shown = [line.figures[at].raw for line in lines]
            gap = Raw(total[at].raw.n - sum(r.n for r in shown), total[at].raw.amount - sum(r.amount for r in shown))
        cells.append(Figure(measure, unit, period, view, gap, NUMBER if gap.n or gap.amount else ZERO))
    if all(cell.state == ZERO for cell in cells):
        return None
    return Line("Chưa phân bổ", None, cells)
