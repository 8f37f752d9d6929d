"""formcost FILE.toml: check a form before it is issued, and say what it would ask of how many units."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.plainly import said_plainly
from sohoi.reports.read.burden import burden
from sohoi.reports.read.filling import measures_of
from sohoi.reports.regular import read_file
from sohoi.units.read import centre, find


class Command(BaseCommand):
    """The whole country when no unit is named (docs/forms.md)."""

    help = "Kiểm tra một biểu mẫu và cho biết nó hỏi bao nhiêu: formcost TỆP.toml --unit MÃ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, unit."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", default="", help="mã đơn vị; bỏ trống: cả nước")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what cannot be, else say the cost."""
        today = timezone.localdate()
        with said_plainly():
            form = read_file(options["file"])
            measures_of(form)
            unit = find(options["unit"], today) if options["unit"] else centre()
        self.stdout.write(f"{form.label}: {burden(form, unit, today).sentence}")
