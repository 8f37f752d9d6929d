"""What a report says of tasks."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from sohoi.periods import Period
from sohoi.units.models import Unit
from sohoi.work.models import Task, TaskState
from sohoi.work.read.given import Given, given
from sohoi.work.read.standing import DONE, Line, line
from sohoi.work.read.tasks import owed


@dataclass(frozen=True)
class Reported:
    """What a report says of tasks: those the unit owes, those it gave to units below; in the order of their days."""

    own: list[Line]
    given: list[Given]

    def __bool__(self) -> bool:
        return bool(self.own or self.given)


def for_report(unit: Unit, period: Period) -> Reported:
    """The tasks of a unit in a period, as its last day sees them: done in it, due in it, overdue from before, and those
    without a day that are still open. A task done after the period is not done here. Two statements."""
    first, last = period.first, period.last
    rows = owed(unit).filter(given__lte=last).as_of(last)
    concern = Q(told=TaskState.DONE, told_on__range=(first, last)) | (
        (Q(told=None) | Q(told=TaskState.NOT_DONE)) & (Q(due=None) | Q(due__lte=last))
    )
    own = [line(task, last) for task in rows.filter(concern).order_by(F("due").asc(nulls_last=True), "pk")]
    below = Task.objects.filter(giver=unit, given__lte=last).exclude(unit=unit)
    asked = [one for one in given(below, last) if one.count and _concerns(one, first, last)]
    return Reported(own, sorted(asked, key=lambda one: one.due or date.max))


def _concerns(one: Given, first: date, last: date) -> bool:
    """Whether a report of these days speaks of what was given: due in them, or still open by their end."""
    if one.due is None:
        return one.state != DONE or one.given >= first
    return first <= one.due <= last or (one.due < first and one.state != DONE)


def coming(unit: Unit, period: Period) -> list[Line]:
    """What a unit is to do in the period ahead, as the day before it sees it: still open, and due in it, overdue from
    before, or without a day. One statement."""
    eve = period.first - timedelta(days=1)
    rows = owed(unit).filter(given__lte=eve).as_of(eve).open().filter(Q(due=None) | Q(due__lte=period.last))
    return [line(task, eve) for task in rows.order_by(F("due").asc(nulls_last=True), "pk")]
