"""loadregime FILE --unit CODE: a reporting regime, in force for a unit and all below it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.plainly import said_plainly
from sohoi.reports.write.regime import load_regime
from sohoi.units.read import centre, find


class Command(BaseCommand):
    """The centre when no unit is named (docs/forms.md)."""

    help = "Nạp chế độ báo cáo: loadregime TỆP.toml --unit MÃ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File, unit."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", default="", help="mã đơn vị; bỏ trống: cả nước")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it and say from when it is in force."""
        with said_plainly():
            unit = find(options["unit"], timezone.localdate()) if options["unit"] else centre()
            row = load_regime(options["file"], unit)
        forms = ", ".join(owed["form"] for owed in row.body["owed"])
        self.stdout.write(f"Đã nạp chế độ “{row.code}” cho {unit.name}, từ ngày {row.since:%d/%m/%Y}: {forms}.")
