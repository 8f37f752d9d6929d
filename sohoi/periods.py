"""The calendar of the Union's work: periods, their Vietnamese names, and how one is cut for adding up.

Pure. It knows days, whole months and whole years; it refuses words that name no stretch of days.
A month is also one integer (year * 12 + month - 1), the form in which totals are kept.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sohoi.refusal import Refusal

Span = tuple[date, date]

_DAY = timedelta(days=1)
_FIRST_MONTH = 12  # January of the year 1
_QUARTERS = ("I", "II", "III", "IV")
_SHAPE = re.compile(r"(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])|(9M)))?", re.ASCII)


@dataclass(frozen=True)
class Period:
    """Days from first to last, both counted in, with the name people read."""

    first: date
    last: date
    name: str

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise Refusal(
                f"Kỳ từ {_short(self.first)} đến {_short(self.last)} kết thúc trước khi bắt đầu. Đổi chỗ hai ngày."
            )

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def months(self) -> range:
        """Indices of the whole months inside."""
        start = month_index(self.first) + (self.first.day > 1)
        stop = month_index(self.last) + (self.last == month_last(month_index(self.last)))
        return range(start, max(start, stop))

    @property
    def years(self) -> range:
        """The whole calendar years inside."""
        start = self.first.year + ((self.first.month, self.first.day) > (1, 1))
        stop = self.last.year + ((self.last.month, self.last.day) == (12, 31))
        return range(start, max(start, stop))

    def broken(self) -> list[Span]:
        """Days at both ends that fill no whole month: none, one or two spans."""
        if not self.months:
            return [(self.first, self.last)]
        begin, end = month_first(self.months[0]), month_last(self.months[-1])
        spans = [(self.first, begin - _DAY)] if self.first < begin else []
        return spans + ([(end + _DAY, self.last)] if end < self.last else [])

    def clip(self, first: date, last: date) -> "Period | None":
        """The part inside first..last: itself when nothing is cut off, None when nothing is left."""
        start, stop = max(self.first, first), min(self.last, last)
        if (start, stop) == (self.first, self.last):
            return self
        return between(start, stop) if start <= stop else None


@dataclass(frozen=True)
class Split:
    """A period in three disjoint parts that cover it exactly, in the order in which totals answer fastest."""

    years: list[int]
    months: list[int]
    spans: list[Span]


def parse(text: str) -> Period:
    """Read "2024", "2024-03", "2024-03-05", "2024-Q1", "2024-H1", "2024-9M" or "2021-06-15..2024-05-04".

    Raises Refusal with a sentence that says which forms are known or which day does not exist.
    """
    first, dots, last = text.strip().partition("..")
    if dots:
        return between(_parse_day(first), _parse_day(last))
    found = _SHAPE.fullmatch(first)
    if not found:
        raise _unreadable(text)
    year, month, day, quarter, half, nine = found.groups()
    if day:
        return between(_parse_day(first), _parse_day(first))
    if int(year) < 1 or not 1 <= int(month or 1) <= 12:
        raise _unreadable(text)
    return _named(int(year), int(month or 0), int(quarter or 0), int(half or 0), bool(nine))


def between(first: date, last: date) -> Period:
    """Any stretch of days, named by its ends; one day is named as a day."""
    name = f"Ngày {_short(first)}" if first == last else f"Từ {_short(first)} đến {_short(last)}"
    return Period(first, last, name)


def named(first: date, last: date) -> Period:
    """The stretch of days under the name people use: "Quý I năm 2024" rather than two days."""
    start, stop = month_index(first), month_index(last)
    if first.day > 1 or last != month_last(stop):
        return between(first, last)
    year, month = first.year, first.month
    whole = {
        (1, 1): (month, 0, 0, False), (3, month % 3): (0, month // 3 + 1, 0, False),
        (6, month % 6): (0, 0, month // 6 + 1, False), (9, month): (0, 0, 0, True), (12, month): (0, 0, 0, False),
    }.get((stop - start + 1, 1))  # fmt: skip
    return _named(year, *whole) if whole else between(first, last)


def previous(period: Period) -> Period | None:
    """The stretch of the same sort just before: the month, quarter, half or year before, as many whole months, or as
    many days. Nine months have no nine before them in their year: theirs are those of the year before.

    None before the calendar begins.
    """
    if (period.first, period.last) == (date(period.last.year, 1, 1), date(period.last.year, 9, 30)):
        return a_year_before(period)
    if period.broken():
        start = period.first.toordinal() - period.days
        return named(date.fromordinal(start), period.first - _DAY) if start >= 1 else None
    start = period.months[0] - len(period.months)
    return named(month_first(start), period.first - _DAY) if start >= _FIRST_MONTH else None


def a_year_before(period: Period) -> Period | None:
    """The same days a year earlier, whole months as whole months; 29 February as the 28th. None before the calendar."""
    if period.first.year <= 1:
        return None
    if period.broken():
        return named(_year_earlier(period.first), _year_earlier(period.last))
    return named(month_first(period.months[0] - 12), month_last(period.months[-1] - 12))


def _year_earlier(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))


def month_index(day: date) -> int:
    """The number under which totals keep the month of this day."""
    return day.year * 12 + day.month - 1


def month_first(index: int) -> date:
    """First day of a month index."""
    return date(index // 12, index % 12 + 1, 1)


def month_last(index: int) -> date:
    """Last day of a month index."""
    year, month = index // 12, index % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def split(period: Period) -> Split:
    """Whole years, whole months outside them, and the days left at both ends."""
    years = period.years
    loose = [month for month in period.months if month // 12 not in years]
    return Split(list(years), loose, period.broken())


def complete_years(first: date, last: date) -> list[int]:
    """Calendar years that lie wholly inside; a yearly target is judged in these alone."""
    return list(Period(first, last, "").years)


def elapsed(first: date, last: date, on: date) -> Fraction:
    """Share of the days first..last that have passed by the end of the day `on`: from 0 to 1."""
    term = Period(first, last, "").days
    return Fraction(min(max((on - first).days + 1, 0), term), term)


def _named(year: int, month: int, quarter: int, half: int, nine: bool) -> Period:
    if month:
        return _months(year, month, month, f"Tháng {month} năm {year}")
    if quarter:
        return _months(year, quarter * 3 - 2, quarter * 3, f"Quý {_QUARTERS[quarter - 1]} năm {year}")
    if half:
        return _months(year, half * 6 - 5, half * 6, f"6 tháng {'đầu' if half == 1 else 'cuối'} năm {year}")
    if nine:
        return _months(year, 1, 9, f"9 tháng năm {year}")
    return _months(year, 1, 12, f"Năm {year}")


def _months(year: int, first: int, last: int, name: str) -> Period:
    return Period(date(year, first, 1), month_last(year * 12 + last - 1), name)


def _parse_day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip(), re.ASCII):
        raise _unreadable(text)
    year, month, day = map(int, text.strip().split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal(
            f"Ngày {day:02d}/{month:02d}/{year:04d} không có trong lịch. Sửa lại ngày của kỳ báo cáo."
        ) from None


def _short(day: date) -> str:
    """Written twice, here and in vietnamese.py: the two stand side by side and do not know each other."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def _unreadable(text: str) -> Refusal:
    return Refusal(
        f"Không hiểu kỳ báo cáo “{text[:40]}”. Viết một trong các dạng: 2024, 2024-03, 2024-Q1, 2024-H1, 2024-9M, "
        "2024-03-05 hoặc 2021-06-15..2024-05-04."
    )
