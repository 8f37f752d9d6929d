"""The words that stand on every official paper, said once for all writers.

Decree 30/2020 in the State style (domain handbook, section 4.5). It refuses layout: each writer has its own.
"""

import re

from sohoi import vietnamese
from sohoi.reports.table import Cell, Column, Paper, Piece, Row, Table

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
ANNEX_TITLE = "PHỤ LỤC: MÃ TRA CỨU SỐ LIỆU"
ANNEX_INTRO = (
    "Số nhỏ trong ngoặc bên cạnh mỗi số liệu là số thứ tự trong bảng dưới đây. "
    "Mã ở cùng dòng mở đúng các ghi chép làm nên số liệu đó trên Sổ Hội."
)
ITEM_DASH = "- "
TEXT_WIDTH_MM = 165  # A4 less 30 mm on the left and 15 mm on the right


_LEVELS = "TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU"
_LEVEL_WORD = re.compile(rf" (?=(?:{_LEVELS})\b)", re.IGNORECASE)
_LEFT_COLUMN = 28  # letters in capitals that fit the left column on one line


def name_lines(name: str) -> list[str]:
    """A long name of a body in two lines, broken before its level ("… HUYỆN BÌNH LÂM"); none for no name."""
    if len(name) > _LEFT_COLUMN:
        return _LEVEL_WORD.split(name, maxsplit=1)
    return [name] if name else []


def number_line(paper: Paper) -> str:
    """Like "Số: 15/BC-BTV"; nothing on a list, which has no number of its own."""
    return f"Số: {paper.number}" if paper.number else ""


def place_and_day(paper: Paper) -> str:
    """Like "Mỹ Xuyên, ngày 04 tháng 5 năm 2024"."""
    return f"{paper.place}, {vietnamese.long_date(paper.day)}"


def recipient_lines(paper: Paper) -> list[str]:
    """One line for each, "- …;", the last closed with a full stop."""
    names = [name.rstrip(" ;.") for name in paper.recipients]
    return [f"- {name}{'.' if place == len(names) else ';'}" for place, name in enumerate(names, start=1)]


def signer_lines(paper: Paper) -> list[str]:
    """Like "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"."""
    return paper.signer_title.split("\n")


def marked(piece: Piece, ordinals: dict[str, int]) -> tuple[str, str]:
    """The text of a piece and its small mark, "(3)", which leads to line 3 of the annex; often none."""
    if isinstance(piece, str):
        return piece, ""
    return piece.text, f"({ordinals[piece.code]})" if piece.code else ""


def annex(paper: Paper) -> Table | None:
    """The codes of the figures and what each shows; None for a paper without codes."""
    if not paper.codes:
        return None
    columns = (Column("STT", 12, "center"), Column("Mã", 33, "center"), Column("Số liệu", 120))
    rows = (
        Row((Cell(str(place)), Cell(code), Cell(shows))) for place, (code, shows) in enumerate(paper.codes, start=1)
    )
    return Table("", columns, tuple(rows))
