"""offices: who holds which office today, in the country or at a unit and below it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.plainly import said_plainly
from sohoi.rights.may import role_said
from sohoi.rights.read import NOW, in_reach, within
from sohoi.units.models import Unit
from sohoi.units.read import find
from sohoi.vietnamese import date as say_date


class Command(BaseCommand):
    """One line an office: log-in, name, role, unit with its code, days."""

    help = "Ai đang giữ vai trò gì: offices [--unit MÃ]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """At one unit and below, or everywhere."""
        parser.add_argument("--unit", default="", help="đơn vị này và các đơn vị bên dưới; bỏ trống: cả nước")

    def handle(self, *args: Any, **options: Any) -> None:
        """The list; a sentence when it is empty."""
        today = timezone.localdate()
        with said_plainly():
            unit = find(options["unit"], today) if options["unit"] else None
        everywhere = Unit.objects.all()
        held = list(in_reach(within(everywhere, unit) if unit else everywhere, NOW, today))
        for one in held:
            label = role_said(one.role)
            last = f" đến {say_date(one.last)}" if one.last else ""
            where = f"{one.unit.name} ({one.unit.code})"
            self.stdout.write(
                f"{one.account.username}\t{one.account}\t{label}\t{where}\ttừ {say_date(one.first)}{last}"
            )
        if not held:
            self.stdout.write("Chưa ai giữ vai trò nào ở đây. Giao vai trò: manage.py giveoffice.")
