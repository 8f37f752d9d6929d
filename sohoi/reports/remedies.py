"""What is still to be done for a criterion that is not met, as the section of solutions says it. Pure."""

from datetime import date
from fractions import Fraction
from math import ceil

from sohoi.goals.models import Shape
from sohoi.goals.read import GROWING, Attainment
from sohoi.goals.saying import apart, counted
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number


def to_do(a: Attainment, last: date, *, over: bool) -> str:
    """ "còn 32 tổ, hoàn thành trước ngày 30/6/2026"; nothing without a goal or a result. `over`: the term is."""
    value = a.result.value if a.result else None
    if a.goal is None or value is None:
        return ""
    if a.clause.yearly:
        return f"mỗi năm {'không quá' if a.clause.at_most else 'ít nhất'} {counted(a.clause, a.goal)}"
    if a.clause.at_most:
        return _above(a, value - a.goal, last, over=over)
    return f"còn {_missing(a, a.goal - value)}, {_when(last, over=over)}"


def _when(last: date, *, over: bool) -> str:
    return "tiếp tục thực hiện" if over else f"hoàn thành trước ngày {say_date(last)}"


def _missing(a: Attainment, gap: Fraction) -> str:
    """Of a share of units, how many units; else the gap itself."""
    result = a.result
    if a.clause.shape == Shape.TOTAL or result is None or a.goal is None:
        return apart(a.clause, gap, owed=True)
    return f"{number(ceil(a.goal * (result.asked or 0)) - (result.reached or 0))} đơn vị"


def _above(a: Attainment, gap: Fraction, last: date, *, over: bool) -> str:
    """Above a ceiling: what only grows cannot come down again, it can be kept from growing on."""
    measure = a.clause.measure
    if measure is None or measure.take not in GROWING:
        return f"giảm {apart(a.clause, gap, owed=True)}, {_when(last, over=over)}"
    said = f"vượt mức trần {apart(a.clause, gap, owed=True)}"
    return f"cả kỳ đã {said}" if over else f"đã {said}, từ nay đến hết ngày {say_date(last)} không để phát sinh thêm"
