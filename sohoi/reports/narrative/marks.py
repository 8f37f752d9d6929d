"""What kind of line opens a part: "I.", "1.1", "a)", "-", a bold line, a line in capitals. Pure.

Tolerant on purpose: "I.TÌNH HÌNH", "I/", "I-", "PHẦN I:", a number alone with its title on the next line, numbers that
Word counts. What opens no part is content; nothing is lost by a wrong guess, because match.py gives parts that it
cannot place back to the part above.
"""

import re
from dataclasses import dataclass

from sohoi.reports.narrative.letters import Printed, is_capitals, tidy

LETTER, ROMAN, ARABIC, ALPHA, BOLD, DASH, PLUS = 0, 1, 2, 5, 6, 7, 8  # ranks; 1.1 is 3, 1.1.1 is 4
LONGEST, SHORT = 220, 120
_ROMAN = re.compile(
    r"(?:(?:PHẦN|Phần|MỤC|Mục)\s+)?([IVX]{1,6})(?:\s*[./)\-–—:]+\s*|(?=\s+[^\W\d_]{2}))(?![IVX]\.)\s*(.+)"
)
_TRUE_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ARABIC = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,3})(?:\s*[.)/:\-–—]+(?!\d)\s*|(?<=\.\d)\s+(?=[^\W\d_])|(?<=\.\d\d)\s+(?=[^\W\d_]))(.+)"
)
_LETTER = re.compile(r"([A-HĐ])\s*[./)\-–—:]\s*(.+)")
_ALPHA = re.compile(r"([a-hđ])\s*(?:\)|[./](?=\s))\s*(.+)")
_BULLET = re.compile(r"([-–—•*·▪●○◦➢✓→+])\s*(.+)")
_RUN_IN = re.compile(r"(.{4,120}?)\s*(?::|\.(?=\s*[^\W\d_]))\s*(\S.*)")


@dataclass(frozen=True)
class Mark:
    """The opening of a part: its rank, its number, its title, and the title cut where running text may begin."""

    rank: int
    number: str
    title: str
    known: bool = False  # it reads like a heading of the form

    @property
    def run_in(self) -> tuple[str, str]:
        """("Tình hình tư tưởng", "Ổn định.") of a title that goes on as text; the rest is "" when it does not."""
        found = _RUN_IN.fullmatch(self.title)
        return (found[1], found[2]) if found else (self.title.rstrip(" :"), "")


def mark_of(line: Printed, narrow: bool = True) -> Mark | None:
    """How a line opens a part, None for content. `narrow` is False for a cell beside others, which says less."""
    text = tidy(line.text)
    number = tidy(line.number)
    found = _numbered(f"{number} {text}" if number else text)
    if found is not None and not _fits(found, line, narrow):
        return None
    if found is not None and found.rank >= DASH:
        return found if _may_head(found.title, line) else None
    return found or (_unnumbered(line, text) if narrow else None)


def is_bullet(line: Printed) -> bool:
    """A line that begins with a dash or the like."""
    return bool(_BULLET.match(tidy(line.number or line.text)))


def _fits(mark: Mark, line: Printed, narrow: bool) -> bool:
    """In a table of columns "I" and "1" count rows: there a heading has its number and its words in one cell."""
    return narrow or (mark.rank < ALPHA and len(mark.title.split()) >= 2 and not line.number)


def _may_head(title: str, line: Printed) -> bool:
    """A dash opens a part only when it is short and no sentence."""
    return len(title) <= SHORT and (line.bold or title[-1] not in ".;,") or bool(_RUN_IN.fullmatch(title))


def _numbered(text: str) -> Mark | None:
    """By the number that it begins with."""
    for reads in (_roman, _arabic, _letter, _alpha, _bullet):
        found = reads(text)
        if found is not None:
            return found
    return None


def _roman(text: str) -> Mark | None:
    """I. / I/ / I- / PHẦN I: and "I TÌNH HÌNH" without any sign, but then in capitals; I.1 is an Arabic number."""
    found = _ROMAN.fullmatch(text)
    if not found or not _TRUE_ROMAN.fullmatch(found[1]):
        return None
    if text[found.end(1) : found.end(1) + 1] == " " and found[2][:1].isalpha() and not is_capitals(found[2]):
        signed = re.match(r"\s*[./)\-–—:]", text[found.end(1) :])
        if not signed:
            return None
    return _arabic(found[2]) or Mark(ROMAN, found[1], found[2])


def _arabic(text: str) -> Mark | None:
    """1. / 1) / 1- / 1.1 / 1.1.; neither 1.298 nor 04/5/2024 nor "12 chi hội"."""
    found = _ARABIC.fullmatch(text)
    if not found:
        return None
    return Mark(ARABIC + found[1].count("."), found[1], found[2])


def _letter(text: str) -> Mark | None:
    """A. TÌNH HÌNH: only with a title in capitals, for "T. Lan" is a name."""
    found = _LETTER.fullmatch(text)
    return Mark(LETTER, found[1], found[2]) if found and is_capitals(found[2]) else None


def _alpha(text: str) -> Mark | None:
    """a) / a. / a/"""
    found = _ALPHA.fullmatch(text)
    return Mark(ALPHA, found[1], found[2]) if found else None


def _bullet(text: str) -> Mark | None:
    """A dash, a dot, a plus."""
    found = _BULLET.fullmatch(text)
    return Mark(PLUS if found[1] == "+" else DASH, found[1], found[2]) if found else None


def _unnumbered(line: Printed, text: str) -> Mark | None:
    """A heading style, capitals, or bold from the first letter to the last."""
    if not text or len(text) > LONGEST or text[-1] in ".;," or not any(map(str.isalpha, text)):
        return None
    if line.outline is not None:
        return Mark(min(ROMAN + line.outline, ALPHA), "", text)
    if is_capitals(text) and len(text.split()) >= 2:
        return Mark(ROMAN, "", text)
    return Mark(BOLD, "", text) if line.bold else None
