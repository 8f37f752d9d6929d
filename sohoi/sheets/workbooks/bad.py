"""The rows that did not go in, as sent, with the reason beside each: mended, this very file is loaded again."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sohoi.sheets.check import reading_of
from sohoi.sheets.keeping import CELLS, FAULTS, Faults, unsealed
from sohoi.sheets.models import Batch, Row, RowState
from sohoi.sheets.understanding.columns import code_of
from sohoi.sheets.understanding.persons import Reading
from sohoi.sheets.understanding.values import digits, said
from sohoi.sheets.workbooks.looks import PLAIN_TEXT, dress

REASON = "Lý do"
LONGEST_COMMENT = 1_000


def bad_rows(batch: Batch) -> bytes:
    """The workbook: the headings as sent and the reasons, then each row that needs a hand, under its section."""
    reading, head = reading_of(batch)
    rows = Row.objects.filter(batch=batch, sheet=batch.sheet, state__in=(RowState.BAD, RowState.TWIN))
    places = [at for at, heading in enumerate(head.headings) if code_of(heading) != "reason"]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN_TEXT) as workbook:
        looks, sheet = dress(workbook), workbook.add_worksheet("Các dòng cần sửa")
        sheet.write_string(0, 0, f"CÁC DÒNG CẦN SỬA: {batch.unit.full_name}", looks["title"])
        sheet.write_string(1, 0, f"Mã đơn vị: {batch.unit.code}", looks["plain"])
        sheet.write_string(2, 0, "Sửa các ô tô màu theo cột Lý do rồi tải chính tệp này lên.", looks["plain"])
        _head(sheet, [head.headings[at] for at in places], looks)
        at, section = 5, ""
        for row in rows.order_by("number").iterator(500):
            if row.section and row.section != section:
                sheet.write_string(at, 1 if len(places) > 1 else 0, row.section, looks["plain"])
                section, at = row.section, at + 1
            _row(sheet, at, row, places, reading, looks)
            at += 1
    return stream.getvalue()


def _head(sheet: Worksheet, headings: Sequence[str], looks: dict[str, Format]) -> None:
    """One row of headings, however many there were; reasons last."""
    for at, heading in enumerate([*headings, REASON]):
        sheet.write_string(4, at, heading, looks["head"])
    sheet.set_column(0, len(headings) - 1, 18, looks["plain"])
    sheet.set_column(len(headings), len(headings), 70, looks["plain"])
    sheet.freeze_panes(5, 0)


def _row(sheet: Worksheet, at: int, row: Row, places: list[int], reading: Reading, looks: dict[str, Format]) -> None:
    """One row: bad cells coloured, the reason as a comment on the cell and in words at the end."""
    cells = reading.mend(unsealed(row.cells_sealed, CELLS))
    faults: Faults = unsealed(row.faults_sealed, FAULTS)
    by_column: dict[int | None, list[str]] = {}
    for column, sentence in faults:
        by_column.setdefault(column, []).append(sentence)
    for place, column in enumerate(places):
        reasons = by_column.get(column)
        text = _text(cells[column] if column < len(cells) else None, column, reading)
        sheet.write_string(at, place, text, looks["bad" if reasons else "text"])
        if reasons:
            sheet.write_comment(at, place, " ".join(reasons)[:LONGEST_COMMENT], {"x_scale": 2})
    sheet.write_string(at, len(places), " ".join(sentence for _, sentence in faults), looks["reason"])


def _text(cell: Any, column: int, reading: Reading) -> str:
    """A cell as it was sent, as text: numbers have their zeros back, days are written out."""
    code = reading.codes[column] if column < len(reading.codes) else ""
    if code in ("phone", "id-number") and isinstance(cell, int):
        return digits(cell, code)
    return said(cell)
