"""Households, what they are on which days, and the standards they reached in which year."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import QuerySet

from sohoi.units.models import Unit


class Status(models.TextChoices):
    """What a household can be on certain days (handbook 5: programmes; 8: poverty is sensitive in practice)."""

    POOR = "poor", "Hộ nghèo"
    NEAR_POOR = "near-poor", "Hộ cận nghèo"
    HARDSHIP = "hardship", "Hộ có hoàn cảnh khó khăn"
    WOMAN_HEADED = "woman-headed", "Hộ do phụ nữ làm chủ"


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
    address = models.TextField(blank=True)

    objects = HouseholdSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "key"], name="a_household_is_written_down_once")]

    def __str__(self) -> str:
        return self.label


class HouseholdStatus(models.Model):
    """What a household was on which days; several at once, each once at a time."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="statuses")
    status = models.TextField(choices=Status.choices)
    grounds = models.TextField(blank=True, help_text="why it is in hardship")
    during = DateRangeField()
    record = models.UUIDField(help_text="the deed that said so")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_status_once_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    ("status", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Rating(models.Model):
    """Which of the criteria of a standard ("5 không, 3 sạch": eight) a household met in a year."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="ratings")
    standard = models.TextField(help_text="five-no-three-clean")
    year = models.PositiveSmallIntegerField()
    met = ArrayField(models.TextField(), help_text="codes of the criteria that were met")
    record = models.UUIDField(help_text="the deed that said so")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "standard", "year"], name="a_standard_is_rated_once_a_year")
        ]
