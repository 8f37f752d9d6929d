"""What was given in one act: to how many units, and how many did it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q

from sohoi.units.models import Unit
from sohoi.vietnamese import number
from sohoi.work.models import Task, TaskSet, TaskState
from sohoi.work.read.standing import DONE, LATE, RUNNING, due_words, near


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
    def ahead(self) -> bool:
        """Whether it is one of a row of months, and lies beyond the next month."""
        return self.monthly and self.due is not None and self.due > near(self.on)

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
    shown = [one for one in found if (one.given >= since or one.state != DONE) and one.count and not one.ahead]
    return sorted(shown, key=lambda one: (one.state == DONE, one.due or date.max, one.given))
