"""giveoffice: an account with an office, from the command line of the administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.rights.management.days import read_day
from sohoi.rights.may import counts_at
from sohoi.rights.write.offices import give_office
from sohoi.units.models import Unit
from sohoi.units.read import find

HINT = "Lập tài khoản mới thì thêm --name 'HỌ TÊN'."


class Command(BaseCommand):
    """A new account's password is printed once and kept nowhere else."""

    help = "Giao vai trò: giveoffice TÊN --name 'Họ Tên' --unit MÃ --role base-chair [--first NGÀY] [--last NGÀY]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, where, what, when."""
        parser.add_argument("username")
        parser.add_argument("--name", default="")
        parser.add_argument("--unit", required=True)
        parser.add_argument("--role", required=True)
        parser.add_argument("--first", default="", help="ngày đầu, viết 2024-04-15; bỏ trống: hôm nay")
        parser.add_argument("--last", default="", help="ngày cuối; bỏ trống: chưa định")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give it and say so."""
        with said_plainly():
            first, last = read_day(options["first"]) or timezone.localdate(), read_day(options["last"])
            unit = find(options["unit"], first)
            try:
                office, password = give_office(options["username"], options["name"], unit, options["role"], first, last)
            except Refusal as refusal:
                raise Refusal(f"{refusal} {HINT}" if refusal.where == "name" else str(refusal)) from refusal
        self.stdout.write(f"{office.account} giữ vai trò {office.role} ở {unit.name} từ {first}.")
        now = counts_at(unit)
        if now != unit:
            self.stdout.write(_ended(unit, now))
        if password:
            self.stdout.write(f"Mật khẩu lần đầu, chỉ in một lần: {password}")


def _ended(unit: Unit, now: Unit | None) -> str:
    """That the office reaches nothing, and where one would."""
    where = f"Việc của đơn vị ấy nay thuộc {now.name}: giao vai trò với --unit {now.code}." if now else ""
    return f"Vai trò này hôm nay không với tới đơn vị nào, vì {unit.name} đã hết. {where}".rstrip()
