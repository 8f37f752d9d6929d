"""giveoffice: an account with an office, from the command line of the administrator."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.plainly import said_plainly
from sohoi.rights.write import give_office
from sohoi.units.read import find


class Command(BaseCommand):
    """A new account's password is printed once and kept nowhere else."""

    help = "Giao vai trò: giveoffice TÊN --name 'Họ Tên' --unit MÃ --role base-chair [--first NGÀY] [--last NGÀY]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, where, what, when."""
        parser.add_argument("username")
        parser.add_argument("--name", default="")
        parser.add_argument("--unit", required=True)
        parser.add_argument("--role", required=True)
        parser.add_argument("--first", type=date.fromisoformat, default=None)
        parser.add_argument("--last", type=date.fromisoformat, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Give it and say so."""
        with said_plainly():
            first = options["first"] or timezone.localdate()
            unit = find(options["unit"], first)
            office, password = give_office(
                options["username"], options["name"], unit, options["role"], first, options["last"]
            )
        self.stdout.write(f"{office.account} giữ vai trò {office.role} ở {unit.name} từ {first}.")
        if password:
            self.stdout.write(f"Mật khẩu lần đầu, chỉ in một lần: {password}")
