"""One unit over several periods at once: the month, the year so far, the same month last year, as a report shows them.

What stored totals can say of whole months is read in one statement (windows.sql); anything else as `rollup` reads it,
what stands on a day once for all periods that end on it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sohoi.figures.rollup import BEGINNING, Raw, Sums, divided, figures, map_holds_since, sql
from sohoi.ledger.models import STANDING, Measure, Take
from sohoi.many import array
from sohoi.periods import Period, month_index, split
from sohoi.statements import prepared
from sohoi.units.models import Unit, View

Ways = dict[str, list[Measure]]
ADDED, SEEN, QUEUED = range(3)  # what a row of windows.sql says


def figures_over(unit: Unit, measures: Iterable[Measure], periods: Sequence[Period], view: int) -> list[Sums]:
    """For each period what `rollup.figures` says of the unit. The number of statements grows neither with measures nor,
    where the unit keeps totals and the periods are whole months, with periods."""
    ways = _by_way(measures)
    ratios = ways.pop(Take.RATIO, [])
    stored = _stored(unit, ways, periods, view)
    found = _at_once(unit, stored, periods, view) if stored else [Sums() for _ in periods]
    rest = [m for way, chosen in ways.items() if way not in stored for m in chosen]
    standing, flows = [m for m in rest if m.take in STANDING], [m for m in rest if m.take not in STANDING]
    stands: dict[date, Sums] = {}
    for sums, period in zip(found, periods, strict=True):
        if period.last not in stands:
            stands[period.last] = figures([unit], standing, period, view)
        sums |= stands[period.last] | figures([unit], flows, period, view)
        sums |= divided([unit], ratios, sums)
    return found


def _by_way(measures: Iterable[Measure]) -> Ways:
    """Measures, and those that the ratios among them are made of, by the way they are added; bands of age by
    themselves, for no total holds them."""
    ways: dict[str, dict[int, Measure]] = {}
    waiting = list(measures)
    while waiting:
        m = waiting.pop()
        ways.setdefault("ages" if m.age else m.take, {})[m.id] = m
        waiting += [part for part in (m.over, m.under) if part is not None] if m.over_id else []
    return {way: list(chosen.values()) for way, chosen in ways.items()}


def _stored(unit: Unit, ways: Ways, periods: Sequence[Period], view: int) -> Ways:
    """Those that stored totals answer for all periods: none of a branch or where a month is broken; balances when
    nobody has moved since the first of the last days, so that today's map is that of each."""
    if not unit.keeps_totals or any(split(period).spans for period in periods):
        return {}
    if Take.BALANCE not in ways:
        return {way: ways[way] for way in (Take.SUM, Take.DISTINCT) if way in ways}
    first = min(period.last for period in periods)
    moved = first < BEGINNING or (view != View.TODAY and not map_holds_since(first))
    chosen = (Take.SUM, Take.DISTINCT) if moved else (Take.SUM, Take.DISTINCT, Take.BALANCE)
    return {way: ways[way] for way in chosen if way in ways}


def _at_once(unit: Unit, ways: Ways, periods: Sequence[Period], view: int) -> list[Sums]:
    """For each period the sums of these: one statement, and one for subjects in each period while some are queued."""
    days = sorted({period.last for period in periods})
    ids = {way: {m.id for m in chosen} for way, chosen in ways.items()}
    balances = ids.get(Take.BALANCE, set())
    asked: dict[str, Any] = {
        "unit": unit.pk, "view": view, "today": View.TODAY, "balances": array(balances),
        "flows": array(ids.get(Take.SUM, ())), "subjects": array(ids.get(Take.DISTINCT, ())),
        "xats": [*range(len(periods))],
        "froms": [month_index(period.first) for period in periods],
        "tos": [month_index(period.last) for period in periods],
    }  # fmt: skip
    rows = prepared(sql("windows.sql"), asked | _pieces(periods, days))
    queued = any(n for way, _, _, n, _ in rows if way == QUEUED)
    found, standing = [Sums() for _ in periods], [Sums() for _ in days]
    for way, at, measure, n, amount in rows:
        if (n or amount) and (way == ADDED or (way == SEEN and not queued)):
            where = standing if measure in balances else found
            where[at][unit.pk, measure] = Raw(n, amount)
    for sums, period in zip(found, periods, strict=True):
        sums |= standing[days.index(period.last)]
        if queued:
            sums |= figures([unit], ways[Take.DISTINCT], period, view)
    return found


def _pieces(periods: Sequence[Period], days: Sequence[date]) -> dict[str, list[Any]]:
    """The months and years that flows read for each period, and balances for each last day."""
    spans = [(at, False, split(period)) for at, period in enumerate(periods)]
    spans += [(at, True, split(Period(BEGINNING, day, ""))) for at, day in enumerate(days)]
    pieces = [(at, standing, True, year) for at, standing, parts in spans for year in parts.years]
    pieces += [(at, standing, False, month) for at, standing, parts in spans for month in parts.months]
    names = ("ats", "standing", "yearly", "cells")
    return dict(zip(names, map(list, zip(*pieces, strict=True)), strict=True))
