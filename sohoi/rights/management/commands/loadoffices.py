"""loadoffices FILE.csv: accounts and offices, one a line; the good go in, the bad come back in a file."""

import csv
import os
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.rights.may import role_said
from sohoi.rights.models import Office
from sohoi.rights.write.many import COLUMNS, GIVEN, KNOWN, REFUSED, Keep, Told, load_office, read_offices

SAID = {GIVEN: "đã giao", KNOWN: "đã có", REFUSED: "từ chối"}
SLIP = ("Họ và tên", "Vai trò", "Đơn vị", "Tên đăng nhập", "Mật khẩu lần đầu")
REASON = "_ly_do"


class Command(BaseCommand):
    """First passwords go into a file that only who runs this may read; exit code 1 when a line was refused."""

    help = "Giao nhiều vai trò từ tệp CSV, mỗi dòng một vai trò. Dòng sai được trả lại kèm lý do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, where first passwords go."""
        parser.add_argument("file", type=Path, metavar="TỆP.csv")
        parser.add_argument("--slips", type=Path, help="tệp ghi mật khẩu lần đầu; mặc định: TỆP.mat-khau.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, give, write down what must be handed over and what was refused."""
        path, today = options["file"], timezone.localdate()
        slips: Path = options["slips"] or path.parent / f"{path.stem}.mat-khau.csv"
        bad = path.parent / f"{path.stem}.loi.csv"
        told: list[Told] = []
        met: set[int] = set()
        with said_plainly():
            rows = read_offices(path)
            with _slips(slips) as keep:
                for number, row in enumerate(rows, start=2):
                    told.append(load_office(number, row, today, keep, met))
                    self.stdout.write(f"{number}\t{SAID[told[-1].state]}\t{told[-1].reason}".rstrip())
            _give_back(bad, [one for one in told if one.state == REFUSED])
        counts = Counter(one.state for one in told)
        self.stdout.write(f"{path.name}: {', '.join(f'{SAID[state]} {counts[state]}' for state in SAID)}.")
        if slips.exists():
            self.stdout.write(f"Mật khẩu lần đầu nằm trong {slips}. Trao tận tay từng người rồi xóa tệp ấy.")
        if counts[REFUSED]:
            raise CommandError(f"{counts[REFUSED]} dòng bị trả lại trong {bad} kèm lý do. Sửa rồi nạp lại tệp đó.")


@contextmanager
def _slips(path: Path) -> Iterator[Keep]:
    """The file of first passwords, read by its owner alone, made when the first one comes; lines are added, never
    lost."""
    files: list[Any] = []

    def keep(office: Office, password: str) -> None:
        """A line for her, on the disk before her account is."""
        if not files:
            files.append(_private(path))
        person = office.account
        line = [person.full_name, role_said(office.role), office.unit.full_name, person.username, password]
        csv.writer(files[0]).writerow(line)
        files[0].flush()

    try:
        yield keep
    finally:
        for file in files:
            file.close()


def _private(path: Path) -> Any:
    """The file opened for adding lines, with its heading."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise Refusal(f"Không ghi được tệp mật khẩu {path}. Nêu tên tệp trong một thư mục đã có.") from error
    os.fchmod(handle, 0o600)
    file = os.fdopen(handle, "a", encoding="utf-8", newline="")
    if path.stat().st_size == 0:
        csv.writer(file).writerow(SLIP)
    return file


def _give_back(path: Path, refused: list[Told]) -> None:
    """The refused lines with their reasons; an earlier such file goes."""
    path.unlink(missing_ok=True)
    if not refused:
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, REASON])
        writer.writeheader()
        writer.writerows({**one.row, REASON: one.reason} for one in refused)
