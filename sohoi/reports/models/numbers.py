"""The register of numbers: which number a unit gave to which paper. What was given stays given."""

from django.conf import settings
from django.db import models

from sohoi.reports.models.cycle import Report
from sohoi.units.models import Unit
from sohoi.work.models import Meeting


class DocumentType(models.TextChoices):
    """The types of papers a body of the Union issues, by the letters in their number (handbook 4.5)."""

    RESOLUTION = "NQ", "Nghị quyết"
    DECISION = "QĐ", "Quyết định"
    DIRECTIVE = "CT", "Chỉ thị"
    STATUTE = "QCh", "Quy chế"
    NOTICE = "TB", "Thông báo"
    GUIDANCE = "HD", "Hướng dẫn"
    PROGRAMME = "CTr", "Chương trình"
    PLAN = "KH", "Kế hoạch"
    SCHEME = "PA", "Phương án"
    PROJECT = "ĐA", "Đề án"
    REPORT = "BC", "Báo cáo"
    MINUTES = "BB", "Biên bản"
    PROPOSAL = "TTr", "Tờ trình"
    INVITATION = "GM", "Giấy mời"


class DocumentNumber(models.Model):
    """A number given to a paper: in order from 1 in each unit, year and type, without a gap; the database keeps it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    type = models.TextField(choices=DocumentType.choices)
    number = models.PositiveIntegerField()
    body = models.TextField(blank=True, help_text="the issuing body's letters: BTV, BCH")
    day = models.DateField(help_text="the paper's own day")
    subject = models.TextField(help_text="what the paper is about, as it says itself")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="numbers")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "type", "number"], name="a_number_once"),
            models.UniqueConstraint(fields=["meeting", "type"], name="a_number_for_each_paper_of_a_meeting"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="numbers_from_one"),
            models.CheckConstraint(condition=models.Q(day__year=models.F("year")), name="numbered_in_its_year"),
        ]

    def __str__(self) -> str:
        return symbol(self.number, self.type, self.body)


def symbol(number: int | None, type: str, body: str = "") -> str:
    """ "15/BC-BTV", "05/TB-BCH"; "…/BC-BTV" before the number is given. A Party paper writes it its own way."""
    return f"{'…' if number is None else f'{number:02d}'}/{type}" + (f"-{body}" if body else "")
