"""A report on its way: asked of a unit for a period, written, sent up, returned, approved, signed, opened again.

Each step is a row with who, when, why. What a signature froze is a Version; the database refuses to change it.
"""

from django.conf import settings
from django.db import models

from sohoi.units.models import Unit


class State(models.TextChoices):
    """Where a report stands: the newest of its steps; without one it is being written."""

    DRAFT = "draft", "đang soạn"
    SUBMITTED = "submitted", "đã gửi, chờ duyệt"
    RETURNED = "returned", "bị trả lại"
    APPROVED = "approved", "đã duyệt, chờ ký"
    SIGNED = "signed", "đã ký"
    REOPENED = "reopened", "được mở lại"
    AMENDED = "amended", "đang bổ sung"
    WITHDRAWN = "withdrawn", "đã rút về để sửa"


TURNS = (State.SIGNED, State.REOPENED)  # the newer of these steps says whether what was signed stands
WRITING = (State.DRAFT, State.RETURNED, State.REOPENED, State.AMENDED, State.WITHDRAWN)  # its unit may write in it


class Report(models.Model):
    """One form of one unit for one period; there is one, whoever opens it first."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    form = models.TextField(help_text="the form's code")
    first = models.DateField()
    last = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "form", "first", "last"], name="one_report_a_period"),
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="report_days_in_order"),
        ]
        indexes = [models.Index(fields=["form", "first", "last"], name="report_of_a_period")]


class Version(models.Model):
    """What a signature froze: words, figures, the children's versions, the place in the ledger; and its keyed hash."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.TextField(help_text="canonical JSON")
    hash = models.BinaryField(max_length=32)
    position = models.BigIntegerField(help_text="the ledger's last entry when it was signed")
    code = models.TextField(unique=True, help_text="opens it, from paper")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="versions_in_order")]


class Step(models.Model):
    """A report moved on."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    state = models.TextField(choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField(blank=True)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="step")
    digest = models.TextField(blank=True, help_text="of figures and words as they were sent up")


class Remark(models.Model):
    """What is to be put right, at its place: a section's code, or the whole."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="remarks")
    section = models.TextField(blank=True)
    text = models.TextField()


class Passage(models.Model):
    """The lines of one text section as somebody left them; the newest stands, the older ones are its history.

    `lines`: [{text, sources: [{unit, name, report, version, file, place}], kept, edited}].
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="passages")
    section = models.TextField()
    lines = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["report", "section", "-id"], name="newest_passage")]


class Regime(models.Model):
    """Who owes what by when: the file as it was loaded; the newest of its code is in force."""

    code = models.TextField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="asked of the units at or under it")
    body = models.JSONField()
    since = models.DateField()
    until = models.DateField(null=True)
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "unit", "since"], name="a_regime_once_a_day")]
