"""Sentences and tables in Word's own language, as text: a whole paper is read once, not built cell by cell.

It knows the styles of one layout by name and refuses a layout that lost one; fonts and sizes are the layout's.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape

from sohoi.reports.table import Cell, Paragraph, Piece, Row, Table
from sohoi.reports.writers import layout as styles
from sohoi.reports.writers import official

_STYLES = {
    "body": styles.BODY,
    "item": styles.ITEM,
    "heading1": styles.HEADING_1,
    "heading2": styles.HEADING_2,
}
_NEEDED = {*_STYLES.values(), styles.TABLE_TITLE, styles.TABLE_HEAD, styles.TABLE_CELL, styles.TABLE_NOTE, styles.GRID}
_NEEDED |= {styles.TABLE_HEAD_SMALL, styles.TABLE_CELL_SMALL, styles.ANNEX_TITLE, styles.ANNEX_INTRO}
_NEEDED |= {styles.BODY_PLACE, styles.ANNEX_PLACE}
_TWIPS = 1440 / 25.4
_MARGIN, _MARGIN_SMALL = round(1.5 * _TWIPS), round(0.8 * _TWIPS)  # left and right in every cell
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_SIGNS = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": _BREAK, "\r": _BREAK, "\t": _BREAK.replace("w:br", "w:tab"),
})  # fmt: skip


class Hand:
    """Writes blocks in the styles of one layout, as wide as its text.

    Raises ValueError, naming the file, when the layout lacks a style; `block` and `sentence` when a text holds signs
    that no file can keep.
    """

    def __init__(self, layout: str, known: Mapping[str, str], ordinals: dict[str, int], width_mm: float) -> None:
        missing = sorted(_NEEDED - known.keys())
        if missing:
            raise ValueError(
                f"Mẫu {layout} thiếu kiểu chữ “{'”, “'.join(missing)}”. "
                "Mở mẫu bằng Word, tạo lại kiểu chữ đúng tên đó, hoặc dùng lại mẫu gốc."
            )
        self._known, self._ordinals, self._width = known, ordinals, width_mm

    def block(self, block: Paragraph | Table) -> str:
        """A paragraph, or a table with its title and its note."""
        if isinstance(block, Table):
            return self._table(block)
        dash = (official.ITEM_DASH,) if block.style == "item" else ()
        return self.sentence((*dash, *block.pieces), _STYLES[block.style])

    def sentence(self, pieces: Iterable[Piece], style: str) -> str:
        """One paragraph in a style of the layout."""
        return self._opening(style) + "".join(self._runs(piece) for piece in pieces) + "</w:p>"

    def _opening(self, style: str, align: str = "", heads: bool = False) -> str:
        """The beginning of a paragraph; one that `heads` others stays on their page."""
        kept = "<w:keepNext/>" if heads else ""
        side = f'<w:jc w:val="{align}"/>' if align else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{escape(self._known[style])}"/>{kept}{side}</w:pPr>'

    def _runs(self, piece: Piece, face: str = "") -> str:
        """The words of a piece and its small mark; `face` is "<w:b/>" or nothing."""
        text, mark = official.marked(piece, self._ordinals)
        if _NO_XML.search(text):
            raise ValueError(
                f"Chữ “{text[:40]!a}” có ký tự điều khiển, Word không giữ được. Xóa ký tự đó rồi xuất lại."
            )
        properties = f"<w:rPr>{face}</w:rPr>" if face else ""
        said = f'<w:r>{properties}<w:t xml:space="preserve">{text.translate(_SIGNS)}</w:t></w:r>' if text else ""
        if mark:
            said += f'<w:r><w:rPr>{face}<w:vertAlign w:val="superscript"/></w:rPr><w:t>{mark}</w:t></w:r>'
        return said

    def _table(self, table: Table) -> str:
        """An empty note stays as a paragraph: without one Word would join two tables into one."""
        title = self.sentence((table.title,), styles.TABLE_TITLE) if table.title else ""
        widths = [round(width * _TWIPS) for width in table.widths(self._width)]
        labels = Row(tuple(Cell(column.label) for column in table.columns), "head")
        heads = [labels, *(row for row in table.rows if row.style == "head")]
        rows = [*heads, *(row for row in table.rows if row.style != "head")]
        body = "".join(self._lines(table, rows, widths))
        return f"{title}<w:tbl>{self._frame(widths, official.small(table))}{body}</w:tbl>" + self.sentence(
            (table.note,), styles.TABLE_NOTE
        )

    def _frame(self, widths: list[int], small: bool) -> str:
        """Borders and widths; these stand on columns and on cells, or LibreOffice ignores them."""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        margin = _MARGIN_SMALL if small else _MARGIN
        margins = "".join(f'<w:{side} w:w="{margin}" w:type="dxa"/>' for side in ("left", "right"))
        return (
            f'<w:tblPr><w:tblStyle w:val="{escape(self._known[styles.GRID])}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="04A0"/></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>"
        )

    def _lines(self, table: Table, rows: list[Row], widths: list[int]) -> Iterable[str]:
        """Each row as text; what stands before the words of a cell is made once for a column."""
        small = official.small(table)
        head = self._opening(styles.TABLE_HEAD_SMALL if small else styles.TABLE_HEAD)
        cell = styles.TABLE_CELL_SMALL if small else styles.TABLE_CELL
        before_head = [f"{_box(width)}{head}" for width in widths]
        before = [_box(w) + self._opening(cell, column.align) for w, column in zip(widths, table.columns, strict=True)]
        across = [_box(sum(widths), len(widths)) + self._opening(cell, "left", heads=True)]
        for row in rows:
            face = "<w:b/>" if row.style in ("group", "total") else ""
            mark = "<w:tblHeader/>" if row.style == "head" else ""
            boxes = before_head if mark else before if len(row.cells) == len(widths) else across
            cells = (
                f"{box}{self._runs(content, face)}</w:p></w:tc>" for box, content in zip(boxes, row.cells, strict=True)
            )
            yield f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{''.join(cells)}</w:tr>"


def _box(width: int, columns: int = 1) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
