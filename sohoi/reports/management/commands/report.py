"""report FORM --unit CODE: a paper as a Word, Excel or PDF file, its codes kept."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.goals.models import Resolution
from sohoi.periods import parse
from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.reports.forms import forms
from sohoi.reports.models import Report, State
from sohoi.reports.read.filling import drafted
from sohoi.reports.read.papers import resolution_of, review_paper
from sohoi.reports.read.states import standing_of
from sohoi.reports.read.told import told_of
from sohoi.reports.regular import form_in_force, period_named, versions
from sohoi.reports.telling import Head, Teller
from sohoi.reports.write.papers import write_draft, write_file
from sohoi.units.models import Level, Unit, View
from sohoi.units.read import find

VIEWS = {"was": View.WAS, "today": View.TODAY}


class Command(BaseCommand):
    """Which resolution: that of the unit in force in the period (its term) on the day (docs/formats.md)."""

    help = "Ghi báo cáo ra tệp Word, Excel hay PDF: report giua-nhiem-ky --unit MÃ --on NGÀY --out TỆP.docx"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Form, unit, period, day, view, file."""
        parser.add_argument("form")
        parser.add_argument("--unit", required=True)
        parser.add_argument(
            "--period", default="", help="mã nghị quyết (bỏ trống: đang thực hiện), hoặc kỳ báo cáo 2024-H1"
        )
        parser.add_argument("--on", default="", help="số liệu tính đến hết ngày này; bỏ trống: ngày sơ kết")
        parser.add_argument("--view", choices=VIEWS, default="was")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say where it is."""
        with said_plainly():
            if options["form"] not in forms() and options["form"] in versions():
                self.stdout.write(_regular(options))
                return
            on = _day(options["on"])
            resolution = _resolution(options["period"], options["unit"], on)
            day = resolution.day_asked(on, timezone.localdate())
            paper = review_paper(resolution, day, VIEWS[options["view"]], form=options["form"])
            written = write_file(paper, options["out"], options["form"])
        self.stdout.write(f"Đã ghi {written} ({len(paper.codes)} mã tra cứu).")


def _regular(options: dict[str, Any]) -> str:
    """A regular report as it stands, unsigned; what was signed is handed out by the desk as it was."""
    if not options["period"]:
        raise Refusal("Báo cáo định kỳ cần --period, ví dụ 2024-H1, 2024-9M, 2024.", "period")
    if options["on"] or options["view"] != "was":
        raise Refusal("--on và --view chỉ dùng cho báo cáo về nghị quyết. Bỏ đi rồi chạy lại.", "on")
    period = parse(options["period"])
    form, unit = form_in_force(options["form"], period.last), find(options["unit"], period.last)
    period = period_named(form, options["period"])
    if period.first > timezone.localdate():
        raise Refusal(f"Kỳ “{period.name}” chưa bắt đầu: chưa có gì để báo cáo. Xem lại --period.", "period")
    if unit.level not in form.levels:
        levels = ", ".join(Level(level).label.lower() for level in form.levels)
        raise Refusal(f"“{form.label}” do {levels} viết, không phải {Level(unit.level).label.lower()}.", "form")
    there = Report.objects.filter(unit=unit, form=form.code, first=period.first, last=period.last).first()
    if there is not None and standing_of(there).state == State.SIGNED:
        raise Refusal("Báo cáo này đã ký: tải bản đã ký trên trang của báo cáo.", "form")
    filling = drafted(form, unit, period)
    paper = Teller(filling, Head(timezone.localdate()), told_of(filling)).paper()
    open_yet = "; kỳ chưa kết thúc, số liệu mới đến hôm nay" if period.last > timezone.localdate() else ""
    return f"Đã ghi {write_draft(paper, options['out'], form.layout)} (bản chưa ký{open_yet})."


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
