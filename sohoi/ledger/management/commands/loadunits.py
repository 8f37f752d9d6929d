"""loadunits: the State's map from the repository, and branches from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from sohoi.ledger.models import Entry
from sohoi.ledger.totals import rebuild
from sohoi.plainly import said_plainly
from sohoi.units.write import load_country, load_units


class Command(BaseCommand):
    """Load the country once; then each CSV file of branches (docs/formats.md).

    It stands here and not among the units because a moved branch moves its figures: totals follow the map.
    """

    help = "Nạp bản đồ đơn vị của cả nước, rồi chi hội, cơ sở riêng từ tệp CSV (code,parent,name,first,last[,level])."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files of branches."""
        parser.add_argument("files", nargs="*", type=Path, metavar="TỆP.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many."""
        with said_plainly():
            self.stdout.write(f"Cả nước: {load_country()} đơn vị.")
            for path in options["files"]:
                fresh, places = _load(path)
                self.stdout.write(f"{path.name}: {fresh} đơn vị mới, {places} vị trí mới.")


@transaction.atomic
def _load(path: Path) -> tuple[int, int]:
    """One file, and the totals of the map as it then is."""
    path.name.encode()  # a name that could not be printed is refused before anything is kept
    fresh, places = load_units(path)
    if places and Entry.objects.exists():
        rebuild()
    return fresh, places
