"""A figure as it is said: a number, a true zero, not reported, not applicable, or withheld (house §6).

Sensitive measures are said only above the base level and only as whole periods; below their threshold only
that something happened. They have no parts, no address and no records for anyone (security §10).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sohoi.figures.rollup import Raw, Sums, figures, level_sums, own_figures, reported
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period
from sohoi.refusal import Refusal
from sohoi.units.models import Level, Placement, Unit, View
from sohoi.units.read import ORDER, children
from sohoi.vietnamese import money, number, percent

NUMBER, ZERO, UNREPORTED, NOT_ASKED, WITHHELD = "number", "zero", "unreported", "not-asked", "withheld"
SAID = {
    UNREPORTED: "chưa báo cáo",
    NOT_ASKED: "không áp dụng",
    WITHHELD: "có phát sinh",
}
OPEN_TO = (Level.CENTRE, Level.PROVINCE, Level.DISTRICT)


@dataclass(frozen=True)
class Figure:
    """One measure of one unit in one period and view."""

    measure: Measure
    unit: Unit
    period: Period
    view: int
    raw: Raw
    state: str

    @property
    def value(self) -> int | Fraction | None:
        """The exact number; 0 for a true zero; None when there is none to say."""
        if self.state == ZERO:
            return 0
        return self.raw.value if self.state == NUMBER else None

    @property
    def text(self) -> str:
        """The number as an officer writes it, or the word for its absence."""
        value = self.value
        if value is None:
            no_base = self.measure.take == Take.RATIO and self.state == UNREPORTED
            return "chưa có số liệu" if no_base else SAID[self.state]
        if self.measure.take == Take.RATIO:
            return percent(Fraction(value))
        return money(int(value)) if self.measure.count == "đồng" else number(int(value))

    @property
    def has_address(self) -> bool:
        """Whether the records behind it may be asked for."""
        return self.state in (NUMBER, ZERO) and not self.measure.sensitive


def figure(measure: Measure, unit: Unit, period: Period, view: int = View.WAS) -> Figure:
    """One figure; raises Refusal for a sensitive measure where it must not be asked."""
    if measure.sensitive:
        refuse_sensitive(measure, unit, period)
    sums = figures([unit], [measure], period, view)
    return _said([unit], [measure], period, view, sums)[(unit.pk, measure.pk)]


def refuse_sensitive(measure: Measure, unit: Unit, period: Period) -> None:
    """Below the district, or for days chosen at will, even 'có phát sinh' would point at one woman."""
    if unit.level not in OPEN_TO:
        raise Refusal(f"“{measure.label}” chỉ xem từ cấp huyện trở lên, để giữ kín chuyện của người được giúp.")
    if not period.years or period.days < 365:
        raise Refusal(f"“{measure.label}” chỉ xem theo cả năm hoặc cả nhiệm kỳ, để giữ kín chuyện của người được giúp.")


def figures_of(
    units: Sequence[Unit], measures: Sequence[Measure], period: Period, view: int
) -> dict[tuple[int, int], Figure]:
    """(unit id, measure id) -> Figure for every pair; the number of statements does not grow with either."""
    return _said(units, measures, period, view, figures(units, measures, period, view))


def _said(
    units: Sequence[Unit], measures: Sequence[Measure], period: Period, view: int, sums: Sums
) -> dict[tuple[int, int], Figure]:
    """Give each pair its state."""
    silent = [u for u in units if any((u.pk, m.pk) not in sums for m in measures)]
    confirmed = reported(silent, period)
    found = {}
    for unit in units:
        for measure in measures:
            raw = sums.get((unit.pk, measure.pk), Raw())
            state = _state(measure, unit, raw, unit.pk in confirmed)
            found[(unit.pk, measure.pk)] = Figure(measure, unit, period, view, raw, state)
    return found


def _state(measure: Measure, unit: Unit, raw: Raw, confirmed: bool) -> str:
    """Number, zero, not reported, not asked of this unit, or withheld."""
    if measure.take == Take.RATIO and not raw.under:
        return UNREPORTED
    if measure.sensitive:
        if unit.level not in OPEN_TO or not raw.n:
            return UNREPORTED
        return NUMBER if raw.amount >= measure.threshold else WITHHELD
    if raw.n or raw.amount:
        return NUMBER
    if measure.asked and ORDER[unit.level] > max(ORDER[level] for level in measure.asked):
        return NOT_ASKED
    return ZERO if confirmed and measure.take != Take.RATIO else UNREPORTED


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
    total = [f for f in figures_of([unit], measures, period, view).values()]
    span = (period.first, period.last) if view == View.WAS else (today, today)
    rows = children(unit, *span)
    lines = _child_lines(rows, measures, period, view)
    own = _own(unit, measures, period)
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
    found: dict[int, Line] = {}
    for during, members in groups.items():
        said = figures_of([row.unit for row in members], measures, during, view)
        for row in members:
            cells = [said[(row.unit_id, m.pk)] for m in measures]
            found[row.pk] = Line(row.name, row.unit, cells, during.first, during.last)
    return [found[row.pk] for row in rows if row.pk in found]


def _days_in(row: Placement, period: Period) -> Period | None:
    """The part of the period in which the child stood there."""
    last = date.fromordinal(row.during.upper.toordinal() - 1) if row.during.upper else period.last
    return period.clip(row.during.lower or period.first, last)


def _own(unit: Unit, measures: Sequence[Measure], period: Period) -> Line | None:
    """The unit's own deeds; a branch has nothing else, so it has no such line."""
    if unit.level == Level.BRANCH:
        return None
    sums = own_sums(unit, measures, period)
    if not any(raw.n or raw.amount for raw in sums.values()):
        return None
    flows = (Take.SUM, Take.BALANCE)
    empty = {m.pk: ZERO if m.take in flows else NOT_ASKED for m in measures}  # only flows have an own part
    cells = [
        Figure(m, unit, period, View.WAS, sums.get(m.pk, Raw()), NUMBER if m.pk in sums else empty[m.pk])
        for m in measures
    ]
    return Line("Tại chính đơn vị", unit, cells, own=True)


