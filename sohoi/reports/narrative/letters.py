"""A line of a document as it was printed, and the ways in which its letters are compared. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from sohoi.vietnamese import nfc, plain

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]")
WORD = re.compile(r"\w+")
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
STOPS = frozenset(["va", "cua", "cac", "cho", "ve", "trong", "theo", "o", "tai", "den", "voi", "la", "nhung"])


@dataclass(frozen=True)
class Printed:
    """One line of a document: its letters, and what Word says of it. `at` is its place, counted from nought."""

    text: str
    at: int = 0
    number: str = ""  # counted by Word, not among the letters
    bold: bool = False
    outline: int | None = None  # level of a heading style, 0 the highest
    centred: bool = False
    cell: tuple[int, int, int] | None = None  # table, row, column, each from one


def tidy(text: str) -> str:
    """Composed letters, one blank between words, nothing that cannot be seen."""
    text = nfc(text)
    if not text.isprintable():  # what cannot be seen is never printable, nor are blanks other than the common one
        text = UNSEEN.sub("", text)
    return " ".join(text.split())


def is_capitals(text: str) -> bool:
    """Letters all in capitals, and enough of them to be words."""
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


@lru_cache(maxsize=50_000)
def spoken(word: str) -> str:
    """A word by shape and tone, wherever the tone was put: hòa and hoà are one, hoa and hóa are two."""
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in apart if sign in TONES]
    return "".join(sign for sign in apart if sign not in TONES) + "".join(tones) if tones else apart


def words(text: str) -> list[str]:
    """The words of a sentence as they are compared: signs between them and capitals do not matter."""
    return [spoken(word) for word in WORD.findall(text)]


@lru_cache(maxsize=20_000)
def title_words(title: str) -> tuple[str, ...]:
    """The words of a title without marks, and without those that say nothing."""
    return tuple(word for word in WORD.findall(plain(title)) if word not in STOPS)
