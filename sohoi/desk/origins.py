"""Where a figure comes from: its value again, the records whose lines make it up, and proof that they add up to it.

The list is narrowed to what the reader may read; when the figure counts more than that, it says so. There is
nothing here for sensitive measures.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from sohoi.desk.addresses import VIEWS
from sohoi.figures.read import Figure, figure, level_figures
from sohoi.figures.rollup import BEGINNING
from sohoi.ledger.models import Entry, Measure, Record, Take
from sohoi.ledger.read import behind
from sohoi.people.models import Member
from sohoi.periods import Period
from sohoi.reports.read.printed import Printed
from sohoi.units.models import Closure, Level, Unit, View
from sohoi.units.read import last_change

MOST_LISTED = 10_000  # ledger/behind.sql lists no more


@dataclass(frozen=True)
class Origin:
    """A figure, the records the reader may read, and what their lines come to.

    `sum` adds up the listed lines as the figure does; `all` counts the records of every unit, `mine` those listed.
    """

    figure: Figure
    level: str
    records: QuerySet[Record]
    sum: int | None
    mine: int
    all: int

    @property
    def narrower(self) -> bool:
        """The figure counts records that this reader may not open."""
        return self.mine < self.all

    @property
    def complete(self) -> bool:
        """All records are listed and their lines add up to the figure."""
        return not self.narrower and self.sum is not None and self.sum == (self.figure.value or 0)


def origin(measure: Measure, unit: Unit, period: Period, view: int, level: str, scope: QuerySet[Unit]) -> Origin:
    """The figure of one unit (with `level`, of that level's own deeds) and the records behind it."""
    said = _figure(measure, unit, period, view, level)
    if measure.take == Take.RATIO:
        return Origin(said, level, Record.objects.none(), None, 0, 0)
    first, last = _span(measure, period)
    seen = _map(measure, last, view)
    whole = _of_level(behind(measure, unit, first, last, seen, Unit.objects.all()), level)
    mine = whole.filter(unit__in=scope)
    return Origin(said, level, mine, total(measure, mine, first, last), mine.count(), whole.count())


def _figure(measure: Measure, unit: Unit, period: Period, view: int, level: str) -> Figure:
    """The figure itself, asked as every other page asks it."""
    if level:
        return level_figures(unit, [measure], period, view, level)[measure.pk]
    return figure(measure, unit, period, view)


def _span(measure: Measure, period: Period) -> tuple[date, date]:
    """The days whose lines count: a balance and a declared level look back to the beginning."""
    looks_back = measure.take in (Take.BALANCE, Take.LAST)
    return (BEGINNING if looks_back else period.first), period.last


def _map(measure: Measure, last: date, view: int) -> int:
    """A balance and a declared level ask where each unit stands on the last day, not on the day of the deed."""
    if measure.take not in (Take.BALANCE, Take.LAST):
        return view
    changed = last_change(date.max)
    return View.TODAY if changed is None or changed <= last else view


def _of_level(rows: QuerySet[Record], level: str) -> QuerySet[Record]:
    """Only what units of this level did themselves."""
    return rows.filter(unit__level=level) if level in Level.values else rows


def lines(measure: Measure, rows: QuerySet[Record], first: date, last: date) -> QuerySet[Entry]:
    """The ledger's lines of these records that this measure counts in these days."""
    found = Entry.objects.filter(
        record__in=rows.order_by().values("pk"),
        measure_id=measure.base_id,
        labels__contains=measure.filter,
        booked__range=(first, last),
    )
    return found.filter(subject__in=Member.objects.aged(measure.age, last).values("pk")) if measure.age else found


def total(
    measure: Measure, rows: QuerySet[Record], first: date, last: date, upto: int | None = None
) -> int | None:  # fmt: skip
    """What the lines come to: a sum, or how many subjects; None for declared levels, where only the newest counts.
    `upto`: as it stood at that position."""
    found = lines(measure, rows, first, last)
    found = found if upto is None else found.filter(pk__lte=upto)
    if measure.take == Take.LAST:
        return None
    if measure.take == Take.DISTINCT:
        told = found.filter(subject__isnull=False).values("subject", "record").annotate(n=Sum("n"))  # decision 0006
        return len({row["subject"] for row in told.filter(n__gt=0)})
    return found.aggregate(total=Sum("amount"))["total"] or 0


def amounts(measure: Measure, page: list[Record], period: Period) -> dict[object, int]:
    """record id -> what it adds to the figure, for the records of one page."""
    first, last = _span(measure, period)
    found = lines(measure, Record.objects.filter(pk__in=[record.pk for record in page]), first, last)
    return dict(found.values_list("record").annotate(Sum("amount")))


def places(page: list[Record]) -> dict[object, str]:
    """record id -> the name of the base unit above a branch on the day of the deed: two communes may each have
    a "Chi hội Ấp 3"."""
    branches = {record.unit_id for record in page if record.unit.level == Level.BRANCH}
    above = Closure.objects.filter(view=View.WAS, descendant__in=branches, ancestor__level=Level.BASE)
    rows = list(above.values_list("descendant_id", "ancestor__name", "since", "until"))
    return {
        record.pk: name
        for record in page
        for unit_id, name, since, until in rows
        if record.unit_id == unit_id and since <= record.day < until
    }


@dataclass(frozen=True)
class Stood:
    """The records behind a figure of a signed paper as they stood when it was signed, as `Origin` tells those of now.
    `value` is what was signed."""

    measure: Measure
    days: tuple[date, date]
    position: int
    records: QuerySet[Record]
    sum: int | None
    mine: int
    all: int
    value: int

    @property
    def narrower(self) -> bool:
        """The figure counts records that this reader may not open."""
        return self.mine < self.all

    @property
    def complete(self) -> bool:
        """All records are listed and their lines as they stood add up to the figure."""
        return not self.narrower and self.sum is not None and self.sum == self.value

    def with_amounts(self, page: list[Record]) -> list[tuple[Record, int]]:
        """Records of one page with what each added to the figure."""
        chosen = Record.objects.filter(pk__in=[record.pk for record in page])
        found = lines(self.measure, chosen, *self.days).filter(pk__lte=self.position)
        told = dict(found.values_list("record").annotate(Sum("amount")))
        return [(record, told.get(record.pk, 0)) for record in page]


def stood(printed: Printed, scope: QuerySet[Unit]) -> Stood | None:
    """What stood behind a figure of a signed paper, as far as the scope reaches; None for a ratio, for a measure that
    is no longer in the books, and for a band of age: no version keeps years of birth, and cards are those of today."""
    measure, period, cell = printed.measure, printed.period, printed.cell
    if (
        measure is None
        or period is None
        or cell is None
        or cell.address is None
        or measure.take == Take.RATIO
        or measure.age
    ):
        return None
    position, (first, last) = printed.version.position, _span(measure, period)
    seen = _map(measure, last, VIEWS[cell.address.view].value)
    rows = behind(measure, printed.version.report.unit, first, last, seen, Unit.objects.all(), position)
    whole = _of_level(rows, cell.address.level).order_by("day", "pk")
    mine = whole.filter(unit__in=scope)
    added = total(measure, mine, first, last, position)
    return Stood(measure, (first, last), position, mine, added, mine.count(), whole.count(), int(cell.value or 0))
