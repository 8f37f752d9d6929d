"""The reports that a regular report is made from: of the units below, or of the unit's own shorter periods."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sohoi.periods import Period, named
from sohoi.refusal import Refusal
from sohoi.reports.models import SENT, Report, State, Version
from sohoi.reports.read.states import Standing, standings
from sohoi.reports.regular import RegularForm, form_in_force, periods_between
from sohoi.units.models import Unit
from sohoi.units.read import below
from sohoi.vietnamese import date as say_date

NOT_OPENED = Standing(State.DRAFT, None, None, "")


@dataclass(frozen=True)
class Child:
    """A report that this one is made from: of a unit below, or of the unit's own shorter periods."""

    unit: Unit
    period: Period
    report: Report | None
    standing: Standing
    version: Version | None
    own: bool = False

    @property
    def sent(self) -> bool:
        """Whether its unit has let it go: its words may be merged. One that was opened again is not sent."""
        return self.version is not None and self.standing.state in SENT

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
    units = {u.pk: u for level in lower.levels for u in below(unit, period.last, level).order_by("name")}
    there = Report.objects.filter(form=lower.code, unit__in=units, first=period.first, last=period.last)
    reports = {report.unit_id: report for report in there}
    for key, report in reports.items():
        report.unit = units[key]
    return _children([(u, period, reports.get(key)) for key, u in units.items()])


def _own_periods(lower: RegularForm, unit: Unit, period: Period) -> list[Child]:
    """The unit's own reports of shorter periods, opened or not: a quarter is made from its months."""
    there = Report.objects.filter(form=lower.code, unit=unit, first__gte=period.first, last__lte=period.last)
    reports = {(report.first, report.last): report for report in there}
    for report in reports.values():
        report.unit = unit
    months = periods_between(lower, period.first, period.last)
    rows = [(unit, month, reports.get((month.first, month.last))) for month in months]
    return [replace(child, own=True) for child in _children(rows)]


def _children(rows: Sequence[tuple[Unit, Period, Report | None]]) -> list[Child]:
    reports = [report.pk for _, _, report in rows if report]
    standing = standings(reports)
    signed = newest_versions(reports)
    return [
        Child(unit, period, report, standing.get(report.pk, NOT_OPENED), signed.get(report.pk)) if report
        else Child(unit, period, None, NOT_OPENED, None)
        for unit, period, report in rows
    ]  # fmt: skip


def newest_versions(reports: Iterable[int]) -> dict[int, Version]:
    """report id -> the newest version that was signed, without its body: `texts_signed` reads what is merged."""
    rows = Version.objects.filter(report__in=list(reports)).order_by("report_id", "-number").distinct("report_id")
    return {row.report_id: row for row in rows.defer("body")}
