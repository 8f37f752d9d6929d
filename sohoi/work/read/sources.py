"""Meetings and programmes of a unit; how their conclusions and items stand."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from sohoi.units.models import Unit
from sohoi.vietnamese import number
from sohoi.work.models import Conclusion, Meeting, MeetingSet, Programme, ProgrammeItem, Task
from sohoi.work.read.given import Given, given
from sohoi.work.read.standing import DONE, LATE, RUNNING, itself


def meetings_of(unit: Unit) -> MeetingSet:
    """The meetings of a unit and of those that went into it, the newest first, with where each stands and how many
    conclusions it has."""
    found = Meeting.objects.filter(itself(unit)).standing().annotate(concluded=Count("conclusions"))
    return found.select_related("unit").order_by("-on", "-at")


def programmes_of(unit: Unit) -> QuerySet[Programme]:
    """The programmes of a unit and of those that went into it, the newest first, with how many items each has."""
    found = Programme.objects.filter(itself(unit)).annotate(counted=Count("items"))
    return found.select_related("unit").order_by("-year", "pk")


@dataclass(frozen=True)
class Stands:
    """A conclusion or an item of a programme, and what was given because of it."""

    source: Conclusion | ProgrammeItem
    given: list[Given]

    @property
    def shown(self) -> list[Given]:
        """What a page shows: of what comes back monthly, the months up to the next."""
        return [one for one in self.given if not one.ahead]

    @property
    def until(self) -> date | None:
        """The last day of what comes back monthly beyond what is shown."""
        return max((one.due for one in self.given if one.ahead and one.due), default=None)

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
