"""The lines of a Word file in their order, cells of tables too, as the reader would see them with all changes accepted.

A line is ["line", text, number, bold, outline, centred, table, row, column]: the number is the one that Word counts
itself, outline the level of a heading (0 is the highest) or null, table 0 outside tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sohoi.refusal import Refusal
from sohoi.reports.incoming.container import BODY, BOMB, FOOTNOTES, NUMBERING, STYLES, Package
from sohoi.reports.incoming.numbering import Numbering, Styles
from sohoi.reports.incoming.parsing import Attributes, Elements, is_on, value, whole

MOST_LINES, MOST_LETTERS, LONGEST = 10_000, 1_000_000, 20_000
TRACKED = (
    "Tệp có thay đổi chưa duyệt (track changes): đã đọc như khi chấp nhận tất cả; chữ thêm vào có lấy, "
    "chữ xóa thì không."
)
IN_HEADING = "Có bảng nằm trong một đề mục: các ô của bảng được đọc thành từng dòng, sau dòng đề mục ấy."
REFERENCE = re.compile(r"\s*\(?\d+\)\s*")
REFERENCES = "Các số nhỏ trong ngoặc, dẫn tới mã tra cứu của số liệu: không lấy."
PICTURES = "Tệp có ảnh hoặc hình vẽ: không lấy, chỉ lấy chữ."


@dataclass
class Paragraph:
    """One paragraph while it is being read."""

    pieces: list[str] = field(default_factory=list)
    bold: bool = True  # until letters are met that are not
    style: str = ""
    num: str | None = None
    level: int | None = None
    outline: int | None = None
    centred: bool | None = None
    mark_deleted: bool = False
    begins: int = 0  # where its lines belong: what a text box inside it holds comes after them


class Body(Elements):
    """Reads word/document.xml; `lines` and `notes` are what came of it."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        super().__init__()
        self.styles, self.numbering = styles, numbering
        self.lines: list[list[Any]] = []
        self.notes: set[str] = set()
        self.open: list[Paragraph] = []
        self.carried: Paragraph | None = None  # a paragraph whose mark was deleted goes on in the next one
        self.tables: list[list[int]] = []
        self.last_table = self.letters = self.row_depth = 0
        self.in_text = self.in_mark = self.in_row = False
        self.run_bold: bool | None = None
        self.raised = False

    # ---- paragraphs -------------------------------------------------------------------------------

    def start_p(self, attributes: Attributes) -> None:
        """A new paragraph, or the one before goes on because its mark was deleted."""
        self.open.append(self.carried or Paragraph())
        self.open[-1].mark_deleted, self.carried = False, None
        self.open[-1].begins = len(self.lines)

    def end_p(self) -> None:
        paragraph = self.open.pop()
        if paragraph.mark_deleted:
            self.carried = paragraph
        else:
            self._tell(paragraph)

    def start_pPr(self, attributes: Attributes) -> None:
        self.in_mark = True

    def end_pPr(self) -> None:
        self.in_mark = False

    def start_pStyle(self, attributes: Attributes) -> None:
        if self.open:
            self.open[-1].style = value(attributes)

    def start_numId(self, attributes: Attributes) -> None:
        if self.open:
            self.open[-1].num = value(attributes)

    def start_ilvl(self, attributes: Attributes) -> None:
        if self.open:
            self.open[-1].level = whole(value(attributes), 0)

    def start_outlineLvl(self, attributes: Attributes) -> None:
        if self.open:
            self.open[-1].outline = whole(value(attributes), 9)

    def start_jc(self, attributes: Attributes) -> None:
        if self.open and self.in_mark:
            self.open[-1].centred = value(attributes) == "center"

    def _tell(self, paragraph: Paragraph) -> None:
        """Its lines; a line break inside begins a new one, which has no number."""
        text = "".join(paragraph.pieces)
        if not text.strip():
            return
        style = self.styles.of(paragraph.style)
        outline = style.outline if paragraph.outline is None else paragraph.outline
        centred = bool(style.centred if paragraph.centred is None else paragraph.centred)
        shape = [paragraph.bold, outline if outline is not None and outline < 9 else None, centred]
        place = [*self.tables[-1]] if self.tables else [0, 0, 0]
        pieces = [piece[:LONGEST] for piece in text.split("\n") if piece.strip()]
        numbers = [self._number(paragraph)] + [""] * len(pieces)
        told = [["line", piece, number, *shape, *place] for piece, number in zip(pieces, numbers, strict=False)]
        self.lines[paragraph.begins : paragraph.begins] = told
        self.letters += len(text)
        if len(self.lines) > MOST_LINES or self.letters > MOST_LETTERS:
            raise Refusal(BOMB)

    def _number(self, paragraph: Paragraph) -> str:
        """What Word counts for it, by the paragraph itself or by its style."""
        style = self.styles.of(paragraph.style)
        num = style.num if paragraph.num is None else paragraph.num
        level = paragraph.level if paragraph.level is not None else style.level
        return self.numbering.next(num, level or 0) if num and num != "0" else ""

    # ---- letters ----------------------------------------------------------------------------------

    def start_r(self, attributes: Attributes) -> None:
        self.run_bold, self.raised = None, False

    def start_vertAlign(self, attributes: Attributes) -> None:
        self.raised = value(attributes) == "superscript"

    def start_b(self, attributes: Attributes) -> None:
        if not self.in_mark:
            self.run_bold = is_on(value(attributes))

    def start_rStyle(self, attributes: Attributes) -> None:
        if not self.in_mark and self.run_bold is None:
            self.run_bold = self.styles.of(value(attributes)).bold

    def start_t(self, attributes: Attributes) -> None:
        self.in_text = True

    def end_t(self) -> None:
        self.in_text = False

    def text(self, letters: str) -> None:
        if self.in_text and self.open:
            self._add(letters)

    def _add(self, letters: str) -> None:
        """Letters of the paragraph; it is bold as long as all that is seen of it is."""
        if self.raised and REFERENCE.fullmatch(letters):
            self.notes.add(REFERENCES)
            return
        paragraph = self.open[-1]
        paragraph.pieces.append(letters)
        if paragraph.bold and not letters.isspace():
            bold = self.styles.of(paragraph.style).bold if self.run_bold is None else self.run_bold
            paragraph.bold = bool(bold)

    def _sign(self, sign: str) -> None:
        if self.open and not self.in_mark:
            self.open[-1].pieces.append(sign)

    def start_tab(self, attributes: Attributes) -> None:
        self._sign(" ")

    def start_br(self, attributes: Attributes) -> None:
        self._sign("\n")

    def start_cr(self, attributes: Attributes) -> None:
        self._sign("\n")

    def start_noBreakHyphen(self, attributes: Attributes) -> None:
        self._sign("-")

    # ---- what was changed, and what is left out ---------------------------------------------------

    def start_ins(self, attributes: Attributes) -> None:
        self.notes.add(TRACKED)

    def start_moveTo(self, attributes: Attributes) -> None:
        self.notes.add(TRACKED)

    def start_del(self, attributes: Attributes) -> None:
        self.notes.add(TRACKED)
        if self.in_mark and self.open:
            self.open[-1].mark_deleted = True
        elif self.in_row:
            self.skip(self.row_depth)
        else:
            self.skip()

    def start_moveFrom(self, attributes: Attributes) -> None:
        self.start_del(attributes)

    def _skip(self, attributes: Attributes) -> None:
        self.skip()

    start_pPrChange = start_rPrChange = start_tblPrChange = start_trPrChange = start_tcPrChange = _skip
    start_sectPrChange = start_tblGridChange = start_Fallback = start_numberingChange = _skip

    def start_footnoteReference(self, attributes: Attributes) -> None:
        self.notes.add(FOOTNOTES)

    def start_drawing(self, attributes: Attributes) -> None:
        self.notes.add(PICTURES)

    def start_pict(self, attributes: Attributes) -> None:
        self.notes.add(PICTURES)

    # ---- tables -----------------------------------------------------------------------------------

    def start_tbl(self, attributes: Attributes) -> None:
        """A table; in a text box it may stand inside a paragraph, and that may be a heading."""
        self._let_go()
        if self.open:
            style = self.styles.of(self.open[-1].style)
            if style.outline is not None or self.open[-1].outline is not None:
                self.notes.add(IN_HEADING)
        self.last_table += 1
        self.tables.append([self.last_table, 0, 0])

    def end_tbl(self) -> None:
        self._let_go()
        self.tables.pop()

    def start_tr(self, attributes: Attributes) -> None:
        self.row_depth, self.in_row = self.depth, False
        if self.tables:
            self.tables[-1][1:] = [self.tables[-1][1] + 1, 0]

    def start_trPr(self, attributes: Attributes) -> None:
        self.in_row = True

    def end_trPr(self) -> None:
        self.in_row = False

    def start_tc(self, attributes: Attributes) -> None:
        if self.tables:
            self.tables[-1][2] += 1

    def end_tc(self) -> None:
        self._let_go()

    def _let_go(self) -> None:
        """A paragraph with a deleted mark at the end of a cell has no next one to go on in."""
        if self.carried:
            carried, self.carried = self.carried, None
            self._tell(carried)


def lines(package: Package) -> Iterator[list[Any]]:
    """Every line, then ["note", sentence] for all that was changed or left out."""
    body = Body(Styles(package.part(STYLES)), Numbering(package.part(NUMBERING)))
    body.read(package.part(BODY))
    body._let_go()
    yield from body.lines
    yield from (["note", note] for note in [*sorted(body.notes), *package.notes()])
