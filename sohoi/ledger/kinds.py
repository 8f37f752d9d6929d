"""The language of kind files and its ceiling: what a kind may declare, and what a draft's values must be.

No formulas, no conditions beyond show_when, no calls, no inheritance (house §7; docs/kinds.md). Pure: no database.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sohoi.ledger.draft import KEYS as DRAFT_KEYS
from sohoi.ledger.shapes import ISO_DAY, LARGEST, Table, cleaned, shown, table, title
from sohoi.refusal import Refusal
from sohoi.units.models import Level
from sohoi.vietnamese import clean_text

SUBJECTS = ("unit", "member", "household", "person")
TYPES = ("text", "number", "money", "date", "choice", "yes-no", "member")
KIND_KEYS = {
    "code", "label", "since", "subject", "levels", "sensitive", "tags", "field", "measure", "example"
}  # fmt: skip
FIELD_KEYS = {"code", "label", "type", "optional", "min", "max", "choices", "show_when"}
MEASURE_KEYS = {"code", "amount", "by", "less"}
COUNTED = ("number", "money")
WHOLE = re.compile(r"-?\d+|-?\d{1,3}(\.\d{3})+", re.ASCII)
SLASH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
LONGEST_NUMBER = 40  # Python refuses to read numbers of thousands of digits; nobody counts that far


@dataclass(frozen=True)
class Field:
    """One question of a kind."""

    code: str
    label: str
    type: str
    optional: bool = False
    min: int | None = None
    max: int | None = None
    choices: dict[str, str] | None = None
    show_when: dict[str, Any] | None = None

    def shown(self, values: dict[str, Any]) -> bool:
        """Whether the question is asked, given the other answers."""
        return all(values.get(code) == wanted for code, wanted in (self.show_when or {}).items())

    def can_be(self, value: Any) -> bool:
        """Whether the question can have this answer: otherwise a condition on it would never hold."""
        if self.type == "choice":
            return value in (self.choices or {})
        wanted = {"yes-no": bool, "number": int, "money": int, "member": int}.get(self.type, str)
        return type(value) is wanted

    def say(self, value: Any) -> Any:
        """The answer as people read it: a choice by its label, yes and no in words."""
        if self.type == "choice" and self.choices:
            return self.choices.get(value, value)
        if self.type == "yes-no":
            return "Có" if value else "Không"
        return value


@dataclass(frozen=True)
class Posting:
    """One line that a record of the kind writes in the ledger."""

    code: str
    amount: int | str
    by: tuple[str, ...] = ()
    less: bool = False


@dataclass(frozen=True)
class KindBody:
    """A kind file, read and checked."""

    code: str
    label: str
    since: date
    subject: str
    fields: tuple[Field, ...]
    measures: tuple[Posting, ...]
    levels: tuple[str, ...] = ()
    sensitive: bool = False
    tags: dict[str, str] | None = None
    example: dict[str, Any] | None = None


def read_kind(body: Any, where: str) -> KindBody:
    """Check one kind file's body; raises Refusal naming the file and the key."""
    top = table(cleaned(body, where), KIND_KEYS, ("code", "label", "since", "subject", "measure"), where)
    levels = top.texts("levels")
    strange = [level for level in levels if level not in Level.values]
    if strange:
        raise Refusal(f"{where}: không có cấp “{shown(strange[0])}”. Các cấp: {', '.join(Level.values)}.", where)
    fields = tuple(_read_field(one, where) for one in top.tables("field"))
    _check_fields(fields, where)
    return KindBody(
        top.code("code"), top.text("label"), top.day("since"), top.one_of("subject", SUBJECTS), fields,
        tuple(_read_posting(one, fields, where) for one in top.tables("measure")), levels,
        top.flag("sensitive"), top.named("tags") or None, _read_example(top),
    )  # fmt: skip


