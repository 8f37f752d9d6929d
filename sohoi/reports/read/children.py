"""The reports that a regular report is made from: of the units below, or of the unit's own shorter periods."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.db import connection

from sohoi.periods import Period, named
from sohoi.refusal import Refusal
from sohoi.reports.models import Report, Version
from sohoi.reports.read.states import standing_signed
from sohoi.reports.regular import RegularForm, form_in_force, periods_between
from sohoi.statements import statement
from sohoi.units.models import Unit
from sohoi.units.read import ORDER, unit_of
from sohoi.vietnamese import date as say_date

_sql = partial(statement, __file__)  # the .sql files of this drawer


class Signed(NamedTuple):
    """The newest version that was signed of a report, without what it says: `texts_signed` reads what is merged."""

    pk: int
    number: int
    hash: bytes


@dataclass(frozen=True)
class Child:
    """A report that this one is made from: of a unit below, or of the unit's own shorter periods. `report` is its id,
    None when nobody has opened it; `version` stands unless the report was opened again."""

    unit: Unit
    period: Period
    report: int | None
    version: Signed | None
    stands: bool
    own: bool = False

    @property
    def sent(self) -> bool:
        """Whether its unit has let it go: its words may be merged. One that was opened again is not sent; one that is
        being amended says what was signed until the amendment is."""
        return self.version is not None and self.stands

    @property
    def name(self) -> str:
        """Who is named as having sent it or not: its unit; of a unit's own shorter periods the period."""
        return self.period.name.lower() if self.own else self.unit.name


def form_of(report: Report) -> RegularForm:
    """The version of its form that is valid for its period."""
    return form_in_force(report.form, report.last)


def period_of(report: Report) -> Period:
    """Its period with the name that people read."""
    return named(report.first, report.last)


def name_of(report: Report) -> str:
    """ "Báo cáo tháng của chi hội, tháng 10 năm 2026"; its code and days when its form is here no more."""
    try:
        name = period_of(report).name
        return f"{form_of(report).label}, {name[:1].lower()}{name[1:]}"
    except Refusal:
        return f"{report.form}, từ {say_date(report.first)} đến {say_date(report.last)}"


def children_of(form: RegularForm, unit: Unit, period: Period) -> list[Child]:
    """The reports it is made from, sent or not, in the order of the units' names."""
    if not form.merges:
        return []
    lower = form_in_force(form.merges, period.last)
    if unit.level in lower.levels:
        return _own_periods(lower, unit, period)
    deepest = max(ORDER[level] for level in lower.levels)
    asked: dict[str, Any] = {
        "unit": unit.pk, "levels": list(lower.levels), "above": [level for level in ORDER if ORDER[level] < deepest],
        "form": lower.code, "first": period.first, "last": period.last,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_sql("children.sql"), asked)
        return [_below(row, period) for row in cursor.fetchall()]


def _below(row: tuple[Any, ...], period: Period) -> Child:
    """A row of children.sql."""
    unit, (report, stands, version, number, seal) = unit_of(row[:6]), row[6:]
    signed = Signed(version, number, bytes(seal)) if version else None
    return Child(unit, period, report, signed, stands)


def _own_periods(lower: RegularForm, unit: Unit, period: Period) -> list[Child]:
    """The unit's own reports of shorter periods, opened or not: a quarter is made from its months."""
    rows = Report.objects.filter(form=lower.code, unit=unit, first__gte=period.first, last__lte=period.last)
    there = {(row.first, row.last): row.pk for row in rows}
    standing, signed = standing_signed(there.values()), newest_versions(there.values())
    return [
        _own(unit, month, there.get((month.first, month.last)), standing, signed)
        for month in periods_between(lower, period.first, period.last)
    ]


def _own(unit: Unit, month: Period, report: int | None, standing: set[int], signed: dict[int, Version]) -> Child:
    """One of them."""
    row = signed.get(report or 0)
    version = Signed(row.pk, row.number, bytes(row.hash)) if row else None
    return Child(unit, month, report, version, report in standing, own=True)


def newest_versions(reports: Iterable[int]) -> dict[int, Version]:
    """report id -> the newest version that was signed, without its body: `texts_signed` reads what is merged."""
    rows = Version.objects.filter(report__in=list(reports)).order_by("report_id", "-number").distinct("report_id")
    return {row.report_id: row for row in rows.defer("body")}
