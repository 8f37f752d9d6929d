"""A Paper as a Word file, poured into a layout.docx that officers may change in Word.

docxtpl fills the head and the signature; sentences and tables are set with the layout's own styles.
It decides no font and no margin: those are the layout's. It refuses a layout that lost a style or a place.
"""

import datetime
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docxtpl import DocxTemplate

from sohoi.reports.table import Cell, Column, Paper, Paragraph, Piece, Row, Table
from sohoi.reports.writers import layout as styles
from sohoi.reports.writers import official

_STYLES = {
    "body": styles.BODY,
    "item": styles.ITEM,
    "heading1": styles.HEADING_1,
    "heading2": styles.HEADING_2,
}
_NEEDED = {*_STYLES.values(), styles.TABLE_TITLE, styles.TABLE_HEAD, styles.TABLE_CELL, styles.TABLE_NOTE}
_NEEDED |= {styles.ANNEX_TITLE, styles.ANNEX_INTRO, styles.BODY_PLACE, styles.ANNEX_PLACE}
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_CELL_MARGIN_MM = 1.5


def write(paper: Paper, layout: Path) -> bytes:
    """The filled layout. Raises ValueError, naming the file, when the layout lacks a style or a place."""
    template = DocxTemplate(layout)
    template.render(_head(paper), autoescape=True)
    document = template.docx
    pen = _Pen(document, layout.name, paper.ordinals)
    pen.move_to(styles.BODY_PLACE)
    for block in paper.body:
        pen.block(block)
    pen.move_to(styles.ANNEX_PLACE)
    annex = official.annex(paper)
    if annex:
        pen.sentence((official.ANNEX_TITLE,), styles.ANNEX_TITLE)
        pen.sentence((official.ANNEX_INTRO,), styles.ANNEX_INTRO)
        pen.block(annex)
    pen.lift()
    _properties(document, paper)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _head(paper: Paper) -> dict[str, str | list[str]]:
    return {
        "issuer_above": official.name_lines(paper.issuer_above),
        "issuer": official.name_lines(paper.issuer),
        "number": official.number_line(paper),
        "place_and_day": official.place_and_day(paper),
        "title_lines": list(paper.title_lines),
        "subject": paper.subject,
        "recipients": official.recipient_lines(paper),
        "signer_titles": official.signer_lines(paper),
        "signer_name": paper.signer_name,
    }


class _Pen:
    """Writes before one paragraph of the document, the place, which disappears when the pen moves on."""

    def __init__(self, document: Document, layout: str, ordinals: dict[str, int]) -> None:
        self._document, self._layout, self._ordinals = document, layout, ordinals
        self._place: WordParagraph | None = None
        # Looked up once: python-docx searches all styles for every paragraph that is given one by name.
        self._styles = {str(style.name): style.style_id for style in document.styles}
        missing = sorted(_NEEDED - self._styles.keys())
        if missing:
            raise ValueError(
                f"Mẫu {layout} thiếu kiểu chữ “{'”, “'.join(missing)}”. "
                "Mở mẫu bằng Word, tạo lại kiểu chữ đúng tên đó, hoặc dùng lại mẫu gốc."
            )

    def move_to(self, style: str) -> None:
        """Go to the paragraph of the layout that carries this style."""
        self.lift()
        wanted = self._styles[style]
        for paragraph in self._document.paragraphs:
            if paragraph._p.style == wanted:
                self._place = paragraph
                return
        raise ValueError(
            f"Mẫu {self._layout} không có đoạn nào mang kiểu chữ “{style}” nên không biết đặt chữ vào đâu. "
            "Mở mẫu bằng Word, đặt một đoạn mang kiểu chữ đó vào đúng chỗ."
        )

    def lift(self) -> None:
        if self._place is not None:
            self._place._p.getparent().remove(self._place._p)
            self._place = None

    def block(self, block: Paragraph | Table) -> None:
        """Set a paragraph or a table at the place."""
        if isinstance(block, Table):
            self._table(block)
            return
        dash = (official.ITEM_DASH,) if block.style == "item" else ()
        self.sentence((*dash, *block.pieces), _STYLES[block.style])

    def sentence(self, pieces: Iterable[Piece], style: str) -> None:
        assert self._place is not None
        self._fill(self._place.insert_paragraph_before(), pieces, style)

    def _fill(self, paragraph: WordParagraph, pieces: Iterable[Piece], style: str) -> None:
        paragraph._p.style = self._styles[style]
        for piece in pieces:
            text, mark = official.marked(piece, self._ordinals)
            paragraph.add_run(text)
            if mark:
                paragraph.add_run(mark).font.superscript = True

    def _table(self, table: Table) -> None:
        if table.title:
            self.sentence((table.title,), styles.TABLE_TITLE)
        labels = Row(tuple(Cell(column.label) for column in table.columns), "head")
        heads = [labels, *(row for row in table.rows if row.style == "head")]
        rows = [*heads, *(row for row in table.rows if row.style != "head")]
        for row, line in zip(rows, self._grid(table, len(rows)).rows, strict=True):
            properties = line._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if row.style == "head":
                properties.append(OxmlElement("w:tblHeader"))
            self._row(row, line.cells, table.columns)
        # An empty note stays as a paragraph: without one Word would join two tables into one.
        self.sentence((table.note,), styles.TABLE_NOTE)

    def _grid(self, table: Table, rows: int) -> WordTable:
        """An empty bordered grid; widths on columns and cells, or LibreOffice ignores them."""
        assert self._place is not None
        grid = self._document.add_table(rows=rows, cols=len(table.columns))
        grid.style = "Table Grid"
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        grid.autofit = False
        styles.side_margins(grid, _CELL_MARGIN_MM)
        widths = [Mm(width) for width in table.widths(official.TEXT_WIDTH_MM)]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        for line in grid.rows:
            for cell, width in zip(line.cells, widths, strict=True):
                cell.width = width
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        self._place._p.addprevious(grid._tbl)
        return grid

    def _row(self, row: Row, cells: Sequence[_Cell], columns: tuple[Column, ...]) -> None:
        across = len(row.cells) < len(cells)
        if across:
            cells = [cells[0].merge(cells[-1])]
        for content, cell, column in zip(row.cells, cells, columns, strict=False):
            paragraph = cell.paragraphs[0]
            self._fill(paragraph, (content,), styles.TABLE_HEAD if row.style == "head" else styles.TABLE_CELL)
            if row.style != "head":
                paragraph.alignment = _ALIGN["left" if across else column.align]
            if row.style in ("group", "total"):
                for run in paragraph.runs:
                    run.bold = True


def _properties(document: Document, paper: Paper) -> None:
    """What a file manager shows: the paper's own words and day, not those of the layout."""
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = paper.subject, paper.issuer, paper.issuer
    facts.comments, facts.language = "", "vi-VN"
    facts.created = facts.modified = datetime.datetime.combine(paper.day, datetime.time())
