"""The shapes of declared data: what may stand under a key of a TOML table (docs/kinds.md, docs/resolutions.md).

Pure. It refuses everything else with a sentence that names the file and the key: a kind, a measure or a resolution
is read through here, so that no body outside its language reaches a page or the gate.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sohoi.refusal import Refusal
from sohoi.vietnamese import clean_text

CODE = re.compile(r"[a-z0-9-]+", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LONGEST_CODE, LONGEST_TEXT = 60, 2000
LARGEST = 10**12  # of one record: more đồng than any branch sees; nine million of these still fit in 64 bits
DEEPEST = 8
YEARS = range(1900, 9001)  # before there is no Union, beyond the calendar of the database ends


def cleaned(value: Any, where: str, depth: int = 0) -> Any:
    """The same data with every key and text composed (NFC).

    Raises Refusal, naming the way to it, for a sign that paper, page or database cannot keep, and for nesting
    deeper than the languages have.
    """
    if depth > DEEPEST:
        raise Refusal(f"{where}: các bảng lồng nhau quá sâu. Viết lại theo mẫu trong docs/.", where)
    if isinstance(value, str):
        try:
            return clean_text(value)
        except Refusal as refusal:
            raise Refusal(f"{where}: {refusal}", where) from refusal
    if isinstance(value, list):
        return [cleaned(one, where, depth + 1) for one in value]
    if isinstance(value, dict):
        named = {cleaned(key, where): one for key, one in value.items()}
        if len(named) < len(value):
            raise Refusal(f"{where}: có hai khóa chỉ khác cách gõ dấu. Bỏ bớt một khóa.", where)
        return {key: cleaned(one, f"{where}, “{shown(key)}”", depth + 1) for key, one in named.items()}
    return value


def shown(word: str) -> str:
    """A given word as it may stand in a sentence: short, one line, nothing that a terminal could not print."""
    return "".join(sign if sign.isprintable() else "?" for sign in word[:LONGEST_CODE])


def title(body: Any) -> str:
    """The code of a table that was not checked yet, to name it in a sentence."""
    code = body.get("code") if isinstance(body, dict) else None
    return shown(code) if isinstance(code, str) else "?"


def code(value: Any, where: str) -> str:
    """A code of ours: lower-case letters without marks, digits, dashes; at most 60."""
    if not isinstance(value, str) or len(value) > LONGEST_CODE or not CODE.fullmatch(value):
        said = f"{where}: mã chỉ gồm chữ thường không dấu, số và gạch nối, dài không quá {LONGEST_CODE} ký tự."
        raise Refusal(said, where)
    return value


def table(body: Any, keys: Iterable[str], needed: Iterable[str], where: str) -> "Table":
    """A table with all the keys it needs and none that the language does not have: those would silently do nothing."""
    if not isinstance(body, dict):
        raise Refusal(f"{where}: cần một bảng các khóa. Xem mẫu trong docs/.", where)
    strange = sorted(set(body) - set(keys))
    if strange:
        known = ", ".join(sorted(keys))
        raise Refusal(f"{where}: không hiểu khóa “{shown(strange[0])}”. Các khóa có thể dùng: {known}.", where)
    for key in needed:
        if key not in body:
            raise Refusal(f"{where}: thiếu khóa “{key}”. Thêm khóa này rồi nạp lại.", where)
    return Table(body, where)


@dataclass(frozen=True)
class Table:
    """A table whose keys are known; each method reads one key as one type, or refuses it."""

    body: dict[str, Any]
    where: str

    def __contains__(self, key: str) -> bool:
        return key in self.body

    def refused(self, key: str, must: str) -> Refusal:
        """The sentence for a key that holds something else."""
        return Refusal(f"{self.where}: “{key}” phải là {must}. Sửa lại rồi nạp lại.", self.where)

    def text(self, key: str, most: int = LONGEST_TEXT) -> str:
        """Words; "" when the key is left out, never when it is there."""
        value = self.body.get(key)
        if key not in self.body:
            return ""
        if not isinstance(value, str) or not value.strip() or len(value) > most:
            raise self.refused(key, f"chữ, không để trống, dài không quá {most} ký tự")
        return value

    def code(self, key: str) -> str:
        """A code of ours; "" when left out."""
        return code(self.body[key], f"{self.where}, “{key}”") if key in self.body else ""

    def whole(self, key: str, least: int = -LARGEST, most: int = LARGEST) -> int | None:
        """A whole number within bounds; None when left out. True and false are no numbers."""
        value = self.body.get(key)
        if key not in self.body:
            return None
        if type(value) is not int or not least <= value <= most:
            raise self.refused(key, f"số nguyên từ {least} đến {most}")
        return value

    def flag(self, key: str) -> bool:
        """true or false; false when left out."""
        value = self.body.get(key, False)
        if not isinstance(value, bool):
            raise self.refused(key, "true hoặc false")
        return value

    def day(self, key: str) -> date:
        """A day, as TOML writes it or as text 2021-07-01; a moment with hours is none."""
        value = self.body.get(key)
        if isinstance(value, str) and ISO_DAY.fullmatch(value):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                raise self.refused(key, "một ngày có trong lịch") from None
        if type(value) is not date or value.year not in YEARS:
            raise self.refused(key, f"một ngày, viết 2021-07-01, từ năm {YEARS[0]} đến năm {YEARS[-1]}")
        return value

    def one_of(self, key: str, words: Sequence[str], default: str = "") -> str:
        """One of some words."""
        value = self.body.get(key, default)
        if not isinstance(value, str) or value not in words:
            listed = ", ".join(word for word in words if word)
            raise Refusal(f"{self.where}: {key} phải là một trong: {listed}.", self.where)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; empty when left out."""
        value = self.body.get(key, [])
        if not isinstance(value, list) or not all(_is_word(one) for one in value):
            raise self.refused(key, 'danh sách chữ, ví dụ ["một", "hai"]')
        return tuple(value)

    def named(self, key: str) -> dict[str, str]:
        """A table of words by code, or the same as pairs (as rows keep it, in order); empty when left out."""
        value = self.body.get(key, {})
        if isinstance(value, list) and all(_is_pair(one) for one in value):
            value = dict(value)
        if not isinstance(value, dict) or not all(_is_word(one) for pair in value.items() for one in pair):
            raise self.refused(key, 'một bảng các cặp mã = "lời"')
        return value

    def answers(self, key: str) -> dict[str, Any]:
        """A table of plain answers by code: text, whole numbers, true and false; empty when left out."""
        value = self.body.get(key, {})
        if not isinstance(value, dict) or not all(is_plain(one) for one in value.values()):
            raise self.refused(key, "một bảng các cặp mã = câu trả lời (chữ, số nguyên, true hoặc false)")
        return value

    def tables(self, key: str) -> list[Any]:
        """A list of tables, each still to be read; empty when left out."""
        value = self.body.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.refused(key, f"các bảng [[{key}]]")
        return value


def is_plain(value: Any) -> bool:
    """Whether a value is one plain answer; a day is written as text."""
    return type(value) in (str, int, bool)


def _is_pair(value: Any) -> bool:
    """A code and what stands with it."""
    return isinstance(value, list) and len(value) == 2 and _is_word(value[0])


def _is_word(value: Any) -> bool:
    """Whether a value is text that says something."""
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST_TEXT
