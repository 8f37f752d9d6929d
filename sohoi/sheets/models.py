"""A file on its way into the register: the batch, its rows with sealed cells, and how one form's columns were read."""

import uuid

from django.conf import settings
from django.db import models

from sohoi.people.models import Member
from sohoi.units.models import Unit


class State(models.TextChoices):
    """How far a batch has come. In three of them the worker has something to do."""

    MAPPING = "mapping", "Chờ chọn cột"
    CHECKING = "checking", "Đang xem từng dòng"
    CHECKED = "checked", "Chờ đồng ý đưa vào sổ"
    LOADING = "loading", "Đang đưa vào sổ"
    DONE = "done", "Đã đưa vào sổ"
    UNDOING = "undoing", "Đang hoàn tác"
    UNDONE = "undone", "Đã hoàn tác"


WORKING = (State.CHECKING, State.LOADING, State.UNDOING)


class RowState(models.TextChoices):
    """What became of a row."""

    UNSEEN = "", "Chưa xem"
    ASIDE = "aside", "Không phải dòng hội viên"
    NEW = "new", "Mới"
    KNOWN = "known", "Đã có trong sổ"
    TWIN = "twin", "Nghi trùng"
    BAD = "bad", "Có ô cần sửa"
    ACCEPTED = "accepted", "Đã vào sổ"
    VOIDED = "voided", "Đã hoàn tác"
    KEPT = "kept", "Không hoàn tác được"


class Batch(models.Model):
    """One file that one account sent for one unit. Its name is not kept, only a digest; its cells are, for 30 days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="a branch, or a base whose branches")
    kind = models.TextField(help_text="member-enrolled, member-admitted")
    day = models.DateField(help_text="the day of the deeds whose rows name none")
    name_digest = models.BinaryField(max_length=32)
    state = models.TextField(choices=State.choices, default=State.MAPPING)
    sheets_sealed = models.BinaryField(null=True, help_text="each sheet: name, headings, number of rows")
    sheet = models.PositiveSmallIntegerField(default=0, help_text="which of them is loaded")
    layout = models.JSONField(default=dict, help_text="codes of the columns, old letters, branches by their words")
    twins_too = models.BooleanField(default=False, help_text="suspects of twins are loaded as well")
    done = models.PositiveIntegerField(default=0, help_text="progress of the running job")
    total = models.PositiveIntegerField(default=0)
    told_total = models.PositiveIntegerField(null=True, help_text="what the last line of the list says")
    problem = models.TextField(blank=True, help_text="why the job stopped")
    sent_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, help_text="when the running job was asked for")
    loaded_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-sent_at"]), models.Index(fields=["state", "asked_at"])]

    @property
    def is_working(self) -> bool:
        """Whether a job runs, or waits for its turn."""
        return self.state in WORKING

    @property
    def percent(self) -> int:
        """How far the running job is."""
        return 100 * self.done // self.total if self.total else 0


class Row(models.Model):
    """One row of a sheet. What it says is sealed; what became of it is not."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(help_text="as Excel shows it")
    cells_sealed = models.BinaryField(null=True)
    state = models.TextField(choices=RowState.choices, blank=True, default=RowState.UNSEEN)
    branch = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    draft = models.UUIDField(null=True, help_text="the deed that the row makes")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="+", help_text="her card, once it is known: to find her rows"
    )
    faults_sealed = models.BinaryField(null=True, help_text="(column or none, sentence) of each fault")
    section = models.TextField(blank=True, help_text="the branch named above a part of the list")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "sheet", "number"], name="a_row_is_kept_once")]
        indexes = [models.Index(fields=["batch", "state"]), models.Index(fields=["draft"])]


class ColumnMap(models.Model):
    """How an account read the columns of one form; asked again only when the headings are others."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fingerprint = models.BinaryField(max_length=32)
    codes = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "fingerprint"], name="a_form_is_read_one_way")]
