"""measures: every measure of the rooms as the page docs/measures.md, for whoever writes a resolution."""

from typing import Any

from django.core.management.base import BaseCommand

from sohoi.desk.catalogue import page
from sohoi.ledger.declare import declared, room_folders
from sohoi.plainly import said_plainly


class Command(BaseCommand):
    """Reads the files of the rooms; no database is needed."""

    help = "In danh mục đầu số liệu của chương trình: mã, tên, đơn vị tính, cách tính, từ loại việc nào."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        with said_plainly():
            self.stdout.write(page(*declared(room_folders())), ending="")
