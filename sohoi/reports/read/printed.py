"""What a code on a signed paper opens: K7M2PQX the version, K7M2PQX-12 the twelfth figure in it."""

from dataclasses import dataclass
from datetime import date

from sohoi.ledger.models import Measure
from sohoi.periods import Period, between
from sohoi.reports.codes import LENGTH, SIGNS
from sohoi.reports.models import Version
from sohoi.reports.read.verifying import paper_of
from sohoi.reports.table import Cell


@dataclass(frozen=True)
class Printed:
    """A version, and one of its figures when the code names one."""

    version: Version
    cell: Cell | None = None

    @property
    def measure(self) -> Measure | None:
        """What the figure counts; None when it is no longer in the books."""
        if self.cell is None or self.cell.address is None:
            return None
        return Measure.objects.filter(code=self.cell.address.measure).select_related("over", "under").first()

    @property
    def period(self) -> Period | None:
        """The days that the figure counts."""
        address = self.cell.address if self.cell else None
        return between(address.first, address.last) if address else None

    @property
    def signed_on(self) -> date:
        """The day of the paper."""
        return paper_of(self.version).day


def printed(code: str) -> Printed | None:
    """What was printed with this code; None for one that never was. Any case, with or without the dash."""
    text = "".join(sign for sign in code.upper() if sign.isalnum())
    head, tail = text[:LENGTH], text[LENGTH:]
    if len(head) < LENGTH or not set(head) <= set(SIGNS) or (tail and not (tail.isascii() and tail.isdecimal())):
        return None
    version = Version.objects.select_related("report__unit", "by").filter(code=head).first()
    if version is None or not tail:
        return Printed(version) if version else None
    wanted = f"{head}-{int(tail)}" if len(tail) < LENGTH else ""
    cell = next((cell for cell in paper_of(version).cells if cell.code == wanted), None)
    return Printed(version, cell) if cell else None
