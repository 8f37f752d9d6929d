"""fold: add what is queued to the totals, once or for ever."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.utils import timezone

from sohoi.ledger.folder import PAUSE, fold_gently
from sohoi.ledger.totals import fold, refresh_map

AFTER_A_FAULT = 5.0


def _rested(seconds: float) -> None:
    """Wait; when there is nothing to do, see whether a new day has changed the map."""
    time.sleep(seconds)
    if seconds >= PAUSE:
        refresh_map(timezone.localdate())


class Command(BaseCommand):
    """Figures are exact without it; it keeps reading fast. With --forever it is the folding process."""

    help = "Cộng các bút toán đang chờ vào số tổng hợp. --forever: chạy mãi, từng ít một, nửa giây một lần khi rảnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or for ever."""
        parser.add_argument("--forever", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fold; a database that went away is waited for, and said."""
        if not options["forever"]:
            self.stdout.write(f"Đã cộng {fold()} dòng.")
            return
        while True:
            try:
                fold_gently(_rested)
            except OperationalError as error:
                self.stderr.write(f"Chưa nối được cơ sở dữ liệu: {error}".strip())
                connection.close()
                time.sleep(AFTER_A_FAULT)
            except KeyboardInterrupt:
                return
