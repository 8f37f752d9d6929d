"""What waits below: reports to decide on, and the newest round in which units are late."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from sohoi.periods import Period
from sohoi.reports.models import Report, State, Step
from sohoi.reports.read.asked import regime_over
from sohoi.reports.read.owed import BACK, Round, round_of
from sohoi.reports.regular import RegularForm, form_in_force, periods_between, versions
from sohoi.rights.models import Account
from sohoi.units.models import Unit


def to_approve(scope: QuerySet[Unit], who: Account) -> list[Report]:
    """Reports that were sent up from units in a scope, not by her, and that nobody has decided on; the oldest first.

    One statement: the steps that are the newest of their reports.
    """
    newer = Step.objects.filter(report=OuterRef("report"), pk__gt=OuterRef("pk"))
    sent = Step.objects.filter(state=State.SUBMITTED, report__unit__in=scope)
    rows = sent.exclude(by=who).filter(~Exists(newer)).select_related("report__unit").order_by("pk")
    return [row.report for row in rows]


def late_round(unit: Unit, level: str, today: date) -> Round | None:
    """How the units of a level below stand with what was due last of them; None when nobody is late with it."""
    passed: list[tuple[date, RegularForm, Period]] = []
    for code, owed in regime_over(unit, today).items():
        if versions()[code][0].since <= today:
            form = form_in_force(code, today)
            ended = periods_between(form, today - BACK, today) if level in form.levels else []
            passed += [(owed.due_on(period), form, period) for period in ended if owed.due_on(period) < today][-1:]
    if not passed:
        return None
    _, form, period = max(passed, key=lambda one: (one[0], one[2].first))
    found = round_of(unit, form, period, today)
    return found if found.late else None
