"""Draws the first layouts of Word papers in their three styles, upright and on the side; officers change them in Word.

Run once:  python -m sohoi.reports.writers.layout [TARGET.docx [state|party|plain] [wide]]
Without a target it draws all the layouts of the house, which serve forms without a layout of their own.
A layout has the head, the signature and the styles; words in {{ }} are filled in by docx.py, and the two
paragraphs in the styles BODY_PLACE and ANNEX_PLACE give way to the text and to the annex.
"""

import sys
from itertools import product
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from sohoi.reports.table import Style
from sohoi.reports.writers import official

FONT = "Times New Roman"
BODY, HEADING_1, HEADING_2, ITEM = "Nội dung", "Đề mục I", "Đề mục 1", "Gạch đầu dòng"
TABLE_TITLE, TABLE_HEAD, TABLE_CELL, TABLE_NOTE = "Tên bảng", "Đầu bảng", "Ô bảng", "Ghi chú bảng"
TABLE_HEAD_SMALL, TABLE_CELL_SMALL = "Đầu bảng nhỏ", "Ô bảng nhỏ"
ANNEX_TITLE, ANNEX_INTRO = "Tên phụ lục", "Lời phụ lục"
BODY_PLACE, ANNEX_PLACE = "Chỗ đặt nội dung", "Chỗ đặt phụ lục"
GRID = "Table Grid"  # Word's own

HOUSE = Path(__file__).parent / "layouts"
STYLES: tuple[Style, ...] = ("state", "party", "plain")
_CENTER, _LEFT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
_COUNTRY_MM = 97  # the country's name, 12 pt bold, needs 93 mm on one line
_PARTY_MM = 85  # the Party's name, 15 pt bold, needs 80 mm
_MOTTO_MM = 58  # width of the motto, 13 pt bold: the rule under it is as long
_PARTY_RULE_MM = 76
_FIRST_LINE = Mm(12.7)


def of_the_house(style: Style, *, wide: bool = False) -> Path:
    """The layout of a form that has none of its own."""
    return HOUSE / f"{style}{'-wide' if wide else ''}.docx"


def draw(style: Style = "state", *, wide: bool = False) -> Document:
    """A layout as a document in memory."""
    layout = docx.Document()
    width = official.WIDE_MM if wide else official.TEXT_WIDTH_MM
    _page(layout, wide)
    _styles(layout)
    {"state": _state_head, "party": _party_head, "plain": _plain_head}[style](layout, width)
    _title(layout, width, 15 if style == "party" else 14)
    layout.add_paragraph("[Nội dung báo cáo được đặt vào đây]", BODY_PLACE)
    _foot(layout, width, dated=style == "plain")
    layout.add_paragraph("[Phụ lục mã tra cứu được đặt vào đây, bắt đầu trang mới]", ANNEX_PLACE)
    return layout


def _page(layout: Document, wide: bool) -> None:
    section = layout.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.footer_distance = Mm(4)  # so that the QR stays within the margin
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = number.add_run("2")
    run.font.size = Pt(13)
    field.append(run._r)
    number._p.append(field)


def _styles(layout: Document) -> None:
    normal = layout.styles["Normal"]
    normal.font.size = Pt(14)
    _face(normal)
    normal.paragraph_format.space_after = Pt(0)
    body = _style(layout, BODY, align=_JUSTIFY, before=6, first_line=True)
    body.paragraph_format.line_spacing = 1.15
    _style(layout, ITEM, based_on=body)
    for name, level in ((HEADING_1, 0), (HEADING_2, 1)):
        heading = _style(layout, name, based_on=body, align=_LEFT, bold=True, before=8)
        heading.paragraph_format.keep_with_next = True
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        heading.element.get_or_add_pPr().append(outline)
    title = _style(layout, TABLE_TITLE, size=12, align=_CENTER, bold=True, before=10, after=4)
    title.paragraph_format.keep_with_next = True
    _style(layout, TABLE_HEAD, size=12, align=_CENTER, bold=True, before=2, after=2)
    _style(layout, TABLE_CELL, size=12, align=_LEFT, before=2, after=2)
    _style(layout, TABLE_HEAD_SMALL, size=10, align=_CENTER, bold=True, before=1, after=1)
    _style(layout, TABLE_CELL_SMALL, size=10, align=_LEFT, before=1, after=1)
    _style(layout, TABLE_NOTE, size=12, align=_LEFT, before=4, after=4).font.italic = True
    annex = _style(layout, ANNEX_TITLE, align=_CENTER, bold=True, after=6)
    annex.paragraph_format.page_break_before = True
    _style(layout, ANNEX_INTRO, size=12, align=_JUSTIFY, after=6)
    _style(layout, BODY_PLACE, based_on=body)
    _style(layout, ANNEX_PLACE, based_on=body)


def _style(
    layout: Document,
    name: str,
    *,
    based_on: ParagraphStyle | None = None,
    size: int | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
    bold: bool | None = None,
    before: int | None = None,
    after: int | None = None,
    first_line: bool = False,
) -> ParagraphStyle:
    style = layout.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = based_on or layout.styles["Normal"]
    style.quick_style = True
    style.font.bold = bold
    style.font.size = Pt(size) if size else None
    form = style.paragraph_format
    form.alignment = align
    form.space_before = None if before is None else Pt(before)
    form.space_after = None if after is None else Pt(after)
    form.first_line_indent = _FIRST_LINE if first_line else None
    return style


