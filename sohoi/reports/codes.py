"""Short codes of figures on paper: seven signs that name an address, the same for the same address always."""

import hashlib
from collections.abc import Iterable

from sohoi.reports.models import FigureCode
from sohoi.reports.table import Address

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is mistaken for another sign in print
LENGTH = 7


def code_of(address: Address) -> str:
    """The code of an address; 30^7 codes, so two of a province's papers hardly ever meet (see keep_codes)."""
    text = f"{address.measure}|{address.unit}|{address.first}|{address.last}|{address.view}|{address.level}"
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    signs = ""
    for _ in range(LENGTH):
        number, at = divmod(number, len(SIGNS))
        signs += SIGNS[at]
    return signs


def clean(code: str) -> str:
    """A code as someone types it from paper: any case, with or without dashes and spaces."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def known(codes: Iterable[str]) -> dict[str, FigureCode]:
    """code -> row, for codes that were printed."""
    rows = FigureCode.objects.filter(code__in=list(codes)).select_related("measure", "unit")
    return {row.code: row for row in rows}
