"""What a unit declares beside what its register holds: both are said with their difference, none replaces the other."""

from dataclasses import dataclass
from datetime import date

from sohoi.figures.read import Figure, figures_of
from sohoi.ledger.known import measures_named
from sohoi.ledger.models import Entry, Measure
from sohoi.periods import parse
from sohoi.units.models import Level, Unit, View
from sohoi.vietnamese import number

DECLARED, COUNTED = "members", "registered-members"
ASKED_OF = (Level.BASE, Level.BRANCH)  # those who declare (members-declared)


@dataclass(frozen=True)
class Compared:
    """The number of members as declared and as counted in the register on one day, and when it was declared.

    `day` is none where the number is the sum of what units below declared, each on its own day.
    """

    declared: Figure
    counted: Figure
    day: date | None

    @property
    def difference(self) -> int | None:
        """How many more were declared than are in the register; none while one of the two is not known."""
        if self.declared.value is None or self.counted.value is None:
            return None
        return int(self.declared.value) - int(self.counted.value)

    @property
    def verdict(self) -> str:
        """ "lệch 3", "khớp", or what is missing."""
        if self.declared.value is None:
            return "chưa khai số hội viên"
        if self.difference is None:
            return "chưa đưa ai vào sổ"
        return f"lệch {number(abs(self.difference))}" if self.difference else "khớp"

    @property
    def text(self) -> str:
        """ "Khai 87, trong sổ 84: lệch 3"."""
        parts = [("Khai", self.declared), ("trong sổ", self.counted)]
        said = ", ".join(f"{word} {one.text}" for word, one in parts if one.value is not None)
        return f"{said[0].upper()}{said[1:]}: {self.verdict}"


def compared(unit: Unit, on: date) -> Compared | None:
    """Both numbers of a commune or branch on a day; none for other units, and while nothing was said of either."""
    measures = measures_named((DECLARED, COUNTED))
    if unit.level not in ASKED_OF or len(measures) < 2:
        return None
    said = figures_of([unit], list(measures.values()), parse(on.isoformat()), View.WAS)
    declared, counted = (said[(unit.pk, measures[code].pk)] for code in (DECLARED, COUNTED))
    if declared.value is None and not counted.value:
        return None
    return Compared(declared, counted, _day(unit, measures[DECLARED], on))


def _day(unit: Unit, measure: Measure, on: date) -> date | None:
    """The day of the unit's own newest declaration that stands."""
    rows = Entry.objects.filter(unit=unit, measure=measure, n=1, booked__lte=on, record__voiding=None)
    return rows.order_by("-day", "-id").values_list("day", flat=True).first()
