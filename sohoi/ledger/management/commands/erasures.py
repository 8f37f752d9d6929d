"""erasures: keep a list of erasures outside the database; do them again after an older backup was restored."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sohoi.ledger.erasing import WAYS
from sohoi.people.write.replaying import erase_again, erasures, read_erasures, written
from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.rights.models import Account


class Command(BaseCommand):
    """The file holds numbers and days only; it is kept beside the backups and is never older than they are."""

    help = "Ghi thêm vào FILE các lần xóa theo yêu cầu; --replay: xóa lại sau khi khôi phục một bản sao lưu cũ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file; what to do with it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replay", action="store_true")
        parser.add_argument("--by")

    def handle(self, *args: Any, **options: Any) -> None:
        """Append, or replay."""
        with said_plainly():
            if options["replay"]:
                self._replay(options["file"], options["by"])
            else:
                self._append(options["file"])

    def _append(self, file: Path) -> None:
        """Write down what is not there yet; what is there stays, so that a restored database cannot shorten it."""
        known = set(read_erasures(file.read_text("utf-8"))) if file.exists() else set()
        new = [one for one in erasures() if one not in known]
        with file.open("a", encoding="utf-8") as out:
            out.write(written(new))
            out.flush()
            os.fsync(out.fileno())
        self.stdout.write(f"Đã ghi thêm {len(new)} lần xóa; tệp có {len(known) + len(new)}.")

    def _replay(self, file: Path, username: str | None) -> None:
        """Erase again what the restored database still has; a card that cannot be erased keeps no other waiting."""
        by = Account.objects.filter(username__iexact=username or "").first()
        if by is None:
            raise CommandError("Thêm --by TÊN-ĐĂNG-NHẬP của người chạy: lần xóa lại được ghi theo tài khoản ấy.")
        if not file.exists():
            raise CommandError(f"Không có tệp {file}.")
        listed = read_erasures(file.read_text("utf-8"))
        done, faults = 0, []
        for one in listed:
            try:
                done += erase_again(one, WAYS, by=by)
            except Refusal as refusal:
                faults.append(f"{one[1]}: {refusal}")
        self.stdout.write(f"Tệp có {len(listed)} lần xóa; đã xóa lại {done} thẻ.")
        if faults:
            raise CommandError("\n".join([f"Chưa xóa được {len(faults)} thẻ. Sửa nguyên nhân rồi chạy lại:", *faults]))
        self.stdout.write("Các thẻ khác đã xóa hoặc không có.")
