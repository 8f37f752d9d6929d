"""The holes of declared sentences: "{gift-money:triệu,1}" is a measure, and perhaps how short its number is said. Pure.

Forms and resolutions write sentences (docs/forms.md); whatever stands in braces and is no hole is refused, for it would
be printed as it stands.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sohoi.ledger.shapes import Table

PLACES = 2  # decimals where a hole names none
OF_RATIO = ("part", "whole")  # the two numbers of a ratio
OF_UNITS = (*OF_RATIO, "below", "untold")  # how many units: at the threshold, in all, under it, silent
OWN = ("result", *OF_UNITS)  # what a sentence says of its own criterion; other codes are measures
_HOLE = re.compile(r"\{([a-z0-9-]+)(?::(tỷ|triệu|%)(?:,([0-3]))?)?\}")


class Hole(NamedTuple):
    """One hole: the code in it, how it is said ("", "tỷ", "triệu", "%") with how many decimals; where it stands."""

    code: str
    way: str
    places: int
    start: int
    end: int


def holes(text: str) -> Iterator[Hole]:
    """The holes of a sentence in their order."""
    for found in _HOLE.finditer(text):
        yield Hole(found[1], found[2] or "", int(found[3] or PLACES), *found.span())


def codes(text: str) -> list[str]:
    """What its holes name, in their order."""
    return [hole.code for hole in holes(text)]


def measures(text: str) -> list[str]:
    """The measures that its holes name, in their order."""
    return [code for code in codes(text) if code not in OWN]


def sentence(told: Table, key: str) -> str:
    """The text under a key; Refusal for braces that are no hole."""
    text = told.text(key)
    if re.search(r"[{}]", _HOLE.sub("", text)) or any(h.way == "%" and h.code not in OF_UNITS for h in holes(text)):
        raise told.refused(key, "câu có chỗ trống viết {mã}, {mã:tỷ}, {mã:triệu,1}; chỉ số đơn vị mới có {below:%}")
    return text


def short(text: str, code: str) -> Hole | None:
    """The hole of a code that asks for its number in tỷ or triệu, if the sentence has one."""
    return next((hole for hole in holes(text) if hole.code == code and hole.way not in ("", "%")), None)
