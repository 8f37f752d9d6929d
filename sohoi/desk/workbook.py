"""A table of figures as an Excel workbook: the same rows and numbers as on the page. Nothing becomes a formula.

Numbers are numbers, the words for their absence are text; the sheet says who took it out and when.
"""

import io
from datetime import datetime
from fractions import Fraction

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from sohoi.desk.grid import TOTAL, Cell, Grid, Row
from sohoi.ledger.measures import MOST_PLACES

PLAIN_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LARGEST_EXACT = 10**15  # Excel keeps 15 digits: a larger number stays text
NUMBER, PERCENT = "#,##0", "0.00%"
AVERAGES = [NUMBER + f".{'0' * places}".rstrip(".") for places in range(MOST_PLACES + 1)]  # by the measure's decimals


def write(table: Grid, heading: list[str], taken: str) -> bytes:
    """The workbook: `heading` lines, the table, and who took it out. Raises nothing for any text."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN_TEXT) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        sheet = workbook.add_worksheet("Số liệu")
        face = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
        looks = {
            "title": workbook.add_format(face | {"bold": True, "font_size": 14}),
            "plain": workbook.add_format(face),
            "head": workbook.add_format(face | {"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
            "text": workbook.add_format(face | {"border": 1}),
            "bold": workbook.add_format(face | {"border": 1, "bold": True}),
        }
        looks |= {one: workbook.add_format(face | {"border": 1, "num_format": one}) for one in (*AVERAGES, PERCENT)}
        _fill(sheet, table, heading, taken, looks)
    return stream.getvalue()


def _fill(sheet: Worksheet, table: Grid, heading: list[str], taken: str, looks: dict[str, object]) -> None:
    """Heading, column names, rows, and the line that says who took it out."""
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, len(table.measures), 18)
    for at, line in enumerate(heading):
        sheet.write_string(at, 0, line, looks["plain" if at else "title"])
    top = len(heading) + 1
    names = ["Đơn vị", *(f"{measure.label} ({measure.count})" for measure in table.measures)]
    for column, name in enumerate(names):
        sheet.write_string(top, column, name, looks["head"])
    sheet.freeze_panes(top + 1, 1)
    rows = [*table.rows, table.total]
    for at, row in enumerate(rows, start=top + 1):
        sheet.write_string(at, 0, _label(row), looks["bold" if row.kind == TOTAL else "text"])
        for column, cell in enumerate(row.cells, start=1):
            _put(sheet, at, column, cell, looks)
    sheet.write_string(top + len(rows) + 2, 0, taken, looks["plain"])


def _label(row: Row) -> str:
    """The row's name, with its days when it stood here for a part of the period only."""
    if row.kind == TOTAL:
        return f"{row.label} (toàn đơn vị)"
    return f"{row.label} ({row.note})" if row.note else row.label


def _put(sheet: Worksheet, row: int, column: int, cell: Cell, looks: dict[str, object]) -> None:
    """A number as a number, anything else as text."""
    value = cell.figure.value
    if value is None or not -LARGEST_EXACT < value < LARGEST_EXACT:
        sheet.write_string(row, column, cell.text, looks["text"])
        return
    measure = cell.figure.measure
    look = PERCENT if measure.is_percent else AVERAGES[measure.places or 0]
    exact = float(value) if isinstance(value, Fraction) else value
    sheet.write_number(row, column, exact, looks[look])
