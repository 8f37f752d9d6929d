"""The language of checks before signing: `[[check]]` tables of a form, each one rule and its measures (docs/forms.md).

Pure. A check says what to look at, never what is right: whoever signs decides. Bounds are exact fractions. Which
measures exist is not known here; `reports.read.checking.found` says it in a sentence.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sohoi.ledger.shapes import Table, cleaned, code, table
from sohoi.refusal import Refusal

PART, TOTAL, OUTLIER, JUMP, OVER, SILENT = "part", "total", "outlier", "jump", "over", "silent"
RULES = {
    PART: ("part", "whole"),
    TOTAL: ("parts", "whole"),
    OUTLIER: ("measure", "times"),
    JUMP: ("measure", "share"),
    OVER: ("measure", "most"),
    SILENT: ("measure", "periods"),
}
CHECK_KEYS = {"rule", "label", *(key for keys in RULES.values() for key in keys)}
MOST_PERIODS = 24
_NUMBER = re.compile(r"(\d{1,6})(?:,(\d{1,4})|/(\d{1,6}))?(%?)", re.ASCII)


@dataclass(frozen=True)
class Check:
    """One rule: `measures` are the parts, or the one that is looked at; `bound` its times, share, most or periods."""

    rule: str
    measures: tuple[str, ...]
    whole: str = ""
    bound: Fraction = Fraction(0)
    label: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """All measures it names."""
        return (*self.measures, self.whole) if self.whole else self.measures


def read_checks(bodies: list[dict[str, Any]], where: str) -> tuple[Check, ...]:
    """The checks of a form; raises Refusal naming the file, the check's place and the key."""
    if not isinstance(bodies, list):
        raise Refusal(f"{where}: “check” phải là các bảng [[check]]. Sửa lại rồi nạp lại.", where)
    return tuple(_check(body, f"{where}, [[check]] thứ {place}") for place, body in enumerate(bodies, start=1))


def _check(body: Any, where: str) -> Check:
    """One table: its rule first, then the keys of that rule and no others."""
    told = table(cleaned(body, where), CHECK_KEYS, ("rule",), where)
    rule = told.one_of("rule", tuple(RULES))
    told = table(told.body, {"rule", "label", *RULES[rule]}, RULES[rule], where)
    measures = _measures(told)
    if len(set(measures)) < len(measures):
        raise Refusal(f"{where}: một đầu số liệu đứng hai lần. Bỏ bớt hoặc thay bằng đầu số liệu khác.", where)
    whole = told.code("whole")
    own = measures[:-1] if whole else measures
    return Check(rule, own, whole, _bound(told, rule), told.text("label"))


def _measures(told: Table) -> tuple[str, ...]:
    """The measures in the order in which they are said, the whole last."""
    if "parts" in told:
        parts = tuple(code(one, f"{told.where}, “parts”") for one in told.texts("parts"))
        if len(parts) < 2:
            raise told.refused("parts", 'danh sách từ hai mã trở lên, ví dụ ["a", "b"]')
        return (*parts, told.code("whole"))
    return tuple(told.code(key) for key in ("part", "whole", "measure") if key in told)


def _bound(told: Table, rule: str) -> Fraction:
    """From when on a check has something to say."""
    if rule == SILENT:
        return Fraction(told.whole("periods", 1, MOST_PERIODS) or 0)
    if rule == OUTLIER:
        return _exact(told, "times", 1, "số lần lớn hơn 1, viết 3 hoặc “2,5”")
    if rule == JUMP:
        return _exact(told, "share", 0, "tỷ lệ lớn hơn 0, viết “20%”")
    return _exact(told, "most", 0, "tỷ lệ lớn hơn 0, viết “100%”") if rule == OVER else Fraction(0)


def _exact(told: Table, key: str, above: int, must: str) -> Fraction:
    """A whole number, or text like "20%", "2,5", "1/3"; a number with a dot has lost digits already."""
    value = told.body[key]
    found = _NUMBER.fullmatch(value.strip()) if isinstance(value, str) else None
    if type(value) is int:
        number = Fraction(value)
    elif found is None or not int(found[3] or 1):
        raise told.refused(key, must)
    else:
        whole, decimals, under, percent = found.groups()
        number = Fraction(int(whole), int(under or 1)) + Fraction(int(decimals or 0), 10 ** len(decimals or ""))
        number /= 100 if percent else 1
    if number <= above:
        raise told.refused(key, must)
    return number
