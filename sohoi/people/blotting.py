"""Her name and her numbers inside what somebody wrote: found and blotted out, and nobody else's. Pure.

A name is known by all its words in their order, in small or large letters: with its marks where the text has any,
without where the text has none, or where its family name has lost its own: "Chị Tran Thi Hoa" may be Hòa, "Trần Thị
Hoa" is not. A longer name and the name of a place stay; so does a given name alone, which is everybody's.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from sohoi.vietnamese import nfc, plain, sort_key

FEWEST_WORDS, FEWEST_DIGITS = 2, 6
WORD = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[^\S\r\n]{1,3}|['’.\-]")  # Trần Thị Canh, TRẦN  THỊ CANH, H'Ly
BESIDE = re.compile(r"[^\S\r\n]+|['’\-]")
GAP = r"[\s.\-]{0,2}"  # 0905 123 456, 092.185.001.234
TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
DECOMPOSED = "[\u0300-\u036f]"  # of such texts the coarse look leaves none out: each letter may be in three pieces
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
# Words that may follow a name where everything is in capitals, and are nobody's name.
AFTER = frozenset(
    WORD.findall(
        "đã đang sẽ và là của ở đi cho nhận được bị có không xin từ tại về với vì để cũng chưa rồi thì nên khi lúc ngày"
        " chuyển nghỉ mất ốm trong ngoài này đến vào bằng theo tặng trao chồng vợ hộ cùng thuộc trú nghèo khó"
    )
)
BEGINS = re.compile(r"(?:^|[.!?:;\r\n])[^\w]*\Z")


class Run(NamedTuple):
    """The words of a name, as written and bare, and whether they are hers too in a text that has marks elsewhere."""

    spelt: list[str]
    bare: list[str]
    sure: bool


@dataclass(frozen=True)
class Blots:
    """What must not stand anywhere: names as they were written, numbers as digits; `mark` stands there instead."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    mark: str

    @cached_property
    def _runs(self) -> list[Run]:
        """Each name, the longest first."""
        told = {tuple(_words(name)) for name in self.names}
        runs = sorted((run for run in told if len(run) >= FEWEST_WORDS), key=lambda run: (-len(run), run))
        return [Run([_spelt(word) for word in run], [plain(word) for word in run], _lost(run)) for run in runs]

    @cached_property
    def _digits(self) -> list[re.Pattern[str]]:
        """One pattern for each number; a telephone abroad begins with 84."""
        told = [number for number in self.numbers if len(number) >= FEWEST_DIGITS]
        return [re.compile(rf"(?<!\d){_begun(one)}{GAP.join(one[1:])}(?!\d)") for one in told]

    @property
    def named(self) -> bool:
        """Whether any name is looked for, so that a text in decomposed letters may hold it (DECOMPOSED)."""
        return bool(self._runs)

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
        marked = _has_marks(clean)
        for run in self._runs:
            found = _without(found, run, marked, self.mark)
        for pattern in self._digits:
            found = pattern.sub(self.mark, found)
        return said if found == clean else found


def same_name(said: str, name: str) -> bool:
    """Whether this is that whole name: with its marks, unless it was written without any."""
    read = _spelt if _has_marks(said) else plain
    return [read(word) for word in _words(said)] == [read(word) for word in _words(name)]


def spellings(word: str) -> tuple[str, ...]:
    """Every way in which a word is written: Hoà, Hòa, hoa; in small and in large letters; Ð for Đ."""
    letters = unicodedata.normalize("NFD", word.lower())
    tone, rest = "".join(TONES.findall(letters)), TONES.sub("", letters)
    told = {nfc(word).lower(), plain(word)}
    told |= {nfc(rest[: at.end()] + tone + rest[at.end() :]) for at in VOWEL.finditer(rest)}
    told |= {one.replace("đ", "ð") for one in told}
    return tuple(sorted(told | {one.upper() for one in told}))


