"""What every verb here asks first: has she the right there, and did the unit stand on that day."""

from datetime import date, timedelta

from sohoi.refusal import Refusal
from sohoi.rights.may import holds
from sohoi.rights.models import Account
from sohoi.units.models import Placement, Unit
from sohoi.units.read import place
from sohoi.vietnamese import date as say_date


def check_right(by: Account, unit: Unit, what: str) -> None:
    """Refuse whoever may not run meetings and tasks of this unit in its name: an office of the unit itself."""
    if not holds(by, "report", unit):
        raise Refusal(f"Tài khoản này không có quyền {what} {unit.full_name}. Nhờ cán bộ của đơn vị ấy.", "unit")


def check_stands(unit: Unit, day: date, where: str) -> None:
    """Refuse a unit that does not stand on that day, saying until or since when it does."""
    if place(unit, day) is None:
        raise Refusal(f"{unit.full_name} {stood(unit, day)}. Chọn đơn vị khác, hoặc ngày khác.", where)


def stood(unit: Unit, day: date) -> str:
    """When a unit stood, seen from a day on which it did not: "đã kết thúc sau ngày 30/6/2025"."""
    rows = Placement.objects.filter(unit=unit).order_by("during")
    first, last = rows.first(), rows.last()
    if first and first.during.lower and day < first.during.lower:
        return f"chưa có vào ngày {say_date(day)} (có từ {say_date(first.during.lower)})"
    if last and last.during.upper:
        ended = last.during.upper - timedelta(days=1)
        return f"đã kết thúc sau ngày {say_date(ended)}, nên không có vào ngày {say_date(day)}"
    return f"không có vào ngày {say_date(day)}"
