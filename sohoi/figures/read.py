"""A figure as it is said: a number, a true zero, not reported, not applicable, or withheld (house §6).

Sensitive measures are said only above the base level, only for whole calendar years, only rounded, and below their
threshold only that something happened. They have no parts, no address and no records for anyone (security §10).
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import repeat
from typing import NamedTuple

from sohoi.figures import windows
from sohoi.figures.rollup import NOTHING, Raw, Sums, figures, level_sums, reported, reported_over
from sohoi.ledger.amounts import written
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period
from sohoi.refusal import Refusal
from sohoi.units.models import Level, Unit, View
from sohoi.units.read import ORDER
from sohoi.vietnamese import number, percent

NUMBER, ZERO, UNREPORTED, NOT_ASKED, WITHHELD = "number", "zero", "unreported", "not-asked", "withheld"
SAID = {
    UNREPORTED: "chưa báo cáo",
    NOT_ASKED: "không áp dụng",
    WITHHELD: "có phát sinh",
}
OPEN_TO = (Level.CENTRE, Level.PROVINCE, Level.DISTRICT)


class Figure(NamedTuple):
    """One measure of one unit in one period and view."""

    measure: Measure
    unit: Unit
    period: Period
    view: int
    raw: Raw
    state: str
    level: str = ""  # when only deeds that units of this level did themselves are counted

    @property
    def value(self) -> int | Fraction | None:
        """The exact number; 0 for a true zero; None when there is none to say. A sensitive one is rounded."""
        if self.state == ZERO:
            return 0
        if self.state != NUMBER:
            return None
        return rounded(self.raw).value if self.measure.sensitive else self.raw.value

    @property
    def text(self) -> str:
        """The number as an officer writes it, or the word for its absence."""
        value = self.value
        if value is None:
            no_base = self.measure.take == Take.RATIO and self.state == UNREPORTED
            return "chưa có số liệu" if no_base else SAID[self.state]
        about = "khoảng " if self.measure.sensitive else ""
        if about and self.measure.is_percent:
            return about + percent(Fraction(value), 0)
        if about and self.measure.take != Take.RATIO:
            return about + number(int(value))
        return about + written(self.measure, value)

    @property
    def has_address(self) -> bool:
        """Whether the records behind it may be asked for."""
        return self.state in (NUMBER, ZERO) and not self.measure.sensitive


def rounded(raw: Raw) -> Raw:
    """To tens, half up, each part by itself: two rounded figures subtracted tell of nobody (security §10.3)."""
    under = None if raw.under is None else (raw.under + 5) // 10 * 10
    return Raw(raw.n, (raw.amount + 5) // 10 * 10, under)


def figure(measure: Measure, unit: Unit, period: Period, view: int = View.WAS) -> Figure:
    """One figure; raises Refusal for a sensitive measure where it must not be asked."""
    if measure.sensitive:
        refuse_sensitive(measure, unit, period)
    return figures_of([unit], [measure], period, view)[(unit.pk, measure.pk)]


def refuse_sensitive(measure: Measure, unit: Unit, period: Period) -> None:
    """Below the district, or for days chosen at will, even 'có phát sinh' would point at one woman."""
    if unit.level not in OPEN_TO:
        raise Refusal(f"“{measure.label}” chỉ xem từ cấp huyện trở lên, để giữ kín chuyện của người được giúp.")
    if whole_years(period) != period:
        raise Refusal(f"“{measure.label}” chỉ xem theo trọn năm dương lịch, để giữ kín chuyện của người được giúp.")


def whole_years(period: Period) -> Period | None:
    """The whole calendar years inside a period; the period itself when it is nothing else."""
    if not period.years:
        return None
    return period.clip(date(period.years[0], 1, 1), date(period.years[-1], 12, 31))


def figures_of(
    units: Sequence[Unit], measures: Sequence[Measure], period: Period, view: int
) -> dict[tuple[int, int], Figure]:
    """(unit id, measure id) -> Figure for every pair; the number of statements does not grow with either.

    A sensitive measure counts only the whole calendar years of the period, so that no day can be found out.
    """
    open_ones = [m for m in measures if not m.sensitive]
    sums = figures(units, open_ones, period, view) | _quiet(units, measures, period, view)
    return _said(units, measures, period, view, sums, reported(_silent(units, measures, sums), period))


def figures_over(
    unit: Unit, measures: Sequence[Measure], periods: Sequence[Period], view: int
) -> list[dict[int, Figure]]:
    """What `figures_of` says of one unit in each of several periods (measure id -> Figure), read together."""
    told = windows.figures_over(unit, [m for m in measures if not m.sensitive], periods, view)
    found = [
        sums | _quiet([unit], measures, period, view) for sums, period in zip(told, periods, strict=True)
    ]  # fmt: skip
    silent = any(_silent([unit], measures, sums) for sums in found)
    confirmed = reported_over([unit] if silent else [], periods)
    return [
        {measure: one for (_, measure), one in _said([unit], measures, period, view, sums, whole).items()}
        for period, sums, whole in zip(periods, found, confirmed, strict=True)
    ]


def _quiet(units: Sequence[Unit], measures: Sequence[Measure], period: Period, view: int) -> Sums:
    """Sensitive measures in the whole calendar years of a period."""
    quiet, years = [m for m in measures if m.sensitive], whole_years(period)
    return figures(units, quiet, years, view) if quiet and years is not None else {}


def _silent(units: Sequence[Unit], measures: Sequence[Measure], sums: Sums) -> list[Unit]:
    """Units of which something was not told: only of them it matters whether they said that this was all."""
    return [u for u in units if any(not sums.get((u.pk, m.id), NOTHING).n for m in measures)]


def _said(
    units: Sequence[Unit], measures: Sequence[Measure], period: Period, view: int, sums: Sums, confirmed: set[int]
) -> dict[tuple[int, int], Figure]:
    """Give each pair its state. What silence means is worked out once a level; most told pairs are plain numbers."""
    keys = [measure.id for measure in measures]
    plain = [not measure.sensitive and measure.take != Take.RATIO for measure in measures]
    found: dict[tuple[int, int], Figure] = {}
    unsaid: dict[tuple[str, bool], list[str]] = {}
    for unit in units:
        at, whole = unit.pk, unit.pk in confirmed
        if (unit.level, whole) not in unsaid:
            unsaid[unit.level, whole] = [_state(measure, unit, NOTHING, whole) for measure in measures]
        raws = [sums.get((at, key), NOTHING) for key in keys]
        states = [
            silence if raw is NOTHING else NUMBER if number else _state(measure, unit, raw, whole)
            for measure, raw, number, silence in zip(measures, raws, plain, unsaid[unit.level, whole], strict=True)
        ]
        told = map(Figure, measures, repeat(unit), repeat(period), repeat(view), raws, states)
        found |= {(at, key): figure for key, figure in zip(keys, told, strict=True)}
    return found


def _state(measure: Measure, unit: Unit, raw: Raw, confirmed: bool) -> str:
    """Number, zero, not reported, not asked of this unit, or withheld."""
    if measure.sensitive:
        return _quiet_state(measure, unit, raw)
    if measure.take == Take.RATIO:
        return NUMBER if raw.under and (raw.n or confirmed) else UNREPORTED
    if raw.n or raw.amount:
        return NUMBER
    if measure.asked and ORDER[unit.level] > max(ORDER[level] for level in measure.asked):
        return NOT_ASKED
    return ZERO if confirmed and measure.take != Take.LAST else UNREPORTED


def _quiet_state(measure: Measure, unit: Unit, raw: Raw) -> str:
    """A sensitive measure: nothing told, only that something happened, or a number large enough to be said."""
    if unit.level not in OPEN_TO or not raw.n or (measure.take == Take.RATIO and not raw.under):
        return UNREPORTED
    least = min(raw.amount, raw.amount if raw.under is None else raw.under)
    return NUMBER if least >= measure.threshold else WITHHELD


def level_figures(unit: Unit, measures: Sequence[Measure], period: Period, view: int, level: str) -> dict[int, Figure]:
    """measure id -> figure of the deeds that units of one level did themselves, at or under the unit.

    A district's own rounds of oversight are not its communes': a target of the district counts only the former.
    """
    sums = level_sums(unit, measures, period, view, level)
    confirmed = unit.pk in reported([unit], period)
    return {m.pk: Figure(m, unit, period, view, sums.get(m.pk, Raw()),
                         _state(m, unit, sums.get(m.pk, Raw()), confirmed), level) for m in measures}  # fmt: skip
