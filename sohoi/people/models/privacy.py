"""What the law and the house owe to a woman whose data are kept: consent, a log of who looked, erasure."""

from django.conf import settings
from django.db import models

from sohoi.people.models.members import Member


class Consent(models.Model):
    """She agreed to a purpose, in which words, told to whom; withdrawn, the row stays (Luật 91/2025, Điều 9)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="consents")
    purpose = models.TextField()
    wording = models.TextField(help_text="the version of the words she agreed to")
    given_on = models.DateField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)


class Reading(models.Model):
    """Somebody looked at a sensitive column of one card: who, which, why. Written with the answer or there is none."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, related_name="readings")
    column = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)


class Export(models.Model):
    """A list went out: who, for what purpose, how many rows, what was asked of it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.TextField()
    what = models.TextField(help_text="the list in words, without names")
    rows = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)


class DataRequest(models.Model):
    """What she asked (to see, to correct, to restrict, to erase), by when the law wants it done (NĐ 356/2025,
    Điều 5), and that it was done. After an erasure only the blind index says whom a file must not bring back."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    wish = models.TextField(help_text="see, correct, restrict, erase")
    asked_on = models.DateField()
    due_on = models.DateField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    id_index = models.BinaryField(null=True, max_length=32)
