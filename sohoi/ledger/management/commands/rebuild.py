"""rebuild: drop the totals and make them anew from the entries."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from sohoi.ledger.totals import rebuild
from sohoi.units.write import rebuild_closure


class Command(BaseCommand):
    """The entries stay; the closure and every total are caches."""

    help = "Dựng lại bảng quan hệ đơn vị và mọi số tổng hợp từ bút toán."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make closure and totals anew, together: no reader sees the one without the other."""
        with transaction.atomic():
            rebuild_closure()
            rebuild()
        self.stdout.write("Đã dựng lại bảng quan hệ đơn vị và số tổng hợp từ bút toán.")
