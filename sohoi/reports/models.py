"""What a paper leaves behind: the short code printed beside a figure, and the address that it opens."""

from django.db import models

from sohoi.ledger.models import Measure
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
