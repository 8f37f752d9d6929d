"""Word files that the units below sent beside the system: what was read in them. The files themselves are not kept."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from sohoi.reports.models.cycle import Report
from sohoi.units.models import Unit

STILL = timedelta(minutes=3)  # one hard file may take two; after that the reading was cut off


class Sending(models.Model):
    """Files that somebody sent at once, and how far they are read."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sendings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField()
    moved_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    @property
    def runs(self) -> bool:
        """Whether files are being read now."""
        return self.ended_at is None and timezone.now() - self.moved_at < STILL

    @property
    def percent(self) -> int:
        """How far it is."""
        return self.done * 100 // max(self.of, 1)


class SentFile(models.Model):
    """What was read in one file, by the sections of the form of the units below; empty once it was taken out.

    A line is {text, at, number?, cell?}. `unplaced` is what stands in no section, or under a heading that nothing is
    merged from: [{name, lines, section}], the section chosen by people or "". `figures` are those of the text that name
    a measure of the form: [{written, value, around, measures}].
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    sending = models.ForeignKey(Sending, models.PROTECT, related_name="files")
    name = models.TextField(help_text="told apart from files of the same name by how often it came")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="empty while it is a guess"
    )
    sections = models.JSONField(default=dict)
    unplaced = models.JSONField(default=list)
    folded = models.JSONField(
        default=list, help_text="[{name, section}]: headings like no section, and where they went"
    )
    missing = models.JSONField(default=list, help_text="headings of the form that the file has not")
    left_out = models.JSONField(default=list, help_text="[{text, why}]")
    notes = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    lines = models.PositiveIntegerField(default=0, help_text="how many stand in sections")
    refused = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="a_file_name_once_a_report")]
