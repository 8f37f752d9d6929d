"""The language of resolution files: read, check, and lay out as a tree of clauses. Pure; docs/resolutions.md.

It refuses what is not in the language, what has another type than its key, and goals that are not exact.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from sohoi.goals.models import Rank, Shape
from sohoi.ledger.holes import sentence
from sohoi.ledger.shapes import LONGEST_CODE, Table, cleaned, shown, table, title
from sohoi.refusal import Refusal
from sohoi.units.models import Level

TOP = {"code", "title", "unit", "term", "cut_off", "breakthroughs", "key_tasks", "ours", "leading_zeros",
       "group", "target", "criterion"}  # fmt: skip
GROUP = {"code", "number", "label", "enough"}
TARGET = {"code", "number", "label", "group", "criterion", "ours", "enough"}
CRITERION = {
    "code", "label", "measure", "goal", "yearly", "shape", "level", "threshold", "words", "ours", "registered", "units",
    "say", "section", "at_most", "change",
}  # fmt: skip
WORDS = ("", "both", "attained", "difference", "percent", "no-number")
EXACT = re.compile(r"\d{1,15}(/\d{1,15}|%)?", re.ASCII)
MOST_CLAUSES = 1000


@dataclass(frozen=True)
class ClauseBody:
    """One clause with its children; a criterion may carry a goal and goals of other units."""

    code: str
    rank: str
    label: str
    number: str = ""
    criterion: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    enough: int | None = None
    children: tuple["ClauseBody", ...] = ()


@dataclass(frozen=True)
class ResolutionBody:
    """A resolution file, read and checked; `clauses` in their order."""

    code: str
    title: str
    unit: str
    first: date
    last: date
    cut_off: date | None
    ours: dict[str, str]
    leading_zeros: bool
    clauses: tuple[ClauseBody, ...]


def read_resolution(body: Any, where: str) -> ResolutionBody:
    """Check a resolution's body; raises Refusal naming the file and the place in it."""
    top = table(cleaned(body, where), TOP, ("code", "title", "unit", "term"), where)
    term = table(top.body["term"], ("first", "last"), ("first", "last"), f"{where}, “term”")
    first, last = term.day("first"), term.day("last")
    if first >= last:
        raise Refusal(f"{where}: nhiệm kỳ kết thúc trước khi bắt đầu. Xem lại “term”.", where)
    clauses = (
        *_plain(top, "breakthroughs", Rank.BREAKTHROUGH),
        *_plain(top, "key_tasks", Rank.KEY_TASK),
        *_groups(top),
        *(_criterion(c, where) for c in top.tables("criterion")),
    )
    codes = [c.code for c in _walk(clauses)]
    if len(codes) > MOST_CLAUSES:
        raise Refusal(f"{where}: quá {MOST_CLAUSES} chỉ tiêu, tiêu chí. Chia thành nhiều nghị quyết.", where)
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise Refusal(f"{where}: mã “{twice[0]}” dùng hai lần. Mỗi chỉ tiêu, tiêu chí phải có mã riêng.", where)
    return ResolutionBody(
        top.text("code", LONGEST_CODE), top.text("title"), top.text("unit"), first, last,
        top.day("cut_off") if "cut_off" in top else None, top.named("ours"), top.flag("leading_zeros"), clauses,
    )  # fmt: skip


def _walk(clauses: tuple[ClauseBody, ...]) -> list[ClauseBody]:
    """All clauses of the tree."""
    return [one for clause in clauses for one in (clause, *_walk(clause.children))]


def _plain(top: Table, key: str, rank: str) -> list[ClauseBody]:
    """Breakthroughs and key tasks: words without a figure."""
    return [ClauseBody(f"{rank}-{at}", rank, label, str(at)) for at, label in enumerate(top.texts(key), start=1)]


def _number(told: Table) -> str:
    """The number that is printed before a clause: 1, "I" or nothing."""
    value = told.body.get("number", "")
    return str(told.whole("number", least=0)) if type(value) is int else told.text("number", LONGEST_CODE)


def _groups(top: Table) -> list[ClauseBody]:
    """Groups with their targets, then the targets that stand in no group."""
    targets = [_target(one, top.where) for one in top.tables("target")]
    groups = [_group(one, top.where) for one in top.tables("group")]
    lost = sorted({name for name, _ in targets} - {group.code for group in groups} - {""})
    if lost:
        raise Refusal(f"{top.where}: chỉ tiêu nêu nhóm “{shown(lost[0])}” không có trong tệp.", top.where)
    inside = {group.code: tuple(target for name, target in targets if name == group.code) for group in groups}
    found = [replace(group, children=inside[group.code]) for group in groups]
    for group in found:
        _possible(group, top.where, "chỉ tiêu")
    return found + [target for name, target in targets if not name]


