"""Sentences that carry figures: a template's holes become cells, each with its exact value, code and link."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction

from sohoi.figures.read import Figure
from sohoi.ledger.holes import Hole, codes, holes
from sohoi.ledger.models import Take
from sohoi.reports.codes import code_of
from sohoi.reports.table import Address, Cell, Kind, Piece
from sohoi.units.models import View
from sohoi.vietnamese import SCALES, money_in, padded, percent

Link = Callable[[Address], str]
PART = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")  # [ với tổng số tiền {gift-money}]
BY_UNITS = "units"  # as a figure's level: its address opens the units below with their values, not the records
VIEWS: dict[int, str] = {View.WAS: "was", View.TODAY: "today"}


@dataclass(frozen=True)
class Pen:
    """How figures are written on one paper: with leading zeros or not, with links or not, each with the code of its
    address or none."""

    leading_zeros: bool = False
    link: Link | None = None
    coded: bool = True

    def cell(self, figure: Figure, text: str = "", value: int | Fraction | None = None) -> Cell:
        """A figure as a cell; without code and link when its records may not be asked for."""
        shown = text or self._text(figure)
        if not figure.has_address:
            return Cell(shown)
        exact = figure.value if value is None else value
        address = address_of(figure)
        url = self.link(address) if self.link else None
        code = code_of(address) if self.coded else None
        if figure.level == BY_UNITS:
            return Cell(shown, exact, "percent" if isinstance(exact, Fraction) else "number", address, code, url)
        return Cell(shown, exact, _kind(figure), address, code, url, figure.measure.places)

    def _text(self, figure: Figure) -> str:
        """The number as printed: 06 where the layout wants leading zeros."""
        if self.leading_zeros and figure.measure.take != Take.RATIO and 0 < (figure.value or 0) < 10:
            return padded(int(figure.value or 0))
        return figure.text

    def fill(self, template: str, cells: dict[str, Cell]) -> list[Piece]:
        """The template's words with its holes filled; an unknown hole stays as it was written."""
        pieces: list[Piece] = []
        at = 0
        for hole in holes(template):
            pieces.append(template[at : hole.start])
            known = hole.code in cells
            pieces.append(said(cells[hole.code], hole, cells) if known else template[hole.start : hole.end])
            at = hole.end
        pieces.append(template[at:])
        return [piece for piece in pieces if piece != ""]


def said(cell: Cell, hole: Hole, cells: dict[str, Cell]) -> Cell:
    """Money as short as the hole asks, units as a share of the whole; whatever is neither stays as it is."""
    if cell.value is None:
        return cell
    if hole.way in SCALES and cell.kind == "money":
        text = money_in(cell.value, hole.way, hole.places)
        alone = not cell.text.endswith("đồng")  # of an average the words after say what it counts: đồng/người
        return cell._replace(text=text.removesuffix(" đồng") if alone else text)
    if hole.way == "%" and (whole := cells["whole"].value):
        share = Fraction(cell.value) / whole
        return cell._replace(text=percent(share, hole.places), value=share, kind="percent")
    return cell


def address_of(figure: Figure) -> Address:
    """Where a figure comes from."""
    period = figure.period
    return Address(figure.measure.code, figure.unit.code, period.first, period.last, VIEWS[figure.view],
                   figure.level)  # fmt: skip


def _kind(figure: Figure) -> Kind:
    """How a spreadsheet shows it."""
    if figure.measure.is_percent:
        return "percent"
    return "money" if figure.measure.count.startswith("đồng") else "number"


def kept_parts(template: str, silent: Collection[str]) -> str:
    """The template without its parts in square brackets that name a measure of which nothing was told."""
    return PART.sub(lambda part: "" if set(codes(part[1])) & set(silent) else part[1], template)


def sentence_case(pieces: list[Piece]) -> list[Piece]:
    """The first letter of a sentence in capitals, a full stop at its end."""
    first = pieces[0]
    if isinstance(first, str) and first:
        pieces = [first[0].upper() + first[1:], *pieces[1:]]
    last = pieces[-1]
    if not (isinstance(last, str) and last.endswith((".", ":", ";"))):
        pieces = [*pieces, "."]
    return pieces
