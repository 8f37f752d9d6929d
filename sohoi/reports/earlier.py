"""Which earlier days a figure is compared with, and what people call them. Pure.

A flow of a named period (a month, a quarter …) is held against the period before and the same one a year ago. What
grows from the first day of the year or of the term is held against itself at the end of the last month or quarter.
What a unit has on a day is held against the day before the period began.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sohoi.periods import Period, a_year_before, month_index, month_last, named, previous
from sohoi.vietnamese import date as say_date

PREVIOUS, YEAR, TERM = "previous", "year", "term"
_DAY = timedelta(days=1)
_BEFORE = {
    "month": "tháng trước", "quarter": "quý trước", "first-half": "6 tháng cuối năm trước",
    "second-half": "6 tháng đầu năm", "year": "năm trước",
}  # fmt: skip
_ENDED = {"month": "cuối tháng trước", "quarter": "cuối quý trước", "second-half": "cuối 6 tháng đầu năm"}


@dataclass(frozen=True)
class Window:
    """Earlier days: `words` name them ("quý trước"), `of` follows a number of theirs ("của quý trước")."""

    key: str
    days: Period
    words: str
    of: str


@dataclass(frozen=True)
class Look:
    """The windows of one sort of figure; `step` are the days in which it changed since the first of them."""

    windows: tuple[Window, ...]
    step: Period


def look(period: Period, term_first: date | None, *, standing: bool) -> Look:
    """What to compare with. `standing`: the figure says what there is on the last day, not what came in the period.

    `term_first`: the first day of the term, when it is known and has come.
    """
    found = _standing(period, term_first) if standing else _flow(period, term_first)
    once = {(w.days.first, w.days.last): w for w in reversed(found)}
    windows = tuple(w for w in found if once[w.days.first, w.days.last] is w)
    step = period
    grows = standing or _growing(period, term_first)
    if grows and windows and windows[0].key == PREVIOUS:
        step = named(windows[0].days.last + _DAY, period.last)
    return Look(windows, step)


def sort_of(period: Period) -> str:
    """month, quarter, first-half, second-half, nine-months, year; "" for other days."""
    if period.broken():
        return ""
    month = period.first.month
    sorts = {
        (1, 1): "month", (3, month % 3): "quarter", (6, 1): "first-half", (6, 7): "second-half", (9, 1): "nine-months",
        (12, 1): "year",
    }  # fmt: skip
    months = len(period.months)
    return sorts.get((months, {1: 1, 3: 1}.get(months, month)), "")


def _growing(period: Period, term_first: date | None) -> bool:
    """Whether it counts from the first day of the term or of a year, and not for a period with a name."""
    return not sort_of(period) and period.days > 1 and (period.first == term_first or _from_january(period))


def _from_january(period: Period) -> bool:
    return period.first == date(period.last.year, 1, 1)


def _flow(period: Period, term_first: date | None) -> list[Window]:
    """What came in the period: beside what came in others, and in the whole term."""
    sort, grows = sort_of(period), _growing(period, term_first)
    found = []
    before = _grown(period, _last_end(period)) if grows else previous(period)
    year = _a_year_less(period, term_first) if grows else a_year_before(period)
    if before is not None and sort != "nine-months":
        found.append(_window(PREVIOUS, before, _called(period, before, grows), grows))
    if year is not None:
        found.append(_window(YEAR, year, "cùng kỳ năm trước", grows and period.first == term_first))
    if term_first is not None and term_first < period.first:
        found.append(Window(TERM, named(term_first, period.last), "từ đầu nhiệm kỳ", "từ đầu nhiệm kỳ"))
    return found


def _window(key: str, days: Period, words: str, grown: bool) -> Window:
    return Window(key, days, words, f"tính đến {words}" if grown else f"của {words}")


def _called(period: Period, before: Period, grows: bool) -> str:
    """What people call the days before a period."""
    if grows:
        return "cuối tháng trước" if _from_january(period) else "cuối quý trước"
    name = f"{before.name[0].lower()}{before.name[1:]}"
    return _BEFORE.get(sort_of(period)) or (name if before.days == 1 else f"kỳ {name}")


def _last_end(period: Period) -> date:
    """The end of the last month (counting from January) or quarter that was over when the period had not ended."""
    at = month_index(period.last)
    return month_last(at - 1 if _from_january(period) else at - at % 3 - 1)


def _grown(period: Period, last: date) -> Period | None:
    """The same beginning, up to an earlier day; None when nothing is left."""
    return named(period.first, last) if last >= period.first else None


def _a_year_less(period: Period, term_first: date | None) -> Period | None:
    """A year-to-date a year ago; what grows with the term, up to the same day a year ago."""
    year = a_year_before(period)
    return _grown(period, year.last) if year is not None and period.first == term_first else year


def _standing(period: Period, term_first: date | None) -> list[Window]:
    """What there is on the last day: beside the day before the period, the same day a year ago, the term's start."""
    found = [_on(PREVIOUS, _day_before(period, term_first), _ended(period, term_first))]
    year = a_year_before(period)
    if year is not None:
        found.append(_on(YEAR, year.last, "cùng kỳ năm trước"))
    if term_first is not None and term_first <= period.last:
        found.append(_on(TERM, term_first - _DAY, "đầu nhiệm kỳ"))
    return found


def _on(key: str, day: date, words: str) -> Window:
    return Window(key, named(day, day), words, words)


def _day_before(period: Period, term_first: date | None) -> date:
    """The day before the period; for a single day the end of the last month, for a growing term of the last quarter."""
    if period.days == 1:
        return month_last(month_index(period.last) - 1)
    if _growing(period, term_first) and not _from_january(period):
        return _last_end(period)
    return period.first - _DAY


def _ended(period: Period, term_first: date | None) -> str:
    """What people call that day."""
    if period.days == 1:
        return "cuối tháng trước"
    if _from_january(period) and sort_of(period) not in ("month", "quarter"):
        return "cuối năm trước"
    if _growing(period, term_first):
        return "cuối quý trước"
    return _ENDED.get(sort_of(period)) or f"ngày {say_date(period.first - _DAY)}"
