"""The language of resolution files: read, check, and lay out as a tree of clauses. Pure; docs/resolutions.md."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sohoi.goals.models import Rank, Shape
from sohoi.refusal import Refusal
from sohoi.units.models import Level

TOP = {"code", "title", "unit", "term", "cut_off", "breakthroughs", "key_tasks", "ours", "leading_zeros",
       "group", "target", "criterion"}  # fmt: skip
GROUP = {"code", "number", "label"}
TARGET = {"code", "number", "label", "group", "criterion", "ours"}
CRITERION = {
    "code", "label", "measure", "goal", "yearly", "shape", "level", "threshold", "words", "ours", "registered", "units",
    "say", "section",
}  # fmt: skip
WORDS = ("", "both", "no-number")


@dataclass(frozen=True)
class ClauseBody:
    """One clause with its children; a criterion may carry a goal and goals of other units."""

    code: str
    rank: str
    label: str
    number: str = ""
    criterion: dict[str, Any] = field(default_factory=dict)
    note: str = ""
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


def read_resolution(body: dict[str, Any], where: str) -> ResolutionBody:
    """Check a resolution's body; raises Refusal naming the file and the place in it."""
    _known(body, TOP, where)
    for key in ("code", "title", "unit", "term"):
        if key not in body:
            raise Refusal(f"{where}: thiếu khóa “{key}”.", where)
    term = body["term"]
    first, last = _day(term, "first", where), _day(term, "last", where)
    if first >= last:
        raise Refusal(f"{where}: nhiệm kỳ kết thúc trước khi bắt đầu. Xem lại “term”.", where)
    clauses = (
        *_plain(body.get("breakthroughs", []), Rank.BREAKTHROUGH),
        *_plain(body.get("key_tasks", []), Rank.KEY_TASK),
        *_groups(body, where),
        *(_criterion(c, where) for c in body.get("criterion", [])),
    )
    codes = [c.code for c in _walk(clauses)]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise Refusal(f"{where}: mã “{twice[0]}” dùng hai lần. Mỗi chỉ tiêu, tiêu chí phải có mã riêng.", where)
    cut_off = _day(body, "cut_off", where) if "cut_off" in body else None
    return ResolutionBody(
        body["code"], body["title"], body["unit"], first, last, cut_off,
        body.get("ours", {}), bool(body.get("leading_zeros")), clauses,
    )  # fmt: skip


def _walk(clauses: tuple[ClauseBody, ...]) -> list[ClauseBody]:
    """All clauses of the tree."""
    return [one for clause in clauses for one in (clause, *_walk(clause.children))]


def _known(body: dict[str, Any], keys: set[str], where: str) -> None:
    """Refuse keys that the language does not have."""
    if not isinstance(body, dict):
        raise Refusal(f"{where}: cần một bảng các khóa.", where)
    strange = sorted(set(body) - keys)
    if strange:
        raise Refusal(f"{where}: không hiểu khóa “{strange[0]}”. Các khóa: {', '.join(sorted(keys))}.", where)


def _day(body: dict[str, Any], key: str, where: str) -> date:
    """A TOML date under a key."""
    if not isinstance(body, dict) or not isinstance(body.get(key), date):
        raise Refusal(f"{where}: “{key}” phải là một ngày, viết 2021-07-01.", where)
    return body[key]


def _plain(labels: list[str], rank: str) -> list[ClauseBody]:
    """Breakthroughs and key tasks: words without a figure."""
    return [ClauseBody(f"{rank}-{at}", rank, label, str(at)) for at, label in enumerate(labels, start=1)]


def _groups(body: dict[str, Any], where: str) -> list[ClauseBody]:
    """Groups with their targets, then the targets that stand in no group."""
    targets = [_target(t, where) for t in body.get("target", [])]
    wanted = [t.get("group", "") for t in body.get("target", [])]
    found = []
    for group in body.get("group", []):
        _known(group, GROUP, where)
        inside = tuple(t for t, name in zip(targets, wanted, strict=True) if name == group["code"])
        number = str(group.get("number", ""))
        found.append(ClauseBody(group["code"], Rank.GROUP, group["label"], number, children=inside))
    lost = sorted(set(wanted) - {group["code"] for group in body.get("group", [])} - {""})
    if lost:
        raise Refusal(f"{where}: chỉ tiêu nêu nhóm “{lost[0]}” không có trong tệp.", where)
    return found + [t for t, name in zip(targets, wanted, strict=True) if not name]


def _target(body: dict[str, Any], where: str) -> ClauseBody:
    """A chỉ tiêu with at least one tiêu chí."""
    _known(body, TARGET, where)
    where = f"{where}, chỉ tiêu {body.get('number', body.get('code', '?'))}"
    for key in ("code", "label", "criterion"):
        if key not in body:
            raise Refusal(f"{where}: thiếu khóa “{key}”.", where)
    children = tuple(_criterion(c, where) for c in body["criterion"])
    number, note = str(body.get("number", "")), body.get("ours", "")
    return ClauseBody(body["code"], Rank.TARGET, body["label"], number, note=note, children=children)


def _criterion(body: dict[str, Any], where: str) -> ClauseBody:
    """A tiêu chí: a measure, and perhaps the goal it is held against."""
    _known(body, CRITERION, where)
    where = f"{where}, tiêu chí “{body.get('code', '?')}”"
    for key in ("code", "label", "measure"):
        if key not in body:
            raise Refusal(f"{where}: thiếu khóa “{key}”.", where)
    shape = body.get("shape", Shape.TOTAL)
    if shape not in Shape.values:
        raise Refusal(f"{where}: shape phải là một trong: {', '.join(Shape.values)}.", where)
    if body.get("level", Level.BASE) not in Level.values:
        raise Refusal(f"{where}: không có cấp “{body['level']}”.", where)
    if body.get("words", "") not in WORDS:
        raise Refusal(f"{where}: words phải là một trong: both, no-number.", where)
    if shape != Shape.TOTAL and not {"level", "threshold"} <= set(body):
        raise Refusal(f"{where}: tỷ lệ đơn vị cần “level” và “threshold”.", where)
    for key in ("goal", "threshold"):
        if key in body:
            exact(body[key], f"{where}, {key}")
    return ClauseBody(body["code"], Rank.CRITERION, body["label"], criterion=body, note=body.get("ours", ""))


def exact(value: Any, where: str) -> Fraction:
    """A goal or threshold as an exact number: 55, "65/100", "65%"; a float would not be exact."""
    try:
        if isinstance(value, bool | float):
            raise ValueError
        text = str(value).strip()
        found = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise Refusal(f"{where}: viết số nguyên như 55, hoặc phân số như “65/100”, “65%”.", where) from error
    if found < 0:
        raise Refusal(f"{where}: không được nhỏ hơn 0.", where)
    return found
