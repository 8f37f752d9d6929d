"""Months that branches confirmed, so that zero and "not reported" both occur, and one month closed with a late deed.

The closed month is December 2025, in today's phường Mỹ Xuyên: far from the days of the two reviews.
"""

from datetime import date

from demo.accounts import TOWN_HEIR
from demo.book import Book
from demo.branches import District
from sohoi.ledger.models import Closing, Confirmation
from sohoi.ledger.write import close_month, confirm_month
from sohoi.rights.models import Account
from sohoi.units.models import Unit

CONFIRMED = (date(2024, 3, 1), date(2024, 4, 1), date(2026, 9, 1))
ONE_IN = 3
CLOSED = date(2025, 12, 1)
LATE_DAY = date(2025, 12, 24)


def confirm(district: District, by: Account) -> int:
    """Every third branch confirms some months; returns how many confirmations are new."""
    units = Unit.objects.in_bulk([branch.code for branch in district.branches[::ONE_IN]], field_name="code")
    there = set(Confirmation.objects.filter(unit__in=units.values()).values_list("unit__code", "month"))
    missing = [(code, month) for code in units for month in CONFIRMED if (code, month) not in there]
    for code, month in missing:
        confirm_month(units[code], month, by=by)
    return len(missing)


def close(by: Account) -> None:
    """Close December 2025 for phường Mỹ Xuyên and its branches."""
    ward = Unit.objects.get(code=TOWN_HEIR)
    if not Closing.objects.filter(unit=ward, month=CLOSED).exists():
        close_month(ward, CLOSED, by=by)


def late(branch: str) -> Book:
    """A gift of Christmas week 2025 that was told after the month had been closed."""
    book = Book("late")
    book.tell("gift-given", branch, LATE_DAY, {"count": 12, "money": 3_600_000}, tags=["phu-nu-vi-cong-dong"])
    return book
