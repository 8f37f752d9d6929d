"""The abstract paper: sentences, tables and cells, with the address of every figure.

It knows no format (writers do) and no report (reports fill it); nothing in it changes once made. Cells and addresses
are named tuples, for a paper has thousands of them.
Numbers are int or Fraction; a percentage is kept as a share of one: 41,82% is Fraction(23, 55).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Literal, NamedTuple

from sohoi.vietnamese import SCALES, decimal

Kind = Literal["text", "number", "money", "percent"]
Align = Literal["left", "center", "right"]
Style = Literal["state", "party", "plain"]


class Address(NamedTuple):
    """Where a figure comes from: this measure of this unit, first..last, in this view of the map.

    `level`: only what units of that level did themselves.
    """

    measure: str
    unit: str
    first: date
    last: date
    view: str
    level: str = ""


class Cell(NamedTuple):
    """What is printed, with the exact value and the address behind it.

    `text` is what people read; a spreadsheet shows `value` as a number of this kind instead.
    `code` is the short code that stands in the annex; `url` opens the records on screen; `places`: of an average.
    """

    text: str
    value: int | Fraction | None = None
    kind: Kind = "text"
    address: Address | None = None
    code: str | None = None
    url: str | None = None
    places: int | None = None

    @property
    def whole(self) -> str:
        """The đồng behind money that is said short, "275.843.120.000 đồng"; "" where the text says them."""
        short = self.kind == "money" and any(f" {word}" in self.text for word in SCALES)
        return f"{decimal(self.value or 0, 0)} đồng" if short else ""


Piece = str | Cell


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more, in pieces; a heading carries its own number ("I.", "1."), an item gets its dash."""

    pieces: tuple[Piece, ...]
    style: Literal["body", "heading1", "heading2", "item"] = "body"

    @property
    def cells(self) -> Iterator[Cell]:
        return (piece for piece in self.pieces if isinstance(piece, Cell))


@dataclass(frozen=True, slots=True)
class Column:
    """One column; widths are shares of the page when they do not add up to it."""

    label: str
    width_mm: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; a group row with a single cell runs across the whole table."""

    cells: tuple[Cell, ...]
    style: Literal["head", "body", "group", "total"] = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. The labels of the columns are its first head row; further head rows may follow.

    Raises ValueError when a row does not fit the columns.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows, start=1):
            spans = row.style == "group" and len(row.cells) == 1
            if len(row.cells) != len(self.columns) and not spans:
                raise ValueError(
                    f"Bảng “{self.title}”, dòng {place}: có {len(row.cells)} ô nhưng bảng có "
                    f"{len(self.columns)} cột. Sửa lại biểu mẫu."
                )

    @property
    def cells(self) -> Iterator[Cell]:
        return chain.from_iterable(row.cells for row in self.rows)

    def widths(self, total_mm: float) -> list[float]:
        """Width of each column in millimetres, stretched or pressed to fill total_mm."""
        asked = sum(column.width_mm for column in self.columns)
        return [column.width_mm * total_mm / asked for column in self.columns]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper of the Union, in the order of Decree 30/2020 (domain handbook, section 4.5).

    `number` is what follows "Số:" ("15/BC-BTV", or "…/BC-BTV" before it is given); `signer_title` has one
    line for each line of the signature ("TM. BAN THƯỜNG VỤ\\nCHỦ TỊCH"); both are said in the State's way and
    written in that of `style`. `codes` are pairs of a short code and what it shows, in the order of the annex.
    `qr` is the address of the paper itself, on every page; `wide` lays the page on its side for wide tables.
    Raises ValueError when a figure carries a code that the annex does not explain.
    """

    title_lines: tuple[str, ...]
    subject: str
    issuer_above: str
    issuer: str
    number: str
    place: str
    day: date
    body: tuple[Block, ...]
    signer_title: str
    signer_name: str
    recipients: tuple[str, ...]
    codes: tuple[tuple[str, str], ...] = ()
    style: Style = "state"
    qr: str | None = None
    wide: bool = False

    def __post_init__(self) -> None:
        known = self.ordinals
        for cell in self.cells:
            if cell.code and cell.code not in known:
                raise ValueError(
                    f"Số liệu “{cell.text}” mang mã {cell.code} nhưng phần Mã tra cứu không có mã này. "
                    "Thêm mã vào phần Mã tra cứu."
                )

    @property
    def cells(self) -> Iterator[Cell]:
        return chain.from_iterable(block.cells for block in self.body)

    @property
    def ordinals(self) -> dict[str, int]:
        """Short code to its place in the annex: the small number printed beside a figure."""
        return {code: place for place, (code, _) in enumerate(self.codes, start=1)}

    @property
    def short_code(self) -> str:
        """What stands beside the QR for those who type: the last part of its address; "" without one."""
        return (self.qr or "").rstrip("/").rpartition("/")[2]
