"""confirmmonth --unit CODE --month 2024-05: a unit's months are complete, what was not entered is zero."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from sohoi.ledger.management.commands.accept import account_named
from sohoi.ledger.write import confirm_month
from sohoi.periods import Period, month_first, month_index, parse
from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.units.read import find


class Command(BaseCommand):
    """The same as the button on the first page, for one month or for many in a row."""

    help = "Xác nhận đủ số liệu: confirmmonth --unit MÃ --month 2024-05 [--until 2024-12] --as TÊN"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The unit, its months, who says so."""
        parser.add_argument("--unit", required=True)
        parser.add_argument("--month", required=True, help="tháng, viết 2024-05")
        parser.add_argument("--until", default="", help="tháng cuối của nhiều tháng liền nhau; bỏ trống: một tháng")
        parser.add_argument("--as", dest="account", required=True, help="tên đăng nhập của người xác nhận")

    def handle(self, *args: Any, **options: Any) -> None:
        """Confirm them all or none, and say how many."""
        with said_plainly(), transaction.atomic():
            account = account_named(options["account"])
            first = _month(options["month"], "--month")
            last = _month(options["until"], "--until") if options["until"] else first
            if last.first < first.first:
                raise Refusal("Tháng ở --until đứng trước tháng ở --month. Đổi lại rồi chạy lại.", "until")
            unit = find(options["unit"], last.last, since=first.first)
            months = [month_first(at) for at in range(month_index(first.first), month_index(last.first) + 1)]
            for month in months:
                confirm_month(unit, month, by=account)
        self.stdout.write(f"{unit.name}: đã xác nhận đủ số liệu {len(months)} tháng.")


def _month(text: str, option: str) -> Period:
    """A whole month that has ended."""
    month = parse(text)
    if month.broken() or len(month.months) != 1:
        raise Refusal(f"{option} là một tháng, viết theo mẫu 2024-05; “{text[:20]}” thì không phải.", "month")
    if month.last >= timezone.localdate():
        raise Refusal(f"{month.name} chưa hết. Xác nhận khi tháng đã hết.", "month")
    return month
