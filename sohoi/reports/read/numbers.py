"""Which numbers a unit gave to its papers."""

from typing import Any

from django.db.models import Count, QuerySet

from sohoi.reports.models import DocumentNumber
from sohoi.units.models import Unit
from sohoi.work.models import Meeting


def numbers(unit: Unit, year: int) -> QuerySet[DocumentNumber]:
    """The register of one unit and year, the newest first."""
    rows = DocumentNumber.objects.filter(unit=unit, year=year).select_related("by", "report", "meeting")
    return rows.order_by("-day", "-at", "-pk")


def numbers_of(meeting: Meeting) -> dict[str, DocumentNumber]:
    """type -> the number that the paper of a meeting was given."""
    return {row.type: row for row in DocumentNumber.objects.filter(meeting=meeting)}


def years(unit: Unit) -> list[int]:
    """The years in which the unit gave numbers, the newest first."""
    return list(DocumentNumber.objects.filter(unit=unit).order_by("-year").values_list("year", flat=True).distinct())


def registers(scope: QuerySet[Unit], year: int) -> QuerySet[DocumentNumber, dict[str, Any]]:
    """code, name and how many numbers, for the units of the scope that gave any in the year; by name."""
    given = DocumentNumber.objects.filter(year=year, unit__in=scope).order_by("unit__plain", "unit_id")
    return given.values("unit__code", "unit__name").annotate(many=Count("pk"))
