"""A draft's answers held against its kind: typed and clean or a sentence naming the field; and what they post.

Pure: no database. Whether a member or a household is there is the gate's to ask (checks.py).
"""

import re
from datetime import date
from typing import Any

from sohoi.ledger.kinds import Field, KindBody
from sohoi.ledger.shapes import ISO_DAY, LARGEST, shown
from sohoi.refusal import Refusal
from sohoi.vietnamese import clean_text

WHOLE = re.compile(r"-?\d+|-?\d{1,3}(\.\d{3})+", re.ASCII)
SLASH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
LONGEST_NUMBER = 40  # Python refuses to read numbers of thousands of digits; nobody counts that far


def checked_values(kind: KindBody, values: Any) -> dict[str, Any]:
    """The draft's values, typed and cleaned; hidden fields dropped. Raises Refusal naming the field."""
    if not isinstance(values, dict):
        raise Refusal("Nội dung việc phải là các cặp trường và giá trị.", "values")
    if not values.keys() <= kind.asked_codes:
        strange = sorted(set(values) - kind.asked_codes)
        named = f"Loại việc “{kind.label}” không có trường “{shown(strange[0])}”"
        raise Refusal(f"{named}. Bỏ trường này rồi gửi lại.", strange[0])
    clean: dict[str, Any] = {}
    for field in kind.asked:
        given = values.get(field.code)
        if (given is None and field.optional) or (field.show_when and not field.shown(clean)):
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
    """What a record writes: (measure code, amount, labels). A field that was not asked writes nothing, nor does a
    zero that the register filled in: nothing changed there."""
    lines = []
    for line in kind.measures:
        amount = values.get(line.amount) if isinstance(line.amount, str) else line.amount
        if amount is None or (not amount and line.amount in kind.filled_codes):
            continue
        labels = {label: values[code] for label, code in line.by if code in values}
        lines.append((line.code, -amount if line.less else amount, labels))
    return lines
