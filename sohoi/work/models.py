"""What is agreed and handed out: meetings with their conclusions, the programme of the year, tasks.

State is a row: that a meeting was held or called off, that a task was done, not done, or taken back, with who and when.
A task has one unit that gave it and one that owes it; what was given to many units in one act carries one number.
"""

import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from sohoi.people.models import Member
from sohoi.rights.models import Office
from sohoi.units.models import Unit
from sohoi.work.kinds import meeting_kinds


class MeetingState(models.TextChoices):
    """What became of a meeting: the newest of its steps."""

    CALLED = "called", "dự kiến"
    HELD = "held", "đã họp"
    CALLED_OFF = "called-off", "không họp"


class MeetingSet(models.QuerySet["Meeting"]):
    """Meetings, narrowed."""

    def within(self, scope: QuerySet[Unit]) -> "MeetingSet":
        """Those of units in a scope."""
        return self.filter(unit__in=scope)

    def standing(self) -> "MeetingSet":
        """With `state`, where each stands now."""
        steps = MeetingStep.objects.filter(meeting=OuterRef("pk")).order_by("-pk")
        return self.annotate(state=Subquery(steps.values("state")[:1]))


class Meeting(models.Model):
    """A meeting of a unit; names stand as they were written. The sender makes the id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.TextField(help_text="a code of meetings.toml")
    title = models.TextField()
    on = models.DateField()
    starts = models.TimeField(null=True)
    place = models.TextField(blank=True)
    invited = models.TextField(blank=True, help_text="one line for each body or person")
    agenda = models.TextField(blank=True, help_text="one line for each matter")
    chair = models.TextField(blank=True)
    chair_post = models.TextField(blank=True)
    clerk = models.TextField(blank=True, help_text="who writes the minutes")
    course = models.TextField(blank=True, help_text="what was reported and discussed")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = MeetingSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "-on"], name="meetings_of_a_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return meeting_kinds()[self.kind].label


class MeetingStep(models.Model):
    """A meeting was called, held or called off."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="steps")
    state = models.TextField(choices=MeetingState.choices)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Presence(models.TextChoices):
    """Whether somebody who was asked came."""

    CAME = "came", "có mặt"
    EXCUSED = "excused", "vắng có lý do"
    ABSENT = "absent", "vắng"


class Attendance(models.Model):
    """Somebody at a meeting, name and post as written; an account or a card of the register when it is known."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    place = models.PositiveSmallIntegerField()
    name = models.TextField()
    post = models.TextField(blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    presence = models.TextField(choices=Presence.choices, default=Presence.CAME)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["meeting", "place"], name="one_line_each")]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}" if self.post else self.name


class Conclusion(models.Model):
    """One numbered conclusion of a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="conclusions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="conclusions_in_order", deferrable=models.Deferrable.DEFERRED
            )
        ]


class Programme(models.Model):
    """The work programme of a unit for a year."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.TextField()
    on = models.DateField(help_text="the day it was issued")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_programme_a_year")]

    def __str__(self) -> str:
        return self.title


class ProgrammeItem(models.Model):
    """One numbered item of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="items_in_order", deferrable=models.Deferrable.DEFERRED
            )
        ]


class TaskState(models.TextChoices):
    """What is told of a task. A note decides nothing; the newest of the others does."""

    DONE = "done", "đã thực hiện"
    NOT_DONE = "not-done", "chưa thực hiện"
    NOTE = "note", "ghi chú"
    WITHDRAWN = "withdrawn", "thôi giao"


class TaskSet(models.QuerySet["Task"]):
    """Tasks, narrowed; `open` and `kept` need `as_of` first."""

    def within(self, scope: QuerySet[Unit]) -> "TaskSet":
        """Those owed by units of a scope."""
        return self.filter(unit__in=scope)

    def as_of(self, day: datetime.date) -> "TaskSet":
        """With `told`, `told_on` and `told_why`: what was last told of each, of days up to `day`."""
        steps = TaskStep.objects.filter(task=OuterRef("pk"), on__lte=day).exclude(state=TaskState.NOTE).order_by("-pk")
        return self.annotate(
            told=Subquery(steps.values("state")[:1]),
            told_on=Subquery(steps.values("on")[:1]),
            told_why=Subquery(steps.values("text")[:1]),
        )

    def open(self) -> "TaskSet":
        """Those that are still to be done."""
        return self.filter(Q(told=None) | Q(told=TaskState.NOT_DONE))

    def kept(self) -> "TaskSet":
        """Those that were not taken back."""
        return self.filter(Q(told=None) | ~Q(told=TaskState.WITHDRAWN))


class Task(models.Model):
    """What a unit is to do by a day; one row for each unit and, when it comes back monthly, for each month."""

    act = models.UUIDField(help_text="what was given in one act has one number")
    giver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="the unit that owes it")
    officer = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    conclusion = models.ForeignKey(Conclusion, models.PROTECT, null=True, related_name="tasks")
    item = models.ForeignKey(ProgrammeItem, models.PROTECT, null=True, related_name="tasks")
    text = models.TextField()
    given = models.DateField()
    due = models.DateField(null=True)
    due_note = models.TextField(
        blank=True, help_text="what is to be known of the day: what happens then, that it is ours"
    )
    monthly = models.BooleanField(default=False, help_text="one of a row that comes back each month")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = TaskSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "unit", "due"], name="a_task_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(due=None) | Q(due__gte=F("given")), name="due_after_given"),
            models.CheckConstraint(
                condition=Q(conclusion=None, item__isnull=False) | Q(conclusion__isnull=False, item=None),
                name="a_task_has_one_source",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due"], name="tasks_owed"),
            models.Index(fields=["giver", "-given"], name="tasks_given"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def source(self) -> Conclusion | ProgrammeItem:
        """Where it comes from."""
        found = self.conclusion or self.item
        assert found is not None
        return found


class TaskStep(models.Model):
    """Something told of a task: it was done on a day, or not and why; a note; it is asked no more."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps")
    state = models.TextField(choices=TaskState.choices)
    on = models.DateField(help_text="the day it speaks of")
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["task", "-id"], name="newest_step_of_a_task")]
