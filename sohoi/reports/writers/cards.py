"""Membership cards as PDF: ten of the size of a bank card on an A4 sheet, with lines to cut along.

The QR holds an address with the short code of the card, nothing of her. It asks no database.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

import segno

from sohoi.reports.writers import pdf
from sohoi.vietnamese import date as say_date

UNION = "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM"
TITLE = "THẺ HỘI VIÊN"


@dataclass(frozen=True)
class MemberCard:
    """What stands on one card; `address` is what its QR opens for those who may."""

    name: str
    standing: str
    branch: str
    commune: str
    joined: date | None
    code: str
    address: str


def write(cards: Sequence[MemberCard]) -> bytes:
    """A4 sheets of cards, in the order given. Raises RuntimeError when the fonts or the layout are broken."""
    return pdf.laid_out("cards.typ", words={"union": UNION, "title": TITLE}, cards=[_data(card) for card in cards])


def _data(card: MemberCard) -> dict[str, str]:
    """One card in the words that cards.typ reads."""
    return {
        "name": card.name, "standing": card.standing, "branch": card.branch, "commune": card.commune,
        "joined": say_date(card.joined) if card.joined else "", "code": " ".join(wrap(card.code, 3)),
        "qr": qr(card.address),
    }  # fmt: skip


def qr(address: str) -> str:
    """The QR of an address as SVG; readable with a sixth of it scratched off (level M)."""
    stream = io.BytesIO()
    segno.make_qr(address, error="m").save(stream, kind="svg", border=0, xmldecl=False, svgns=True)
    return stream.getvalue().decode()
