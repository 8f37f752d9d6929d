"""Rows of a batch, many at once: kept when a file comes in, written down when something was found of them."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from sohoi.many import told_many
from sohoi.sheets.keeping import CELLS, sealed
from sohoi.sheets.models import Row
from sohoi.statements import statement

sql = partial(statement, __file__)  # the .sql files of this drawer


def keep(batch: UUID, rows: Iterable[tuple[int, int, list[Any]]]) -> None:
    """Keep rows of a new batch: (sheet, number, cells)."""
    with connection.cursor() as cursor, cursor.cursor.copy(sql("copy_rows.sql")) as copy:
        for sheet, number, cells in rows:
            copy.write_row((batch, sheet, number, sealed(cells, CELLS), "", ""))


def write_down(rows: Iterable[Row]) -> None:
    """Write state, branch, draft, faults, section and card of rows, in one statement."""
    told = [
        {
            "id": row.pk, "state": row.state, "branch_id": row.branch_id, "draft": row.draft and str(row.draft),
            "faults": "\\x" + bytes(row.faults_sealed).hex() if row.faults_sealed else None, "section": row.section,
            "member_id": row.member_id,
        }
        for row in rows
    ]  # fmt: skip
    told_many(sql("rows.sql"), told)
