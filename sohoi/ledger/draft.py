"""A draft: one deed as a door hands it in. All doors speak this one shape; the sender makes the id."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sohoi.refusal import Refusal
from sohoi.vietnamese import clean_text

KEYS = {"id", "kind", "unit", "day", "values", "member", "household", "person", "tags"}
LONGEST_PERSON = 200


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
        """The same deed told twice has the same hash, whatever order its fields came in (32 bytes)."""
        body = [self.kind, self.unit, self.day.isoformat(), self.values, self.member, self.household,
                self.person, sorted(self.tags)]  # fmt: skip
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).digest()


def read_draft(body: Any) -> Draft:
    """One draft from JSON; raises Refusal naming the key."""
    if not isinstance(body, dict):
        raise Refusal("Dòng này không phải một việc: cần một đối tượng JSON {…}.")
    strange = sorted(set(body) - KEYS)
    if strange:
        raise Refusal(f"Không hiểu khóa “{strange[0]}”. Các khóa: {', '.join(sorted(KEYS))}.", strange[0])
    for key in ("id", "kind", "unit", "day"):
        if not isinstance(body.get(key), str):
            raise Refusal(f"Thiếu “{key}”, hoặc “{key}” không phải chữ.", key)
    return Draft(
        _uuid(body["id"]), _clean("kind", body["kind"]), _clean("unit", body["unit"]), _day(body["day"]),
        body.get("values", {}), _number("member", body.get("member")), _household(body.get("household")),
        _clean("person", body.get("person", "")), _tags(body.get("tags", [])),
    )  # fmt: skip


def _clean(key: str, text: Any) -> str:
    """Text in NFC, without control characters."""
    if not isinstance(text, str) or len(text) > LONGEST_PERSON:
        raise Refusal(f"“{key}” phải là chữ, dài không quá {LONGEST_PERSON} ký tự.", key)
    try:
        return clean_text(text)
    except ValueError as error:
        raise Refusal(f"“{key}”: {error}", key) from error


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
        raise Refusal(f"“day”: {text[:20]} không có trong lịch. Viết theo mẫu 2024-04-15.", "day") from error


def _number(key: str, value: Any) -> int | None:
    """A row's number, or none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise Refusal(f"“{key}” phải là mã số trong sổ.", key)
    return value


def _household(value: Any) -> int | str | None:
    """A household by its number, or by the name of its head."""
    return _clean("household", value) if isinstance(value, str) else _number("household", value)


def _tags(value: Any) -> tuple[str, ...]:
    """Programmes that the deed counts for, each once."""
    if not isinstance(value, list) or len(value) > 20:
        raise Refusal("“tags” phải là danh sách mã chương trình.", "tags")
    return tuple(sorted({_clean("tags", tag) for tag in value}))
