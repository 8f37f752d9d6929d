"""Days of before the map begins, for units of the State's map: what a unit says of itself, in rows of its own.

The map of before 2015 is not in the repository and nothing is made up of it. A unit that loads an older term states
where it and those above it stood; each row goes back from the days already there, never into them.
"""

from collections.abc import Iterable
from datetime import date

from sohoi.refusal import Refusal
from sohoi.units.models import BEGINNING, OLDEST, Level, Placement, Unit
from sohoi.units.read import ORDER, find
from sohoi.units.rows import Span, days, overlap, span
from sohoi.vietnamese import date as say_date

Row = tuple[dict[str, str], str]  # a row, and where it stands


def lay_earlier(rows: Iterable[Row]) -> int:
    """Write these rows, units above before those below; returns how many said something new.

    Raises Refusal for days that the map has, days before 2000, a unit above that does not stand or is no higher.
    """
    told = 0
    for row, where in rows:
        unit = Unit.objects.get(code=row["code"])
        first, until = days(row, where)
        stood = list(Placement.objects.filter(unit=unit).order_by("during"))
        _refuse_known_days(unit, stood, (first, until), where)
        parent = _parent(row["parent"], unit, first, where)
        if any(_holds(place, parent, row["name"], (first, until)) for place in stood):
            continue
        if any(overlap(span(place), (first, until)) for place in stood):
            raise Refusal(
                f"{where}: {unit.name} đã có chỗ đứng khác trong những ngày này. Xem lại first, last.", "first"
            )
        if parent is not None and not _covered(parent, first, until):
            raise Refusal(
                f"{where}: {parent.name} không có trong mọi ngày ấy. Ghi dòng của đơn vị ở trên trước.", "parent"
            )
        _lay(unit, parent, row["name"], first, until, stood[0])
        told += 1
    return told


def _lay(unit: Unit, parent: Unit | None, name: str, first: date, until: date | None, next_one: Placement) -> None:
    """A placement of its own, or more days of the one that follows at once and says the same."""
    if (next_one.parent_id, next_one.name, span(next_one)[0]) == (parent.pk if parent else None, name, until):
        next_one.during = (first, span(next_one)[1])
        next_one.save(update_fields=["during"])
    else:
        Placement.objects.create(unit=unit, parent=parent, name=name, during=(first, until))


def _holds(place: Placement, parent: Unit | None, name: str, told: Span) -> bool:
    """Whether a placement says these days already."""
    lower, upper = span(place)
    same = (place.parent_id, place.name) == (parent.pk if parent else None, name)
    return same and lower <= told[0] and told[1] is not None and (upper is None or told[1] <= upper)


def _parent(code: str, unit: Unit, first: date, where: str) -> Unit | None:
    """The unit above; the centre has none."""
    if unit.level == Level.CENTRE:
        if code:
            raise Refusal(f"{where}: {unit.name} không đứng dưới đơn vị nào. Để trống cột parent.", "parent")
        return None
    try:
        parent = find(code, first)
    except Refusal as refusal:
        raise Refusal(f"{where}, cột parent: {refusal}", "parent") from refusal
    if ORDER[parent.level] >= ORDER[unit.level]:
        raise Refusal(f"{where}, cột parent: {parent.name} không ở cấp trên của {unit.name}. Xem lại mã.", "parent")
    return parent


def _refuse_known_days(unit: Unit, stood: list[Placement], told: Span, where: str) -> None:
    """Only days before the map begins, of a unit that stands since then; none from which no balance is added up."""
    if told[1] is None or told[1] > BEGINNING or span(stood[0])[0] > BEGINNING:
        said = (
            f"“{unit.code}” là mã của {unit.name}, không phải chi hội: chỉ đơn vị có từ {say_date(BEGINNING)} mới thêm"
        )
        raise Refusal(f"{where}: {said} được những ngày trước ngày ấy. Xem lại cột last, hoặc đặt mã khác.", "code")
    if told[0] < OLDEST:
        raise Refusal(f"{where}: sổ giữ việc từ ngày {say_date(OLDEST)}. Ghi first từ ngày ấy.", "first")


def _covered(parent: Unit, first: date, until: date | None) -> bool:
    """Whether a unit stands on all these days."""
    day: date | None = first
    for lower, upper in map(span, Placement.objects.filter(unit=parent).order_by("during")):
        if day is not None and lower <= day and (upper is None or day < upper):
            day = upper
    return day is None or (until is not None and until <= day)