def _read_field(body: Any, where: str) -> Field:
    """Check one field of a kind."""
    told = table(body, FIELD_KEYS, ("code", "label", "type"), f"{where}, trường “{title(body)}”")
    type_of, choices = told.one_of("type", TYPES), told.named("choices")
    if (type_of == "choice") != bool(choices):
        raise Refusal(f"{told.where}: trường lựa chọn phải có “choices”, trường khác thì không.", told.where)
    least, most = told.whole("min"), told.whole("max", least=1 if type_of == "text" else -LARGEST)
    floor = 0 if least is None and type_of in COUNTED else least
    if floor is not None and most is not None and floor > most:
        raise Refusal(f"{told.where}: “min” (không nêu: 0) lớn hơn “max”. Sửa lại rồi nạp lại.", told.where)
    return Field(
        told.code("code"), told.text("label"), type_of, told.flag("optional"), least, most,
        choices or None, told.answers("show_when") or None,
    )  # fmt: skip


def _check_fields(fields: tuple[Field, ...], where: str) -> None:
    """Each code once, none of a draft's own, and a condition only on an answer that stands before and can be given."""
    before: dict[str, Field] = {}
    for field in fields:
        if field.code in DRAFT_KEYS:
            raise Refusal(f"{where}: mã trường “{field.code}” dành cho chương trình. Đặt mã khác.", where)
        if field.code in before:
            raise Refusal(f"{where}: có hai trường cùng mã “{field.code}”. Mỗi trường phải có mã riêng.", where)
        for code, wanted in (field.show_when or {}).items():
            if code not in before:
                said = f"{where}: show_when của “{field.code}” nêu trường “{shown(code)}” không có ở trên nó."
                raise Refusal(said, where)
            if not before[code].can_be(wanted):
                said = f"{where}: show_when của “{field.code}” nêu câu trả lời mà trường “{code}” không có."
                raise Refusal(said, where)
        before[field.code] = field


def _read_posting(body: Any, fields: tuple[Field, ...], where: str) -> Posting:
    """Check one measure line of a kind against its fields."""
    told = table(body, MEASURE_KEYS, ("code",), f"{where}, đầu số liệu “{title(body)}”")
    amount = body.get("amount", 1)
    if not isinstance(amount, str):
        amount = told.whole("amount") if "amount" in told else 1
    elif amount not in {field.code for field in fields if field.type in COUNTED}:
        said = f"{told.where}: amount “{shown(amount)}” không phải trường số hay tiền của loại việc này."
        raise Refusal(said, told.where)
    for code in told.texts("by"):
        if code not in {field.code for field in fields}:
            raise Refusal(f"{told.where}: by nêu trường “{shown(code)}” không có.", told.where)
    return Posting(told.code("code"), amount, told.texts("by"), told.flag("less"))


def _read_example(top: Table) -> dict[str, Any] | None:
    """The example of a kind: answers by field, and whole numbers by measure."""
    if "example" not in top:
        return None
    told = table(top.body["example"], ("values", "gives"), ("values",), f"{top.where}, “example”")
    gives = told.answers("gives")
    if not all(type(amount) is int for amount in gives.values()):
        raise told.refused("gives", "các số nguyên theo mã đầu số liệu")
    return {"values": told.answers("values"), "gives": gives}


def checked_values(kind: KindBody, values: Any) -> dict[str, Any]:
    """The draft's values, typed and cleaned; hidden fields dropped. Raises Refusal naming the field."""
    if not isinstance(values, dict):
        raise Refusal("Nội dung việc phải là các cặp trường và giá trị.", "values")
    strange = sorted(set(values) - {field.code for field in kind.fields})
    if strange:
        named = f"Loại việc “{kind.label}” không có trường “{shown(strange[0])}”"
        raise Refusal(f"{named}. Bỏ trường này rồi gửi lại.", strange[0])
    clean: dict[str, Any] = {}
    for field in kind.fields:
        given = values.get(field.code)
        if not field.shown(clean):
            continue
        if given is None or (isinstance(given, str) and not given.strip()):
            if not field.optional:
                raise Refusal(f"Chưa điền “{field.label}”. Điền rồi lưu lại.", field.code)
            continue
        clean[field.code] = _READERS[field.type](field, given)
    return clean


