"""verify: hold every signed version against its hash, the ledger as it stood, and the versions it was made from."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sohoi.reports.models import Version
from sohoi.reports.read.verifying import verify
from sohoi.vietnamese import number


class Command(BaseCommand):
    """Exit code 1 and a sentence for each fault."""

    help = "Kiểm tra các báo cáo đã ký: verify [--code MÃ]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One version by its code, or all."""
        parser.add_argument("--code", default="", help="mã in trên báo cáo; bỏ trống: mọi báo cáo đã ký")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was checked and what is wrong."""
        rows = Version.objects.select_related("report__unit").order_by("pk")
        if options["code"]:
            rows = rows.filter(code=options["code"].upper())
            if not rows.exists():
                raise CommandError(f"Không có báo cáo đã ký mang mã {options['code'][:20]}.")
        count = faults = 0
        for version in rows.iterator(chunk_size=50):
            count += 1
            for fault in verify(version):
                faults += 1
                self.stdout.write(fault.sentence)
        self.stdout.write(f"Đã kiểm tra {number(count)} bản đã ký, sai {number(faults)}.")
        if faults:
            raise CommandError("Có bản đã ký không còn đúng. Không phát hành các bản nêu trên; báo quản trị hệ thống.")
