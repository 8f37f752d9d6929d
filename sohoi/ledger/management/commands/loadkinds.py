"""loadkinds: kinds and measures of the rooms, or of folders given by name."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from sohoi.ledger.declare import load_folders, load_rooms
from sohoi.plainly import said_plainly


class Command(BaseCommand):
    """A folder holds measures.toml and kinds/*.toml (docs/kinds.md); all or nothing."""

    help = "Nạp loại việc và đầu số liệu của các phòng, hoặc từ thư mục được nêu (measures.toml, kinds/*.toml)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Folders; none: the rooms of the program."""
        parser.add_argument("folders", nargs="*", type=Path, metavar="THƯ_MỤC")
        parser.add_argument(
            "--give-way", action="append", default=[], metavar="MÃ",
            help="mã mà thư mục riêng nhường cho chương trình; nêu nhiều lần được",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many are new or changed."""
        with said_plainly():
            folders = [(path.resolve().name, path) for path in options["folders"]]
            if folders:
                kinds, measures = load_folders(folders)
            else:
                kinds, measures = load_rooms(options["give_way"], self.stderr.write)
            self.stdout.write(f"Loại việc mới hoặc đổi: {kinds}. Đầu số liệu mới hoặc đổi: {measures}.")
