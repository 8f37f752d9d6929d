"""The cells of a file as plain values, sheet by sheet, row by row: what the child writes for its parent.

A cell is text, a whole number, a number with a fraction, true or false, or a day as ["d", "2024-04-15"].
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from sohoi.refusal import Refusal
from sohoi.sheets.reading.container import DAMAGED, LOCKED, kind_of

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, LONGEST = 100_500, 200, 50, 2_000
EXACT = 10**15
TOO_MANY = "Tệp có hơn 100.000 dòng. Chia danh sách theo xã, phường hoặc chi hội rồi tải từng tệp."
DELIMITERS = ";,\t|"


def lines(data: bytes) -> Iterator[list[Any]]:
    """["sheet", name, hidden, merged] before the ["row", number, cells] of each sheet; blank rows are left out.

    Raises Refusal with one sentence when the file cannot be read.
    """
    told = _text_rows(data) if kind_of(data) == "csv" else _book(data)
    rows = 0
    for line in told:
        rows += line[0] == "row"
        if rows > MOST_ROWS:
            raise Refusal(TOO_MANY)
        yield line


def _book(data: bytes) -> Iterator[list[Any]]:
    """Every sheet of a workbook. The reader's own faults are all one: the file is damaged."""
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        for meta in book.sheets_metadata[:MOST_SHEETS]:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or []]
            yield ["sheet", meta.name[:LONGEST], hidden, merged[:MOST_ROWS]]
            yield from _rows(sheet.iter_rows())
    except calamine.PasswordError as error:
        raise Refusal(LOCKED) from error
    except (calamine.CalamineError, ValueError, OSError, KeyError, IndexError) as error:
        if isinstance(error, Refusal):
            raise
        raise Refusal(DAMAGED) from error


def _rows(rows: Any) -> Iterator[list[Any]]:
    """Rows with their numbers as Excel shows them."""
    for at, row in enumerate(rows, start=1):
        cells = [_plain(cell) for cell in row[:MOST_COLUMNS]]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield ["row", at, cells]


def _plain(cell: Any) -> Any:
    """One cell as JSON can say it; a whole number stored as a fraction is whole again."""
    if isinstance(cell, str):
        return cell[:LONGEST] if cell.strip() else None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < EXACT else cell
    if isinstance(cell, datetime | date):
        return ["d", f"{cell:%Y-%m-%d}"] if cell.year >= 1000 else str(cell)
    return str(cell) if isinstance(cell, time | timedelta) else cell


def _text_rows(data: bytes) -> Iterator[list[Any]]:
    """A text file: its letters, then its delimiter, by what the first lines have most of."""
    text = _decoded(data)
    head = "\n".join(text.splitlines()[:20])
    delimiter = max(DELIMITERS, key=head.count)
    yield ["sheet", "CSV", False, []]
    try:
        yield from _rows(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise Refusal(DAMAGED) from error


def _decoded(data: bytes) -> str:
    """Unicode, or single bytes of an old program kept as they are: understanding.legacy turns them into letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
