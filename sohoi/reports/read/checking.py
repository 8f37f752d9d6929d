"""The checks of a form held against a unit's figures before signing: each finding is a sentence with exact numbers.

Reads only, and asks for all checks together. What was not reported is not compared, and the check that it hides is
named: silence must not look like approval.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple

from sohoi.figures.read import NUMBER, UNREPORTED, ZERO, Figure, figures_of
from sohoi.ledger.known import measures_named
from sohoi.ledger.models import STANDING, Measure
from sohoi.periods import Period, named, previous
from sohoi.reports.because import amount, parts_of
from sohoi.reports.checks import JUMP, OUTLIER, OVER, PART, SILENT, TOTAL, Check
from sohoi.reports.read.comparisons import Stretches, stretches_of
from sohoi.reports.sentences import address_of
from sohoi.reports.table import Address
from sohoi.units.models import Unit
from sohoi.vietnamese import decimal, join_list, number, percent

PAST = 12  # periods before this one that say what is usual
FEWEST = 3  # of them that must be known before anything is unusual


class Finding(NamedTuple):
    """What a check has to say; `hidden`: it could not be made, and why."""

    check: Check
    sentence: str
    addresses: tuple[Address, ...] = ()
    hidden: bool = False


class Sight(NamedTuple):
    """All that the checks look at: the measures by code, the figures now, and earlier ones, the newest first.

    `balances` are those of the last day before the period. An earlier figure of a unit that did not stand is left out.
    """

    measures: dict[str, Measure]
    now: dict[int, Figure]
    past: list[dict[int, Figure]]
    balances: dict[int, Figure]

    def figure(self, code: str) -> Figure:
        """The figure of this period."""
        return self.now[self.measures[code].pk]


Found = list[Finding]


def found(checks: Iterable[Check], unit: Unit, period: Period, view: int) -> Found:
    """What the checks find in a unit's figures of a period, in their order; the statements do not grow with checks.

    A check of a measure that does not exist, is kept quiet or adds in another way is said, never skipped.
    """
    asked = tuple(checks)
    sight = _sight(asked, unit, period, view)
    return [finding for check in asked for finding in _one(check, sight)]


def _one(check: Check, sight: Sight) -> Found:
    """One check: why it cannot be made, or what it says."""
    hidden = _unknown(check, sight) or _wrong_sort(check, sight)
    if not hidden and check.rule != SILENT:
        hidden = _untold([sight.figure(code) for code in check.codes])
    return [_said(check, hidden, (), hidden=True)] if hidden else _RULES[check.rule](check, sight)


# ---- what is looked at -----------------------------------------------------------------------------


def _sight(checks: tuple[Check, ...], unit: Unit, period: Period, view: int) -> Sight:
    """Everything the checks need, each stretch of days read once for all measures that need it."""
    measures = measures_named(code for check in checks for code in check.codes)
    stretches = stretches_of(unit, view)
    told = [m for m in measures.values() if not m.sensitive]
    past: list[dict[int, Figure]] = []
    before = previous(period)
    for back in range(1, max((_reach(check) for check in checks), default=0) + 1):
        wanted = _chosen([check for check in checks if _reach(check) >= back], measures)
        past.append(_figures(unit, wanted, before, view, stretches))
        before = previous(before) if before else None
    day = period.first - timedelta(days=1)
    levels = _chosen([check for check in checks if check.rule == JUMP], measures)
    balances = _figures(unit, levels, named(day, day), view, stretches)
    return Sight(measures, _now(unit, told, period, view), past, balances)


def _reach(check: Check) -> int:
    """How many earlier periods it looks back upon."""
    return {OUTLIER: PAST, SILENT: int(check.bound)}.get(check.rule, 0)


def _chosen(checks: Iterable[Check], measures: dict[str, Measure]) -> list[Measure]:
    """Their measures, each once."""
    codes = dict.fromkeys(code for check in checks for code in check.codes)
    return [measures[code] for code in codes if code in measures and not measures[code].sensitive]


def _now(unit: Unit, measures: list[Measure], period: Period, view: int) -> dict[int, Figure]:
    return {at: one for (_, at), one in figures_of([unit], measures, period, view).items()} if measures else {}


def _figures(
    unit: Unit, measures: list[Measure], period: Period | None, view: int, stretches: Stretches
) -> dict[int, Figure]:
    """measure id -> figure; nothing where the unit did not stand all that time: less is not comparable."""
    if period is None or not measures or stretches.stood(period) != (True, None):
        return {}
    return _now(unit, measures, period, view)


# ---- why a check cannot be made --------------------------------------------------------------------


def _unknown(check: Check, sight: Sight) -> str:
    """A measure that does not exist (any more), or one that is kept quiet."""
    gone = [code for code in check.codes if code not in sight.measures]
    if gone:
        return f"không kiểm tra được vì không có đầu số liệu “{gone[0]}”. Báo quản trị hệ thống sửa biểu mẫu"
    quiet = [m.label for m in (sight.measures[code] for code in check.codes) if m.sensitive]
    return f"không kiểm tra được vì “{quiet[0]}” là số liệu giữ kín" if quiet else ""


def _wrong_sort(check: Check, sight: Sight) -> str:
    """A rule asked of a measure that adds in another way."""
    measure = sight.measures[check.codes[0]]
    if check.rule == JUMP and measure.take not in STANDING:
        return f"không kiểm tra được vì “{measure.label}” là số cộng trong kỳ, không phải số hiện có đến ngày"
    if check.rule == OVER and not measure.is_percent:
        return f"không kiểm tra được vì “{measure.label}” không phải tỷ lệ"
    return ""


def _untold(figures: list[Figure]) -> str:
    """Figures about which nothing was told."""
    silent = [f"“{one.measure.label}” {one.text}" for one in figures if one.state not in (NUMBER, ZERO)]
    return f"chưa kiểm tra được vì {join_list(silent)}" if silent else ""


# ---- the rules -------------------------------------------------------------------------------------


def _part(check: Check, sight: Sight) -> Found:
    """A part is not greater than its whole."""
    part, whole = (sight.figure(code) for code in check.codes)
    gap = _value(part) - _value(whole)
    if gap <= 0:
        return []
    more = _size(part, gap)
    return [_said(check, f"{_told(part)} nhiều hơn {_told(whole)} là {more}", (part, whole))]


def _total(check: Check, sight: Sight) -> Found:
    """The parts come to the whole."""
    parts, whole = [sight.figure(code) for code in check.measures], sight.figure(check.whole)
    total = sum((_value(one) for one in parts), Fraction(0))
    gap = total - _value(whole)
    if not gap:
        return []
    words = f"{join_list([_told(one) for one in parts])} cộng lại là {amount(whole.measure, total)}"
    verb = "nhiều hơn" if gap > 0 else "ít hơn"
    return [_said(check, f"{words}, {verb} {_told(whole)} là {_size(whole, abs(gap))}", (*parts, whole))]


def _outlier(check: Check, sight: Sight) -> Found:
    """Far from what is usual for this unit."""
    now = sight.figure(check.codes[0])
    known = [one for one in _past(now, sight.past) if one.value is not None]
    if len(known) < FEWEST:
        words = f"chưa so được {_told(now)} với các kỳ trước: mới có {number(len(known))} kỳ có báo cáo"
        return [_said(check, words, (now,), hidden=True)]
    usual = median([_value(one) for one in known]) or max(_value(one) for one in known)
    value = _value(now)
    if usual <= 0 or usual <= value * check.bound and value <= usual * check.bound:
        return []
    times = f"gấp {decimal(value / usual)} lần" if value > usual else "ít hơn nhiều so với"
    middle = _size(now, usual)
    words = f"{_told(now)} {times} mức thường thấy là {middle} (số ở giữa của {number(len(known))} kỳ trước)"
    return [_said(check, words, (now, *known))]


def _jump(check: Check, sight: Sight) -> Found:
    """What there is changes little from one period to the next."""
    now = sight.figure(check.codes[0])
    before = sight.balances.get(now.measure.pk)
    if before is None or before.value is None:
        why = before.text if before else "chưa có đơn vị này"
        return [_said(check, f"chưa so được {_told(now)} với kỳ trước: khi đó {why}", (now,), hidden=True)]
    gap = _value(now) - _value(before)
    if abs(gap) <= abs(_value(before)) * check.bound:
        return []
    way = "lên" if gap > 0 else "xuống"
    by = percent(abs(gap) / abs(_value(before))) if before.value else ""
    change = f", {'tăng' if gap > 0 else 'giảm'} {by}" if by and not now.measure.is_percent else ""
    words = f"“{now.measure.label}” từ {_size(before, _value(before))} {way} {_size(now, _value(now))}{change}"
    return [_said(check, f"{words} so với cuối kỳ trước", (now, before))]


def _over(check: Check, sight: Sight) -> Found:
    """A rate is not above what it can be."""
    now = sight.figure(check.codes[0])
    if _value(now) <= check.bound:
        return []
    words = f"“{now.measure.label}” là {now.text} ({parts_of(now)}), vượt quá {percent(check.bound)}"
    return [_said(check, words, (now,))]


def _silent(check: Check, sight: Sight) -> Found:
    """What was reported period after period does not fall silent unnoticed."""
    now = sight.figure(check.codes[0])
    past = _past(now, sight.past[: int(check.bound)])
    if now.state != UNREPORTED or len(past) < check.bound or any(one.value is None for one in past):
        return []
    said = join_list([_size(one, _value(one)) for one in reversed(past)])
    words = f"“{now.measure.label}” kỳ này chưa báo cáo, trong khi {number(len(past))} kỳ trước đều có: {said}"
    return [_said(check, words, tuple(past))]


_RULES: dict[str, Callable[[Check, Sight], Found]] = {
    PART: _part, TOTAL: _total, OUTLIER: _outlier, JUMP: _jump, OVER: _over, SILENT: _silent,
}  # fmt: skip


def median(values: list[Fraction]) -> Fraction:
    """The one in the middle, or halfway between the two in the middle."""
    ordered = sorted(values)
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


# ---- words -----------------------------------------------------------------------------------------


def _past(now: Figure, past: list[dict[int, Figure]]) -> list[Figure]:
    """The same figure in earlier periods in which the unit stood, the newest first."""
    return [figures[now.measure.pk] for figures in past if now.measure.pk in figures]


def _value(figure: Figure) -> Fraction:
    """The exact number of a figure that was told."""
    assert figure.value is not None
    return Fraction(figure.value)


def _size(figure: Figure, value: Fraction) -> str:
    """A number in the figure's unit of count."""
    return amount(figure.measure, value)


def _told(figure: Figure) -> str:
    """ "“Phần quà” (23 phần)" """
    return f"“{figure.measure.label}” ({_size(figure, _value(figure))})"


def _said(check: Check, words: str, figures: tuple[Figure, ...], *, hidden: bool = False) -> Finding:
    """The finding as one sentence, under the check's own label when it has one."""
    label = f"{check.label}: " if check.label else ""
    sentence = f"{label}{words}." if label else f"{words[0].upper()}{words[1:]}."
    return Finding(check, sentence, tuple(address_of(one) for one in figures if one.has_address), hidden)
