"""verify: hold every signed version against its hash, the ledger as it stood, and the versions it was made from."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sohoi.reports.models import Version
from sohoi.reports.read.in_order import closed_by_nothing, emptied
from sohoi.reports.read.verifying import verify
from sohoi.vietnamese import number


class Command(BaseCommand):
    """Exit code 1 and a sentence for each fault; a note is a sentence alone."""

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
        count = faults = notes = 0
        for version in rows.iterator(chunk_size=50):
            count += 1
            for fault in verify(version):
                faults, notes = faults + fault.grave, notes + (not fault.grave)
                self.stdout.write(fault.sentence if fault.grave else f"Lưu ý: {fault.sentence}")
        for sentence in [] if options["code"] else emptied():
            faults += 1
            self.stdout.write(sentence)
        for sentence in [] if options["code"] else closed_by_nothing():
            notes += 1
            self.stdout.write(f"Lưu ý: {sentence}")
        said = f"Đã kiểm tra {number(count)} bản đã ký, sai {number(faults)}, lưu ý {number(notes)}."
        self.stdout.write(said)
        if faults:
            raise CommandError("Có bản đã ký không còn đúng. Không phát hành các bản nêu trên; báo quản trị hệ thống.")
