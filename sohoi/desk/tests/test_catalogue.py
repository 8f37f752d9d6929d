"""The list of measures for whoever writes a resolution: nothing is missing, and it is what the files say."""

import io
from pathlib import Path

from django.core.management import call_command

from sohoi.ledger.declare import declared, room_folders

PAGE = Path(__file__).parents[3] / "docs" / "measures.md"


def test_the_page_of_measures_is_what_the_files_declare():
    printed = io.StringIO()
    call_command("measures", stdout=printed)
    again = "measures.toml hay kinds/ đã đổi: chạy python manage.py measures > docs/measures.md"
    assert printed.getvalue() == PAGE.read_text("utf-8"), again


def test_every_measure_stands_there_once_with_what_feeds_it():
    kinds, measures = declared(room_folders())
    rows = [line.split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert sorted(row[0].strip("| `") for row in rows) == sorted(measures)
    fed = {row[0].strip("| `"): row[-1] for row in rows}
    assert fed["gifts"].startswith("Trao quà")
    assert fed["health-groups-founded"].startswith("`groups-founded`, chỉ `form = health`")
    assert {posting.code for kind in kinds for posting in kind.measures} <= set(fed)
