"""What a figure is made of: the units below, the unit's own deeds, and what no unit of the map can be given.

As it was, a child counts for the days it stood there; on today's map, today's children for the whole period.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sohoi.figures.read import NOT_ASKED, NUMBER, UNREPORTED, ZERO, Figure, figures_of
from sohoi.figures.rollup import Raw, Sums, late_at_the_seams, own_figures
from sohoi.ledger.models import STANDING, Measure, Take
from sohoi.periods import Period
from sohoi.refusal import Refusal
from sohoi.units.models import FOREVER, Level, Placement, Unit, View
from sohoi.units.read import children, place

FLOWS = (Take.SUM, Take.BALANCE)
Said = dict[tuple[int, int], Figure]


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
    span = (period.first, period.last) if view == View.WAS else (today, today)
    rows = children(unit, *span)
    groups = _by_days(rows, period, view)
    said = {
        during: figures_of([row.unit for row in members] + [unit] * (during == period), measures, during, view)
        for during, members in groups.items()
    }
    total = [said[period][unit.pk, m.pk] for m in measures]
    found = _child_lines(groups, said, measures, period)
    lines = [found[row.pk] for row in rows if row.pk in found]
    stands = view == View.WAS or place(unit, today) is not None
    own = _own(unit, measures, period) if stands else None
    if own is not None:
        lines.append(own)
    rest = _rest(unit, total, lines, measures, period, view)
    if rest is not None:
        lines.append(rest)
    return Breakdown(total, lines, sum(line.figures[0].state == UNREPORTED for line in lines))


def _by_days(rows: list[Placement], period: Period, view: int) -> dict[Period, list[Placement]]:
    """Children with the same days are read together; the unit itself with those that stood there all the time."""
    groups: dict[Period, list[Placement]] = {period: []}
    for row in rows:
        during = period if view == View.TODAY else _days_in(row, period)
        if during is not None:
            groups.setdefault(during, []).append(row)
    return groups


def _child_lines(
    groups: dict[Period, list[Placement]], said: dict[Period, Said], measures: Sequence[Measure], period: Period
) -> dict[int, Line]:
    """One line per placement, by its id."""
    late = _late(groups, measures, period)
    keys = [m.pk for m in measures]
    found: dict[int, Line] = {}
    for during, members in groups.items():
        for row in members:
            cells = [said[during][row.unit_id, key] for key in keys]
            if during != period:
                cells = [_there(cell, late.get((row.unit_id, cell.measure.pk)), period) for cell in cells]
            found[row.pk] = Line(row.name, row.unit, cells, during.first, during.last)
    return found


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
        return figure._replace(raw=Raw(), state=NOT_ASKED)
    if late is None:
        return figure
    raw = Raw(figure.raw.n + late.n, figure.raw.amount + late.amount)
    return figure._replace(raw=raw, state=NUMBER if raw.n or raw.amount else UNREPORTED)


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
    shown = [[figure.raw for figure in line.figures] for line in lines]
    cells = []
    for at, measure in enumerate(measures):
        gap = Raw()
        if measure.take in FLOWS:
            whole, parts = total[at].raw, [raws[at] for raws in shown]
            gap = Raw(whole.n - sum(raw.n for raw in parts), whole.amount - sum(raw.amount for raw in parts))
        cells.append(Figure(measure, unit, period, view, gap, NUMBER if gap.n or gap.amount else ZERO))
    if all(cell.state == ZERO for cell in cells):
        return None
    return Line("Chưa phân bổ", None, cells)
