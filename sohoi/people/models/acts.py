"""What happens to cards of the register: a transfer asked and answered, a correction, two cards of one woman."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sohoi.people.models.members import Member, Role
from sohoi.units.models import Unit


class Transfer(models.Model):
    """She moves from one branch to another: one side asks, the other answers; each side's officer acts once."""

    id = models.UUIDField(primary_key=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="transfers")
    old = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_by_old = models.BooleanField(help_text="the branch that she leaves asked; else the one that she joins")
    reason = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), help_text="by the database's clock, as records are")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True, help_text="none: not answered yet")
    answer = models.TextField(blank=True, help_text="why it was refused or withdrawn")
    day = models.DateField(help_text="the first day at the new branch")
    role = models.TextField(choices=Role.choices, blank=True, db_default="", help_text="hers in the household she left")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, help_text="both sides' records were taken back")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member"], condition=Q(accepted=None), name="one_open_transfer_at_a_time")
        ]


class NumberRequest(models.Model):
    """A branch asked to receive a woman of whom it knows the ID number: who, when; it learns nothing of the register.

    Where the number stood there is a Transfer with the same id; where it did not, all looks the same to who asked.
    """

    id = models.UUIDField(primary_key=True)
    new = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField(help_text="the first day at the new branch")
    tail = models.TextField(help_text="the last three digits as typed, to tell requests apart")
    id_index = models.BinaryField(max_length=32, help_text="keyed hash of the number that was typed")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["by", "at"], name="numbers_asked_by_an_account")]


class Correction(models.Model):
    """A card put right: which column, what stood there, what stands there now; who, when, why.

    Of sealed columns `before` and `after` say only that there was one; what stood there stays sealed, for the undo.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="corrections")
    column = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    before_sealed = models.BinaryField(null=True, help_text="what stood in a sealed column")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    record = models.UUIDField(null=True, help_text="the deed that said so, where a door sent it")


class Link(models.Model):
    """Two cards of one woman: `twin` counts no more, all that was told of it stays; cut, both stand again.

    A pair that was looked at and is not the same woman is kept too (same=False), so that it is not asked again.
    """

    kept = models.ForeignKey(Member, models.PROTECT, related_name="+")
    twin = models.ForeignKey(Member, models.PROTECT, related_name="+")
    same = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    record = models.UUIDField(null=True, help_text="the deed that took the twin out of the count")
    cut_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cut_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kept", "twin"], condition=Q(cut_at=None), name="a_pair_is_linked_once")
        ]
