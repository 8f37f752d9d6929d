"""A Paper as a Word file, poured into a layout.docx that officers may change in Word.

docxtpl fills the head and the signature; sentences and tables are set with the layout's own styles (wordml.py).
It decides no font and no margin: those are the layout's. It refuses a layout that lost a style or a place.
"""

import datetime
import io
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate

from sohoi.reports.table import Paper
from sohoi.reports.writers import layout as styles
from sohoi.reports.writers import official
from sohoi.reports.writers.wordml import Hand


def layout_for(paper: Paper, own: Path | None = None) -> Path:
    """The form's own layout where there is such a file, else the house's for the paper's style and width."""
    return own if own and own.is_file() else styles.of_the_house(paper.style, wide=paper.wide)


def write(paper: Paper, own: Path | None = None, *, kept: bytes | None = None) -> bytes:
    """The filled layout: `kept`, the one with which the paper was signed, else `layout_for` it today.

    Raises ValueError, naming the file, when the layout lacks a style or a place.
    """
    path = layout_for(paper, own)
    template = DocxTemplate(io.BytesIO(kept) if kept else path)
    template.render(_head(paper), autoescape=True)
    document = template.docx
    known = {str(style.name): style.style_id for style in document.styles}
    hand = Hand(path.name, known, paper.ordinals, _text_width_mm(document.sections[-1]))
    written = {
        _place(document, path.name, known, styles.BODY_PLACE): "".join(hand.block(block) for block in paper.body),
        _place(document, path.name, known, styles.ANNEX_PLACE): _annex(paper, hand),
    }
    if paper.qr:
        _qr(document, paper.qr, official.code_line(paper))
    _properties(document, paper)
    return _saved(document, written)


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


def _text_width_mm(section: Section) -> float:
    """As wide as the layout's page leaves it: upright, or on its side."""
    across = (section.page_width or Mm(210)) - (section.left_margin or Mm(30)) - (section.right_margin or Mm(15))
    return across / Mm(1)


def _annex(paper: Paper, hand: Hand) -> str:
    """The codes of the figures and what each shows, or how they are read; nothing for a paper without codes."""
    annex, note = official.annex(paper), official.codes_note(paper)
    if annex is None:
        return hand.sentence((note,), styles.ANNEX_INTRO) if note else ""
    title = hand.sentence((official.ANNEX_TITLE,), styles.ANNEX_TITLE)
    return title + hand.sentence((official.ANNEX_INTRO,), styles.ANNEX_INTRO) + hand.block(annex)


def _place(document: Document, layout: str, known: dict[str, str], style: str) -> bytes:
    """What stands in the saved document instead of the layout's paragraph in this style."""
    for paragraph in document.paragraphs:
        if paragraph._p.style == known[style]:
            mark = OxmlElement("w:place", {qn("w:at"): known[style]})
            paragraph._p.getparent().replace(paragraph._p, mark)
            return f'<w:place w:at="{escape(known[style])}"/>'.encode()
    raise ValueError(
        f"Mẫu {layout} không có đoạn nào mang kiểu chữ “{style}” nên không biết đặt chữ vào đâu. "
        "Mở mẫu bằng Word, đặt một đoạn mang kiểu chữ đó vào đúng chỗ."
    )


def _saved(document: Document, written: dict[bytes, str]) -> bytes:
    """The file, with what was written in its places. It is never a tree: moving 300 rows from one tree to another takes
    two seconds, all else together a tenth of one."""
    saved, stream = io.BytesIO(), io.BytesIO()
    document.save(saved)
    name = document.part.partname.lstrip("/")
    with ZipFile(saved) as whole, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for part in whole.infolist():
            body = whole.read(part)
            for mark, words in written.items() if part.filename == name else ():
                before, found, after = body.partition(mark)
                assert found, f"{mark!r} is gone"
                body = before + words.encode() + after
            target.writestr(part, body)
    return stream.getvalue()


def _qr(document: Document, address: str, words: str) -> None:
    """On every page, in the foot of each section, below whatever the layout has there."""
    for section in document.sections:
        _sign(section.footer, address, words)
        if section.different_first_page_header_footer:
            _sign(section.first_page_footer, address, words)


def _sign(foot: _Footer, address: str, words: str) -> None:
    empty = len(foot.paragraphs) == 1 and not foot.paragraphs[0].text
    paragraph = foot.paragraphs[0] if empty else foot.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(f"{words}  ")
    run.font.size = Pt(9)
    picture = paragraph.add_run().add_picture(official.qr_picture(address), width=Mm(official.QR_MM))
    picture._inline.docPr.set("descr", f"{words}. {address}")


def _properties(document: Document, paper: Paper) -> None:
    """What a file manager shows: the paper's own words and day, not those of the layout."""
    facts = document.core_properties
    facts.title, facts.author, facts.last_modified_by = paper.subject, paper.issuer, paper.issuer
    facts.comments, facts.language = "", "vi-VN"
    facts.created = facts.modified = datetime.datetime.combine(paper.day, datetime.time())
