"""What the address of a page asks for: a day, a map, a unit, a period. What cannot be read is said, never guessed.

A page with a problem still answers, with the sentence on top, the default in its place and the status 400.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils import timezone

from sohoi.desk.addresses import VIEWS
from sohoi.goals.models import Resolution
from sohoi.periods import Period, named, parse
from sohoi.units.models import Placement, Unit, View
from sohoi.units.read import heirs, place
from sohoi.vietnamese import read_date

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
WHOLE = {
    **{f"T{month}": (f"Tháng {month}", f"-{month:02d}") for month in range(1, 13)},
    **{f"Q{at}": (f"Quý {name}", f"-Q{at}") for at, name in enumerate(("I", "II", "III", "IV"), start=1)},
    "H1": ("6 tháng đầu năm", "-H1"),
    "H2": ("6 tháng cuối năm", "-H2"),
    "9M": ("9 tháng", "-9M"),
    "Y": ("Cả năm", ""),
}
DAYS = "D"


def asked_code(text: str) -> str:
    """A code out of an address, ready to be looked up; 404 for signs that no code has and no database takes."""
    if not text.isprintable() or len(text) > 100:
        raise Http404
    return text


@dataclass
class Asked:
    """The query of one request; `problems` are sentences for the top of the page."""

    given: QueryDict
    problems: list[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The HTTP status of a page that answers this."""
        return 400 if self.problems else 200

    def day(self, key: str, default: date) -> date:
        """A day written 15/4/2024 or 2024-04-15; the default when it is absent or cannot be read."""
        text = self.given.get(key, "").strip()
        if not text:
            return default
        try:
            day = read_date(text)
        except ValueError:
            self.problems.append(f"Ngày “{text[:20]}” không có trong lịch. Viết lại ngày, ví dụ 04/5/2024.")
            return default
        if not EARLIEST <= day <= LATEST:
            self.problems.append(f"Năm {day.year} nằm ngoài các năm của sổ (2000–2100). Chọn lại ngày.")
            return default
        return day

    def view(self, key: str) -> int:
        """The map to look at: "was" or "today"; as it was when nothing is asked."""
        return VIEWS.get(self.given.get(key, "was"), View.WAS).value

    def unit(self, key: str, scope: QuerySet[Unit], default: Unit) -> Unit:
        """A unit of the reader's scope by its code; 404 for one outside it, as if it did not exist."""
        code = self.given.get(key, "")
        if not code:
            return default
        found = scope.filter(code=asked_code(code)).first()
        if found is None:
            raise Http404
        return found

    def page(self) -> int:
        """Which page of a list, from 1."""
        text = self.given.get("trang", "1")
        return int(text) if text.isdecimal() and len(text) < 7 else 1

    def span(self) -> Period:
        """From `a` to `z`, both days counted, with the name people use for it; today when a day is missing."""
        today = timezone.localdate()
        first = self.day("a", today.replace(month=1, day=1))
        last = self.day("z", today)
        if first > last:
            self.problems.append("Ngày đầu sau ngày cuối. Đổi chỗ hai ngày.")
            first, last = last, first
        return named(first, last)

    def period(self) -> tuple[str, Period]:
        """`k` and `y`: a month, quarter, half, nine months or a year; or from day to day. (choice, period)"""
        choice = self.given.get("k", "Y")
        if choice == DAYS:
            return choice, self.span()
        today = timezone.localdate()
        text = self.given.get("y", str(today.year))
        if choice not in WHOLE or not _is_year(text):
            self.problems.append("Chưa rõ kỳ cần xem. Chọn lại kỳ và năm; đang hiện cả năm nay.")
            return "Y", parse(str(today.year))
        return choice, parse(f"{int(text)}{WHOLE[choice][1]}")


def _is_year(text: str) -> bool:
    """Four digits within the years of the book."""
    return len(text) == 4 and text.isdecimal() and EARLIEST.year <= int(text) <= LATEST.year


def review_day(resolution: Resolution, today: date) -> date:
    """The day at which a resolution is shown when none is asked.

    Today while its unit stands and the term runs; for a unit that has ended the review it made, else its last day.
    """
    if place(resolution.unit, today) is not None:
        return min(today, resolution.term_last)
    if resolution.cut_off:
        return resolution.cut_off
    ended = Placement.objects.filter(unit=resolution.unit).order_by("-during").first()
    last = ended.during.upper if ended is not None and ended.during.upper else today
    return min(date.fromordinal(last.toordinal() - 1), resolution.term_last)


def no_longer(unit: Unit, view: int) -> list[Unit] | None:
    """The heirs of a unit that has ended, when today's map is asked, where it has no place; else None."""
    today = timezone.localdate()
    if view == View.WAS or place(unit, today) is not None:
        return None
    return heirs(unit, today)
