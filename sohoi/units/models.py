"""The units of the Union in time: permanent identities, dated placements, acts and lineage.

A unit is never deleted and never changes its level; a changed unit is a new unit (docs/house.md §6).
"""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F

FOREVER = date(9999, 12, 31)
BEGINNING = date(2015, 1, 1)  # ours: the sources know the old map as of 30 June 2025; we carry it back to here

OLDEST = date(2000, 1, 1)  # no unit stands before this day; balances are added up from here


class Level(models.TextChoices):
    """The levels of the Union (handbook 1.1); districts ended on 1 July 2025."""

    CENTRE = "centre", "Trung ương"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    BASE = "base", "Cơ sở"
    BRANCH = "branch", "Chi hội"


class View(models.IntegerChoices):
    """The two ways to look at the past (house §6)."""

    WAS = 0, "theo địa giới tại thời điểm đó"
    TODAY = 1, "theo địa giới hiện nay"


class Unit(models.Model):
    """A permanent identity. `code` is STATECODE@first-day for units of the State's map, free for branches and for
    base units of the Union that are none of the State's."""

    code = models.TextField(unique=True)
    state_code = models.TextField(blank=True, db_index=True)
    level = models.TextField(choices=Level.choices)
    name = models.TextField(help_text="the latest name; the truth by day is Placement.name")
    plain = models.TextField(help_text="the name without marks, for search")

    class Meta:
        indexes = [models.Index(fields=["level", "plain"])]

    def __str__(self) -> str:
        return self.name

    @property
    def keeps_totals(self) -> bool:
        """Branches are read straight from their entries; every unit above has stored totals."""
        return self.level != Level.BRANCH

    @property
    def is_own_base(self) -> bool:
        """A cơ sở that is no unit of the State's map: a university, the police; named as it names itself."""
        return self.level == Level.BASE and not self.state_code

    @property
    def full_name(self) -> str:
        """The Union's organisation at this unit, as an officer writes it."""
        if self.level == Level.CENTRE:
            return "Trung ương Hội LHPN Việt Nam"
        if self.level == Level.BRANCH or self.is_own_base:
            return self.name
        kind, _, rest = self.name.partition(" ")
        return f"Hội LHPN {self.name if rest.isdigit() else f'{kind.lower()} {rest}'}"


class Placement(models.Model):
    """Under which parent, and with which name, a unit stood on which days. One place at a time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="children")
    name = models.TextField()
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_place_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]
        indexes = [
            models.Index(fields=["parent"]),
            models.Index(F("during__endswith"), name="last_days_of_places"),  # since when the map is that of today
        ]


class Act(models.Model):
    """A dated legal act that creates, moves, merges, splits or closes units."""

    number = models.TextField(unique=True)
    title = models.TextField()
    day = models.DateField(help_text="the day it takes effect")


class Lineage(models.Model):
    """Which unit came out of which: whole (the old one has one heir) or a part."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="heirs")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="forebears")
    whole = models.BooleanField()
    act = models.ForeignKey(Act, models.PROTECT, related_name="lineage")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="one_lineage_per_pair")]


class MapDay(models.Model):
    """The day of which today's map in the closure is; one row, written with it."""

    day = models.DateField(help_text="today's map is that of this day")


class Closure(models.Model):
    """Derived from placements and lineage by closure.sql: who counts for whom, in which view, on which days.

    In the view of the time each row has its days [since, until); in today's view a row holds for all days.
    """

    pk = models.CompositePrimaryKey("view", "descendant", "ancestor", "since")
    view = models.SmallIntegerField(choices=View.choices)
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    since = models.DateField()
    until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["view", "ancestor", "descendant", "since", "until"], name="below")]