def _group(body: Any, where: str) -> ClauseBody:
    """A group of targets, still without them."""
    told = table(body, GROUP, ("code", "label"), f"{where}, nhóm “{title(body)}”")
    return ClauseBody(
        told.text("code", LONGEST_CODE), Rank.GROUP, told.text("label"), _number(told), enough=_enough(told)
    )


def _target(body: Any, where: str) -> tuple[str, ClauseBody]:
    """(group, a chỉ tiêu with at least one tiêu chí)."""
    told = table(body, TARGET, ("code", "label", "criterion"), f"{where}, chỉ tiêu “{title(body)}”")
    children = tuple(_criterion(one, told.where) for one in told.tables("criterion"))
    if not children:
        raise Refusal(f"{told.where}: cần ít nhất một tiêu chí [[target.criterion]].", told.where)
    code, label = told.text("code", LONGEST_CODE), told.text("label")
    clause = ClauseBody(
        code, Rank.TARGET, label, _number(told), note=told.text("ours"), enough=_enough(told), children=children
    )
    _possible(clause, where, "tiêu chí")
    return told.text("group", LONGEST_CODE), clause


def _enough(told: Table) -> int | None:
    """How many of its parts make it met; None: all of them."""
    return told.whole("enough", 1, MOST_CLAUSES) if "enough" in told else None


def _possible(clause: ClauseBody, where: str, parts: str) -> None:
    """Refuse a number of parts that it does not have."""
    if clause.enough and clause.enough > len(clause.children):
        raise Refusal(f"{where}, “{shown(clause.code)}”: “enough” là {clause.enough} nhưng chỉ có "
                      f"{len(clause.children)} {parts}.", where)  # fmt: skip


def _criterion(body: Any, where: str) -> ClauseBody:
    """A tiêu chí: a measure, and perhaps the goal it is held against."""
    told = table(body, CRITERION, ("code", "label", "measure"), f"{where}, tiêu chí “{title(body)}”")
    shape = told.one_of("shape", Shape.values, Shape.TOTAL)
    told.one_of("level", Level.values, Level.BASE)
    told.one_of("words", WORDS)
    if shape != Shape.TOTAL and not ("level" in told and "threshold" in told):
        raise Refusal(f"{told.where}: tỷ lệ đơn vị cần “level” và “threshold”.", told.where)
    for key in ("goal", "threshold"):
        if key in told:
            exact(body[key], f"{told.where}, “{key}”")
    _units(told)
    for key in ("yearly", "registered", "at_most", "change"):
        told.flag(key)
    if told.flag("at_most") and shape == Shape.EACH:
        said = "“at_most” không dùng với “each”: mọi đơn vị đều phải đạt ngưỡng thì không có mức cao nhất."
        raise Refusal(f"{told.where}: {said}", told.where)
    if told.flag("change") and (shape != Shape.TOTAL or told.flag("yearly") or "level" in told):
        said = "“change” chỉ dùng với kết quả của cả đơn vị trong cả kỳ: không cùng “yearly”, “shape”, “level”."
        raise Refusal(f"{told.where}: {said}", told.where)
    for key in ("measure", "section"):
        told.text(key)
    sentence(told, "say")
    code, label = told.text("code", LONGEST_CODE), told.text("label")
    return ClauseBody(code, Rank.CRITERION, label, criterion=body, note=told.text("ours"))


def _units(told: Table) -> None:
    """Goals of units below, by their codes."""
    goals = told.body.get("units", {})
    if not isinstance(goals, dict):
        raise told.refused("units", "một bảng: mã đơn vị = số giao")
    for unit, goal in goals.items():
        exact(goal, f"{told.where}, “units”, “{shown(unit)}”")


def exact(value: Any, where: str) -> Fraction:
    """A goal or threshold as an exact number: 55, "65/100", "65%"; a float would not be exact."""
    if type(value) is int and value < 0:
        raise Refusal(f"{where}: không được nhỏ hơn 0.", where)
    whole = type(value) is int and value < 10**15
    text = str(value) if whole else value.strip() if isinstance(value, str) else ""
    over, _, under = text.rstrip("%").partition("/")
    if not EXACT.fullmatch(text) or (under and not int(under)):
        said = "viết số nguyên như 55, hoặc phân số như “65/100”, “65%”, mỗi số không quá 15 chữ số"
        raise Refusal(f"{where}: {said}.", where)
    return Fraction(int(over), 100 if text.endswith("%") else int(under or 1))
