"""retention: erase what has been kept for its whole time; with --dry-run only say how much that is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.ledger.erasing import forget
from sohoi.people.read.overdue import overdue
from sohoi.vietnamese import number


class Command(BaseCommand):
    """The worker of Excel files does the same once a day; here it is counted first, and done at once."""

    help = "Xóa những gì đã giữ hết thời hạn trong sổ đăng ký dữ liệu. --dry-run: chỉ đếm, không xóa."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only count, or do it."""
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is past its time; then erase it, with a line for each few hundred women or rows."""
        today = timezone.localdate()
        found = overdue(today)
        for one in found:
            self.stdout.write(f"{one.label}: {number(one.rows)} dòng đã giữ quá {one.years} năm.")
        if not found:
            self.stdout.write("Không có gì hết thời hạn giữ.")
        if found and not options["dry_run"]:
            self._erase()

    def _erase(self) -> None:
        """Until nothing is left."""
        today, women, rows = timezone.localdate(), 0, 0
        done = forget(today)
        while True:
            women, rows = women + done.women, rows + sum(done.rows.values())
            if done.reached is None:
                break
            self.stdout.write(f"Đã xóa thẻ của {number(women)} chị và {number(rows)} dòng khác…")
            done = forget(today, after=done.reached)
        self.stdout.write(f"Đã xóa thẻ của {number(women)} chị và {number(rows)} dòng khác.")
        self.stdout.write("Số liệu giữ nguyên.")
