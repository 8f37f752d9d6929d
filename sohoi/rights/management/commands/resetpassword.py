"""resetpassword: a first password for somebody whom nobody can help on the page; it stands in the history."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from sohoi.plainly import said_plainly
from sohoi.rights.write.accounts import named, reset_password


class Command(BaseCommand):
    """The old password ends at once; the new one is printed once, and she sets her own at her first log-in."""

    help = "Đặt lại mật khẩu: resetpassword TÊN-ĐĂNG-NHẬP"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set it and say it."""
        with said_plainly():
            account = named(options["username"])
            password = reset_password(account, by=None)
        self.stdout.write(f"Đã đặt lại mật khẩu của {account}, tên đăng nhập {account.username}.")
        self.stdout.write(f"Mật khẩu lần đầu, chỉ in một lần: {password}")
