"""What is asked of batches: the units one may load for, what a file holds, how its rows came out. Writes nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from sohoi.ledger.kinds import KindBody, read_kind
from sohoi.ledger.models import Kind
from sohoi.refusal import Refusal
from sohoi.sheets.branches import branch_key
from sohoi.sheets.check import branches_for, reading_of
from sohoi.sheets.keeping import CELLS, FAULTS, SHEETS, Faults, unsealed
from sohoi.sheets.models import Batch, Row, RowState
from sohoi.sheets.understanding.columns import ONLY_SHEETS, letter
from sohoi.sheets.understanding.legacy import label as old_letters
from sohoi.sheets.understanding.notes import notes
from sohoi.sheets.understanding.persons import read_person
from sohoi.sheets.understanding.values import said
from sohoi.units.models import Level, Placement, Unit
from sohoi.units.read import paths
from sohoi.vietnamese import plain

KINDS = ("member-enrolled", "member-admitted")
MOST_UNITS, SAMPLES, MOST_LISTED = 30, 3, 5


def kinds() -> list[Kind]:
    """The kinds that a list can hold."""
    return sorted(Kind.objects.filter(code__in=KINDS, current=True), key=lambda kind: KINDS.index(kind.code))


def kind_body(code: str) -> KindBody:
    """The body of one of them; raises Refusal for any other."""
    kind = Kind.objects.filter(code=code, current=True).first() if code in KINDS else None
    if kind is None:
        raise Refusal("Chưa chọn loại danh sách. Chọn rồi tải tệp lên.", "kind")
    return read_kind(kind.body, code)


@dataclass(frozen=True)
class Place:
    """A unit that a file may be for, and where it stands."""

    unit: Unit
    under: str


def units_found(scope: QuerySet[Unit], near: list[Unit], text: str, day: date) -> list[Place]:
    """Branches and base units within reach that stand on the day: those of her offices and below, or found by name."""
    standing = Placement.objects.filter(during__contains=day)
    units = scope.filter(level__in=(Level.BASE, Level.BRANCH), pk__in=standing.values("unit_id"))
    if text:
        units = units.filter(plain__contains=plain(text))
    else:
        below = standing.filter(parent__in=near).values("unit_id")
        units = units.filter(pk__in=[unit.pk for unit in near]) | units.filter(pk__in=below)
    found = list(units.order_by("level", "plain", "pk")[:MOST_UNITS])
    above = paths([unit.pk for unit in found], day)
    return [Place(unit, ", ".join(u.name for u in reversed(above.get(unit.pk, [])[1:-1]))) for unit in found]


@dataclass(frozen=True)
class Column:
    """A column as it is asked about: its heading, what it was taken for, some of its cells, its old letters."""

    heading: str
    letter: str
    code: str
    samples: list[str]
    old: str


def columns_of(batch: Batch, codes: list[str]) -> list[Column]:
    """The columns of the chosen sheet; empty ones without a heading are left out of sight (their code stays empty)."""
    about = unsealed(batch.sheets_sealed, SHEETS)[batch.sheet]
    reading, head = reading_of(batch)
    rows = Row.objects.filter(batch=batch, sheet=batch.sheet).order_by("number")[:40]
    cells = [reading.mend(unsealed(row.cells_sealed, CELLS)) for row in rows]
    columns = []
    for at, heading in enumerate(head.headings):
        texts = [said(row[at]) for row in cells if at < len(row) and said(row[at])]
        way = about["ways"][at]
        columns.append(
            Column(heading, letter(at), codes[at] if at < len(codes) else "", texts[:SAMPLES], way and old_letters(way))
        )
    return columns


def fields_of(batch: Batch) -> list[tuple[str, str]]:
    """(code, label) of what a column can be."""
    body = kind_body(batch.kind)
    own = [(field.code, field.label) for field in body.asked if field.code != "man"]
    only = [(code, label) for code, label in ONLY_SHEETS.items() if code != "day" or batch.kind == "member-admitted"]
    return [*own, *only, ("reason", "Lý do (cột của tệp trả lại)")]


@dataclass(frozen=True)
class Line:
    """A row as it is shown: its number, her name and birth as they will be written, her branch, what is to mend, and
    what goes in otherwise than it stands in the file."""

    number: int
    name: str
    born: str
    branch: str
    faults: list[tuple[str, str]]
    notes: list[tuple[str, str]]


def counts(batch: Batch) -> dict[str, int]:
    """How many rows of the chosen sheet are in each state, under its name."""
    rows = Row.objects.filter(batch=batch, sheet=batch.sheet).values_list("state").annotate(n=Count("pk"))
    return {state.name.lower(): 0 for state in RowState} | {RowState(s).name.lower(): n for s, n in rows.order_by()}


def lines(batch: Batch, rows: list[Row]) -> list[Line]:
    """Rows as they are shown."""
    reading, head = reading_of(batch)
    shown = []
    for row in rows:
        cells = unsealed(row.cells_sealed, CELLS)
        person = read_person(cells, reading)
        faults: Faults = unsealed(row.faults_sealed, FAULTS)
        shown.append(
            Line(
                row.number,
                person.answers.get("name", ""),
                person.answers.get("born", ""),
                row.branch.name if row.branch else person.branch or row.section,
                _placed(faults, head.headings),
                _placed(notes(cells, reading), head.headings),
            )  # fmt: skip
        )
    return shown


def _placed(told: Sequence[tuple[int | None, str]], headings: Sequence[str]) -> list[tuple[str, str]]:
    """(where, sentence) of what is said of cells."""
    return [(f"Cột {letter(at)} ({headings[at]})" if at is not None else "", words) for at, words in told]


def unread(batch: Batch) -> list[str]:
    """The headings of columns that nobody mapped: nothing of them goes into the register."""
    headings = unsealed(batch.sheets_sealed, SHEETS)[batch.sheet]["headings"]
    codes = [*batch.layout["codes"], *[""] * len(headings)]
    return [f"{letter(at)} ({heading})" for at, heading in enumerate(headings) if heading and not codes[at]]


def strange_branches(batch: Batch) -> list[tuple[str, str, int]]:
    """(key, words, rows) of branch names in bad rows that mean no branch yet, the most frequent first."""
    reading, _ = reading_of(batch)
    branches = branches_for(batch)
    count, words = Counter[str](), dict[str, str]()
    rows = Row.objects.filter(batch=batch, sheet=batch.sheet, state=RowState.BAD, branch=None)
    for row in rows.iterator(500):
        person = read_person(unsealed(row.cells_sealed, CELLS), reading)
        told = person.branch or row.section
        if told and branches.find(told) is None:
            count[branch_key(told)] += 1
            words.setdefault(branch_key(told), told)
    return [(key, words[key], n) for key, n in count.most_common(30)]


def sheets_of(batch: Batch) -> list[dict[str, Any]]:
    """The lists that the file holds: name, rows."""
    return [{"at": at, **about} for at, about in enumerate(unsealed(batch.sheets_sealed, SHEETS))]