def _whole(field: Field, given: Any) -> int:
    """A whole number within its bounds: an int, or 1200, 1.200 as text. "1.5" is no number here, nor is true."""
    text = given.strip() if isinstance(given, str) else given
    if isinstance(text, str) and WHOLE.fullmatch(text):
        if len(text) > LONGEST_NUMBER:
            raise Refusal(f"“{field.label}” lớn quá mức cho phép. Kiểm tra lại số vừa nhập.", field.code)
        text = int(text.replace(".", ""))
    if type(text) is not int:
        raise Refusal(f"“{field.label}” phải là số nguyên, ví dụ 20 hoặc 1.200. Sửa lại rồi lưu.", field.code)
    least = 0 if field.min is None else field.min
    most = LARGEST if field.max is None else field.max
    if text < least:
        raise Refusal(f"“{field.label}” không được nhỏ hơn {least}. Sửa lại rồi lưu.", field.code)
    if text > most:
        raise Refusal(f"“{field.label}” lớn quá mức cho phép. Kiểm tra lại số vừa nhập.", field.code)
    return text


def _text(field: Field, given: Any) -> str:
    """Text in NFC without control characters, at most `max` (2.000) characters."""
    if not isinstance(given, str):
        raise Refusal(f"“{field.label}” phải là chữ.", field.code)
    try:
        text = clean_text(given)
    except Refusal as refusal:
        raise Refusal(f"“{field.label}”: {refusal}", field.code) from refusal
    most = field.max or 2000
    if len(text) > most:
        raise Refusal(f"“{field.label}” dài quá {most} ký tự. Viết ngắn lại rồi lưu.", field.code)
    return text


def _day(field: Field, given: Any) -> str:
    """A day as YYYY-MM-DD, or written dd/mm/yyyy."""
    text = given.strip() if isinstance(given, str) else ""
    slashed = SLASH_DAY.fullmatch(text)
    try:
        if slashed:
            d, m, y = map(int, slashed.groups())
            return date(y, m, d).isoformat()
        if ISO_DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refusal(f"“{field.label}”: {text} không có trong lịch. Sửa lại rồi lưu.", field.code) from None
    raise Refusal(f"“{field.label}” phải là một ngày, viết 2024-04-15 hoặc 15/4/2024.", field.code)


def _choice(field: Field, given: Any) -> str:
    """One of the declared choices."""
    if not isinstance(given, str) or given not in (field.choices or {}):
        listed = ", ".join((field.choices or {}).values())
        raise Refusal(f"“{field.label}” phải chọn một trong: {listed}.", field.code)
    return given


def _yes_no(field: Field, given: Any) -> bool:
    """Yes or no."""
    if given is True or given in ("yes", "true", "1"):
        return True
    if given is False or given in ("no", "false", "0"):
        return False
    raise Refusal(f"“{field.label}” phải trả lời Có hoặc Không.", field.code)


def _member(field: Field, given: Any) -> int:
    """A member's number in the register; the gate checks that she belongs to the unit."""
    if isinstance(given, str) and given.isascii() and given.isdecimal() and len(given) < 19:
        given = int(given)
    if type(given) is not int:
        raise Refusal(f"“{field.label}” phải là một hội viên trong sổ. Chọn lại từ danh sách.", field.code)
    return given


_READERS = {
    "text": _text, "number": _whole, "money": _whole, "date": _day,
    "choice": _choice, "yes-no": _yes_no, "member": _member,
}  # fmt: skip


def postings(kind: KindBody, values: dict[str, Any]) -> list[tuple[str, int, dict[str, Any]]]:
    """What a record writes: (measure code, amount, labels). A field that was not asked writes nothing."""
    lines = []
    for line in kind.measures:
        amount = values.get(line.amount) if isinstance(line.amount, str) else line.amount
        if amount is None:
            continue
        labels = {code: values[code] for code in line.by if code in values}
        lines.append((line.code, -amount if line.less else amount, labels))
    return lines
