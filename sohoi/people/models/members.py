"""Women in the register and their households: thin for now, enough to be a record's subject, counted once."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from sohoi.units.models import Unit


class HouseholdSet(QuerySet["Household"]):
    """Households, narrowed by scope."""

    def within(self, scope: QuerySet[Unit]) -> Self:
        """Those of units in the scope."""
        return self.filter(unit__in=scope)


class Household(models.Model):
    """A household, standing in a branch; it is counted as one hộ however many of its people are met."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    label = models.TextField(help_text="how the branch calls it: the name of its head")
    key = models.TextField(help_text="household_key of the label: what makes two spellings one")
    plain = models.TextField(db_index=True)

    objects = HouseholdSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "key"], name="a_household_is_written_down_once")]

    def __str__(self) -> str:
        return self.label


class MemberSet(QuerySet["Member"]):
    """Members, narrowed by scope."""

    def within(self, scope: QuerySet[Unit]) -> Self:
        """Those who today belong to a branch in the scope."""
        today = timezone.localdate()
        return self.filter(pk__in=Membership.objects.filter(unit__in=scope, during__contains=today).values("member_id"))


class Member(models.Model):
    """A woman of the register."""

    name = models.TextField()
    plain = models.TextField(db_index=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="members")

    objects = MemberSet.as_manager()

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """She belongs to a branch on certain days; to one at a time."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_branch_at_a_time",
                expressions=[("member", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]
