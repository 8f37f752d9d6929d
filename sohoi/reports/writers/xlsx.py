"""A Paper as an Excel workbook: one sheet of sentences, one for each table, one for the figures' addresses.

Figures are numbers that Excel can add, money and percentages in their formats; all else is text, and no
text can become a formula or a link. Excel counts in floating point: only here a share becomes a float.
"""

import datetime
import io
from collections.abc import Sequence
from fractions import Fraction

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sohoi.ledger.measures import MOST_PLACES
from sohoi.reports.table import Cell, Paper, Paragraph, Row, Table
from sohoi.reports.writers import official

_NEVER_GUESS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST_TEXT = 32_767  # Excel cuts off what is longer, and says nothing
_LARGEST_EXACT = 10**15  # Excel keeps 15 digits: a larger number stays text
_FORMATS = {"number": "#,##0", "money": '#,##0 "đồng"', "percent": "0.00%", "day": "dd/mm/yyyy"}
_FORMATS |= {f"places-{places}": "#,##0" + f".{'0' * places}".rstrip(".") for places in range(MOST_PLACES + 1)}
_STYLES: dict[str, dict[str, bool | int | str]] = {
    "title": {"bold": True, "font_size": 14, "text_wrap": False},
    "plain": {"text_wrap": False},
    "note": {"italic": True, "text_wrap": False},
    "head": {"bold": True, "border": 1, "align": "center", "bg_color": "#F2EDE4"},
    "body": {"border": 1},
    "group": {"bold": True, "border": 1, "bg_color": "#FAF7F1"},
    "total": {"bold": True, "border": 1},
}
_SENTENCES, _CODES, _CODE_LABEL = "Báo cáo", "Mã tra cứu", "Mã tra cứu"


def write(paper: Paper) -> bytes:
    """The workbook. Raises ValueError when a text is longer than a cell of Excel can hold."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _NEVER_GUESS) as workbook:
        workbook.set_properties(
            {
                "title": paper.subject,
                "author": paper.issuer,
                "created": datetime.datetime.combine(paper.day, datetime.time()),
            }
        )
        book = _Book(workbook, paper)
        _sentences(book, paper)
        tables = [block for block in paper.body if isinstance(block, Table)]
        for place, table in enumerate(tables, start=1):
            _table(book.sheet(_table_sheet(place)), table)
        _addresses(book, paper)
    return stream.getvalue()


def _table_sheet(place: int) -> str:
    return f"Bảng {place}"


class _Book:
    """A workbook and the formats made so far; each look is made once."""

    def __init__(self, workbook: xlsxwriter.Workbook, paper: Paper) -> None:
        self._workbook, self._paper = workbook, paper
        self._made: dict[tuple[str, str, str], Format] = {}

    def sheet(self, name: str) -> "_Sheet":
        """A new sheet with the paper's code in its foot."""
        sheet = _Sheet(self._workbook.add_worksheet(name), self)
        sheet.sign(self._paper)
        return sheet

    def look(self, style: str, kind: str = "text", align: str = "") -> Format:
        """The format of a cell, made once for each style, kind and side."""
        key = (style, kind, align)
        if key not in self._made:
            face = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter", "text_wrap": True}
            face |= {"align": align} if align else {}
            face |= {"num_format": _FORMATS[kind]} if kind in _FORMATS else {}
            self._made[key] = self._workbook.add_format(face | _STYLES[style])
        return self._made[key]


class _Sheet:
    """A worksheet written from the top, one line after another."""

    def __init__(self, sheet: Worksheet, book: _Book) -> None:
        self._sheet, self._book, self._next = sheet, book, 0
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def sign(self, paper: Paper) -> None:
        """The QR and the code of the paper in the foot of every printed page."""
        if paper.qr:
            picture = {"image_right": "qr.png", "image_data_right": official.qr_picture(paper.qr, dots=2)}
            self._sheet.set_margins(bottom=1.0)
            self._sheet.set_footer(f"&R{official.code_line(paper)}  &G", picture)

    def widths(self, letters: list[float]) -> None:
        for column, width in enumerate(letters):
            self._sheet.set_column(column, column, width)

    def line(self, cells: list[Cell], style: str, aligns: Sequence[str] | None = None) -> None:
        for column, cell in enumerate(cells):
            self._put(column, cell, style, aligns[column] if aligns else "")
        self._next += 1

    def lines(self, texts: list[str], style: str) -> None:
        for text in texts:
            self.line([Cell(text)], style)

    def head(self, labels: list[str]) -> None:
        """The line of labels, repeated on every printed page."""
        self._sheet.repeat_rows(self._next)
        self.line([Cell(label) for label in labels], "head")
        self.freeze()

    def freeze(self) -> None:
        """All written so far stays in sight."""
        self._sheet.freeze_panes(self._next, 0)

    def day(self, column: int, day: datetime.date) -> None:
        """A date in the line written last."""
        self._sheet.write_datetime(self._next - 1, column, day, self._book.look("body", "day", "center"))

    def _put(self, column: int, cell: Cell, style: str, align: str) -> None:
        value = cell.value
        if cell.kind == "text" or value is None or not -_LARGEST_EXACT < value < _LARGEST_EXACT:
            if len(cell.text) > _LONGEST_TEXT:
                raise ValueError(
                    f"Đoạn “{cell.text[:40]}…” dài {len(cell.text)} ký tự; một ô Excel chỉ chứa được "
                    f"{_LONGEST_TEXT}. Rút ngắn đoạn này hoặc xuất ra Word."
                )
            self._sheet.write_string(self._next, column, cell.text, self._book.look(style, "text", align))
            return
        kind: str = cell.kind if isinstance(value, int) or cell.kind == "percent" else "text"
        if cell.places is not None and cell.kind != "percent":
            kind = f"places-{cell.places}"
        number = float(value) if isinstance(value, Fraction) else value
        self._sheet.write_number(self._next, column, number, self._book.look(style, kind, align or "right"))


