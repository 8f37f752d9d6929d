"""Who owes which report by when, what stands in the way, and how complete and timely a level is.

What is owed is worked out from the regime in force, the map of the period's last day and the reports there are; no row
is kept for a report that nobody has opened. A list takes as many statements for one unit as for a hundred.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from sohoi.periods import Period
from sohoi.reports.models import Regime, Report, State, Version
from sohoi.reports.read.children import NOT_OPENED
from sohoi.reports.read.states import Standing, standings
from sohoi.reports.regimes import Owed, RegimeBody, read_regime
from sohoi.reports.regular import RegularForm, form_in_force, periods_between, versions
from sohoi.units.models import Closure, Unit, View
from sohoi.units.read import below, path, place
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number

BACK = timedelta(days=400)  # how far back what is still owed is looked for


@dataclass(frozen=True)
class Due:
    """A report that a unit owes: where it stands, by when it is due, why it has not gone yet."""

    unit: Unit
    form: RegularForm
    period: Period
    due: date
    report: Report | None
    standing: Standing
    signed_on: date | None
    waiting: int = 0  # units below that have not signed theirs
    below: int = 0
    on: date | None = None

    @property
    def done(self) -> bool:
        """Signed, and not opened again."""
        return self.standing.state == State.SIGNED

    @property
    def late(self) -> bool:
        """Not signed by its day, or signed after it."""
        return (self.signed_on or self.on or timezone.localdate()) > self.due

    @property
    def state(self) -> str:
        """in-time, late (signed after its day), overdue, or open (its day is still to come)."""
        if self.done:
            return "late" if self.late else "in-time"
        return "overdue" if self.late else "open"

    @property
    def reason(self) -> str:
        """Why it has not gone, in words with the next thing to do; when it went, once it did."""
        if self.done:
            when = say_date(self.signed_on) if self.signed_on else ""
            return f"đã ký ngày {when}" + (
                f", muộn {number((self.signed_on - self.due).days)} ngày" if self.late and self.signed_on else ""
            )
        state = self.standing.state
        if state == State.SUBMITTED:
            return "đã gửi, chờ duyệt"
        if state == State.APPROVED:
            return "đã duyệt, chờ ký"
        if state == State.RETURNED:
            return f"bị trả lại, chưa sửa xong: {self.standing.why}"
        if state in (State.REOPENED, State.AMENDED):
            return f"{self.standing.words}: {self.standing.why}"
        if self.waiting:
            return f"chưa gửi vì còn {number(self.waiting)}/{number(self.below)} đơn vị bên dưới chưa chốt"
        return "đang soạn, chưa gửi" if self.report else "chưa mở báo cáo"


@dataclass(frozen=True)
class Round:
    """One form of one period over many units: what each owes, and how complete the whole is."""

    form: RegularForm
    period: Period
    due: date
    rows: list[Due]

    @property
    def signed(self) -> int:
        """How many are signed."""
        return sum(row.done for row in self.rows)

    @property
    def in_time(self) -> int:
        """How many were signed by their day."""
        return sum(row.done and not row.late for row in self.rows)

    @property
    def late(self) -> list[Due]:
        """Those that are not signed although their day has passed."""
        return [row for row in self.rows if row.state == "overdue"]


def regimes_over(unit: Unit, on: date) -> dict[str, Owed]:
    """form code -> what is owed of it on a day: the regime of the nearest unit above decides for each form."""
    above = [u.pk for u in path(unit, on)] or [unit.pk]
    rows = Regime.objects.filter(unit__in=above, since__lte=on).filter(Q(until=None) | Q(until__gte=on))
    found: dict[str, Owed] = {}
    for row in sorted(rows, key=lambda row: (above.index(row.unit_id), row.since)):  # the nearest and newest last
        body: RegimeBody = read_regime(row.body, row.code)
        found |= {owed.form: owed for owed in body.owed if owed.form in versions()}
    return found


def owed_by(unit: Unit, today: date) -> list[Due]:
    """What a unit still owes of the periods that have ended, the oldest first, and of what it signed last."""
    found: list[Due] = []
    for code, owed in regimes_over(unit, today).items():
        form = form_in_force(code, today)
        if unit.level in form.levels:
            periods = [p for p in periods_between(form, today - BACK, today) if place(unit, p.last)]
            found += _dues([(unit, period) for period in periods], form, owed, today)
    return sorted((due for due in found if not due.done), key=lambda due: (due.due, due.form.code))


def round_of(scope: Unit, form: RegularForm, period: Period, today: date) -> Round:
    """What the units of the form's level at or under a unit owe for one period, as the map of its last day was."""
    owed = regimes_over(scope, period.last).get(form.code, Owed(form.code, 0))
    units = [u for level in form.levels for u in _at_or_below(scope, period.last, level)]
    rows = _dues([(unit, period) for unit in units], form, owed, today)
    return Round(form, period, owed.due_on(period), rows)


def _at_or_below(scope: Unit, on: date, level: str) -> list[Unit]:
    if scope.level == level:
        return [scope] if place(scope, on) else []
    return list(below(scope, on, level).order_by("name"))


def _dues(wanted: Sequence[tuple[Unit, Period]], form: RegularForm, owed: Owed, today: date) -> list[Due]:
    """Each unit's report of each period, with where it stands and who below it is waited for."""
    if not wanted:
        return []
    units, firsts = {unit.pk for unit, _ in wanted}, {period.first for _, period in wanted}
    there = Report.objects.filter(form=form.code, unit__in=units, first__in=firsts)
    reports = {(row.unit_id, row.first, row.last): row for row in there}
    standing = standings(row.pk for row in reports.values())
    signed = _signed_on(row.pk for row in reports.values())
    waited = _waited_for(wanted, form)
    found = []
    for unit, period in wanted:
        report = reports.get((unit.pk, period.first, period.last))
        stands = standing.get(report.pk, NOT_OPENED) if report else NOT_OPENED
        done, all_below = waited.get((unit.pk, period.first), (0, 0))
        found.append(
            Due(unit, form, period, owed.due_on(period), report, stands, signed.get(report.pk) if report else None,
                all_below - done, all_below, today)
        )  # fmt: skip
    return found


def _signed_on(reports: Iterable[int]) -> dict[int, date]:
    """report id -> the day of its first signature: an amendment does not make it late."""
    rows = Version.objects.filter(report__in=list(reports), number=1).values_list("report_id", "at")
    return {report: timezone.localtime(at).date() for report, at in rows}


def _waited_for(wanted: Sequence[tuple[Unit, Period]], form: RegularForm) -> dict[tuple[int, date], tuple[int, int]]:
    """(unit id, first day) -> (how many units below signed the form that this one merges, how many there are)."""
    found: dict[tuple[int, date], tuple[int, int]] = {}
    if not form.merges:
        return found
    for period in {period for _, period in wanted}:
        lower = form_in_force(form.merges, period.last)
        units = [unit.pk for unit, asked in wanted if asked == period and unit.level not in lower.levels]
        stood = Closure.objects.filter(
            view=View.WAS, ancestor__in=units, descendant__level__in=lower.levels, since__lte=period.last,
            until__gt=period.last,
        )  # fmt: skip
        signed = Report.objects.filter(form=lower.code, first=period.first, last=period.last, versions__isnull=False)
        counted = stood.values("ancestor_id").annotate(
            whole=Count("descendant_id", distinct=True),
            done=Count("descendant_id", distinct=True, filter=Q(descendant_id__in=signed.values("unit_id"))),
        )
        for row in counted:
            found[row["ancestor_id"], period.first] = (row["done"], row["whole"])
    return found
