"""Her name and her numbers inside what somebody wrote: found with or without marks, and blotted out. Pure.

A name is known by all its words in their order; a given name alone is everybody's and stays.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sohoi.vietnamese import nfc, plain

FEWEST_WORDS, FEWEST_DIGITS = 2, 6
WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[\s'’.\-]{1,3}")  # Trần Thị Canh, TRẦN  THỊ CANH, H'Ly
GAP = r"[\s.\-]{0,2}"  # 0905 123 456, 092.185.001.234
TWO_WAYS = re.compile("o[ae]|uy")  # Hoà, Hòa: as written it is not found by its signs


@dataclass(frozen=True)
class Blots:
    """What must not stand anywhere: names as they were written, numbers as digits; `mark` stands there instead."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    mark: str

    @cached_property
    def _runs(self) -> list[list[str]]:
        """The words of each name, bare; the longest name first."""
        runs = {tuple(words(name)) for name in self.names}
        return [list(run) for run in sorted(runs, key=len, reverse=True) if len(run) >= FEWEST_WORDS]

    @cached_property
    def _digits(self) -> list[re.Pattern[str]]:
        """One pattern for each number; a telephone abroad begins with 84."""
        told = [number for number in self.numbers if len(number) >= FEWEST_DIGITS]
        return [re.compile(rf"(?<!\d){_begun(one)}{GAP.join(one[1:])}(?!\d)") for one in told]

    def signs(self) -> Iterable[list[tuple[str, ...]]]:
        """For a coarse look by the database: a text that names her has one spelling of each pair of one of these
        lists, in large or small letters."""
        for name in self.names:
            pairs = [(word, plain(word)) for word in WORD.findall(nfc(name))]
            if len(pairs) >= FEWEST_WORDS:
                yield [pair for pair in pairs if not TWO_WAYS.search(pair[1])]
        for number in self.numbers:
            yield [(number[-3:],)]

    def out_of(self, said: Any) -> Any:
        """The same text, list or answers without her; what does not name her comes back as it was."""
        if isinstance(said, str):
            return self._text(said)
        if isinstance(said, list | tuple):
            return [self.out_of(one) for one in said]
        if isinstance(said, dict):
            return {key: self.out_of(one) for key, one in said.items()}
        return said

    def _text(self, said: str) -> str:
        found = clean = nfc(said)
        for pattern in self._digits:
            found = pattern.sub(self.mark, found)
        for run in self._runs:
            found = _without(found, run, self.mark)
        return said if found == clean else found


def words(name: str) -> list[str]:
    """The words of a name without marks."""
    return [plain(word) for word in WORD.findall(nfc(name))]


def _begun(number: str) -> str:
    """The first digit of a number, as it may be written."""
    return rf"(?:0|\+?84{GAP})" if number[0] == "0" else number[0]


def _without(said: str, run: list[str], mark: str) -> str:
    """The text with each place where these words stand one after the other replaced."""
    there = list(WORD.finditer(said))
    bare = [plain(word[0]) for word in there]
    kept, upto, at = "", 0, 0
    while at + len(run) <= len(there):
        span = there[at : at + len(run)]
        if bare[at : at + len(run)] == run and _together(said, span):
            kept, upto, at = f"{kept}{said[upto : span[0].start()]}{mark}", span[-1].end(), at + len(run)
        else:
            at += 1
    return kept + said[upto:]


def _together(said: str, span: list[re.Match[str]]) -> bool:
    """Whether nothing but blanks and joints stands between the words."""
    return all(BETWEEN.fullmatch(said, one.end(), two.start()) for one, two in zip(span, span[1:], strict=False))