def _sentences(book: _Book, paper: Paper) -> None:
    sheet = book.sheet(_SENTENCES)
    sheet.widths([110, 24])
    place_and_number = (official.number_line(paper), official.place_and_day(paper))
    sheet.lines([paper.issuer_above, paper.issuer, *place_and_number], "plain")
    sheet.lines([*paper.title_lines, paper.subject], "title")
    sheet.lines([f"{len(paper.body)} dòng"], "note")
    sheet.head(["Nội dung", _CODE_LABEL])
    tables = 0
    for block in paper.body:
        tables += isinstance(block, Table)
        heading = isinstance(block, Paragraph) and block.style.startswith("heading")
        sheet.line([_said(block, tables), _codes_of(list(block.cells))], "group" if heading else "body")
    sheet.lines([*official.signer_lines(paper), paper.signer_name], "plain")
    sheet.lines([official.RECIPIENTS, *official.recipient_lines(paper)] if paper.recipients else [], "plain")
    sheet.lines([f"{official.code_line(paper)}. {paper.qr}"] if paper.qr else [], "plain")


def _said(block: Paragraph | Table, tables: int) -> Cell:
    if isinstance(block, Table):
        return Cell(f"{block.title} (xem trang “{_table_sheet(tables)}”)")
    dash = official.ITEM_DASH if block.style == "item" else ""
    return Cell(dash + "".join(piece if isinstance(piece, str) else piece.text for piece in block.pieces))


def _codes_of(cells: list[Cell]) -> Cell:
    return Cell(", ".join(dict.fromkeys(cell.code for cell in cells if cell.code)))


def _table(sheet: _Sheet, table: Table) -> None:
    sheet.widths([width / 1.7 for width in table.widths(official.TEXT_WIDTH_MM)] + [16])
    sheet.lines([table.title], "title")
    sheet.lines([f"{sum(row.style == 'body' for row in table.rows)} dòng", table.note], "note")
    sheet.head([*(column.label for column in table.columns), _CODE_LABEL])
    heads = [row for row in table.rows if row.style == "head"]
    for row in heads:
        sheet.line([*row.cells, Cell("")], "head")
    if heads:
        sheet.freeze()
    aligns = [*(column.align for column in table.columns), "center"]
    for row in table.rows:
        if row.style != "head":
            sheet.line(_filled(row, len(table.columns)), row.style, aligns if row.style != "group" else None)


def _filled(row: Row, columns: int) -> list[Cell]:
    """The cells of a row, a group row filled up with empty ones, and the codes at its end."""
    return [*row.cells, *[Cell("")] * (columns - len(row.cells)), _codes_of(list(row.cells))]


def _addresses(book: _Book, paper: Paper) -> None:
    """Every code with what it shows, its value as a number, and where that comes from."""
    if not paper.codes:
        return
    first = {cell.code: cell for cell in reversed(list(paper.cells)) if cell.code}
    sheet = book.sheet(_CODES)
    sheet.widths([6, 14, 70, 22, 26, 18, 13, 13])
    sheet.lines([official.ANNEX_TITLE], "title")
    sheet.lines([f"{len(paper.codes)} dòng"], "note")
    sheet.head(["STT", "Mã", "Số liệu", "Giá trị", "Đầu số liệu", "Đơn vị", "Từ ngày", "Đến ngày"])
    for place, (code, shows) in enumerate(paper.codes, start=1):
        cell = first.get(code, Cell(""))
        value = Cell(cell.text, cell.value, cell.kind, places=cell.places)
        source = cell.address
        words = [Cell(word) for word in (source.measure, source.unit, "", "")] if source else []
        filled = words or [Cell("")] * 4
        sheet.line([Cell(str(place), place, "number"), Cell(code), Cell(shows), value, *filled], "body")
        if source:
            sheet.day(6, source.first)
            sheet.day(7, source.last)
