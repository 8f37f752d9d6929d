"""loadresolution: resolutions with their targets from TOML files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from sohoi.goals.write import load_resolution
from sohoi.plainly import said_plainly


class Command(BaseCommand):
    """A resolution of the same code is replaced whole; records are not touched (docs/resolutions.md)."""

    help = "Nạp nghị quyết và chỉ tiêu từ tệp TOML."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files."""
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP.toml")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what was loaded."""
        with said_plainly():
            for path in options["files"]:
                found = load_resolution(path)
                self.stdout.write(f"{found.code}: {found.title} ({found.clauses.count()} mục).")
