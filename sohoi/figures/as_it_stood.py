"""Figures as they stood at a place in the ledger, added up line by line: the second way, which no stored total serves.

A position is an entry's id (`ledger.read.position`): lines with a larger one were written later. With the position of
now it says what `figures` says (the tests hold them against each other); with an older one, what `figures` said then.
A card's year of birth and the map are those of today: they are not lines of the ledger.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from sohoi.figures.rollup import BEGINNING, NOTHING, Raw, Sums, map_holds_since, sql, sums_of
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period
from sohoi.units.models import Unit, View

_STATEMENTS = {
    Take.SUM: "stood_flows.sql",
    Take.BALANCE: "stood_balances.sql",
    Take.LAST: "stood_lasts.sql",
    Take.DISTINCT: "stood_distinct.sql",
}
_NEWEST = 2**63 - 1  # beyond every entry


def as_it_stood(
    units: Iterable[Unit], measures: Iterable[Measure], period: Period, position: int, view: int = View.WAS
) -> Sums:
    """(unit id, measure id) -> Raw for each pair that had anything, from the lines written up to `position`.

    Slower than `figures`: it reads every line. A record counts as taken back when its opposite lines were written.
    """
    measures = list(measures)
    parts = {m.pk: m for m in measures if m.take != Take.RATIO}
    parts |= {part.pk: part for m in measures for part in (m.over, m.under) if part is not None}
    units = list(units)
    sums = _added(units, parts.values(), period, view, position, None)
    found = {(unit, m.pk): sums[unit, m.pk] for unit in _ids(units) for m in measures if (unit, m.pk) in sums}
    return found | {
        (unit, m.pk): _over(sums.get((unit, m.over_id), NOTHING), sums[unit, m.under_id])
        for unit in _ids(units) for m in measures
        if m.over_id and m.under_id and (unit, m.under_id) in sums
    }  # fmt: skip


def late(
    units: Iterable[Unit], measures: Iterable[Measure], period: Period,
    position: int | None = None, view: int = View.WAS,
) -> Sums:  # fmt: skip
    """(unit id, measure id) -> what deeds that happened before the period add in it: "phát sinh sau kỳ chốt".

    They were told, or taken back, after their own month was closed, and so count here; the figure of the period is
    this and what happened in it. For `distinct` those among them, each once; a person may be among the others too.
    None for declared levels and ratios, which do not add up.
    """
    units, adding = list(units), [m for m in measures if m.take in (Take.SUM, Take.BALANCE, Take.DISTINCT)]
    if position is not None:
        return _added(units, adding, period, view, position, period.first)
    swift = view == View.TODAY or map_holds_since(min(period.last, timezone.localdate()))
    slow = {m.id: m for m in adding if m.take == Take.BALANCE and (m.age or not swift)}
    sums = _added(units, slow.values(), period, view, _NEWEST, period.first)
    kept = {m.id: m.take for m in adding if m.id not in slow}
    return sums | sums_of(
        "late_now.sql", units=_ids(units), first=period.first, last=period.last, view=view, today=View.TODAY,
        added=[key for key, take in kept.items() if take != Take.DISTINCT],
        subjects=[key for key, take in kept.items() if take == Take.DISTINCT],
    )  # fmt: skip


def _ids(units: list[Unit]) -> list[int]:
    """Their keys."""
    return [unit.pk for unit in units]


def _over(over: Raw, under: Raw) -> Raw:
    """Both parts of a ratio."""
    return Raw(over.n, over.amount, under.amount)


def _added(
    units: list[Unit], measures: Iterable[Measure], period: Period, view: int, upto: int, before: date | None
) -> Sums:
    """One statement for each way to add. Balances of whom nobody has moved since stand where they stand today, and are
    added up as flows from the beginning: no map has to be laid out for them."""
    ways: dict[tuple[str, bool], list[int]] = {}
    for measure in measures:
        ways.setdefault((measure.take, bool(measure.age)), []).append(measure.pk)
    today = timezone.localdate()
    map_day = today if view == View.TODAY else min(period.last, today)
    sums: Sums = {}
    for (take, aged), chosen in ways.items():
        told = {"measures": chosen, "first": period.first, "last": period.last, "upto": upto, "before": before}
        if take == Take.BALANCE and not aged and map_holds_since(map_day):
            since = {"first": BEGINNING} if before is None else {}
            sums |= sums_of(_STATEMENTS[Take.SUM], units=_ids(units), view=View.TODAY, **told | since)
            continue
        asked = _late_units(told) if before is not None and take == Take.BALANCE else None
        if asked != []:
            sums |= sums_of(
                _STATEMENTS[Take(take)], units=_ids(units), view=view, map_day=map_day, asked=asked, **told
            )  # fmt: skip
    return sums


def _late_units(told: dict[str, Any]) -> list[int]:
    """The units, anywhere, whose deeds of before a period count in it."""
    with connection.cursor() as cursor:
        cursor.execute(sql("late_units.sql"), told)
        return [unit for (unit,) in cursor.fetchall()]
