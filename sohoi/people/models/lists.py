"""A list of women that somebody wants to open again: what narrows it, never who is on it."""

from django.conf import settings
from django.db import models

from sohoi.units.models import Unit


class SavedList(models.Model):
    """Conditions under a name. Opened again it is counted anew, and shows only women whom the reader may see."""

    name = models.TextField()
    wanted = models.JSONField(help_text="the conditions, as lists.Wanted writes them")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", help_text="shared with its officers")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="a_list_is_named_once")]

    def __str__(self) -> str:
        return self.name
