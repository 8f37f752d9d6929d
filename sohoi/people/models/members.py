"""A woman of the register: what is known of her, where she belongs and as what, each on its days."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q, QuerySet

from sohoi.people.matching import match_key
from sohoi.people.models.households import Household
from sohoi.units.models import Unit
from sohoi.vietnamese import name_key, plain


class Role(models.TextChoices):
    """What a person is in her household."""

    HEAD = "head", "Chủ hộ"
    WIFE = "wife", "Vợ chủ hộ"
    MOTHER = "mother", "Mẹ"
    CHILD = "child", "Con"
    OTHER = "other", "Quan hệ khác"


class StandingKind(models.TextChoices):
    """As what one belongs (handbook 1.3). The first three are ways of belonging, the last two are added to them."""

    ORDINARY = "ordinary", "Hội viên"
    AUTOMATIC = "automatic", "Hội viên đương nhiên"
    HONORARY = "honorary", "Hội viên danh dự"
    CORE = "core", "Hội viên nòng cốt"
    REGULAR = "regular", "Sinh hoạt thường xuyên"


class MemberSet(QuerySet["Member"]):
    """Members, narrowed by scope and by whether they belong now."""

    def within(self, scope: QuerySet[Unit]) -> Self:
        """Cards kept by branches in the scope: of those who belong there, or belonged there last; a twin that was
        merged into another card is not one of them."""
        return self.filter(unit__in=scope, same_as=None)

    def aged(self, age: dict[str, Any], on: date) -> Self:
        """Those of an age on a day, by year of birth: {from, to} in whole years, or {unknown}."""
        if age.get("unknown"):
            return self.filter(birth_year=None)
        born = self.filter(birth_year__lte=on.year - age.get("from", 0))
        return born.filter(birth_year__gte=on.year - age["to"]) if "to" in age else born

    def active(self) -> Self:
        """Those who belong to a branch today."""
        return self.filter(active=True)


class Member(models.Model):
    """One card of the register. What is sensitive is sealed or masked: registry.toml says the class of each column."""

    name = models.TextField(help_text="as written, composed")
    plain = models.TextField(help_text="plain(name), for search")
    sort = models.TextField(help_text="name_key(name): given name first, in Vietnamese order")
    match = models.TextField(blank=True, db_default="", help_text="match_key(name): the same for spellings of one name")
    words = models.GeneratedField(
        expression=SearchVector("plain", config="simple"), output_field=SearchVectorField(), db_persist=True
    )
    birth_year = models.PositiveSmallIntegerField(null=True)
    birth_date = models.DateField(null=True)
    man = models.BooleanField(default=False, help_text="only honorary members may be men")
    ethnicity = models.TextField(blank=True, help_text="dân tộc")
    religion_sealed = models.BinaryField(null=True, help_text="tôn giáo")
    schooling = models.TextField(blank=True, help_text="trình độ văn hóa: 9/12")
    qualification = models.TextField(blank=True, help_text="trình độ chuyên môn")
    politics = models.TextField(blank=True, help_text="lý luận chính trị")
    occupation = models.TextField(blank=True)
    phone = models.TextField(blank=True, help_text="digits only, with its leading zero")
    address = models.TextField(blank=True)
    party = models.BooleanField(null=True, help_text="đảng viên; none: not told")
    union_member = models.BooleanField(null=True, help_text="đoàn viên công đoàn; none: not told")
    insured = models.BooleanField(null=True, help_text="có thẻ bảo hiểm y tế; none: not told")
    id_sealed = models.BinaryField(null=True, help_text="số định danh (CCCD)")
    id_index = models.BinaryField(null=True, max_length=32, unique=True, help_text="keyed hash of the number")
    id_tail = models.TextField(blank=True, help_text="its last three digits")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="members")
    role = models.TextField(choices=Role.choices, blank=True, help_text="what she is in her household")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", help_text="the branch of her card")
    active = models.BooleanField(default=False, help_text="she belongs to `unit` today")
    origin = models.UUIDField(null=True, unique=True, help_text="the deed that wrote her down: told twice, she is one")
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="twins", help_text="merged into")
    erased_on = models.DateField(null=True, help_text="erased at her request; what is counted stays")

    objects = MemberSet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "sort"], name="member_of_a_branch"),
            models.Index(
                fields=["unit", "plain"], name="member_named_in_a_branch", opclasses=["int8_ops", "text_pattern_ops"]
            ),
            models.Index(  # with the branch: namesakes of other provinces are passed over without reading their cards
                fields=["plain", "unit"], name="member_named", opclasses=["text_pattern_ops", "int8_ops"]
            ),
            models.Index(
                fields=["phone"], name="member_by_phone", opclasses=["text_pattern_ops"], condition=~Q(phone="")
            ),
            GinIndex(fields=["words"], name="member_by_words"),
            models.Index(fields=["match", "birth_year"], name="member_twins", condition=~Q(match="")),
            models.Index(
                fields=["id"], name="member_left", condition=Q(active=False, same_as=None, erased_on=None)
            ),  # retention looks at these each night
        ]

    def __str__(self) -> str:
        return self.name

    def rename(self, name: str) -> None:
        """Set the name with what is derived from it; the caller saves."""
        for column, value in name_columns(name).items():
            setattr(self, column, value)


def name_columns(name: str) -> dict[str, str]:
    """A name with the columns that are derived from it."""
    bare = plain(name)
    return {"name": name, "plain": bare, "sort": name_key(name), "match": match_key(bare)}


class Membership(models.Model):
    """She belongs to a branch on certain days; to one at a time."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+", help_text="where she lived")
    during = DateRangeField()
    record = models.UUIDField(null=True, help_text="the deed that began it")
    ended = models.UUIDField(null=True, help_text="the deed that ended it")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_branch_at_a_time",
                expressions=[("member", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]


class Standing(models.Model):
    """As what she belonged, and when; several at once, each once at a time."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="standings")
    kind = models.TextField(choices=StandingKind.choices)
    during = DateRangeField()
    record = models.UUIDField(null=True, help_text="the deed that began it")
    ended = models.UUIDField(null=True, help_text="the deed that ended it")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_standing_once_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Vanished(models.Model):
    """A membership (with its unit) or a standing (with its kind) that began and ended on one day: it covers no day, so
    it stands in no list, and waits here for the deed that ended it to be taken back."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    kind = models.TextField(choices=StandingKind.choices, blank=True)
    day = models.DateField()
    record = models.UUIDField(null=True, help_text="the deed that began it")
    ended = models.UUIDField(db_index=True, help_text="the deed that ended it")


class Photo(models.Model):
    """Her picture, small, drawn anew from what was sent so that nothing hidden in the file stays."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="photo")
    jpeg = models.BinaryField()
