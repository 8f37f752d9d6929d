"""Figures that a text states (23 tổ, 41,82%, 478.250.000 đồng) and how they differ from those of the ledger. Pure.

What is found is only ever held beside a figure and listed; nothing is taken over. Numbers written as words are not
found. How often it is right is measured on published reports: docs/narrative.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeVar

from sohoi.reports.narrative.letters import WORD, tidy, title_words
from sohoi.reports.narrative.not_figures import COUNTED, spans
from sohoi.vietnamese import decimal, money, number, plain

Exact = int | Fraction
Kind = Literal["count", "percent", "money"]

AROUND = 70  # letters shown on either side, and searched for the words of a label
ENOUGH = 0.6  # of a label's words must stand around a number before the two are held against each other
SCALE = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 1000, "ngàn": 1000}
PEOPLE = frozenset(("người", "hội viên", "phụ nữ", "chị", "em", "cháu", "trẻ", "đồng chí", "cán bộ", "đại biểu"))
HOUSEHOLDS = frozenset(("hộ", "gia đình", "hộ gia đình"))

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:,\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SCALE = "tỷ|tỉ|triệu|nghìn|ngàn"
_DONG = r"(?:đồng(?!\s+chí)|vnđ|vnd|đ)\b"
_FIGURE = re.compile(
    rf"(?<![\w.,])(?:(?P<ratio>(?:{_NUMBER})\s*/\s*(?:{_NUMBER})(?!\s*/))|(?P<value>{_NUMBER}))"
    rf"(?:\s*(?P<percent>%)|\s*(?P<scale>{_SCALE})\b(?:\s*(?P<rest>\d+)\s*(?P<small>triệu|nghìn|ngàn)\b)?)?"
    rf"(?P<dong>\s*{_DONG})?",
    re.I,
)
_COUNTED = re.compile(rf"\s*(?:[-–]\s*)?((?:{COUNTED})(?![^\W\d_]))", re.I)
_NEXT = re.compile(r"\s*([^\W\d_A-ZĐ][^\W\d_]*(?:\s+[^\W\d_A-ZĐ][^\W\d_]*)?)")
_WHOLE = re.compile(r"\d+|[1-9]\d{0,2}(?:\.\d{3})+")
_ROUNDED = (Fraction(1, 2), Fraction(1, 2))
_BESIDE = {"hơn": (0, 1), "trên": (0, 1), "gần": (1, 0), "khoảng": (1, 1)}
_ABOUT = re.compile(r"\b(hơn|trên|gần|khoảng)\s+$", re.I)
_RANGE = re.compile(rf"\s*[-–]\s*(?:{_NUMBER})\s*(?P<unit>%|{_SCALE})?", re.I)


@dataclass(frozen=True)
class Found:
    """A figure of a text: `of` is the whole in "15/21 tiêu chí"; `count` what it counts, as the text says it.

    Money said short ("275,8 tỷ đồng", "gần 923 triệu đồng") may mean anything from `least` to `most`.
    """

    written: str
    value: Exact
    count: str
    kind: Kind
    around: str
    start: int
    of: Exact | None = None
    span: tuple[Exact, Exact] | None = None

    @property
    def least(self) -> Exact:
        """The smallest number that the text may mean."""
        return self.span[0] if self.span else self.value

    @property
    def most(self) -> Exact:
        """The largest number that the text may mean."""
        return self.span[1] if self.span else self.value


@dataclass(frozen=True)
class Known:
    """A figure of ours to hold the text against: its label, its unit of count, its value (a share in percent)."""

    label: str
    count: str
    value: Exact


_K = TypeVar("_K", bound=Known)


@dataclass(frozen=True)
class Difference:
    """The text says one thing, the ledger another."""

    found: Found
    known: Known

    @property
    def sentence(self) -> str:
        """For the list that people look through."""
        return (
            f"Lời báo cáo ghi “{self.found.written}” (… {self.found.around} …); "
            f"trong sổ, “{self.known.label}” là {_shown(self.known)}."
        )


def find(text: str) -> list[Found]:
    """The figures of a text in their order; days, years, ages, names and numbers of headings are none."""
    tidied = "\n".join(map(tidy, text.split("\n")))
    taken = spans(tidied)
    found = []
    for match in _FIGURE.finditer(tidied):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            one = _figure(tidied, match)
            if one:
                found.append(one)
    return found


def _figure(text: str, match: re.Match[str]) -> Found | None:
    """One match as a figure, None for a number that counts nothing we can name."""
    value, of = _values(match)
    value *= SCALE.get(_range_unit(text, match), 1)
    kind, count = _kind(text, match)
    if not count:
        return None
    written = f"{match[0]} {count}" if kind == "count" else match[0]
    around = _around(text, match)
    span = _span(text, match, value) if kind == "money" else None
    return Found(written.strip(), value, count, kind, around, match.start(), of, span)


def _values(match: re.Match[str]) -> tuple[Exact, Exact | None]:
    """The exact value, and the whole it is part of."""
    if match["ratio"]:
        part, whole = (read(side) for side in match["ratio"].split("/"))
        return part, whole
    value = read(match["value"], percent=bool(match["percent"] or match["scale"]))
    if match["scale"]:
        value = Fraction(value) * SCALE[match["scale"].lower()]
        value += int(match["rest"]) * SCALE[match["small"].lower()] if match["rest"] else 0
    return (int(value) if Fraction(value).denominator == 1 else value), None


def _span(text: str, match: re.Match[str], value: Exact) -> tuple[Exact, Exact] | None:
    """What money said in tỷ or triệu may mean: rounded at its last place, less than one of it above "hơn", below "gần",
    to either side of "khoảng". None for whole đồng."""
    scale = (match["small"] or match["scale"] or _range_unit(text, match)).lower()
    digits = match["value"]
    if not scale or not digits:
        return None
    places = 0 if match["small"] or _WHOLE.fullmatch(digits) else len(re.split(r"[.,]", digits)[-1])
    step = Fraction(SCALE[scale], 10**places)
    said = _ABOUT.search(text, max(0, match.start() - AROUND), match.start())
    below, above = _BESIDE.get(said[1].lower(), _ROUNDED) if said else _ROUNDED
    return value - below * step, value + above * step


def read(digits: str, *, percent: bool = False) -> Exact:
    """ "1.298" and "1,298" are whole, "41,82" is not; "12.5" is twelve and a half only before % or a scale."""
    digits = digits.strip()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits) and not (percent and digits.startswith("0")):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits) and not percent:
        digits = digits.replace(",", "")
    value = Fraction(digits.replace(",", "."))
    return int(value) if value.denominator == 1 else value


def _kind(text: str, match: re.Match[str]) -> tuple[Kind, str]:
    """What it is and what it counts; "" when it counts nothing."""
    if match["percent"]:
        return "percent", "%"
    after = _unit_after(text, match.end())
    if match["dong"] or (match["scale"] and not after[1]):
        return "money", "đồng"
    ranged = _range_unit(text, match)
    if ranged:
        return ("percent", "%") if ranged == "%" else ("money", "đồng")
    return "count", after[0] or _unit_before(text, match)


def _range_unit(text: str, match: re.Match[str]) -> str:
    """In "100-700 triệu đồng" the unit of the first number is said with the second."""
    ranged = None if match["percent"] or match["scale"] else _RANGE.match(text, match.end())
    return (ranged["unit"] or "").lower() if ranged else ""


def _unit_after(text: str, end: int) -> tuple[str, bool]:
    """The word or two that follow, and whether they are words that we know to count."""
    known = _COUNTED.match(text, end)
    if known:
        return known[1].lower(), True
    following = _NEXT.match(text, end)
    return (following[1].lower() if following else ""), False


def _unit_before(text: str, match: re.Match[str]) -> str:
    """ "hội viên nòng cốt 50.730, đạt": the words before, when the number itself looks like a count."""
    if not (match["ratio"] or re.search(r"[.,]\d{3}", match[0]) or len(match[0].strip()) >= 3):
        return ""
    before = re.split(r"[,;.:()]", text[max(0, match.start() - AROUND) : match.start()])[-1]
    return " ".join(WORD.findall(before)[-4:]).lower()


def _around(text: str, match: re.Match[str]) -> str:
    """The words on either side, whole ones."""
    start, end = max(0, match.start() - AROUND), min(len(text), match.end() + AROUND)
    piece = text[start:end].replace("\n", " ")
    if start:
        piece = piece.partition(" ")[2]
    return piece.rpartition(" ")[0] if end < len(text) else piece


# ---- held against the ledger ----------------------------------------------------------------------


def compare(found: Sequence[Found], figures: Sequence[Known]) -> list[Difference]:
    """Where a text names a figure of ours and states another value; what is named too loosely is left alone."""
    differences = []
    for one in found:
        like = alike(one, figures)
        if like and not any(one.least <= known.value <= one.most for known in like):
            differences.append(Difference(one, like[0]))
    return differences


def alike(one: Found, figures: Sequence[_K]) -> list[_K]:
    """The figures whose label is most fully in the words around, counted in the same unit."""
    words = set(title_words(one.around))
    scored = [(_share(known, words), known) for known in figures if _same_unit(one, known)]
    most = max((share for share, _ in scored), default=0.0)
    return [known for share, known in scored if share == most >= ENOUGH]


def _share(known: Known, words: set[str]) -> float:
    """How much of a label stands around."""
    label = set(title_words(known.label))
    return len(label & words) / len(label) if label else 0.0


def _same_unit(one: Found, known: Known) -> bool:
    """đồng with đồng, % with %; hội viên and chị both count people."""
    if one.kind != "count":
        return one.count == known.count
    said, ours = one.count, known.count.lower()
    for alike in (PEOPLE, HOUSEHOLDS):
        if ours in alike:
            return said in alike or any(said.startswith(f"{word} ") for word in alike)
    return plain(said).startswith(plain(ours))


def _shown(known: Known) -> str:
    """Our value as it is printed."""
    if known.count == "đồng" and isinstance(known.value, int):
        return money(known.value)
    shown = number(known.value) if isinstance(known.value, int) else decimal(known.value)
    return f"{shown}%" if known.count == "%" else f"{shown} {known.count}"
