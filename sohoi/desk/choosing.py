"""What the page of figures lets one choose: measures by room, kinds of period, years, units near at hand.

Sensitive measures are not offered: they are said by the targets alone (security §10).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from sohoi.desk.asked import DAYS, WHOLE, asked_code
from sohoi.ledger.measures import MeasureBody
from sohoi.ledger.models import Measure, Take
from sohoi.units.models import Unit
from sohoi.vietnamese import plain

MOST_MEASURES = 12


@dataclass(frozen=True)
class Choice:
    """One measure to tick."""

    measure: Measure
    chosen: bool
    take: str
    plain: str


@dataclass(frozen=True)
class Room:
    """The measures of one room, under its Vietnamese name."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def used(self) -> bool:
        """Whether one of them is looked at: then the room lies open."""
        return any(choice.chosen for choice in self.choices)


def open_measures() -> QuerySet[Measure]:
    """The measures whose figures may be taken apart, with the parts of ratios at hand."""
    return Measure.objects.filter(sensitive=False).select_related("over", "under").order_by("room", "label")


def chosen(codes: Iterable[str]) -> list[Measure]:
    """The measures of these codes in their order, each once; 404 for one that does not exist or is sensitive."""
    wanted = [asked_code(code) for code in dict.fromkeys(codes)]
    found = {m.code: m for m in open_measures().filter(code__in=wanted)}
    if len(found) < len(wanted):
        raise Http404
    return [found[code] for code in wanted]


def rooms(measures: Iterable[Measure], marked: Iterable[Measure]) -> list[Room]:
    """All measures by room, the rooms of those that are ticked first; in a room the ticked ones first."""
    ticked = {m.pk for m in marked}
    by_room: dict[str, list[Choice]] = {}
    for m in measures:
        by_room.setdefault(m.room, []).append(Choice(m, m.pk in ticked, taken(m), plain(m.label)))
    found = [
        Room(room_name(code), tuple(sorted(choices, key=lambda one: not one.chosen)))
        for code, choices in by_room.items()
    ]
    return sorted(found, key=lambda room: not room.used)


TAKES = {
    Take.SUM: "cộng trong kỳ",
    Take.BALANCE: "lũy kế đến ngày cuối kỳ",
    Take.LAST: "số khai gần nhất",
    Take.DISTINCT: "mỗi người, mỗi hộ tính một lần",
    Take.RATIO: "tỷ lệ",
}


def taken(measure: Measure | MeasureBody) -> str:
    """How a measure is added up."""
    average = measure.take == Take.RATIO and measure.count != "%"
    return "bình quân" if average else TAKES[Take(measure.take)]


ROOMS = {
    "welfare": "An sinh, chăm lo",
    "movement": "Phong trào, tập hợp phụ nữ",
    "economy": "Kinh tế, sinh kế",
    "training": "Bồi dưỡng, tập huấn",
    "oversight": "Giám sát, phản biện",
    "cadres": "Cán bộ, tổ chức Hội",
    "awards": "Khen thưởng",
    "safe": "Bảo vệ phụ nữ và trẻ em",
}


def room_name(code: str) -> str:
    """The room's Vietnamese name."""
    return ROOMS.get(code, "Đầu số liệu khác")


def periods() -> list[tuple[str, list[tuple[str, str]]]]:
    """(group, [(code, words)]) of the kinds of period."""
    words = {code: label for code, (label, _) in WHOLE.items()}
    return [
        ("Năm và phần của năm", [(code, words[code]) for code in ("Y", "H1", "H2", "9M")]),
        ("Quý", [(code, words[code]) for code in ("Q1", "Q2", "Q3", "Q4")]),
        ("Tháng", [(f"T{month}", words[f"T{month}"]) for month in range(1, 13)]),
        ("Khác", [(DAYS, "Từ ngày đến ngày")]),
    ]


def near(unit: Unit, path: list[Unit], scope: QuerySet[Unit]) -> list[Unit]:
    """The units above within the scope: the way back up."""
    open_ids = set(scope.filter(pk__in=[u.pk for u in path]).values_list("pk", flat=True))
    return [u for u in path if u.pk in open_ids and u.pk != unit.pk]
