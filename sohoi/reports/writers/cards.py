"""Membership cards as PDF: ten of the size of a bank card on an A4 sheet, with lines to cut along.

The QR holds an address with the short code of the card, nothing of her. It asks no database.
"""

import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

import segno
from PIL import Image, ImageOps

from sohoi.reports.writers import pdf
from sohoi.vietnamese import date as say_date

UNION = "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM"
TITLE = "THẺ HỘI VIÊN"
FRAME = (240, 320)  # points of a portrait of 15 x 20 mm: 400 to an inch


@dataclass(frozen=True)
class MemberCard:
    """What stands on one card; `address` is what its QR opens for those who may; `photo` a JPEG, or nothing."""

    name: str
    standing: str
    branch: str
    commune: str
    joined: date | None
    code: str
    address: str
    photo: bytes = b""


def write(cards: Sequence[MemberCard]) -> bytes:
    """A4 sheets of cards, in the order given. Raises RuntimeError when the fonts or the layout are broken."""
    return pdf.laid_out("cards.typ", words={"union": UNION, "title": TITLE}, cards=[_data(card) for card in cards])


def _data(card: MemberCard) -> dict[str, str]:
    """One card in the words that cards.typ reads."""
    return {
        "name": card.name, "standing": card.standing, "branch": card.branch, "commune": card.commune,
        "joined": say_date(card.joined) if card.joined else "", "code": " ".join(wrap(card.code, 3)),
        "qr": qr(card.address), "photo": portrait(card.photo) if card.photo else "",
    }  # fmt: skip


def portrait(jpeg: bytes) -> str:
    """A picture cut to the frame of the card, as SVG: the layout reads words alone."""
    stream = io.BytesIO()
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        ImageOps.fit(picture, FRAME).save(stream, "JPEG", quality=85)
    width, height = FRAME
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" '
        f'height="{height}" href="data:image/jpeg;base64,{b64encode(stream.getvalue()).decode()}"/></svg>'
    )


def qr(address: str) -> str:
    """The QR of an address as SVG; readable with a sixth of it scratched off (level M)."""
    stream = io.BytesIO()
    segno.make_qr(address, error="m").save(stream, kind="svg", border=0, xmldecl=False, svgns=True)
    return stream.getvalue().decode()
