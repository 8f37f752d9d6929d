"""What was done and what it counts for: kinds, measures, records, entries; state is rows with who, when, why.

Entries, totals and the queue are made in the migration (partitions, triggers); here is how Django reads them.
"""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import QuerySet

from sohoi.people.models import Household, Member
from sohoi.units.models import Unit


class Take(models.TextChoices):
    """Five ways to add, no sixth (house §6)."""

    SUM = "sum", "cộng trong kỳ"
    BALANCE = "balance", "lũy kế đến ngày"
    LAST = "last", "số khai gần nhất"
    DISTINCT = "distinct", "mỗi người (hộ) một lần"
    RATIO = "ratio", "tỷ lệ"


STANDING = (Take.BALANCE, Take.LAST)  # what there is on a day: the same for every period that ends on it


class Kind(models.Model):
    """A version of a kind file; the body is frozen once loaded, a changed file is a new version."""

    code = models.TextField()
    version = models.PositiveSmallIntegerField()
    room = models.TextField()
    label = models.TextField()
    body = models.JSONField()
    sensitive = models.BooleanField(default=False)
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_body_per_version"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(current=True), name="one_current_version"),
        ]

    def __str__(self) -> str:
        return self.label


class Measure(models.Model):
    """What is counted, in one unit of count. `base` is where entries stand; `filter` narrows them by labels."""

    id = models.SmallAutoField(primary_key=True)
    code = models.TextField(unique=True)
    room = models.TextField()
    label = models.TextField()
    count = models.TextField(help_text="tổ, hộ, người, lượt, đồng …; % for a ratio")
    take = models.TextField(choices=Take.choices)
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="variants")
    filter = models.JSONField(default=dict)
    age = models.JSONField(
        null=True, help_text="whole years by year of birth: {from, to}, either may be left out; or {unknown}"
    )
    over = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    under = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    asked = ArrayField(models.TextField(), default=list, help_text="levels that are asked; empty: all")
    sensitive = models.BooleanField(default=False)
    threshold = models.PositiveSmallIntegerField(default=0, help_text="below it only 'có phát sinh' is said")

    places = models.PositiveSmallIntegerField(null=True, help_text="of an average: its decimals; null: none")

    def __str__(self) -> str:
        return self.label

    @property
    def is_percent(self) -> bool:
        """A ratio that is said as a share of a hundred; the other ratios are averages, with their own unit of count."""
        return self.take == Take.RATIO and self.places is None


class RecordSet(QuerySet["Record"]):
    """Records, narrowed by scope; those of sensitive kinds are in nobody's list."""

    def within(self, scope: QuerySet[Unit]) -> Self:
        """Open records of units in the scope; a kind that is sensitive in any version is so in all."""
        quiet = Kind.objects.filter(sensitive=True).values("code")
        return self.filter(unit__in=scope).exclude(kind__code__in=quiet)


class Record(models.Model):
    """One deed, as it was told. The sender makes the id; the same id never has two bodies."""

    id = models.UUIDField(primary_key=True)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField(help_text="when it happened")
    booked = models.DateField(help_text="the day it counts on: `day`, or the first open day if that was closed")
    values = models.JSONField()
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    person = models.TextField(blank=True, help_text="a beneficiary outside the register")
    tags = ArrayField(models.TextField(), default=list)
    note = models.TextField(blank=True, help_text="what the gate had to say, e.g. sent on to the successor")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    door = models.TextField()
    body_hash = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = RecordSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-day"]),
            GinIndex(fields=["tags"], name="record_tags"),
            BrinIndex(fields=["recorded_at"], name="record_by_time", autosummarize=True),  # for retention
        ]

    @property
    def late(self) -> bool:
        """It counts in a later month than the one it happened in: "phát sinh sau kỳ chốt"."""
        return self.day != self.booked


class Voiding(models.Model):
    """A record taken back: who, when, why. The record and both its lines stay."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="voiding")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)


class Entry(models.Model):
    """One line of the ledger, written in ink: the database refuses to change or delete it."""

    id = models.BigIntegerField(primary_key=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    day = models.DateField()
    booked = models.DateField()
    n = models.SmallIntegerField(help_text="+1, or -1 for the opposite of a voided line")
    amount = models.BigIntegerField()
    labels = models.JSONField(default=dict)
    subject = models.BigIntegerField(null=True, help_text="the member's or household's id")
    declared = models.BooleanField(default=False, help_text="a level that is only ever declared (take = last)")
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "ledger_entry"


class Confirmation(models.Model):
    """A unit says its month is complete: from then on nothing entered means zero."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.DateField(help_text="the first day of the month")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="a_month_is_confirmed_once")]


class ClosingSet(QuerySet["Closing"]):
    """Closings, narrowed to those in force."""

    def binding(self) -> Self:
        """Without those that were reopened: they bind no more."""
        return self.filter(reopening=None)


class Closing(models.Model):
    """A month is closed for a unit and all below it: later deeds count in the first open month.

    At most one closing of a month has no reopening: the database sees to it (migrations/reopenings.sql).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.DateField(help_text="the first day of the month")
    round = models.PositiveSmallIntegerField(
        db_default=1, help_text="1; one more after each reopening, by the database"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ClosingSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month", "round"], name="a_round_is_closed_once")]


class Reopening(models.Model):
    """A closed month is open again, by somebody above who says why; what was told meanwhile stays where it counts."""

    closing = models.OneToOneField(Closing, models.PROTECT, related_name="reopening")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
