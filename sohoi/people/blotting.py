"""Her name and her numbers inside what somebody wrote: found and blotted out, and nobody else's. Pure.

A name is known by all its words in their order: with its marks where the text has any, without where the text has none.
A longer name and the name of a place stay; so does a given name alone, which is everybody's.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sohoi.vietnamese import nfc, plain, sort_key

FEWEST_WORDS, FEWEST_DIGITS = 2, 6
WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[^\S\r\n]{1,3}|['’.\-]")  # Trần Thị Canh, TRẦN  THỊ CANH, H'Ly
BESIDE = re.compile(r"[^\S\r\n]+|['’\-]")
GAP = r"[\s.\-]{0,2}"  # 0905 123 456, 092.185.001.234
TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
VOWEL = re.compile("[aeiouy][\u0302\u0306\u031b]?")
# A word before the name that says it is a place's, one that people are called by, and the first word of a longer name:
# at the beginning of a sentence every word has a capital.
PLACES = frozenset(
    WORD.findall("đường phố ngõ hẻm ấp thôn xóm làng buôn bản khu xã phường huyện quận tỉnh trường chợ cầu")
)
ANY_WORD = frozenset(("cho", "ban", "cau"))  # without marks: given to, a friend, to wish
ADDRESSES = frozenset(
    WORD.findall("chị bà cô dì bác thím mợ mẹ má bu bầm ông anh chú cậu em cháu con nhà chí hộ vợ")
)  # fmt: skip
FAMILIES = frozenset(
    WORD.findall(
        "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh lâm phùng mai tô trịnh trương"
        " vương hà cao thạch sơn kim châu danh lương thái tạ quách tăng tôn lưu triệu đoàn chu hứa kiều mạc nông ninh"
        " thân doãn giang khổng nghiêm tống diệp âu bạch khuất lò lục lữ sùng vừ thào điểu rơ siu ksor quàng thị"
    )
)
BEGINS = re.compile(r"(?:^|[.!?:;\r\n])[^\w]*\Z")


@dataclass(frozen=True)
class Blots:
    """What must not stand anywhere: names as they were written, numbers as digits; `mark` stands there instead."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    mark: str

    @cached_property
    def _runs(self) -> list[tuple[list[str], list[str]]]:
        """The words of each name, as written and bare; the longest name first."""
        told = {tuple(_words(name)) for name in self.names}
        runs = sorted((run for run in told if len(run) >= FEWEST_WORDS), key=lambda run: (-len(run), run))
        return [([_spelt(word) for word in run], [plain(word) for word in run]) for run in runs]

    @cached_property
    def _digits(self) -> list[re.Pattern[str]]:
        """One pattern for each number; a telephone abroad begins with 84."""
        told = [number for number in self.numbers if len(number) >= FEWEST_DIGITS]
        return [re.compile(rf"(?<!\d){_begun(one)}{GAP.join(one[1:])}(?!\d)") for one in told]

    def signs(self) -> Iterable[list[tuple[str, ...]]]:
        """For a coarse look by the database: a text that names her has one spelling of each word of one of these
        lists, in large or small letters."""
        for name in self.names:
            told = _words(name)
            if len(told) >= FEWEST_WORDS:
                yield [spellings(word) for word in told]
        for number in self.numbers:
            if len(number) >= FEWEST_DIGITS:
                yield [(number[-2:],)]  # 0905 12 34 56

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
        for spelt, bare in self._runs:
            marked = _has_marks(clean)
            found = _without(found, spelt if marked else bare, marked, self.mark)
        for pattern in self._digits:
            found = pattern.sub(self.mark, found)
        return said if found == clean else found


def same_name(said: str, name: str) -> bool:
    """Whether this is that whole name: with its marks, unless it was written without any."""
    read = _spelt if _has_marks(said) else plain
    return [read(word) for word in _words(said)] == [read(word) for word in _words(name)]


def spellings(word: str) -> tuple[str, ...]:
    """Every way in which a word is written: Hoà, Hòa, hoa; in small and in large letters."""
    letters = unicodedata.normalize("NFD", word.lower())
    tone, rest = "".join(TONES.findall(letters)), TONES.sub("", letters)
    told = {nfc(word).lower(), plain(word)}
    told |= {nfc(rest[: at.end()] + tone + rest[at.end() :]) for at in VOWEL.finditer(rest)}
    return tuple(sorted(told | {one.upper() for one in told}))


def _words(name: str) -> list[str]:
    return WORD.findall(nfc(name))


def _spelt(word: str) -> str:
    """A word with its marks, wherever in its vowels the tone was set, in small letters."""
    return sort_key(word.lower().replace("ð", "đ"))


def _has_marks(said: str) -> bool:
    """Whether the text was written with marks at all."""
    return plain(said) != " ".join(said.lower().split())


def _begun(number: str) -> str:
    """The first digit of a number, as it may be written."""
    return rf"(?:0|\+?84){GAP}" if number[0] == "0" else number[0] + GAP


def _without(said: str, run: list[str], marked: bool, mark: str) -> str:
    """The text with each place where these words stand as a whole name replaced."""
    there = list(WORD.finditer(said))
    read = [(_spelt if marked else plain)(word[0]) for word in there]
    kept, upto, at = "", 0, 0
    while at + len(run) <= len(there):
        upon = at + len(run)
        if read[at:upon] == run and _together(said, there[at:upon]) and _whole(said, there, at, upon, marked):
            kept, upto, at = f"{kept}{said[upto : there[at].start()]}{mark}", there[upon - 1].end(), upon
        else:
            at += 1
    return kept + said[upto:]


def _together(said: str, span: list[re.Match[str]]) -> bool:
    """Whether nothing but blanks and joints stands between the words."""
    return all(BETWEEN.fullmatch(said, one.end(), two.start()) for one, two in zip(span, span[1:], strict=False))


def _whole(said: str, there: list[re.Match[str]], at: int, upon: int, marked: bool) -> bool:
    """Whether no word of a longer name, or of a place's, stands directly beside these words."""
    if upon < len(there) and _beside(said, there[upon - 1], there[upon]) and there[upon][0][0].isupper():
        return False
    before = at > 0 and _beside(said, there[at - 1], there[at])
    return not (before and _of_a_name(said, there[at - 1], there[at], marked))


def _of_a_name(said: str, word: re.Match[str], run: re.Match[str], marked: bool) -> bool:
    """Whether a name or a place goes on after this word."""
    told, large = word[0].lower(), word[0][0].isupper()
    if marked and told in PLACES or not marked and told in _bare(PLACES) - ANY_WORD:
        return True
    if told in (FAMILIES if marked else _bare(FAMILIES)):
        return large or not run[0][0].isupper()
    return large and not BEGINS.search(said[: word.start()]) and told not in (ADDRESSES if marked else _bare(ADDRESSES))


def _bare(told: frozenset[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in told)


def _beside(said: str, one: re.Match[str], two: re.Match[str]) -> bool:
    return bool(BESIDE.fullmatch(said, one.end(), two.start()))
