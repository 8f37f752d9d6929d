"""The language of kind files and its ceiling: what a kind may declare, and what a draft's values must be.

No formulas, no conditions beyond show_when, no calls, no inheritance (house §7; docs/kinds.md). Pure: no database.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sohoi.ledger.draft import KEYS as DRAFT_KEYS
from sohoi.ledger.shapes import LARGEST, Table, cleaned, shown, table, title
from sohoi.refusal import Refusal
from sohoi.units.models import Level

SUBJECTS = ("unit", "member", "newcomer", "former", "household", "person")
REGISTER = ("newcomer", "former")  # subjects that only a writer can take: she is not a member on that day
TYPES = ("text", "number", "money", "date", "choice", "yes-no", "member")
KIND_KEYS = {
    "code", "label", "since", "subject", "whom", "levels", "sensitive", "tags", "writer", "undo",
    "field", "measure", "example",
}  # fmt: skip
FIELD_KEYS = {"code", "label", "type", "optional", "min", "max", "choices", "show_when", "personal", "filled", "masked"}
MEASURE_KEYS = {"code", "amount", "by", "less"}
COUNTED = ("number", "money")
WRITER = re.compile(r"sohoi\.[a-z]+\.write\.[a-z_]+\.[a-z_]+", re.ASCII)


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
    personal: bool = False
    filled: bool = False
    masked: bool = False  # lists and pages of records do not say the answer

    def shown(self, values: dict[str, Any]) -> bool:
        """Whether the question is asked, given the other answers."""
        if not self.show_when:
            return True
        return all(values.get(code) == wanted for code, wanted in self.show_when.items())

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
    by: tuple[tuple[str, str], ...] = ()  # (label, the field whose answer it is)
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
    writer: str = ""
    undo: str = ""
    whom: str = ""

    @cached_property
    def asked(self) -> tuple[Field, ...]:
        """The fields that people answer; the others the register fills in."""
        return tuple(field for field in self.fields if not field.filled)

    @cached_property
    def asked_codes(self) -> frozenset[str]:
        """Their codes."""
        return frozenset(field.code for field in self.asked)

    @cached_property
    def filled_codes(self) -> frozenset[str]:
        """Codes of the fields that the register fills in."""
        return frozenset(field.code for field in self.fields if field.filled)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Codes of the fields that name a member."""
        return tuple(field.code for field in self.fields if field.type == "member")

    def masked_labels(self, code: str) -> set[str]:
        """The labels under which what it posts to this measure says an answer that is masked."""
        masked = {field.code for field in self.fields if field.masked}
        return {label for line in self.measures if line.code == code for label, field in line.by if field in masked}

    def kept(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the record keeps: not what went into the register, where it can be corrected and erased."""
        return {code: value for code, value in values.items() if code not in self._personal}

    @cached_property
    def _personal(self) -> frozenset[str]:
        return frozenset(field.code for field in self.fields if field.personal)


def read_kind(body: Any, where: str) -> KindBody:
    """Check one kind file's body; raises Refusal naming the file and the key."""
    top = table(cleaned(body, where), KIND_KEYS, ("code", "label", "since", "subject", "measure"), where)
    levels = top.texts("levels")
    strange = [level for level in levels if level not in Level.values]
    if strange:
        raise Refusal(f"{where}: không có cấp “{shown(strange[0])}”. Các cấp: {', '.join(Level.values)}.", where)
    fields = tuple(_read_field(one, where) for one in top.tables("field"))
    _check_fields(fields, where)
    subject, writer = top.one_of("subject", SUBJECTS), _writer(top, "writer")
    if not writer and (subject in REGISTER or any(field.personal or field.filled for field in fields)):
        raise Refusal(f"{where}: “personal”, “filled” và đối tượng “{subject}” cần có “writer”.", where)
    return KindBody(
        top.code("code"), top.text("label"), top.day("since"), subject, fields,
        tuple(_read_posting(one, fields, where) for one in top.tables("measure")), levels,
        top.flag("sensitive"), top.named("tags") or None, _read_example(top), writer, _writer(top, "undo"),
        top.text("whom") if "whom" in top else "",
    )  # fmt: skip


def _writer(top: Table, key: str) -> str:
    """The name of a function in some room's write drawer; whether it is there is asked when the kind is loaded."""
    name = top.text(key) if key in top else ""
    if name and not WRITER.fullmatch(name):
        raise top.refused(key, "tên một hàm trong ngăn write của một phòng: sohoi.people.write.cards.correct")
    return name


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
        told.flag("personal"), told.flag("filled"), told.flag("masked"),
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
    by = told.named("by") if isinstance(body.get("by"), dict) else {code: code for code in told.texts("by")}
    for code in (*by, *by.values()):
        if code not in {field.code for field in fields}:
            raise Refusal(f"{told.where}: by nêu trường “{shown(code)}” không có.", told.where)
    return Posting(told.code("code"), amount, tuple(by.items()), told.flag("less"))


def _read_example(top: Table) -> dict[str, Any] | None:
    """The example of a kind: answers by field, and whole numbers by measure."""
    if "example" not in top:
        return None
    told = table(top.body["example"], ("values", "gives"), ("values",), f"{top.where}, “example”")
    gives = told.answers("gives")
    if not all(type(amount) is int for amount in gives.values()):
        raise told.refused("gives", "các số nguyên theo mã đầu số liệu")
    return {"values": told.answers("values"), "gives": gives}
