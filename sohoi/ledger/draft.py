"""A draft: one deed as a door hands it in. All doors speak this one shape; the sender makes the id."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sohoi.ledger.shapes import DEEPEST, shown
from sohoi.people.sealing import keyed
from sohoi.refusal import Refusal
from sohoi.vietnamese import clean_text

KEYS = {"id", "kind", "unit", "day", "values", "member", "household", "person", "tags"}
LONGEST_PERSON = 200
_WRITTEN = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str)  # one way to write a body


@dataclass(frozen=True)
class Draft:
    """One deed: `unit` is a unit's code, `household` an id or the name of its head, `values` by field code."""

    id: UUID
    kind: str
    unit: str
    day: date
    values: dict[str, Any] = field(default_factory=dict)
    member: int | None = None
    household: int | str | None = None
    person: str = ""
    tags: tuple[str, ...] = ()

    def body_hash(self) -> bytes:
        """The same deed told twice has the same hash, whatever order its fields came in (32 bytes). It is keyed: the
        answers say number and religion, and a plain hash would confirm who guesses them."""
        return keyed("body of a deed", self._body())

    def told_as(self, known: bytes) -> bool:
        """Whether a record with this hash was this very deed. Records of before the hashes were keyed have a plain
        SHA-256, and a sender may still repeat them."""
        return known in (self.body_hash(), hashlib.sha256(self._body().encode()).digest())

    def _body(self) -> str:
        """What is told, written in one way."""
        body = [self.kind, self.unit, self.day.isoformat(), self.values, self.member, self.household,
                self.person, sorted(self.tags)]  # fmt: skip
        return _WRITTEN.encode(body)


def read_draft(body: Any) -> Draft:
    """One draft from JSON; raises Refusal naming the key."""
    if not isinstance(body, dict):
        raise Refusal("Dòng này không phải một việc: cần một đối tượng JSON {…}.")
    _refuse_unwritable(body)
    strange = sorted(set(body) - KEYS)
    if strange:
        raise Refusal(f"Không hiểu khóa “{shown(strange[0])}”. Các khóa: {', '.join(sorted(KEYS))}.", strange[0])
    for key in ("id", "kind", "unit", "day"):
        if not isinstance(body.get(key), str):
            raise Refusal(f"Thiếu “{key}”, hoặc “{key}” không phải chữ.", key)
    return Draft(
        _uuid(body["id"]), _clean("kind", body["kind"]), _clean("unit", body["unit"]), _day(body["day"]),
        _values(body.get("values", {})), _number("member", body.get("member")), _household(body.get("household")),
        _clean("person", body.get("person", "")).strip(), _tags(body.get("tags", [])),
    )  # fmt: skip


def _refuse_unwritable(body: dict[str, Any]) -> None:
    """Refuse half characters (a lone surrogate), which no file and no database can hold, and bottomless nesting."""
    waiting: list[tuple[Any, int]] = [(body, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise Refusal("Dòng này lồng nhau quá sâu. Viết lại theo mẫu trong docs/formats.md.")
        if isinstance(value, dict):
            waiting += [(one, depth + 1) for pair in value.items() for one in pair]
        elif isinstance(value, list):
            waiting += [(one, depth + 1) for one in value]
        elif isinstance(value, str):
            try:
                value.encode()
            except UnicodeEncodeError as error:
                said = f"Chữ thứ {error.start + 1} của một đoạn trong dòng này là nửa ký tự, không lưu được. Gõ lại."
                raise Refusal(said) from error


def _values(value: Any) -> dict[str, Any]:
    """Answers by field code; each one plain. What they must be is the kind's to say."""
    if not isinstance(value, dict) or any(isinstance(one, list | dict) for one in value.values()):
        raise Refusal("“values” phải là các cặp trường và câu trả lời, mỗi câu là chữ, số hoặc true, false.", "values")
    return value


def _clean(key: str, text: Any) -> str:
    """Text in NFC, without control characters."""
    if not isinstance(text, str) or len(text) > LONGEST_PERSON:
        raise Refusal(f"“{key}” phải là chữ, dài không quá {LONGEST_PERSON} ký tự.", key)
    try:
        return clean_text(text)
    except Refusal as refusal:
        raise Refusal(f"“{key}”: {refusal}", key) from refusal


def _uuid(text: str) -> UUID:
    """The sender's id."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal("“id” phải là một UUID do nơi gửi tạo ra.", "id") from error


def _day(text: str) -> date:
    """The day of the deed, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"“day”: {shown(text[:20])} không có trong lịch. Viết theo mẫu 2024-04-15.", "day") from error


def _number(key: str, value: Any) -> int | None:
    """A row's number, or none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise Refusal(f"“{key}” phải là mã số trong sổ.", key)
    return value


def _household(value: Any) -> int | str | None:
    """A household by its number, or by the name of its head; a name that says nothing is none."""
    if not isinstance(value, str):
        return _number("household", value)
    name = _clean("household", value).strip()
    if value and not any(sign.isalnum() for sign in name):
        raise Refusal("Chưa ghi tên chủ hộ. Điền họ và tên chủ hộ rồi gửi lại.", "household")
    return name or None


def _tags(value: Any) -> tuple[str, ...]:
    """Programmes that the deed counts for, each once."""
    if not isinstance(value, list) or len(value) > 20:
        raise Refusal("“tags” phải là danh sách mã chương trình.", "tags")
    return tuple(sorted({_clean("tags", tag) for tag in value}))