def _face(style: ParagraphStyle) -> None:
    """Times New Roman for every script, and Vietnamese as the language that Word checks."""
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)


def _state_head(layout: Document, width: int) -> None:
    """Decree 30: the bodies on the left, the country and its motto on the right, a rule under each."""
    right_mm = _COUNTRY_MM if width == official.TEXT_WIDTH_MM else width // 2
    table = _frame(layout, width, right_mm, rows=2)
    left, right = table.rows[0].cells
    _bodies(left, size=12)
    _rule(left.add_paragraph(), width - right_mm, 26)
    _line(right, official.COUNTRY, size=12, bold=True, first=True)
    _line(right, official.MOTTO, size=13, bold=True)
    _rule(right.add_paragraph(), right_mm, _MOTTO_MM)
    left, right = table.rows[1].cells
    _line(left, "{{ number }}", size=13, first=True)
    _line(right, "{{ place_and_day }}", size=13, italic=True, first=True)


def _party_head(layout: Document, width: int) -> None:
    """Hướng dẫn 36: the Party's name with a rule on the right, an asterisk under the bodies."""
    right_mm = _PARTY_MM if width == official.TEXT_WIDTH_MM else width // 2
    table = _frame(layout, width, right_mm, rows=2)
    left, right = table.rows[0].cells
    _bodies(left, size=13)
    _line(left, official.STAR, size=14)
    _line(right, official.PARTY, size=15, bold=True, first=True)
    _rule(right.add_paragraph(), right_mm, _PARTY_RULE_MM)
    left, right = table.rows[1].cells
    _line(left, "{{ number }}", size=13, first=True)
    _line(right, "{{ place_and_day }}", size=13, italic=True, first=True)


def _plain_head(layout: Document, width: int) -> None:
    """A branch writes to its own commune: who writes, and no more."""
    left = _frame(layout, width, width // 2, rows=1).rows[0].cells[0]
    _bodies(left, size=12)


def _bodies(cell: _Cell, size: int) -> None:
    """The superior body, then the issuing one in bold."""
    _line(cell, "{%p for line in issuer_above %}", first=True)
    _line(cell, "{{ line }}", size=size)
    _line(cell, "{%p endfor %}")
    _line(cell, "{%p for line in issuer %}")
    _line(cell, "{{ line }}", size=size, bold=True)
    _line(cell, "{%p endfor %}")


def _title(layout: Document, width: int, size: int) -> None:
    for text in ("{%p for line in title_lines %}", "{{ line }}", "{%p endfor %}", "{{ subject }}"):
        paragraph = layout.add_paragraph()
        paragraph.alignment = _CENTER
        run = paragraph.add_run(text)
        run.bold = True
        if text == "{{ line }}":
            run.font.size = Pt(size)
            paragraph.paragraph_format.space_before = Pt(14)
    rule = layout.add_paragraph()
    _rule(rule, width, 50)
    rule.paragraph_format.space_after = Pt(10)


def _foot(layout: Document, width: int, *, dated: bool) -> None:
    """Who receives it, who signs it; where the head has no date it stands above the signature."""
    layout.add_paragraph()
    table = _frame(layout, width, 90 if width == official.TEXT_WIDTH_MM else width // 2, rows=1)
    left, right = table.rows[0].cells
    _line(left, "{%p if recipients %}", first=True)
    _line(left, official.RECIPIENTS, size=12, bold=True, italic=True, align=_LEFT)
    _line(left, "{%p endif %}")
    for text in ("{%p for line in recipients %}", "{{ line }}", "{%p endfor %}"):
        _line(left, text, size=11, align=_LEFT)
    _line(left, "", size=11)  # a cell needs a paragraph, also where nobody is named
    if dated:
        _line(right, "{{ place_and_day }}", size=13, italic=True, first=True)
    _line(right, "{%p for line in signer_titles %}", first=not dated)
    _line(right, "{{ line }}", bold=True)
    _line(right, "{%p endfor %}")
    for _ in range(5):
        _line(right, "")
    _line(right, "{{ signer_name }}", bold=True)


def _frame(layout: Document, width: int, right_mm: int, *, rows: int) -> Table:
    """A table without borders. Widths stand on columns and on cells, or LibreOffice spreads them evenly."""
    table = layout.add_table(rows=rows, cols=2)
    table.autofit = False
    for column, wanted in zip(table.columns, (width - right_mm, right_mm), strict=True):
        column.width = Mm(wanted)
        for cell in column.cells:
            cell.width = Mm(wanted)
    _no_side_margins(table)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def _no_side_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _line(
    cell: _Cell,
    text: str,
    *,
    size: int = 14,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = _CENTER,
    first: bool = False,
) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _rule(paragraph: Paragraph, width_mm: int, rule_mm: int) -> None:
    """A thin line in the middle: an empty low paragraph with a border on top."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((width_mm - rule_mm) / 2)
    form.line_spacing = Pt(6)
    form.space_before = Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc", "w:rPr")


def main(asked: list[str]) -> None:
    """Draw the layout that was asked for, or all those of the house."""
    if asked:
        chosen = [style for style in STYLES if style in asked[1:]]
        draw(*chosen[:1], wide="wide" in asked[1:]).save(asked[0])
        return
    HOUSE.mkdir(exist_ok=True)
    for style, wide in product(STYLES, (False, True)):
        draw(style, wide=wide).save(str(of_the_house(style, wide=wide)))


if __name__ == "__main__":
    main(sys.argv[1:])
