"""What a code on a signed paper opens: K7M2PQX the version, K7M2PQX-12 the twelfth figure in it."""

from dataclasses import dataclass
from datetime import date

from sohoi.ledger.known import all_measures
from sohoi.ledger.models import Measure
from sohoi.periods import Period, between
from sohoi.reports.codes import LENGTH, SIGNS
from sohoi.reports.models import Version
from sohoi.reports.read.sealed import intact
from sohoi.reports.read.verifying import paper_of
from sohoi.reports.table import Cell


@dataclass(frozen=True)
class Printed:
    """A version, and one of its figures when the code names one; nothing of one that is not what was signed."""

    version: Version
    cell: Cell | None = None
    intact: bool = True

    @property
    def measure(self) -> Measure | None:
        """What the figure counts; None when it is no longer in the books."""
        if self.cell is None or self.cell.address is None:
            return None
        return all_measures().get(self.cell.address.measure)

    @property
    def period(self) -> Period | None:
        """The days that the figure counts."""
        address = self.cell.address if self.cell else None
        return between(address.first, address.last) if address else None

    @property
    def signed_on(self) -> date | None:
        """The day of the paper; None when it is not what was signed."""
        return paper_of(self.version).day if self.intact else None

    @property
    def newer(self) -> Version | None:
        """The newest version of the same report, when that is a later one."""
        later = Version.objects.filter(report=self.version.report_id, number__gt=self.version.number)
        return later.order_by("-number").defer("body").first()


def printed(code: str) -> Printed | None:
    """What was printed with this code; None for one that never was. Any case, with or without the dash."""
    text = "".join(sign for sign in code.upper() if sign.isalnum())
    head, tail = text[:LENGTH], text[LENGTH:]
    if len(head) < LENGTH or not set(head) <= set(SIGNS) or (tail and not (tail.isascii() and tail.isdecimal())):
        return None
    version = Version.objects.select_related("report__unit", "by").filter(code=head).first()
    if version is None:
        return None
    if not intact(version):
        return Printed(version, intact=False)
    if not tail:
        return Printed(version)
    wanted = f"{head}-{int(tail)}" if len(tail) < LENGTH else ""
    cell = next((cell for cell in paper_of(version).cells if cell.code == wanted), None)
    return Printed(version, cell) if cell else None
