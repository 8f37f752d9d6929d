"""The language of kind files and its ceiling: what a kind may declare, and what a draft's values must be.

No formulas, no conditions beyond show_when, no calls, no inheritance (house §7; docs/kinds.md). Pure: no database.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

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
LARGEST = 10**15  # a sum of a million of these still fits in the ledger's 64 bits


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


def read_kind(body: dict[str, Any], where: str) -> KindBody:
    """Check one kind file's body; raises Refusal naming the file and the key."""
    _known(body, KIND_KEYS, where)
    for key in ("code", "label", "since", "subject", "measure"):
        if key not in body:
            raise Refusal(f"{where}: thiếu khóa “{key}”. Thêm khóa này rồi nạp lại.", where)
    since = body["since"] if isinstance(body["since"], date) else date.fromisoformat(body["since"])
    if body["subject"] not in SUBJECTS:
        raise Refusal(f"{where}: “subject” phải là một trong: {', '.join(SUBJECTS)}.", where)
    strange = [level for level in body.get("levels", []) if level not in Level.values]
    if strange:
        raise Refusal(f"{where}: không có cấp “{strange[0]}”. Các cấp: {', '.join(Level.values)}.", where)
    fields = tuple(_read_field(field, where) for field in body.get("field", []))
    codes = [field.code for field in fields]
    if "tags" in codes:
        raise Refusal(f"{where}: mã trường “tags” dành cho chương trình. Đặt mã khác.", where)
    if len(set(codes)) != len(codes):
        raise Refusal(f"{where}: có hai trường cùng mã. Mỗi trường phải có mã riêng.", where)
    for field in fields:
        for code in field.show_when or {}:
            if code not in codes:
                raise Refusal(f"{where}: show_when của “{field.code}” nêu trường “{code}” không có.", where)
    measures = tuple(_read_posting(posting, fields, where) for posting in body["measure"])
    return KindBody(
        body["code"], body["label"], since, body["subject"], fields, measures,
        tuple(body.get("levels", ())), bool(body.get("sensitive")), body.get("tags"), body.get("example"),
    )  # fmt: skip


def _known(body: dict[str, Any], keys: set[str], where: str) -> None:
    """Refuse keys that the language does not have: a misspelt key would silently do nothing."""
    strange = sorted(set(body) - keys)
    if strange:
        raise Refusal(f"{where}: không hiểu khóa “{strange[0]}”. Các khóa có thể dùng: {', '.join(sorted(keys))}.")


def _read_field(body: dict[str, Any], where: str) -> Field:
    """Check one field of a kind."""
    where = f"{where}, trường “{body.get('code', '?')}”"
    _known(body, FIELD_KEYS, where)
    for key in ("code", "label", "type"):
        if key not in body:
            raise Refusal(f"{where}: thiếu khóa “{key}”.", where)
    if body["type"] not in TYPES:
        raise Refusal(f"{where}: kiểu “{body['type']}” không có. Các kiểu: {', '.join(TYPES)}.", where)
    if body["type"] == "choice" and not body.get("choices"):
        raise Refusal(f"{where}: trường lựa chọn phải có “choices”.", where)
    return Field(**body)


def _read_posting(body: dict[str, Any], fields: tuple[Field, ...], where: str) -> Posting:
    """Check one measure line of a kind against its fields."""
    where = f"{where}, đầu số liệu “{body.get('code', '?')}”"
    _known(body, MEASURE_KEYS, where)
    amount = body.get("amount", 1)
    countable = {field.code for field in fields if field.type in ("number", "money")}
    if isinstance(amount, str) and amount not in countable:
        raise Refusal(f"{where}: amount “{amount}” không phải trường số hay tiền của loại việc này.", where)
    for code in body.get("by", []):
        if code not in {field.code for field in fields}:
            raise Refusal(f"{where}: by nêu trường “{code}” không có.", where)
    return Posting(body["code"], amount, tuple(body.get("by", ())), bool(body.get("less")))


def checked_values(kind: KindBody, values: Any) -> dict[str, Any]:
    """The draft's values, typed and cleaned; hidden fields dropped. Raises Refusal naming the field."""
    if not isinstance(values, dict):
        raise Refusal("Nội dung việc phải là các cặp trường và giá trị.", "values")
    strange = sorted(set(values) - {field.code for field in kind.fields})
    if strange:
        named = f"Loại việc “{kind.label}” không có trường “{strange[0]}”"
        raise Refusal(f"{named}. Bỏ trường này rồi gửi lại.", strange[0])
    clean: dict[str, Any] = {}
    for field in kind.fields:
        given = values.get(field.code)
        if not field.shown(clean):
            continue
        if given is None or given == "":
            if not field.optional:
                raise Refusal(f"Chưa điền “{field.label}”. Điền rồi lưu lại.", field.code)
            continue
        clean[field.code] = _READERS[field.type](field, given)
    return clean


def _whole(field: Field, given: Any) -> int:
    """A whole number within its bounds; booleans and fractions are no numbers here."""
    text = given.strip().replace(".", "").replace(" ", "") if isinstance(given, str) else given
    if isinstance(text, str) and text.lstrip("-").isdecimal() and text.isascii() and len(text) < 40:
        text = int(text)
    if isinstance(text, bool) or not isinstance(text, int):
        raise Refusal(f"“{field.label}” phải là số nguyên, ví dụ 20. Sửa lại rồi lưu.", field.code)
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
    except ValueError as error:
        raise Refusal(f"“{field.label}”: {error}", field.code) from error
    most = field.max or 2000
    if len(text) > most:
        raise Refusal(f"“{field.label}” dài quá {most} ký tự. Viết ngắn lại rồi lưu.", field.code)
    return text


def _day(field: Field, given: Any) -> str:
    """A day as YYYY-MM-DD, or written dd/mm/yyyy."""
    try:
        if isinstance(given, str) and "/" in given:
            d, m, y = (int(part) for part in given.split("/"))
            return date(y, m, d).isoformat()
        return date.fromisoformat(str(given)).isoformat()
    except ValueError as error:
        said = f"“{field.label}”: {str(given)[:20]} không có trong lịch. Sửa lại rồi lưu."
        raise Refusal(said, field.code) from error


def _choice(field: Field, given: Any) -> str:
    """One of the declared choices."""
    if not isinstance(given, str) or given not in (field.choices or {}):
        listed = ", ".join((field.choices or {}).values())
        raise Refusal(f"“{field.label}” phải chọn một trong: {listed}.", field.code)
    return given


def _yes_no(field: Field, given: Any) -> bool:
    """Yes or no."""
    if given in (True, "yes", "true", "1"):
        return True
    if given in (False, "no", "false", "0"):
        return False
    raise Refusal(f"“{field.label}” phải trả lời Có hoặc Không.", field.code)


def _member(field: Field, given: Any) -> int:
    """A member's number in the register; the gate checks that she belongs to the unit."""
    if isinstance(given, str) and given.isdecimal() and len(given) < 19:
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int):
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
