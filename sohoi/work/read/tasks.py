"""What a unit owes: for its page, for its first page; and one act, unit by unit."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from sohoi.units.models import Unit
from sohoi.work.models import Task, TaskSet, TaskState
from sohoi.work.read.standing import DONE, LATE, RUNNING, SOURCES, WITHDRAWN, Line, itself, line, near

SHOWN_DONE_DAYS = 90


def owed(unit: Unit) -> TaskSet:
    """The tasks that a unit owes, with those of units of its own level that went into it."""
    return Task.objects.filter(itself(unit)).select_related(*SOURCES, "giver", "unit", "officer__account")


@dataclass(frozen=True)
class Owed:
    """The tasks of a unit for its page: overdue, due soon or without a day, later, done lately."""

    late: list[Line]
    soon: list[Line]
    later: list[Line]
    done: list[Line]


def owed_now(unit: Unit, today: date) -> Owed:
    """What a unit has to do, in one statement; of what comes back monthly only months up to the next."""
    since = today - timedelta(days=SHOWN_DONE_DAYS)
    limit = near(today)
    wanted = owed(unit).as_of(today).filter(
        Q(told=None) | Q(told=TaskState.NOT_DONE) | Q(told=TaskState.DONE, told_on__gte=since)
    ).exclude(monthly=True, due__gt=limit)  # fmt: skip
    lines = [line(task, today) for task in wanted.order_by(F("due").asc(nulls_last=True), "pk")]
    running = [one for one in lines if one.state == RUNNING]
    soon = [one for one in running if one.task.due is None or one.task.due <= limit]
    done = [one for one in lines if one.state == DONE]
    return Owed(
        [one for one in lines if one.state == LATE], soon, [one for one in running if one not in soon],
        sorted(done, key=lambda one: one.task.told_on, reverse=True),  # type: ignore[attr-defined]  # by as_of
    )  # fmt: skip


@dataclass(frozen=True)
class Pressing:
    """How many tasks of a unit are overdue, how many are due in the coming days, and the first of them."""

    late: int
    soon: int
    first: Task | None


def pressing(unit: Unit, today: date, days: int = 14) -> Pressing:
    """What of a unit's tasks is due now, for its first page."""
    found = owed(unit).as_of(today).open().filter(due__lte=today + timedelta(days=days)).order_by("due", "pk")
    counted = found.aggregate(late=Count("pk", filter=Q(due__lt=today)), all=Count("pk"))
    first = found.first() if counted["all"] else None
    return Pressing(counted["late"], counted["all"] - counted["late"], first)


def of_act(act: UUID, scope: QuerySet[Unit], on: date) -> list[Line]:
    """The tasks of one act, unit by unit, those not done first."""
    found = Task.objects.within(scope).filter(act=act).as_of(on)
    rows = found.select_related(*SOURCES, "giver", "unit", "officer__account").order_by("due", "unit__plain", "pk")
    order = {LATE: 0, RUNNING: 1, DONE: 2, WITHDRAWN: 3}
    return sorted((line(task, on) for task in rows), key=lambda one: order[one.state])
