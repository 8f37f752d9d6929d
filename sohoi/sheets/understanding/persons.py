"""One row of a list as what is told of one woman: answers by field, her branch, her day; and every fault by its cell.

Pure. The register's own readers are asked one by one, so that all faults of a row are said at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sohoi.ledger.answers import checked_values
from sohoi.ledger.kinds import KindBody
from sohoi.people.models import StandingKind
from sohoi.people.particulars import check_standing, read_birth, read_name, read_number, read_phone
from sohoi.refusal import Refusal
from sohoi.sheets.understanding import values
from sohoi.sheets.understanding.legacy import mended

MAN = "Cột giới tính ghi là nam, mà nam giới chỉ có thể là hội viên danh dự. Xem lại giới tính, hoặc diện hội viên."
NO_NAME = "Chưa có họ tên. Điền đủ họ và tên."
BEFORE = {"name": ("family", "given"), "born": ("born-woman", "born-man"), "man": ("sex",)}


@dataclass(frozen=True)
class Reading:
    """How the columns of a sheet are read: a code and the old letters, if any, of each."""

    body: KindBody
    codes: tuple[str, ...]
    ways: tuple[str, ...]
    pure: tuple[bool, ...]
    standing: str
    day: date

    def mend(self, cells: Sequence[Any]) -> list[Any]:
        """The cells with old letters turned into Unicode."""
        ways = (*self.ways, *[""] * len(cells))
        pure = (*self.pure, *[True] * len(cells))
        return [mended(cell, ways[at], pure[at]) if isinstance(cell, str) else cell for at, cell in enumerate(cells)]

    def column(self, code: str) -> int | None:
        """The column to which a fault of this field belongs."""
        wanted = (code, *BEFORE.get(code, ()))
        return next((self.codes.index(one) for one in wanted if one in self.codes), None)


@dataclass
class Person:
    """What a row tells: clean answers, and faults as (column or none, sentence)."""

    answers: dict[str, Any] = field(default_factory=dict)
    branch: str = ""
    day: date | None = None
    plain_name: str = ""
    year: int | None = None
    born: date | None = None
    faults: list[tuple[int | None, str]] = field(default_factory=list)


def read_person(cells: Sequence[Any], reading: Reading, checked: bool = False) -> Person:
    """Read one row; never raises for what stands in it. One that was `checked` before gives the same answers again."""
    person = Person(day=reading.day)
    by_code = _by_code(reading.mend(cells), reading.codes)

    def attempt(code: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except Refusal as refusal:
            person.faults.append((reading.column(code), str(refusal)))
            return None

    _fill(person, by_code, reading, attempt)
    if checked:
        person.answers["name"] = read_name(person.answers["name"])
    else:
        _check(person, reading, attempt)
    return person


def _by_code(cells: Sequence[Any], codes: Sequence[str]) -> dict[str, Any]:
    """The first cell with something in it, for each code."""
    found: dict[str, Any] = {}
    for code, cell in zip(codes, cells, strict=False):
        if code and values.said(cell) and code not in found:
            found[code] = cell
    return found


def _fill(person: Person, cells: dict[str, Any], reading: Reading, attempt: Callable[..., Any]) -> None:
    """Answers as the kind wants them."""
    person.branch = values.said(cells.get("branch"))
    if "day" in cells:
        person.day = attempt("day", lambda: values.day_of(cells["day"], reading.day)) or reading.day
    born = cells.get("born", cells.get("born-woman", cells.get("born-man")))
    told = {**cells, "born": born, "name": _name(cells)}
    for one in reading.body.asked:
        if one.code == "man" or one.code not in told:
            continue
        answer = attempt(one.code, lambda one=one: values.answer(one, told[one.code]))
        if answer not in ("", None):
            person.answers[one.code] = answer
    person.answers.setdefault("standing", reading.standing)
    man = "born-man" in cells and "born-woman" not in cells and "born" not in cells
    if man or attempt("sex", lambda: values.is_man(cells.get("sex"))):
        _tell_man(person, reading)


def _name(cells: dict[str, Any]) -> str:
    """The whole name, however many columns it stands in."""
    parted = [values.name(cells[code]) for code in ("family", "given") if code in cells]
    return " ".join(parted) if parted and "name" not in cells else values.name(cells.get("name"))


def _tell_man(person: Person, reading: Reading) -> None:
    """A man may only be an honorary member; told as an ordinary one he must not slip in as a woman."""
    if person.answers["standing"] == StandingKind.HONORARY:
        person.answers["man"] = "yes"
    else:
        person.faults.append((reading.column("sex") or reading.column("born-man"), MAN))


def _check(person: Person, reading: Reading, attempt: Callable[..., Any]) -> None:
    """Hold each answer against what the register takes."""
    told, day = person.answers, person.day or reading.day
    man = told.get("man") == "yes"
    if "name" not in told:
        person.faults.append((reading.column("name"), NO_NAME))
    else:
        name = attempt("name", lambda: read_name(told["name"]))
        told["name"] = name or told["name"]
        person.plain_name = told["name"]
    if "born" in told:
        person.year, person.born = attempt("born", lambda: read_birth(told["born"], day)) or (None, None)
        if person.year:
            attempt("born", lambda: check_standing(told["standing"], man, person.year, person.born, day))
    if "phone" in told:
        attempt("phone", lambda: read_phone(told["phone"]))
    if "id-number" in told:
        attempt("id-number", lambda: read_number(told["id-number"], person.year, man))
    if not person.faults:
        _ask_kind(person, reading)


def _ask_kind(person: Person, reading: Reading) -> None:
    """The kind's own limits: lengths, signs that cannot be kept."""
    try:
        checked_values(reading.body, person.answers)
    except Refusal as refusal:
        person.faults.append((reading.column(refusal.where), str(refusal)))
