"""The look before anything is written: each row of a batch is new, known, suspected of a twin, or has cells to mend.

It reads the register and writes only what it found to the batch's own rows; told twice it finds the same again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sohoi.ledger.kinds import read_kind
from sohoi.ledger.models import Kind, Record, Voiding
from sohoi.rights.may import scope
from sohoi.sheets.branches import Branches, branches_of
from sohoi.sheets.identity import draft_id
from sohoi.sheets.keeping import CELLS, FAULTS, SHEETS, sealed, unsealed
from sohoi.sheets.models import Batch, Row, RowState
from sohoi.sheets.register import Register, Seen
from sohoi.sheets.rows import write_down
from sohoi.sheets.understanding.layout import DATA, PART, Head, Lines
from sohoi.sheets.understanding.persons import Person, Reading, read_person
from sohoi.units.models import Unit

CHUNK = 500
NO_BRANCH = "Chưa biết dòng này thuộc chi hội nào. Ghi tên chi hội vào cột Chi hội, hoặc chọn một chi hội cho cả tệp."
STRANGE_BRANCH = "Không có chi hội “{words}” ở {unit}. Sửa tên, hoặc chỉ ra đó là chi hội nào rồi xem lại."


@dataclass
class Found:
    """One row that is being looked at."""

    row: Row
    person: Person
    branch: Unit | None = None
    state: str = RowState.NEW
    faults: list[tuple[int | None, str]] = field(default_factory=list)


class Look:
    """One look over the rows of a batch, with what it keeps in mind from row to row."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.reading, head = reading_of(batch)
        self.lines = Lines(head, list(self.reading.codes))
        self.branches = branches_for(batch)
        self.scope = scope(batch.account, "people")
        self.seen = Seen()

    def chunk(self, rows: Sequence[Row]) -> None:
        """Look at some rows, in their order, and write down what was found."""
        found = [one for row in rows if (one := self._read(row))]
        self._identify([one for one in found if one.state == RowState.NEW])
        register = Register([one.person for one in found if one.state == RowState.NEW], self.scope, self.batch.account)
        for one in found:
            if one.state == RowState.NEW:
                one.state, one.faults, one.row.member_id = register.compare(one.person, one.branch, self.reading)
            if one.state != RowState.KNOWN and one.row.draft:
                self._compare_in_file(one)
            one.row.state, one.row.branch = one.state, one.branch
            one.row.faults_sealed = sealed(one.faults, FAULTS) if one.faults else None
        write_down(rows)

    def _read(self, row: Row) -> Found | None:
        """The row as a person, or none when it is no row of the list."""
        cells = unsealed(row.cells_sealed, CELLS)
        row.state, row.branch, row.draft, row.faults_sealed, row.member = RowState.ASIDE, None, None, None, None
        kind = self.lines.kind(self.reading.mend(cells))
        row.section = self.lines.section if kind in (PART, DATA) else ""
        if kind != DATA:
            return None
        found = Found(row, read_person(cells, self.reading))
        words = found.person.branch or row.section
        found.branch = self.branches.find(words)
        found.faults = found.person.faults
        if found.branch is None:
            said = STRANGE_BRANCH.format(words=words[:60], unit=self.batch.unit.full_name) if words else NO_BRANCH
            found.faults.append((self.reading.column("branch"), said))
        if found.faults:
            found.state = RowState.BAD
        return found

    def _identify(self, found: list[Found]) -> None:
        """Give each row the id of its deed: of its unit and what it says; a deed that was taken back is told anew."""
        keys = {id(one): 0 for one in found}
        waiting = found
        while waiting:
            for one in waiting:
                assert one.branch is not None
                one.row.draft = draft_id(one.branch, self.batch.kind, one.person.answers, keys[id(one)])
            voided = set(
                Voiding.objects.filter(record__in=[one.row.draft for one in waiting]).values_list("record", flat=True)
            )
            waiting = [one for one in waiting if one.row.draft in voided]
            for one in waiting:
                keys[id(one)] += 1
        told = set(Record.objects.filter(pk__in=[one.row.draft for one in found]).values_list("pk", flat=True))
        for one in found:
            if one.row.draft in told:
                one.state, one.faults = RowState.KNOWN, [(None, "Dòng này đã được đưa vào sổ từ một tệp trước.")]

    def _compare_in_file(self, one: Found) -> None:
        """Hold a row against those above it in the same file."""
        state, faults = self.seen.compare(one.row, one.person, one.branch, self.reading)
        if state:
            one.state, one.faults = state, [*one.faults, *faults]


def reading_of(batch: Batch) -> tuple[Reading, Head]:
    """How the chosen sheet is read, and its head."""
    about = unsealed(batch.sheets_sealed, SHEETS)[batch.sheet]
    kind = Kind.objects.get(code=batch.kind, current=True)
    codes = tuple(batch.layout["codes"])
    reading = Reading(
        read_kind(kind.body, kind.code), codes, tuple(about["ways"]), tuple(about["pure"]),
        batch.layout.get("standing", "ordinary"), batch.day,
    )  # fmt: skip
    return reading, Head(tuple(about["head"]), about["headings"], 0)


def branches_for(batch: Batch) -> Branches:
    """The branches that the rows of the batch may mean."""
    layout = batch.layout
    return Branches(branches_of(batch.unit, batch.day), layout.get("branches", {}), layout.get("for_all", ""))


def rows_of(batch: Batch, size: int) -> Iterator[list[Row]]:
    """The rows of the chosen sheet in their order, some at a time."""
    rows = iter(Row.objects.filter(batch=batch, sheet=batch.sheet).order_by("number").iterator(size))
    while some := list(islice(rows, size)):
        yield some
