"""Who owes which report by when, what stands in the way, and how complete and timely a level is.

What is owed is worked out from the regime in force, the map of the period's last day and the reports there are; no row
is kept for a report that nobody has opened. A list takes as many statements for one unit as for a hundred.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.utils import timezone

from sohoi.periods import Period
from sohoi.reports.models import Report, State, Version
from sohoi.reports.read.asked import Asked, asked_of, regime_over
from sohoi.reports.read.states import Standing, standings
from sohoi.reports.regular import RegularForm, form_in_force
from sohoi.statements import statement
from sohoi.units.models import Unit, View
from sohoi.units.read import below, place
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number

_sql = partial(statement, __file__)  # the .sql files of this drawer

NOT_OPENED = Standing(State.DRAFT, None, None, "")
BACK = timedelta(days=400)  # how far back what is still owed is looked for


@dataclass(frozen=True)
class Due:
    """A report that a unit owes: where it stands, by when it is due, why it has not gone yet."""

    unit: Unit
    form: RegularForm
    period: Period
    due: date | None  # None when no regime asks for it
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
        """Not signed by its day, or signed after it; never without a day."""
        return self.due is not None and (self.signed_on or self.on or timezone.localdate()) > self.due

    @property
    def state(self) -> str:
        """in-time, late (signed after its day), again (signed, then opened again), overdue, open (its day is still to
        come), unasked (it has no day)."""
        if self.done:
            return "late" if self.late else "in-time"
        if self.signed_on:
            return "again"
        if self.due is None:
            return "unasked"
        return "overdue" if self.late else "open"

    @property
    def reason(self) -> str:
        """Why it has not gone, in words with the next thing to do; when it went, once it did."""
        if self.done and self.signed_on:
            late = f", muộn {number((self.signed_on - self.due).days)} ngày" if self.due and self.late else ""
            return f"đã ký ngày {say_date(self.signed_on)}{late}"
        state = self.standing.state
        if state == State.SUBMITTED:
            return "đã gửi, chờ duyệt"
        if state == State.APPROVED:
            return "đã duyệt, chờ ký"
        if state == State.RETURNED:
            return f"bị trả lại, chưa sửa xong: {self.standing.why}"
        if state == State.WITHDRAWN:
            return f"{self.standing.words}{': ' if self.standing.why else ''}{self.standing.why}"
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
    due: date | None
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


def owed_by(unit: Unit, today: date) -> list[Due]:
    """What a unit still owes of the periods that ended in the last year or so, the first due first."""
    found = _dues(asked_of(unit, today - BACK, today), today)
    return sorted((due for due in found if not due.done), key=lambda due: (due.due or today, due.form.code))


def round_of(scope: Unit, form: RegularForm, period: Period, today: date) -> Round:
    """What the units of the form's level at or under a unit owe for one period, as the map of its last day was."""
    owed = regime_over(scope, period.last).get(form.code)
    due = owed.due_on(period) if owed else None
    units = [u for level in form.levels for u in _at_or_below(scope, period.last, level)]
    return Round(form, period, due, _dues([Asked(unit, form, period, due) for unit in units], today))


def _at_or_below(scope: Unit, on: date, level: str) -> list[Unit]:
    if scope.level == level:
        return [scope] if place(scope, on) else []
    return list(below(scope, on, level).order_by("plain", "pk"))


def _dues(wanted: Sequence[Asked], today: date) -> list[Due]:
    """Each asked report with where it stands and who below it is waited for; four statements for any number."""
    there = Report.objects.filter(
        form__in={one.form.code for one in wanted}, unit__in={one.unit.pk for one in wanted},
        first__in={one.period.first for one in wanted},
    )  # fmt: skip
    reports = {(row.unit_id, row.form, row.first, row.last): row for row in there}
    standing = standings(row.pk for row in reports.values())
    signed = _signed_on(row.pk for row in reports.values())
    waited = _waited_for(wanted)
    found = []
    for one in wanted:
        report = reports.get((one.unit.pk, one.form.code, one.period.first, one.period.last))
        stands = standing.get(report.pk, NOT_OPENED) if report else NOT_OPENED
        all_below, done = waited.get((one.unit.pk, one.form.code, one.period.first), (0, 0))
        found.append(
            Due(one.unit, one.form, one.period, one.due, report, stands, signed.get(report.pk) if report else None,
                all_below - done, all_below, today)
        )  # fmt: skip
    return found


def _signed_on(reports: Iterable[int]) -> dict[int, date]:
    """report id -> the day of its first signature: an amendment does not make it late."""
    rows = Version.objects.filter(report__in=list(reports), number=1).values_list("report_id", "at")
    return {report: timezone.localtime(at).date() for report, at in rows}


def _waited_for(wanted: Sequence[Asked]) -> dict[tuple[int, str, date], tuple[int, int]]:
    """(unit id, form, first day) -> how many units below write the form that this one merges, how many signed it."""
    rows = [(one, form_in_force(one.form.merges, one.period.last)) for one in wanted if one.form.merges]
    rows = [(one, lower) for one, lower in rows if one.unit.level not in lower.levels]
    if not rows:
        return {}
    pairs = sorted({(lower.code, level) for _, lower in rows for level in lower.levels})
    asked: dict[str, Any] = {
        "units": [one.unit.pk for one, _ in rows], "forms": [one.form.code for one, _ in rows],
        "lowers": [lower.code for _, lower in rows], "firsts": [one.period.first for one, _ in rows],
        "lasts": [one.period.last for one, _ in rows], "view": View.WAS.value,
        "codes": [code for code, _ in pairs], "levels": [level for _, level in pairs],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_sql("waited.sql"), asked)
        return {(unit, form, first): (whole, done) for unit, form, first, whole, done in cursor.fetchall()}
