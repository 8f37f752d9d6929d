"""The words that stand on every official paper, said once for all writers, in the three styles of a paper.

State: Decree 30/2020; Party: Hướng dẫn 36-HD/VPTW; plain: a branch's report to its own commune, which bears neither
(domain handbook, sections 4.2 and 4.5). It refuses layout: each writer has its own.
"""

import io
import re
from functools import lru_cache

import segno

from sohoi import vietnamese
from sohoi.reports.table import Cell, Column, Paper, Piece, Row, Table

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
STAR = "*"  # under the issuing body of a Party paper
RECIPIENTS = "Nơi nhận:"
ANNEX_TITLE = "PHỤ LỤC: MÃ TRA CỨU SỐ LIỆU"
ANNEX_INTRO = (
    "Số nhỏ trong ngoặc bên cạnh mỗi số liệu là số thứ tự trong bảng dưới đây. "
    "Mã ở cùng dòng mở đúng các ghi chép làm nên số liệu đó trên Sổ Hội."
)
ITEM_DASH = "- "
TEXT_WIDTH_MM = 165  # A4 less 30 mm on the left and 15 mm on the right
WIDE_MM = 252  # the same, the page on its side
MANY_COLUMNS = 8  # a table with more is set in smaller letters
QR_MM = 14  # with room around it, all within the lower margin of 20 mm; its smallest square is over 0.35 mm

_LEVELS = "TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU"
_LEVEL_WORD = re.compile(rf" (?=(?:{_LEVELS})\b)", re.IGNORECASE)
_LEFT_COLUMN = 28  # letters in capitals that fit the left column on one line
_STATE_NUMBER = re.compile(r"^([^/-]+)/([^\W\d_]+)(?:-(.+))?$")
_STATE_MODE = re.compile(r"^(T|K)(M|T|L)\. ", re.MULTILINE)


def text_width_mm(paper: Paper) -> int:
    """How wide the text of the paper is."""
    return WIDE_MM if paper.wide else TEXT_WIDTH_MM


def small(table: Table) -> bool:
    """Whether it is set in smaller letters, so that its many columns stay legible."""
    return len(table.columns) > MANY_COLUMNS


def name_lines(name: str) -> list[str]:
    """A long name of a body in two lines, broken before its level ("… HUYỆN BÌNH LÂM"); none for no name."""
    if len(name) > _LEFT_COLUMN:
        return _LEVEL_WORD.split(name, maxsplit=1)
    return [name] if name else []


def number_line(paper: Paper) -> str:
    """Like "Số: 15/BC-BTV", of the Party "Số 15-BC/BTV"; nothing on a list or a branch's report."""
    if not paper.number or paper.style == "plain":
        return ""
    return f"Số {party_number(paper.number)}" if paper.style == "party" else f"Số: {paper.number}"


def party_number(number: str) -> str:
    """ "15/BC-BTV" as the Party writes it: "15-BC/BTV"; a number written so already stays."""
    found = _STATE_NUMBER.match(number)
    if found is None:
        return number
    return f"{found[1]}-{found[2]}" + (f"/{found[3]}" if found[3] else "")


def place_and_day(paper: Paper) -> str:
    """Like "Mỹ Xuyên, ngày 04 tháng 5 năm 2024"."""
    return f"{paper.place}, {vietnamese.long_date(paper.day)}"


def recipient_lines(paper: Paper) -> list[str]:
    """One line for each, "- …;", the last closed with a full stop."""
    names = [name.rstrip(" ;.") for name in paper.recipients]
    return [f"- {name}{'.' if place == len(names) else ';'}" for place, name in enumerate(names, start=1)]


def signer_lines(paper: Paper) -> list[str]:
    """Like "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"; the Party writes T/M, K/T, T/L."""
    said = paper.signer_title
    if paper.style == "party":
        said = _STATE_MODE.sub(r"\1/\2 ", said)
    return said.split("\n")


def code_line(paper: Paper) -> str:
    """Beside the QR, for those who type it."""
    return f"Mã: {paper.short_code}"


def qr(address: str) -> str:
    """The QR of an address as SVG without a size; readable with a sixth of it scratched off (level M)."""
    stream = io.BytesIO()
    _drawn(address).save(stream, kind="svg", border=0, xmldecl=False, omitsize=True, svgclass="qr", lineclass=None)
    return stream.getvalue().decode()


@lru_cache(maxsize=64)
def _drawn(address: str) -> segno.QRCode:
    """Kept: the same paper is asked for as page, Word and PDF, and choosing the best pattern takes long."""
    return segno.make_qr(address, error="m")


def qr_picture(address: str, dots: int = 10) -> io.BytesIO:
    """The same as PNG, so many dots to a square, for files that take no drawing."""
    stream = io.BytesIO()
    _drawn(address).save(stream, kind="png", border=0, scale=dots)
    stream.seek(0)
    return stream


def marked(piece: Piece, ordinals: dict[str, int]) -> tuple[str, str]:
    """The text of a piece and its small mark, "(3)", which leads to line 3 of the annex; often none."""
    if isinstance(piece, str):
        return piece, ""
    return piece.text, f"({ordinals[piece.code]})" if piece.code else ""


def annex(paper: Paper) -> Table | None:
    """The codes of the figures and what each shows; None for a paper without codes, or with codes that need no list."""
    if not paper.codes or codes_note(paper):
        return None
    columns = (Column("STT", 12, "center"), Column("Mã", 33, "center"), Column("Số liệu", 120))
    rows = (
        Row((Cell(str(place)), Cell(code), Cell(shows))) for place, (code, shows) in enumerate(paper.codes, start=1)
    )
    return Table("", columns, tuple(rows))


def codes_note(paper: Paper) -> str:
    """How a code is read off the paper, where each is the paper's own code and the small number: K7QM4TZ-12 opens the
    figure marked (12). A list of three hundred such codes would say nothing more. "" for other papers."""
    own = paper.short_code
    if not own or not paper.codes or any(code != f"{own}-{at}" for code, at in paper.ordinals.items()):
        return ""
    return (
        f"Mã của mỗi số liệu là mã văn bản, gạch nối và số nhỏ trong ngoặc bên cạnh số liệu đó, ví dụ {own}-1. "
        "Mã mở đúng các ghi chép làm nên số liệu trên Sổ Hội, như lúc ký."
    )
