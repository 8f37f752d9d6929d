"""endoffice: the last day of an office that was given without one, or with a later one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.plainly import said_plainly
from sohoi.rights.management.days import read_day
from sohoi.rights.may import role_said
from sohoi.rights.write.offices import end_offices
from sohoi.units.read import find
from sohoi.vietnamese import date as say_date


class Command(BaseCommand):
    """What she recorded stays; from the day after she sees and writes nothing by this office."""

    help = "Kết thúc vai trò: endoffice TÊN --unit MÃ [--role VAI-TRÒ] [--last NGÀY]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, where, which, until when."""
        parser.add_argument("username")
        parser.add_argument("--unit", required=True)
        parser.add_argument("--role", default="", help="bỏ trống: mọi vai trò của người ấy ở đơn vị này")
        parser.add_argument("--last", default="", help="ngày cuối, viết 2024-04-15; bỏ trống: hôm nay")

    def handle(self, *args: Any, **options: Any) -> None:
        """End them and say so."""
        with said_plainly():
            last = read_day(options["last"]) or timezone.localdate()
            ended = end_offices(options["username"], find(options["unit"], last), options["role"], last)
        for office in ended:
            role = role_said(office.role)
            ahead = "chưa bắt đầu, " if office.first > timezone.localdate() else ""
            until = f"đến hết {say_date(last)}" if office.pk else f"từ {say_date(office.first)}: {ahead}đã bỏ"
            self.stdout.write(f"{office.account} giữ vai trò {role} ở {office.unit.name} {until}.")
