"""A unit that is younger than the days it is asked about: "as it was" leaves out what its forebears did."""

from datetime import date

from django.db.models import F, Func, Min

from sohoi.units.models import Unit, View
from sohoi.vietnamese import date as say_date


def left_out(unit: Unit, first: date, view: int) -> str:
    """The sentence to say beside a figure of days before the unit began; nothing where it leaves nothing out."""
    if view == View.TODAY or not unit.forebears.exists():
        return ""
    began = unit.placements.aggregate(began=Min(Func(F("during"), function="lower")))["began"]
    if began is None or began <= first:
        return ""
    return (
        f"{unit.name} có từ ngày {say_date(began)}: những gì các đơn vị nhập vào đã làm trước ngày ấy chưa cộng ở đây, "
        "chỉ có ở số liệu theo địa giới hiện nay."
    )
