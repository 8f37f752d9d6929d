"""The only place where entries become figures: any measure, unit, period and view. Reads only, writes nothing.

Five ways to add (house §6). Sums are exact at once: stored totals and what is still queued in one statement.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from sohoi.ledger.models import Measure, Take
from sohoi.many import array
from sohoi.periods import Period, month_index, split
from sohoi.statements import statement
from sohoi.units.models import OLDEST, Unit, View
from sohoi.units.read import last_change

sql = partial(statement, __file__)  # the .sql files of this drawer

FEW = 20  # measures; up to here an index by measure is faster than reading all cells of the units
BEGINNING = OLDEST  # balances are added up from here


class Raw(NamedTuple):
    """n lines that add up to `amount`; for a ratio `amount` over `under`."""

    n: int = 0
    amount: int = 0
    under: int | None = None

    @property
    def value(self) -> int | Fraction | None:
        """The number itself: whole for counts, an exact fraction for a ratio, None for a ratio over nothing."""
        if self.under is None:
            return self.amount
        return Fraction(self.amount, self.under) if self.under else None


NOTHING = Raw()
Sums = dict[tuple[int, int], Raw]


def figures(units: Iterable[Unit], measures: Iterable[Measure], period: Period, view: int) -> Sums:
    """(unit id, measure id) -> Raw for each pair that has anything; what is missing was never told.

    The number of statements depends on the ways to add among the measures, never on rows, units or days.
    """
    units, measures = list(units), list(measures)
    sums: Sums = {}
    for take, add in _WAYS.items():
        chosen = [m for m in measures if m.take == take]
        if chosen and units:
            sums.update(add(units, chosen, period, view))
    ratios = [m for m in measures if m.take == Take.RATIO]
    if ratios and units:
        sums.update(_ratios(units, ratios, period, view))
    return sums


def _sums(units: list[Unit], measures: list[Measure], period: Period, view: int) -> Sums:
    """Flows over a period: totals for units that keep them, entries for branches and broken months."""
    stored = [u.pk for u in units if u.keeps_totals]
    branches = [u.pk for u in units if not u.keeps_totals]
    parts = split(period)
    ids = [m.pk for m in measures]
    rows = []
    if stored:
        statement = "league.sql" if len(ids) <= FEW else "rollup.sql"
        rows += _run(statement, units=stored, measures=ids, view=view, years=parts.years, months=parts.months)
        if parts.spans:
            rows += _run("entries.sql", units=stored, measures=ids, view=view, **_spans(parts.spans))
    if branches:
        rows += _run("entries.sql", units=branches, measures=ids, view=view, **_spans([(period.first, period.last)]))
    return _added(rows)


def _spans(spans: list[tuple[date, date]]) -> dict[str, list[date] | date]:
    """Day spans as two arrays, and the first and last day of all."""
    firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
    return {"firsts": firsts, "lasts": lasts, "first": firsts[0], "last": lasts[-1]}


def _balances(units: list[Unit], measures: list[Measure], period: Period, view: int) -> Sums:
    """Everything until the last day, where each unit stands on that day (in today's view: stands today)."""
    if period.last < BEGINNING:
        return {}
    aged = [m for m in measures if m.age]
    if aged:
        plain = _balances(units, [m for m in measures if not m.age], period, view) if len(aged) < len(measures) else {}
        return plain | _ages(units, aged, period, view)
    if view == View.TODAY or map_holds_since(period.last):
        return _sums(units, measures, Period(BEGINNING, period.last, period.name), View.TODAY)
    ids = [m.pk for m in measures]
    return _added(_run("balance.sql", units=[u.pk for u in units], measures=ids, on=period.last))


def _ages(units: list[Unit], measures: list[Measure], period: Period, view: int, own: bool = False) -> Sums:
    """Balances of bands of age on the last day, by year of birth. Read from all entries of the base up to that day,
    about members below these units: no total can hold an age that changes without a deed (decision 0016)."""
    map_day = timezone.localdate() if view == View.TODAY else period.last
    ids = [m.pk for m in measures]
    return _added(_run("ages.sql", units=[u.pk for u in units], measures=ids, on=period.last, map_day=map_day, own=own))


def map_holds_since(day: date) -> bool:
    """Whether no unit ended or moved after that day."""
    changed = last_change(timezone.localdate())
    return changed is None or changed <= day


def _lasts(units: list[Unit], measures: list[Measure], period: Period, view: int) -> Sums:
    """The newest declaration up to the last day, on the map of that day; in today's view on today's map."""
    map_day = timezone.localdate() if view == View.TODAY else period.last
    ids = [m.pk for m in measures]
    return _added(_run("last.sql", units=[u.pk for u in units], measures=ids, on=period.last, map_day=map_day))


def _distincts(units: list[Unit], measures: list[Measure], period: Period, view: int) -> Sums:
    """Each subject once, at each level by itself."""
    parts = split(period)
    ids = [m.pk for m in measures]
    span = {"from_month": month_index(period.first), "to_month": month_index(period.last)}
    stored = [u.pk for u in units if u.keeps_totals]
    branches = [u.pk for u in units if not u.keeps_totals]
    days = {"first": period.first, "last": period.last}
    rows = []
    if stored:
        rows += _run("distinct.sql", units=stored, measures=ids, view=view, broken=bool(parts.spans), **days, **span)
    if branches:
        rows += _run("distinct_branches.sql", units=branches, measures=ids, view=view, **days)
    return _added(rows)


def _ratios(units: list[Unit], measures: list[Measure], period: Period, view: int) -> Sums:
    """The numerators and denominators by themselves, then divided."""
    parts = {p.pk: p for m in measures for p in (m.over, m.under) if p is not None}
    return divided(units, measures, figures(units, parts.values(), period, view))


def divided(units: Iterable[Unit], measures: Iterable[Measure], sums: Sums) -> Sums:
    """Numerator and denominator travel apart and meet only here; n is the numerator's, 0 when it was not told."""
    measures = list(measures)
    found: Sums = {}
    for unit in units:
        for m in measures:
            over, under = sums.get((unit.pk, m.over_id or 0)), sums.get((unit.pk, m.under_id or 0))
            if under:
                over, under = over or Raw(), under or Raw()
                found[(unit.pk, m.pk)] = Raw(over.n, over.amount, under.amount)
    return found


_MANY = {"units", "measures", "added", "subjects"}  # arguments that are lists of ids
_WAYS = {Take.SUM: _sums, Take.BALANCE: _balances, Take.LAST: _lasts, Take.DISTINCT: _distincts}


def _run(name: str, **arguments: Any) -> list[tuple[int, int, int, int]]:
    """One statement of this room. Ids of units and measures, often hundreds, are bound as one text each."""
    for key in _MANY & arguments.keys():
        arguments[key] = array(arguments[key])
    with connection.cursor() as cursor:
        cursor.execute(sql(name), arguments)
        return cursor.fetchall()


def sums_of(name: str, **arguments: Any) -> Sums:
    """What one statement of this room, with rows of (unit, measure, n, amount), comes to."""
    return _added(_run(name, **arguments))


def _added(rows: list[tuple[int, int, int, int]]) -> Sums:
    """Rows of (unit, measure, n, amount), those of the same pair added up; what cancels out is nothing told."""
    sums = {(unit, measure): Raw(int(n), int(amount)) for unit, measure, n, amount in rows}
    if len(sums) < len(rows):
        sums = {}
        for unit, measure, n, amount in rows:
            before = sums.get((unit, measure), NOTHING)
            sums[unit, measure] = Raw(before.n + int(n), before.amount + int(amount))
    return {key: raw for key, raw in sums.items() if raw.n or raw.amount}


def late_at_the_seams(
    places: list[tuple[int, date, date, Period]], measures: Iterable[Measure], period: Period
) -> Sums:
    """What late deeds add to (or take from) children that stood under their parent on some days only.

    `places`: (child id, first day there, day after the last, the part of the period that its figure was cut to).
    """
    ids, sinces, untils, cuts = zip(*places, strict=True)
    return _added(
        _run(
            "late.sql", ids=list(ids), sinces=list(sinces), untils=list(untils),
            firsts=[cut.first for cut in cuts], lasts=[cut.last for cut in cuts],
            first=period.first, last=period.last, measures=[m.pk for m in measures],
        )
    )  # fmt: skip


def own_figures(unit: Unit, measures: Iterable[Measure], period: Period) -> dict[int, Raw]:
    """measure id -> what the unit itself did in the period, nothing below it; balances from the beginning."""
    told = list(measures)
    aged, measures = [m for m in told if m.age], [m for m in told if not m.age]
    found = {at: raw for (_, at), raw in _ages([unit], aged, period, View.WAS, own=True).items()} if aged else {}
    firsts = [BEGINNING if m.take == Take.BALANCE else period.first for m in measures]
    with connection.cursor() as cursor:
        cursor.execute(
            sql("own.sql"),
            {"unit": unit.pk, "measures": [m.pk for m in measures], "firsts": firsts, "last": period.last,
             "first": min(firsts, default=period.first)},
        )  # fmt: skip
        return found | {measure: Raw(int(n), int(amount)) for measure, n, amount in cursor.fetchall()}


def level_sums(unit: Unit, measures: Iterable[Measure], period: Period, view: int, level: str) -> dict[int, Raw]:
    """measure id -> what units of one level did themselves in the period, at or under the unit (flows)."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql("level.sql"),
            {"unit": unit.pk, "measures": [m.pk for m in measures], "first": period.first, "last": period.last,
             "view": view, "level": level},
        )  # fmt: skip
        return {measure: Raw(int(n), int(amount)) for measure, n, amount in cursor.fetchall()}


def reported(units: Iterable[Unit], period: Period) -> set[int]:
    """`reported_over` for one period."""
    return reported_over(units, [period])[0]


def reported_over(units: Iterable[Unit], periods: Sequence[Period]) -> list[set[int]]:
    """For each period the units all of whose months in it are confirmed: by themselves, one above, or all directly
    below. Months that have not begun today are not asked."""
    ids, today = [u.pk for u in units], timezone.localdate()
    found: list[set[int]] = [set() for _ in periods]
    if not ids:
        return found
    firsts, lasts = [one.first.replace(day=1) for one in periods], [min(one.last, today) for one in periods]
    with connection.cursor() as cursor:
        cursor.execute(sql("reported.sql"), {"units": ids, "firsts": firsts, "lasts": lasts})
        for at, unit in cursor.fetchall():
            found[at - 1].add(unit)
    return found
