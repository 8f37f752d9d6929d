"""The template of one unit: its name and code, a column for each question of the kind, lists to choose from, one
example that is marked as such and is never loaded."""

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sohoi.ledger.kinds import Field, KindBody
from sohoi.sheets.workbooks.looks import PLAIN_TEXT, dress
from sohoi.units.models import Level, Unit

ROWS = 1_000  # so many are made ready
YES_NO = ["Có", "Không"]
LISTS = "Danh mục"
EXAMPLES = {
    "name": "Lê Thị Mẫu", "born": "12/3/1985", "phone": "0905000000", "id-number": "092185000000", "home": "Lê Thị Mẫu",
    "role": "Chủ hộ", "address": "Số 1, Ấp Một", "ethnicity": "Kinh", "religion": "Không", "occupation": "Làm ruộng",
    "schooling": "9/12", "qualification": "Trung cấp", "politics": "Sơ cấp", "standing": "Hội viên",
}  # fmt: skip
WIDE = {"name": 28, "home": 24, "address": 32}


def blank_form(unit: Unit, branches: Sequence[Unit], body: KindBody) -> bytes:
    """The workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN_TEXT) as workbook:
        looks = dress(workbook)
        sheet, lists = workbook.add_worksheet("Danh sách"), workbook.add_worksheet(LISTS)
        lists.hide()
        sheet.write_string(0, 0, f"DANH SÁCH HỘI VIÊN: {unit.full_name}", looks["title"])
        sheet.write_string(1, 0, f"{body.label}. Mã đơn vị: {unit.code}", looks["plain"])
        sheet.write_string(2, 0, "Mỗi người một dòng. Dòng “Ví dụ” không được đưa vào sổ.", looks["plain"])
        _fill(sheet, lists, _columns(unit, branches, body), looks)
    return stream.getvalue()


Column = tuple[str, str, list[str], int]  # heading, example, choices, width


def _columns(unit: Unit, branches: Sequence[Unit], body: KindBody) -> list[Column]:
    """STT, the branch where there are several, then the questions."""
    columns: list[Column] = [("STT", "Ví dụ", [], 7)]
    if unit.level == Level.BASE:
        names = [branch.name for branch in branches]
        columns.append(("Chi hội", names[0] if names else "", names, 26))
    for field in body.asked:
        if field.code == "man":
            columns.append(("Giới tính", "Nữ", ["Nữ", "Nam"], 11))
        else:
            columns.append((field.label, _example(field), _choices(field), WIDE.get(field.code, 18)))
    return columns


def _choices(field: Field) -> list[str]:
    """What may stand in the cells of a column."""
    if field.type == "yes-no":
        return YES_NO
    return list((field.choices or {}).values())


def _example(field: Field) -> str:
    return EXAMPLES.get(field.code, "Có" if field.type == "yes-no" else "")


def _fill(sheet: Worksheet, lists: Worksheet, columns: list[Column], looks: dict[str, Format]) -> None:
    """Headings, the example, empty rows as text; each list of choices stands on a sheet of its own."""
    top = 4
    for at, (heading, example, choices, width) in enumerate(columns):
        sheet.set_column(at, at, width, looks["plain"])
        sheet.write_string(top, at, heading, looks["head"])
        sheet.write_string(top + 1, at, example, looks["example"])
        if choices:
            for row, choice in enumerate(choices):
                lists.write_string(row, at, choice)
            _offer(sheet, top + 1, at, len(choices))
    sheet.set_row(top, 34)
    sheet.freeze_panes(top + 1, 2)


def _offer(sheet: Worksheet, first: int, at: int, size: int) -> None:
    """A list to choose from in a column; other words are warned of, not forbidden: pasted lists must go in."""
    column = chr(ord("A") + at)
    sheet.data_validation(
        first, at, first + ROWS, at,
        {
            "validate": "list", "source": f"='{LISTS}'!${column}$1:${column}${size}", "error_type": "warning",
            "error_title": "Ngoài danh mục", "error_message": "Nên chọn một mục trong danh sách.",
        },
    )  # fmt: skip
