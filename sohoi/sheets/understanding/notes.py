"""What was made of a cell that goes in otherwise than it stands: left empty, put right, not read. Shown before anything
is written, so that nobody finds out afterwards. Pure; it tells a number by its last three digits."""

from collections.abc import Sequence
from typing import Any

from sohoi.ledger.kinds import Field
from sohoi.people.particulars import read_phone
from sohoi.refusal import Refusal
from sohoi.sheets.understanding import values
from sohoi.sheets.understanding.persons import Reading

NUMBERS = ("phone", "id-number")
SHORTEST = 30  # signs of a cell are shown
EMPTY = "“{text}” không phải dữ liệu nên để trống."
SECOND = "Mục này đã lấy từ cột trước; ô này không đọc."
ZEROS = "Đã thêm số 0 ở đầu, thành {n} chữ số, cuối là {tail}."
ABROAD = "Đã đổi mã vùng +84 thành số 0 ở đầu, còn {n} chữ số, cuối là {tail}."
SIGNS = "Đã bỏ dấu và khoảng cách, còn {n} chữ số, cuối là {tail}."
OTHER = "“{text}” được ghi là “{label}”."

Note = tuple[int, str]


def notes(cells: Sequence[Any], reading: Reading) -> list[Note]:
    """(column, sentence) of each cell of the row that goes into the register otherwise than it stands, or not at all;
    what is refused is a fault and told elsewhere."""
    fields = {one.code: one for one in reading.body.asked}
    found, seen = [], set()
    for at, (code, cell) in enumerate(zip(reading.codes, reading.mend(cells), strict=False)):
        if code not in fields or not values.said(cell):
            continue
        sentence = SECOND if code in seen else _note(fields[code], cell)
        found += [(at, sentence)] if sentence else []
        seen.add(code)
    return found


def _changed(digits: str, answer: str) -> str:
    """How the digits that were written became the number."""
    if digits == answer:
        return SIGNS
    return ABROAD if digits == "84" + answer[1:] else ZEROS


def _note(field: Field, cell: Any) -> str:
    """What was made of one cell, or nothing when it says the same."""
    try:
        answer = values.answer(field, cell)
        answer = read_phone(answer) if answer and field.code == "phone" else answer
    except Refusal:
        return ""
    text = values.said(cell)
    if answer in ("", None):
        return EMPTY.format(text=text[:SHORTEST])
    if field.code in NUMBERS and answer != text:
        told = _changed("".join(filter(str.isdigit, text)), answer)
        return told.format(n=len(answer), tail=answer[-3:])
    if field.code == "role" and answer == "other":
        label = (field.choices or {}).get(answer, "")
        return "" if text == label else OTHER.format(text=text[:SHORTEST], label=label)
    return ""
