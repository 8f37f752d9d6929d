"""How one task stands on a day, in words; rows of a unit with those of units that went into it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sohoi.periods import month_index, month_last
from sohoi.units.models import Closure, Unit, View
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number
from sohoi.work.models import Task, TaskState

DONE, LATE, RUNNING, WITHDRAWN = "done", "late", "running", "withdrawn"
SOURCES = ("conclusion__meeting", "item__programme")


@dataclass(frozen=True)
class Line:
    """A task as it stands on a day: `state` is done, late, running or withdrawn; `words` say it, `more` beside a mark
    of the state: "ngày 26/02/2018", "5 ngày (hạn 28/02/2018)"."""

    task: Task
    state: str
    words: str
    more: str

    @property
    def sentence(self) -> str:
        """As a report says it: "Thành lập chi hội phụ nữ trẻ: đã thực hiện ngày 26/02/2018"."""
        return f"{self.task.text.rstrip(' .;,')}: {self.words}"


def near(on: date) -> date:
    """The last day of the next month: tasks that come back monthly are shown up to it."""
    return month_last(month_index(on) + 1)


def due_words(due: date | None, on: date) -> str:
    """The due day seen from a day: "hạn ngày …", "quá hạn …", "chưa đặt hạn"."""
    if due is None:
        return "chưa đặt hạn"
    if due < on:
        return f"quá hạn {number((on - due).days)} ngày (hạn {say_date(due)})"
    return f"hạn ngày {say_date(due)}"


def line(task: Task, on: date) -> Line:
    """How a task that was asked `as_of` that day stands."""
    told, told_on, why = task.told, task.told_on, task.told_why  # type: ignore[attr-defined]  # annotated by as_of
    if told == TaskState.WITHDRAWN:
        return _line(task, WITHDRAWN, "thôi giao ", f"từ ngày {say_date(told_on)}")
    if told == TaskState.DONE:
        late = f", sau hạn {say_date(task.due)}" if task.due and told_on > task.due else ""
        return _line(task, DONE, "đã thực hiện ", f"ngày {say_date(told_on)}{late}")
    because = f": {why.rstrip('.')}" if why else ""
    if task.due and task.due < on:
        more = due_words(task.due, on).removeprefix("quá hạn ")
        return _line(task, LATE, "chưa thực hiện, quá hạn ", f"{more}{because}")
    lead = "chưa thực hiện" if told else "đang thực hiện"
    return _line(task, RUNNING, f"{lead}, ", f"{due_words(task.due, on)}{because}")


def _line(task: Task, state: str, lead: str, more: str) -> Line:
    """The state in words, whole and beside a mark."""
    return Line(task, state, f"{lead}{more}", more)


def itself(unit: Unit) -> Q:
    """Rows of a unit, and of units of its own level that went into it."""
    own = Closure.objects.filter(view=View.TODAY, ancestor=unit, descendant__level=unit.level)
    return Q(unit=unit) | Q(unit__in=own.values("descendant_id"))
