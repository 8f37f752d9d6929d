"""Where the list is on a sheet: title rows above it, its head of one or two rows, and what the rows below are.

Pure: a sheet is its rows by number, as the reading child told them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sohoi.sheets.understanding.columns import ASIDE, bare, code_of, guessed

LOOKED_AT = 60  # rows in which a head is looked for
NAMES = {"name", "family", "given"}
TELLING = {"born", "born-man", "born-woman", "id-number", "phone"}  # such a cell is only filled for a person
TOTAL = re.compile(r"(tong cong|tong so|tong|cong)( |$)")
SIGNED = re.compile(
    r"(nguoi lap|chu tich|tm bch|t m|thu truong|xac nhan|ngay \d* ?thang|noi nhan|ghi chu|chi hoi truong)"
)
SECTION = re.compile(r"(?:[ivx]+|\d+|[a-d])? ?(chi hoi .+)")
EXAMPLE = "vi du"
DATA, HEAD, BLANK, SUM, NOTE, PART, SAMPLE = "data", "head", "blank", "total", "note", "section", "example"


@dataclass(frozen=True)
class Sheet:
    """One sheet as it was read: rows by number, blank ones left out; merged cells as first row, column, last, last."""

    name: str
    hidden: bool = False
    merged: list[list[int]] = field(default_factory=list)
    rows: dict[int, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """The head of the list: its rows, the words over each column, and how much of it was understood."""

    rows: tuple[int, ...]
    headings: list[str]
    score: int

    @property
    def first(self) -> int:
        """The number of the first row below."""
        return self.rows[-1] + 1


def text_of(cell: Any) -> str:
    """A cell as text, for comparison."""
    if cell is None or isinstance(cell, bool):
        return ""
    return " ".join(str(cell[1] if isinstance(cell, list) else cell).split())


def best(sheets: Sequence[Sheet]) -> int:
    """Which sheet looks most like a list: its head is understood best; then a shown one, then the longest."""

    def merit(at: int) -> tuple[int, int, int]:
        head = find_head(sheets[at])
        return (head.score if head else 0, not sheets[at].hidden, len(sheets[at].rows))

    return max(range(len(sheets)), key=lambda at: (*merit(at), -at))


def find_head(sheet: Sheet) -> Head | None:
    """The head: the row, with the one below it when it has two, in which most columns are understood, a name among
    them. None when there is none."""
    numbers = sorted(sheet.rows)[:LOOKED_AT]
    heads = [head for number in numbers for head in _heads_at(sheet, number)]
    return max((head for head in heads if head.score), key=lambda head: head.score, default=None)


def _heads_at(sheet: Sheet, number: int) -> list[Head]:
    """The head that this row would make, alone and with the next row."""
    top = _spread(sheet, number)
    heads = [Head((number,), top, _score(top))]
    below = sheet.rows.get(number + 1)
    if below and _is_second_row(top, below):
        both = _joined(top, [text_of(cell) for cell in below])
        heads.append(Head((number, number + 1), both, (score := _score(both)) and score + 1))
    return heads


def _spread(sheet: Sheet, number: int) -> list[str]:
    """The words of a row, a cell merged over several columns standing over each of them."""
    cells = [text_of(cell) for cell in sheet.rows[number]]
    for first, left, last, right in sheet.merged:
        if first <= number - 1 <= last and right > left and left < len(cells):
            cells += [""] * (min(right, left + 30) + 1 - len(cells))
            for column in range(left, min(right, left + 30) + 1):
                cells[column] = cells[left]
    return cells


def _is_second_row(top: list[str], below: list[Any]) -> bool:
    """Words under a head that are no data: nothing under the names, and no number."""
    texts = [text_of(cell) for cell in below]
    names = [at for at, heading in enumerate(top) if heading and code_of(heading) in {"name", "number"}]
    said = [text for text in texts if text]
    if not said or any(any(sign.isdigit() for sign in text) for text in said):
        return False
    under_a_name = any(at < len(texts) and texts[at] and code_of(texts[at]) not in NAMES for at in names)
    return not under_a_name and any(at < len(texts) and texts[at] for at in range(len(texts)))


def _joined(top: list[str], below: list[str]) -> list[str]:
    """Both rows of a head as one: "Năm sinh" over "Nữ" is "Năm sinh Nữ"; "Tên" under "Họ và tên" is "Tên"."""
    size, joined, over = max(len(top), len(below)), [], ""
    for at in range(size):
        upper, lower = (row[at] if at < len(row) else "" for row in (top, below))
        over = upper or (over if lower else "")
        if lower and code_of(lower) in NAMES | {"phone", "id-number"}:
            joined.append(lower)
        else:
            joined.append(f"{over} {lower}".strip())
    return joined


def _score(headings: list[str]) -> int:
    """How many columns are understood; nothing without a column of names, or with hardly anything else."""
    codes = guessed(headings)
    known = {code for code in codes if code} | {at for at, h in enumerate(headings) if h and code_of(h) == ASIDE}
    named = "name" in codes or {"family", "given"} <= set(codes)
    return 10 * len(known) - len(headings) if named and len(known) > 1 else int(named and len(headings) < 3)


@dataclass
class Lines:
    """Says of each row below the head, in order, what it is; remembers that the list has ended."""

    head: Head
    codes: list[str]
    section: str = ""
    told_total: int | None = None
    ended: bool = False

    def kind(self, cells: Sequence[Any]) -> str:
        """One of the words above, for one row."""
        texts = [text_of(cell) for cell in cells]
        said = [(at, text) for at, text in enumerate(texts) if text and self._code(at) != "reason"]
        if not said:
            return BLANK
        if bare(said[0][1]) == EXAMPLE:
            return SAMPLE
        if self._is_head(texts):
            return HEAD
        first = bare(said[0][1])
        if TOTAL.match(first) and not self._named(texts, first):
            self._total(said)
            return SUM
        if self._is_note(said, first):
            return PART if self._starts_section(said, first) else NOTE
        return DATA

    def _code(self, at: int) -> str:
        return self.codes[at] if at < len(self.codes) else ""

    def _named(self, texts: list[str], first: str) -> bool:
        """Whether a name stands in this row, other than its first words."""
        return any(self._code(at) in NAMES and text and bare(text) != first for at, text in enumerate(texts))

    def _is_head(self, texts: list[str]) -> bool:
        """The head once more (each page had one), or a row that numbers the columns: (1) (2) (3)."""
        same = sum(1 for at, text in enumerate(texts) if text and bare(text) == bare(self._heading(at)))
        numbers = [text.strip("()") for text in texts if text]
        counted = len(numbers) > 2 and all(n.isdigit() for n in numbers)
        return same > 1 or (
            counted and [int(n) for n in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
        )

    def _heading(self, at: int) -> str:
        return self.head.headings[at] if at < len(self.head.headings) else "-"

    def _total(self, said: Iterable[tuple[int, str]]) -> None:
        """The end of the list; the number it tells is kept, to be compared with the rows."""
        self.ended = True
        numbers = [int(n) for _, text in said for n in re.findall(r"\d+", text.replace(".", ""))]
        if numbers and numbers[0] < 1_000_000:
            self.told_total = numbers[0]

    def _is_note(self, said: list[tuple[int, str]], first: str) -> bool:
        """Words that are no row of the list: a section's name, a line under the table, a signature."""
        told = {self._code(at) for at, _ in said}
        if told <= NAMES | {"number"} and SECTION.fullmatch(bare(" ".join(text for _, text in said))):
            return True
        if SIGNED.match(first) and len(said) < 3 and not told & {"number", "name", "family"}:
            self.ended = True
            return True
        if told & TELLING or len(told - {"", "number"}) > 2:
            return False  # a row of the list without a name is a row to mend, and never dropped
        if told & NAMES and len(said) > 1:
            return self.ended and bool(SIGNED.match(first))
        if SIGNED.match(first) and len(said) < 3:
            self.ended = True
            return True
        return self.ended or bool(SECTION.fullmatch(first)) or not told & NAMES or len(first.split()) > 8

    def _starts_section(self, said: list[tuple[int, str]], first: str) -> bool:
        """ "I. CHI HỘI ẤP MỘT": the rows below belong there."""
        found = SECTION.fullmatch(bare(" ".join(text for _, text in said)))
        if found and not self.ended and len(found[1].split()) < 9:
            self.section = re.sub(r"^(?:[IVXivx]+|\d+|[A-Da-d])\s*[.)\-:/]*\s+", "", " ".join(t for _, t in said))[:100]
            return True
        return False
