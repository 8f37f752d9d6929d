"""Text in TCVN3 (ABC) or VNI letters is found, column by column, and turned into Unicode; proper Unicode is left alone.

Pure. What decides is whether the words are syllables of Vietnamese, read in each way: "NguyÔn ThÞ" and "Nguyeãn Thò"
are none as they stand.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path
from string import ascii_lowercase

from sohoi.vietnamese import nfc

MOST_CELLS = 2_000
SURE, BETTER = 80, 20  # percent of the words that must read well, and by how much better than as they stand
TONES = "\u0300\u0309\u0303\u0301\u0323"
BREAKS = re.compile(r"[\s!-/:-@\[-`{-~0-9]+")
MODERN = re.compile("[\u0100-\u01b0\u0300-\u0323\u1ea0-\u1ef9]")  # letters that only Unicode has
WAYS = ("tcvn3", "vni")


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "legacy.toml").read_text("utf-8"))


def label(way: str) -> str:
    """How people call the old letters."""
    return _data()[way]["label"]


@cache
def table(way: str) -> dict[str, str]:
    """code -> letter."""
    body = _data()[way]
    return dict(zip(body["codes"].split(" "), body["letters"].split(" "), strict=True))


@cache
def _pattern(way: str) -> re.Pattern[str]:
    """Any code, the longest first."""
    return re.compile("|".join(re.escape(code) for code in sorted(table(way), key=len, reverse=True)))


def turned(text: str, way: str) -> str:
    """The text with each code as its letter. A word typed in capitals has its marks in capitals too."""
    letters = table(way)
    read = _pattern(way).sub(lambda code: letters[code[0]], text)
    bare = [sign for sign in text if sign.isascii() and sign.isalpha()]
    shouted = len(bare) > 1 and all(sign.isupper() for sign in bare)
    return nfc(read.upper() if shouted else read)


@cache
def _syllables() -> frozenset[str]:
    """Every onset with every rhyme."""
    made = _data()["syllable"]
    return frozenset("".join(pair) for pair in product(["", *made["onsets"].split()], made["rhymes"].split()))


@cache
def _alphabet() -> frozenset[str]:
    """The small letters, with and without marks."""
    return frozenset(letter for letter in table("vni").values() if letter.islower()) | frozenset(ascii_lowercase)


def is_syllable(word: str) -> bool:
    """Whether a word can be one of Vietnamese, whatever its tone."""
    composed = nfc(word.lower())
    apart = unicodedata.normalize("NFD", composed)
    if not set(composed) <= _alphabet() or sum(sign in TONES for sign in apart) > 1:
        return False
    return nfc("".join(sign for sign in apart if sign not in TONES)) in _syllables()


def marked_words(text: str) -> set[str]:
    """The words of a text with something beyond ASCII in them."""
    return {word for word in BREAKS.split(text) if word and not word.isascii()}


def way_of(texts: Iterable[str]) -> str:
    """ "tcvn3", "vni", or nothing: how the cells of a column are written, those with Unicode letters set aside."""
    old = [text for text, _ in zip((t for t in texts if not MODERN.search(t)), range(MOST_CELLS), strict=False)]
    words = set().union(*map(marked_words, old)) if old else set()
    if not words:
        return ""
    as_is = _share(words)
    way, share = max(((way, _share({turned(word, way) for word in words})) for way in WAYS), key=lambda one: one[1])
    return way if share >= SURE and share >= as_is + BETTER else ""


def _share(words: set[str]) -> int:
    """How many percent of the words are syllables."""
    return 100 * sum(map(is_syllable, words)) // len(words)


def mended(text: str, way: str, pure: bool = True) -> str:
    """A cell of a column written in this way, in Unicode. In a column that is not `pure` a cell that reads well as it
    stands is left alone."""
    if not way or text.isascii() or MODERN.search(text):
        return nfc(text)
    if not pure and all(is_syllable(word) for word in marked_words(text)):
        return nfc(text)
    return turned(text, way)
