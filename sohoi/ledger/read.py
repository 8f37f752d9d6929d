"""Questions to the ledger: which days are open, the records of a unit, the records behind a figure."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import F, Q, QuerySet

from sohoi.ledger.kinds import read_kind
from sohoi.ledger.models import Closing, Kind, Measure, Record
from sohoi.ledger.totals import sql
from sohoi.units.models import Closure, Unit, View


class OpenDays:
    """Closed months of units, their ancestors' included, those that were reopened not; read once for many drafts.
    `not_before`: what two branches tell of one move counts in both from the same day on, so not before this one.
    """

    def __init__(self, unit_ids: Iterable[int], not_before: date = date.min) -> None:
        self.not_before = not_before
        self.closed: dict[int, list[tuple[date, date, date]]] = defaultdict(list)
        self.more(*unit_ids)

    def more(self, *unit_ids: int) -> None:
        """Read the closings that bind these units too."""
        ids = [pk for pk in unit_ids if pk not in self.closed]
        binding = Q(ancestor__in=Closing.objects.binding().values("unit"))
        above = Closure.objects.filter(binding | Q(view=View.WAS, ancestor=F("descendant")), descendant__in=ids)
        found = list(above.values_list("view", "descendant_id", "ancestor_id", "since", "until"))
        ends: dict[int, date] = {}
        for view, pk, ancestor, _, until in found:
            if view == View.WAS and pk == ancestor:
                ends[pk] = max(until, ends.get(pk, until))
        rows = [  # after its last day a unit is bound where it counts on today's map
            (pk, ancestor, since if view == View.WAS else ends.get(pk, until), until)
            for view, pk, ancestor, since, until in found
        ]
        months = defaultdict(list)
        closings = Closing.objects.binding().filter(unit__in={ancestor for _, ancestor, _, _ in rows})
        for unit_id, month in closings.values_list("unit_id", "month"):
            months[unit_id].append(month)
        for pk, ancestor, since, until in rows:
            self.closed[pk].extend((month, since, until) for month in months[ancestor])

    def closed_on(self, unit_id: int, day: date, at: date | None = None) -> bool:
        """Whether the month of `at` (of the day itself) is closed for a deed of `day`: by a unit under which it stood
        on that day, or under which it stands in that month, whose balance would change."""
        closings = self.closed.get(unit_id)
        if not closings:
            return False
        month = (at or day).replace(day=1)
        after = _next_month(month)
        return any(
            month == closed and (since <= day < until or (since < after and month < until))
            for closed, since, until in closings
        )

    def first_open(self, unit_id: int, day: date, start: date | None = None) -> date:
        """The first open day for a deed of `day`: `start` (the day itself) when its month is open, else the first
        day of the first open month after it."""
        booked = max(start or day, self.not_before)
        while self.closed_on(unit_id, day, booked):
            booked = _next_month(booked)
        return booked


def _next_month(day: date) -> date:
    """The first day of the month after that of a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def open_in_all(units: Iterable[int], day: date, start: date | None = None) -> date:
    """The first day from `start` (the day itself) on which a deed of `day` may count in all these units."""
    ids = list(units)
    days, booked = OpenDays(ids), start or day
    while (later := max(days.first_open(pk, day, booked) for pk in ids)) > booked:
        booked = later
    return booked


def open_day(unit: Unit, day: date, start: date | None = None) -> date:
    """`OpenDays.first_open` for one unit."""
    return OpenDays([unit.pk]).first_open(unit.pk, day, start)


def position() -> int:
    """The place in the ledger now: an id that none of the entries written so far has gone beyond.

    While `holding.hold_alone` is held for a unit it parts that unit's entries, its own and those of all that ever count
    for it, exactly: written up to it, or later. Of other units entries with lower ids may still be on their way, so it
    says nothing about them. All parts of the ledger draw their ids from one sequence.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql("position.sql"))
        return int(cursor.fetchone()[0])


def kinds_for(unit: Unit) -> list[Kind]:
    """Current kinds that this unit's level is asked, by room and label."""
    rows = Kind.objects.filter(current=True).order_by("room", "label")
    return [kind for kind in rows if not kind.body.get("levels") or unit.level in kind.body["levels"]]


def records(scope: QuerySet[Unit]) -> QuerySet[Record]:
    """Records of units in the scope, the newest first, ready to be listed."""
    return (
        Record.objects.within(scope)
        .select_related("kind", "unit", "by", "voiding", "member", "household")
        .order_by("-day", "-recorded_at", "pk")
    )


def behind(
    measure: Measure, unit: Unit, first: date, last: date, view: int, scope: QuerySet[Unit], upto: int | None = None
) -> QuerySet[Record]:
    """The records behind a flow, voided ones included (their lines cancel); none for a sensitive measure.
    `upto`: as it stood at that position, without what was written later.

    The same conditions as the sum: booked in [first, last], and the unit counted for the asked one on the deed's
    own day in that view. For a balance or a declared level the caller asks from the beginning on the right map.
    """
    bases = base_ids(measure)
    if measure.sensitive or not bases:
        return Record.objects.none()
    with connection.cursor() as cursor:
        cursor.execute(
            sql("behind.sql"),
            {"bases": bases, "unit": unit.pk, "first": first, "last": last, "view": view, "upto": upto},
        )
        ids = [row[0] for row in cursor.fetchall()]
    return records(scope).filter(pk__in=ids)


def masked_behind(measure: Measure) -> frozenset[str]:
    """Codes of the kinds whose records say by standing behind this figure what they mask: that a household is poor."""
    if not measure.filter or measure.base is None:
        return frozenset()
    base = measure.base.code
    rows = Kind.objects.filter(current=True, body__measure__contains=[{"code": base}])
    bodies = [read_kind(row.body, row.code) for row in rows]
    return frozenset(body.code for body in bodies if body.masked_labels(base) & measure.filter.keys())


def base_ids(measure: Measure) -> list[int]:
    """The measures whose totals make this one up: itself, or both parts of a ratio."""
    if measure.over_id and measure.under_id:
        return [measure.over_id, measure.under_id]
    return [measure.pk]