def own_sums(unit: Unit, measures: Sequence[Measure], period: Period) -> dict[int, Raw]:
    """measure id -> what the unit itself did in the period, without anything below it."""
    return own_figures(unit, [m for m in measures if m.take in (Take.SUM, Take.BALANCE)], period)


def _rest(
    unit: Unit, total: list[Figure], lines: list[Line], measures: Sequence[Measure], period: Period, view: int
) -> Line | None:
    """What the unit counts and no line shows: deeds that no child of the map can be given."""
    cells = []
    for at, measure in enumerate(measures):
        gap = Raw()
        if measure.take in (Take.SUM, Take.BALANCE):
            shown = [line.figures[at].raw for line in lines]
            gap = Raw(total[at].raw.n - sum(r.n for r in shown), total[at].raw.amount - sum(r.amount for r in shown))
        cells.append(Figure(measure, unit, period, view, gap, NUMBER if gap.n or gap.amount else ZERO))
    if all(cell.state == ZERO for cell in cells):
        return None
    return Line("Chưa phân bổ", None, cells)


def level_figures(unit: Unit, measures: Sequence[Measure], period: Period, view: int, level: str) -> dict[int, Figure]:
    """measure id -> figure of the deeds that units of one level did themselves, at or under the unit.

    A district's own rounds of oversight are not its communes': a target of the district counts only the former.
    """
    sums = level_sums(unit, measures, period, view, level)
    silent = unit.pk in reported([unit], period)
    return {m.pk: Figure(m, unit, period, view, sums.get(m.pk, Raw()),
                         _state(m, unit, sums.get(m.pk, Raw()), silent)) for m in measures}  # fmt: skip
