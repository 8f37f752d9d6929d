"""Questions about tasks: what a unit owes, what it gave and who did it, how conclusions and programmes stand.

All is said as of a day, by the days that steps speak of: what was done later is not yet done then. A list takes as many
statements for one row as for a thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from sohoi.periods import Period, month_index, month_last
from sohoi.units.models import Closure, Unit, View
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import join_list, number
from sohoi.work.models import Conclusion, Meeting, MeetingSet, Programme, ProgrammeItem, Task, TaskSet, TaskState

DONE, LATE, RUNNING, WITHDRAWN = "done", "late", "running", "withdrawn"
SHOWN_DONE_DAYS, NAMED = 90, 5


@dataclass(frozen=True)
class Line:
    """A task as it stands on a day: `state` is done, late, running or withdrawn; `words` say it."""

    task: Task
    state: str
    words: str

    @property
    def sentence(self) -> str:
        """As a report says it: "Thành lập chi hội phụ nữ trẻ: đã thực hiện ngày 26/02/2018"."""
        return f"{self.task.text.rstrip(' .;,')}: {self.words}"


@dataclass(frozen=True)
class Given:
    """What was given in one act, for one due day: to how many units, how many did it, as of a day."""

    act: UUID
    text: str
    due: date | None
    due_note: str
    monthly: bool
    given: date
    conclusion: int | None
    item: int | None
    count: int
    done: int
    unit: str
    on: date

    @property
    def state(self) -> str:
        """Done when every unit did it, late when its day has passed."""
        if self.count and self.done == self.count:
            return DONE
        return LATE if self.due and self.due < self.on else RUNNING

    @property
    def words(self) -> str:
        """ "12/15 đơn vị đã thực hiện, quá hạn ngày 28/02/2018"."""
        said = f"{number(self.done)}/{number(self.count)} đơn vị đã thực hiện"
        if not self.count:
            return "đã thôi giao"
        return said if self.state == DONE else f"{said}, {due_words(self.due, self.on)}"

    @property
    def sentence(self) -> str:
        """As a report says it."""
        return f"{self.text.rstrip(' .;,')}: {self.words}"


def due_words(due: date | None, on: date) -> str:
    """The due day seen from a day: "hạn ngày …", "quá hạn …", "chưa đặt hạn"."""
    if due is None:
        return "chưa đặt hạn"
    if due < on:
        return f"quá hạn {number((on - due).days)} ngày (hạn {say_date(due)})"
    return f"hạn ngày {say_date(due)}"


def line(task: Task, on: date) -> Line:
    """How a task that was asked `as_of` that day stands."""
    told, told_on, why = task.told, task.told_on, task.told_why  # type: ignore[attr-defined]
    if told == TaskState.WITHDRAWN:
        return Line(task, WITHDRAWN, f"thôi giao từ ngày {say_date(told_on)}")
    if told == TaskState.DONE:
        late = f", sau hạn {say_date(task.due)}" if task.due and told_on > task.due else ""
        return Line(task, DONE, f"đã thực hiện ngày {say_date(told_on)}{late}")
    because = f": {why.rstrip('.')}" if why else ""
    if task.due and task.due < on:
        return Line(task, LATE, f"chưa thực hiện, {due_words(task.due, on)}{because}")
    lead = "chưa thực hiện" if told else "đang thực hiện"
    return Line(task, RUNNING, f"{lead}, {due_words(task.due, on)}{because}")


def _itself(unit: Unit) -> Q:
    """Rows of a unit, and of units of its own level that went into it."""
    own = Closure.objects.filter(view=View.TODAY, ancestor=unit, descendant__level=unit.level)
    return Q(unit=unit) | Q(unit__in=own.values("descendant_id"))


def meetings_of(unit: Unit) -> MeetingSet:
    """The meetings of a unit and of those that went into it, the newest first, with where each stands and how many
    conclusions it has."""
    found = Meeting.objects.filter(_itself(unit)).standing().annotate(concluded=Count("conclusions"))
    return found.select_related("unit").order_by("-on", "-at")


def programmes_of(unit: Unit) -> QuerySet[Programme]:
    """The programmes of a unit and of those that went into it, the newest first, with how many items each has."""
    found = Programme.objects.filter(_itself(unit)).annotate(counted=Count("items"))
    return found.select_related("unit").order_by("-year", "pk")


def owed(unit: Unit) -> TaskSet:
    """The tasks that a unit owes, with those of units of its own level that went into it."""
    return Task.objects.filter(_itself(unit)).select_related(*_SOURCES, "giver", "unit", "officer__account")


_SOURCES = ("conclusion__meeting", "item__programme")


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
    near = month_last(month_index(today) + 1)
    wanted = owed(unit).as_of(today).filter(
        Q(told=None) | Q(told=TaskState.NOT_DONE) | Q(told=TaskState.DONE, told_on__gte=since)
    ).exclude(monthly=True, due__gt=near)  # fmt: skip
    lines = [line(task, today) for task in wanted.order_by(F("due").asc(nulls_last=True), "pk")]
    running = [one for one in lines if one.state == RUNNING]
    soon = [one for one in running if one.task.due is None or one.task.due <= near]
    done = [one for one in lines if one.state == DONE]
    return Owed(
        [one for one in lines if one.state == LATE], soon, [one for one in running if one not in soon],
        sorted(done, key=lambda one: one.task.told_on, reverse=True),  # type: ignore[attr-defined]
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


def given(tasks: TaskSet, on: date) -> list[Given]:
    """Tasks gathered by the act that gave them and their due day, in one statement; those taken back do not count."""
    rows = (
        tasks.as_of(on)
        .values("act", "due")
        .annotate(
            said=Min("text"), note=Min("due_note"), day=Min("given"), months=Count("pk", filter=Q(monthly=True)),
            of_conclusion=Min("conclusion"), of_item=Min("item"), first=Min("pk"), name=Min("unit__name"),
            asked=Count("pk", filter=Q(told=None) | ~Q(told=TaskState.WITHDRAWN)),  # as `kept`
            did=Count("pk", filter=Q(told=TaskState.DONE)),
        )
        .order_by("first")
    )  # fmt: skip
    return [
        Given(
            row["act"], row["said"], row["due"], row["note"], row["months"] > 0, row["day"], row["of_conclusion"],
            row["of_item"], row["asked"], row["did"], row["name"], on,
        )
        for row in rows
    ]  # fmt: skip


def given_by(unit: Unit, on: date, *, since: date) -> list[Given]:
    """What a unit gave since a day, or earlier and not yet done by all; the newest first."""
    found = given(Task.objects.filter(giver=unit, given__lte=on), on)
    near = month_last(month_index(on) + 1)
    shown = [one for one in found if (one.given >= since or one.state != DONE) and one.count]
    shown = [one for one in shown if not (one.monthly and one.due and one.due > near)]
    return sorted(shown, key=lambda one: (one.state == DONE, one.due or date.max, one.given))


def of_act(act: UUID, scope: QuerySet[Unit], on: date) -> list[Line]:
    """The tasks of one act, unit by unit, those not done first."""
    found = Task.objects.within(scope).filter(act=act).as_of(on)
    rows = found.select_related(*_SOURCES, "giver", "unit", "officer__account").order_by("due", "unit__name", "pk")
    order = {LATE: 0, RUNNING: 1, DONE: 2, WITHDRAWN: 3}
    return sorted((line(task, on) for task in rows), key=lambda one: order[one.state])


@dataclass(frozen=True)
class Stands:
    """A conclusion or an item of a programme, and what was given because of it."""

    source: Conclusion | ProgrammeItem
    given: list[Given]

    @property
    def words(self) -> str:
        """How it stands: given to nobody, or how many did it."""
        if not self.given:
            return "chưa giao cho đơn vị nào"
        asked, did = sum(one.count for one in self.given), sum(one.done for one in self.given)
        return f"{number(did)}/{number(asked)} việc đã thực hiện"

    @property
    def state(self) -> str:
        """Late when one of its tasks is, done when all are."""
        states = {one.state for one in self.given}
        if LATE in states:
            return LATE
        return DONE if states == {DONE} else RUNNING if states else ""


def conclusions_stand(meeting: Meeting, on: date) -> list[Stands]:
    """The conclusions of a meeting, and how each stands on a day; two statements."""
    found = given(Task.objects.filter(conclusion__meeting=meeting), on)
    return [Stands(one, [g for g in found if g.conclusion == one.pk]) for one in meeting.conclusions.all()]


def items_stand(items: QuerySet[ProgrammeItem], on: date) -> list[Stands]:
    """The items of a programme, and how each stands on a day; two statements."""
    found = given(Task.objects.filter(item__in=items), on)
    return [Stands(one, [g for g in found if g.item == one.pk]) for one in items]


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


def named(lines: Iterable[Line]) -> str:
    """Units in words, some of them: "Chi hội 1, Chi hội 2 và 3 đơn vị khác"."""
    names = list(dict.fromkeys(one.task.unit.name for one in lines))
    shown = names if len(names) <= NAMED + 1 else [*names[:NAMED], f"{number(len(names) - NAMED)} đơn vị khác"]
    return join_list(shown)
