"""What papers leave behind: the short codes printed on them, and what each opens."""

from django.db import models

from sohoi.ledger.models import Measure
from sohoi.people.models import Member
from sohoi.units.models import Unit, View


class FigureCode(models.Model):
    """A short code on paper: this measure of this unit, these days, in this view."""

    code = models.TextField(primary_key=True)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    view = models.SmallIntegerField(choices=View.choices)
    level = models.TextField(blank=True, help_text="only deeds that units of this level did themselves")


class CardCode(models.Model):
    """A short code in the QR of a membership card: drawn by chance, it says nothing of her."""

    code = models.TextField(primary_key=True)
    member = models.OneToOneField(Member, models.PROTECT, related_name="+")
