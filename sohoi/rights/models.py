"""Who works here: accounts (a person) and offices (a role in a unit, dated). Power comes from offices alone."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Upper

from sohoi.units.models import Unit
from sohoi.vietnamese import name_key, plain


class Account(AbstractUser):
    """A person who may log in. `full_name` is written in Vietnamese order; a log-in is one in any case."""

    full_name = models.TextField(blank=True)
    plain = models.TextField(blank=True, db_default="", help_text="plain(full_name), for search")
    sort = models.TextField(blank=True, db_default="", help_text="name_key(full_name): given name first")
    must_change = models.BooleanField(default=False, help_text="the password was made for her; she sets her own first")

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The name goes in with what is derived from it."""
        self.plain, self.sort = plain(self.full_name), name_key(self.full_name)
        super().save(*args, **kwargs)

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]  # the framework makes it as it goes
        constraints = [
            # logging in asks without regard to case (iexact, which compares UPPER and so uses this index)
            models.UniqueConstraint(Upper("username"), name="a_log_in_is_one_in_any_case")
        ]


class Office(models.Model):
    """A role (roles.toml) held in a unit on certain days; the end of a term is a date, not a chore."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="offices")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.TextField()
    during = DateRangeField()

    @property
    def first(self) -> date:
        """The first day."""
        return self.during.lower

    @property
    def last(self) -> date | None:
        """The last day; None while none is set."""
        return self.during.upper and self.during.upper - timedelta(days=1)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_role_is_held_once_at_a_time",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Turn(models.TextChoices):
    """What may be done about an account or an office."""

    GIVEN = "given", "giao vai trò"
    ENDED = "ended", "kết thúc vai trò"
    UNDONE = "undone", "lấy lại việc làm nhầm"
    RESET = "reset", "đặt lại mật khẩu"
    CLOSED = "closed", "đóng tài khoản"
    OPENED = "opened", "mở lại tài khoản"


class OfficeChange(models.Model):
    """Who did what about whose account or office, and when; the database refuses to change it (migrations/history.sql).
    The office is told in full: it may go."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", help_text="none: a command")
    account = models.ForeignKey(Account, models.PROTECT, related_name="changes")
    what = models.TextField(choices=Turn.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    role = models.TextField(blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True, help_text="the last day since; before the first: it was taken away")
    before = models.DateField(null=True, help_text="the last day until then")
    made = models.BooleanField(default=False, help_text="the account was made with this office")

    class Meta:
        indexes = [models.Index(fields=["unit", "-at"], name="changes_of_units")]