def _words(name: str) -> list[str]:
    return WORD.findall(nfc(name))


def _spelt(word: str) -> str:
    """A word with its marks, wherever in its vowels the tone was set, in small letters."""
    return sort_key(word.lower().replace("ð", "đ"))


def _has_marks(said: str) -> bool:
    """Whether the text was written with marks at all."""
    return plain(said) != " ".join(said.lower().split())


def _lost(words: Iterable[str]) -> bool:
    """Whether the name holds a family name, or Thị, that without its marks is no other: Tran is Trần, Kim is Kim."""
    families = [word.lower() for word in words if word.lower() in FAMILIES]
    return any(word != plain(word) not in FAMILIES for word in families)


def _begun(number: str) -> str:
    """The first digit of a number, as it may be written."""
    return rf"(?:0|\+?84){GAP}" if number[0] == "0" else number[0] + GAP


def _without(said: str, run: Run, marked: bool, mark: str) -> str:
    """The text with each place where these words stand as a whole name replaced."""
    there = list(WORD.finditer(said))
    small = [word[0].lower() for word in there]
    read = list(map(_spelt if marked else plain, small))
    wanted, bare = (run.spelt if marked else run.bare), (run.bare if run.sure or not marked else None)
    kept, upto, at, long = "", 0, 0, len(run.bare)
    while at + long <= len(there):
        upon = at + long
        lost = small[at:upon] == bare
        found = lost or read[at:upon] == wanted
        if found and _together(said, there[at:upon]) and _whole(said, there, at, upon, lost):
            kept, upto, at = f"{kept}{said[upto : there[at].start()]}{mark}", there[upon - 1].end(), upon
        else:
            at += 1
    return kept + said[upto:]


def _together(said: str, span: list[re.Match[str]]) -> bool:
    """Whether nothing but blanks and joints stands between the words."""
    return all(BETWEEN.fullmatch(said, one.end(), two.start()) for one, two in zip(span, span[1:], strict=False))


def _whole(said: str, there: list[re.Match[str]], at: int, upon: int, lost: bool) -> bool:
    """Whether no word of a longer name, or of a place's, stands directly beside these words; `lost`: they stand there
    without marks."""
    loud = all(one[0].isupper() for one in there[at:upon])
    if upon < len(there) and _beside(said, there[upon - 1], there[upon]) and _goes_on(there, upon, loud):
        return False
    before = at > 0 and _beside(said, there[at - 1], there[at])
    return not (before and _of_a_name(said, there[at - 1], there[at], loud, lost))


def _goes_on(there: list[re.Match[str]], at: int, loud: bool) -> bool:
    """Whether a name goes on with this word: where all of it is in capitals (`loud`), they say nothing of the word."""
    word = there[at][0]
    if not loud:
        return word[0].isupper()
    another = word.lower() in FAMILIES and at + 1 < len(there) and plain(there[at + 1][0]) == "thi"
    return word.isupper() and word.lower() not in AFTER and not another


def _of_a_name(said: str, word: re.Match[str], run: re.Match[str], loud: bool, lost: bool) -> bool:
    """Whether a name or a place goes on after this word."""
    told, large = word[0].lower(), word[0][0].isupper()
    marked = not lost or told != plain(told)
    if marked and told in PLACES or not marked and told in _bare(PLACES) - ANY_WORD:
        return True
    if told in (FAMILIES if marked else _bare(FAMILIES)):
        if not marked and told in _bare(ADDRESSES) and (loud or not large):
            return False  # hồ or hộ, võ or vợ: it cannot be told
        return large or not run[0][0].isupper()
    if loud:
        return False
    return large and not BEGINS.search(said[: word.start()]) and told not in (ADDRESSES if marked else _bare(ADDRESSES))


@cache
def _bare(told: frozenset[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in told)


def _beside(said: str, one: re.Match[str], two: re.Match[str]) -> bool:
    return bool(BESIDE.fullmatch(said, one.end(), two.start()))
