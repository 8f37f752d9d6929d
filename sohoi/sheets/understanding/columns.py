"""What the columns of a sheet are, by the words at their heads; remembered by a fingerprint of these words.

Pure. A heading is compared without marks, signs and what stands in brackets, in old letters too.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from sohoi.sheets.understanding.legacy import WAYS, turned
from sohoi.vietnamese import plain

ONLY_SHEETS = {
    "number": "Số thứ tự", "family": "Họ và tên đệm", "given": "Tên", "born-man": "Năm sinh (cột của nam)",
    "born-woman": "Năm sinh (cột của nữ)", "sex": "Giới tính", "branch": "Chi hội", "day": "Ngày vào Hội",
}  # fmt: skip
QUIET = ("number", "reason")  # understood, and nothing to keep
ASIDE = "aside"
SEVERAL = {"born"}  # fields that may stand in more than one column: the first that says something counts


@cache
def words_of() -> dict[str, str]:
    """Each wording with its code."""
    body = tomllib.loads((Path(__file__).parent / "columns.toml").read_text("utf-8"))
    return {words: code for code, listed in body.items() for words in listed}


def bare(heading: str) -> str:
    """A heading for comparison: no marks, no signs, one blank between words."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(heading)).split())


@cache
def code_of(heading: str) -> str:
    """The code of a heading; empty when nothing is known of it. Old letters are tried when it says nothing."""
    for text in (heading, *(turned(heading, way) for way in WAYS)):
        for words in (bare(text), bare(re.sub(r"\([^)]*\)", " ", text))):
            found = words_of().get(words) or _within(words)
            if found:
                return found
    return ""


def _within(words: str) -> str:
    """The code of the longest known wording of two words or more that stands inside."""
    inside = [known for known in words_of() if " " in known and f" {known} " in f" {words} "]
    return words_of()[max(inside, key=len)] if inside else ""


def guessed(headings: Sequence[str]) -> list[str]:
    """A code for each heading, "" where none is known: each once, but for those that may stand in several columns."""
    codes: list[str] = []
    for heading in headings:
        code = code_of(heading) if heading else ""
        codes.append("" if code == ASIDE or (code in codes and code not in SEVERAL) else code)
    if "name" not in codes and "family" in codes and "given" not in codes:
        codes[codes.index("family")] = "name"  # "Họ" alone: a column of whole names
    return _parted(list(headings), codes)


def _parted(headings: list[str], codes: list[str]) -> list[str]:
    """ "Họ và tên" over two columns, the second without words of its own: family names, then given names."""
    if "name" in codes and "given" not in codes:
        at = codes.index("name")
        if at + 1 < len(codes) and headings[at + 1] == headings[at]:
            codes[at], codes[at + 1] = "family", "given"
    return codes


def fingerprint(headings: Sequence[str]) -> bytes:
    """What makes two sheets one form: their headings in order, but for a column of reasons that we added."""
    kept = [bare(heading) for heading in headings if code_of(heading) != "reason"]
    while kept and not kept[-1]:
        kept.pop()
    return sha256("\n".join(kept).encode()).digest()


def letter(at: int) -> str:
    """The letters by which Excel calls a column: 0 is A, 26 is AA."""
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
