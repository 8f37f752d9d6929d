"""Questions about the map of a day: find a unit, its children, the path above it, its heirs. Writes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from sohoi.refusal import Refusal
from sohoi.statements import prepared, statement
from sohoi.units.models import Closure, Level, Lineage, MapDay, Placement, Unit, View
from sohoi.vietnamese import sort_key

sql = partial(statement, __file__)  # the .sql files of this drawer

COLUMNS = [field.attname for field in Unit._meta.concrete_fields]  # id, code, state_code, level, name, plain
ORDER = {level: rank for rank, level in enumerate(Level.values)}


def by_level(path: str) -> Case:
    """For `order_by`: the centre first, branches last; `path` leads to the level of a unit."""
    return Case(*(When(**{path: level}, then=Value(rank)) for level, rank in ORDER.items()))


def centre() -> Unit:
    """The unit at the top of every map."""
    return Unit.objects.get(level=Level.CENTRE)


def find(code: str, on: date, *, since: date | None = None) -> Unit:
    """The unit with this public code, or with this bare State code on that day.

    A bare code may mean a province, a district or a commune, and other units before 1 July 2025: when it means
    more than one on that day, or none, Refusal lists the candidates. `since`: of a stretch of days up to `on`, the only
    one that stood on some of them will do where none stood on the last.
    """
    unit = Unit.objects.filter(code=code).first()
    if unit is not None:
        return unit
    named = Unit.objects.filter(state_code=code).exclude(state_code="")
    standing = named.filter(placements__during__contains=on).distinct()[:5]
    if since and not standing:
        standing = named.filter(placements__during__overlap=(since, on)).distinct()[:5]
    return choose(code, list(named[:5]), list(standing))


def choose(code: str, named: list[Unit], standing: list[Unit]) -> Unit:
    """Of the units that a bare code names, the only one that stood on the day; Refusal lists the candidates."""
    if len(standing) == 1:
        return standing[0]
    candidates = standing or named
    if not candidates:
        raise Refusal(f"Không có đơn vị nào mang mã “{code}”. Xem lại mã trong mục Đơn vị.", "unit")
    listed = "; ".join(f"{unit.code} ({unit.name})" for unit in candidates[:5])
    raise Refusal(f"Mã “{code}” chưa rõ là đơn vị nào vào ngày đó. Dùng một trong các mã: {listed}.", "unit")


def children(unit: Unit, first: date, last: date) -> list[Placement]:
    """Placements directly under the unit on some day of [first, last], by name; each with its days."""
    during = Q(during__overlap=(first, None)) & Q(during__startswith__lte=last)
    rows = Placement.objects.filter(during, parent=unit).select_related("unit")
    return sorted(rows, key=lambda row: (_name_key(row.name), row.unit_id))


def _name_key(name: str) -> tuple[int, str]:
    """Names with numbers in the order of the numbers (Quận 2 before Quận 10)."""
    digits = "".join(c for c in name if c.isdigit())
    return (int(digits) if digits else -1, sort_key(name))


def children_today(unit: Unit, on: date) -> list[Placement]:
    """Placements directly under the unit on one day."""
    return children(unit, on, on)


def place(unit: Unit, on: date) -> Placement | None:
    """Where the unit stood on that day; None when it did not exist."""
    return Placement.objects.filter(unit=unit, during__contains=on).select_related("parent").first()


def path(unit: Unit, on: date) -> list[Unit]:
    """The units above on that day, the centre first, the unit itself last. Empty when it did not exist."""
    rows = prepared(sql("path.sql"), [unit.pk, on, on])
    return sorted((unit_of(row) for row in rows), key=lambda u: ORDER[u.level])


def unit_of(row: Sequence[Any]) -> Unit:
    """A unit from the columns of COLUMNS, in a row of a statement of our own."""
    return Unit.from_db(None, COLUMNS, row)


def paths(ids: Iterable[int], on: date) -> dict[int, list[Unit]]:
    """`path` for many units at once: unit id -> the units above, the centre first (two queries)."""
    rows = list(
        Closure.objects.filter(view=View.WAS, descendant__in=list(ids), since__lte=on, until__gt=on)
        .values_list("descendant_id", "ancestor_id")
    )  # fmt: skip
    units = Unit.objects.in_bulk({ancestor for _, ancestor in rows})
    found: dict[int, list[Unit]] = {}
    for descendant, ancestor in rows:
        found.setdefault(descendant, []).append(units[ancestor])
    return {key: sorted(above, key=lambda u: ORDER[u.level]) for key, above in found.items()}


def below(unit: Unit, on: date, level: str) -> QuerySet[Unit]:
    """The units of one level under (or at) the unit on that day."""
    rows = Closure.objects.filter(view=View.WAS, ancestor=unit, since__lte=on, until__gt=on)
    return Unit.objects.filter(pk__in=rows.values("descendant_id"), level=level)


def heirs(unit: Unit, on: date) -> list[Unit]:
    """The units that stand on that day and came out of this one, by lineage; itself when it still stands."""
    found: dict[int, Unit] = {}
    waiting, seen = [unit], set[int]()
    while waiting:
        at = waiting.pop()
        if at.pk in seen:
            continue
        seen.add(at.pk)
        if place(at, on) is not None:
            found[at.pk] = at
            continue
        waiting.extend(row.new for row in Lineage.objects.filter(old=at).select_related("new"))
    return sorted(found.values(), key=lambda u: u.name)


@dataclass(frozen=True)
class Change:
    """One line of what an act did to a unit: it came out of, or went into, the others (whole or in part)."""

    unit: Unit
    whole: bool
    act: str
    day: date


def forebears(unit: Unit) -> list[Change]:
    """Which units this one came out of."""
    rows = Lineage.objects.filter(new=unit).select_related("old", "act").order_by("old__plain", "pk")
    return [Change(row.old, row.whole, row.act.number, row.act.day) for row in rows]


def successors(unit: Unit) -> list[Change]:
    """Which units this one went into."""
    rows = Lineage.objects.filter(old=unit).select_related("new", "act").order_by("new__plain", "pk")
    return [Change(row.new, row.whole, row.act.number, row.act.day) for row in rows]


def last_change(on: date) -> date | None:
    """The newest day up to `on` on which a unit ended or moved: since then the map is that of `on`."""
    found: date | None = prepared(sql("last_change.sql"), [on])[0][0]
    return found


def map_under(unit: Unit, last: date) -> str:
    """Which units stood under this one on which days up to `last`, and out of which they came: a short digest, another
    one when that is corrected. What moves after `last` does not change it.
    """
    rows = Closure.objects.filter(view=View.WAS, ancestor=unit, since__lte=last)
    end = last + timedelta(days=1)
    days = sorted((pk, since, min(until, end)) for pk, since, until in rows.values_list("descendant", "since", "until"))
    came = Lineage.objects.filter(new__in=rows.values("descendant"), act__day__lte=last).values_list("old", "new")
    return sha256(repr((days, sorted(came))).encode()).hexdigest()[:32]


def map_is_stale(today: date) -> bool:
    """Whether a unit began, ended or moved since the day of the stored map, so that it must be made anew."""
    made = MapDay.objects.first()
    if made is None or made.day >= today:
        return made is None and Placement.objects.exists()
    began = Q(during__startswith__gt=made.day, during__startswith__lte=today)
    ended = Q(during__endswith__gt=made.day, during__endswith__lte=today)
    return Placement.objects.filter(began | ended).exists()
