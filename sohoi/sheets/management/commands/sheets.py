"""sheets: do the jobs of Excel files that wait, once or for ever; and clear away what rows said after 30 days.

For ever, it also erases once a day what has been kept for its whole time, some women or rows at a time while no file
waits.
"""

import gc
import logging
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.utils import timezone

from sohoi.ledger.erasing import forget
from sohoi.logs import without_rows
from sohoi.people.write.retention import Reached
from sohoi.sheets.work import work_off
from sohoi.sheets.write import clear_old

PAUSE, AFTER_A_FAULT, CLEARED_EVERY = 0.5, 5.0, 6 * 3600.0
AT_ONCE = 20  # women are erased between two looks for files
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Forgetting:
    """On which day all that was past its time was erased last, and how far today's round came."""

    done_on: date | None = None
    reached: Reached | None = None

    def some(self, today: date) -> "Forgetting":
        """Erase some of what is past its time, once a day until nothing is left. What goes wrong here is told in the
        log and stops no file."""
        if self.done_on == today:
            return self
        try:
            reached = forget(today, AT_ONCE, self.reached).reached
        except OperationalError:
            raise
        except Exception as error:
            log.error("what is past its time was not erased\n%s", without_rows(error))
            reached = None
        return Forgetting(self.done_on, reached) if reached else Forgetting(today)


class Command(BaseCommand):
    """Without it files wait: nothing is lost. With --forever it is the worker; several may run."""

    help = "Xử lý các tệp Excel đang chờ, xóa nội dung đã tải lên quá 30 ngày. --forever: chạy mãi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or for ever."""
        parser.add_argument("--forever", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work; a database that went away is waited for, and said."""
        if not options["forever"]:
            cleared = clear_old()
            self.stdout.write(f"Đã xử lý {work_off()} tệp; xóa nội dung của {cleared} dòng đã quá 30 ngày.")
            return
        gc.freeze()  # what the program itself holds is no litter: it is not looked through again for every batch
        cleared_at, forgetting = -CLEARED_EVERY, Forgetting()
        while True:
            try:
                if time.monotonic() - cleared_at >= CLEARED_EVERY:
                    clear_old()
                    cleared_at = time.monotonic()
                if not work_off():
                    forgetting = forgetting.some(timezone.localdate())
                    time.sleep(PAUSE)
            except OperationalError as error:
                self.stderr.write(f"Chưa nối được cơ sở dữ liệu: {error}".strip())
                connection.close()
                time.sleep(AFTER_A_FAULT)
            except KeyboardInterrupt:
                return
