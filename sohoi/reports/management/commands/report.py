"""report FORM --unit CODE: a paper as a Word, Excel or PDF file, its codes kept."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.goals.models import Resolution
from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.reports.read.papers import resolution_of, review_paper
from sohoi.reports.write.papers import write_file
from sohoi.units.models import Unit, View
from sohoi.units.read import find

VIEWS = {"was": View.WAS, "today": View.TODAY}


class Command(BaseCommand):
    """Which resolution: that of the unit in force in the period (its term) on the day (docs/formats.md)."""

    help = "Ghi báo cáo ra tệp Word, Excel hay PDF: report giua-nhiem-ky --unit MÃ --on NGÀY --out TỆP.docx"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Form, unit, period, day, view, file."""
        parser.add_argument("form")
        parser.add_argument("--unit", required=True)
        parser.add_argument("--period", default="", help="mã nghị quyết; bỏ trống: nghị quyết đang thực hiện")
        parser.add_argument("--on", default="", help="số liệu tính đến hết ngày này; bỏ trống: ngày sơ kết")
        parser.add_argument("--view", choices=VIEWS, default="was")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say where it is."""
        with said_plainly():
            on = _day(options["on"])
            resolution = _resolution(options["period"], options["unit"], on)
            day = on or resolution.cut_off or timezone.localdate()
            paper = review_paper(resolution, day, VIEWS[options["view"]], form=options["form"])
            written = write_file(paper, options["out"], options["form"])
        self.stdout.write(f"Đã ghi {written} ({len(paper.codes)} mã tra cứu).")


def _day(text: str) -> date | None:
    """The day up to which the paper counts."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refusal(f"Không đọc được ngày “{text}”. Viết theo mẫu 2024-05-11.", "on") from error


def _resolution(code: str, unit_code: str, on: date | None) -> Resolution:
    """The resolution by its code, or the unit's own in force on the day."""
    if code:
        found = Resolution.objects.select_related("unit").filter(code=code).first()
        if found is None:
            raise Refusal(f"Không có nghị quyết “{code}”. Nạp bằng lệnh loadresolution trước.", "period")
        if unit_code not in (found.unit.code, found.unit.state_code):
            raise Refusal(f"Nghị quyết “{code}” là của {found.unit.name}, không phải của “{unit_code}”.", "unit")
        return found
    return resolution_of(_unit(unit_code, on), on)


def _unit(code: str, on: date | None) -> Unit:
    """A unit by its code; a bare State code needs the day."""
    return find(code, on or timezone.localdate())
