"""What is told of a woman, made clean and held against what can be: name, birth, number, telephone, standing.

Pure: no database. Every refusal names the field and says what to do.
"""

import re
from datetime import date
from typing import Any, NamedTuple

from sohoi.people.models import StandingKind
from sohoi.people.sealing import blind, seal
from sohoi.refusal import Refusal
from sohoi.vietnamese import clean_text
from sohoi.vietnamese import date as say_date

OLDEST = 120
FROM = 18  # women from 18 (handbook 1.3)
BIRTH = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
PHONE = re.compile(r"0\d{9,10}", re.ASCII)
NUMBER = re.compile(r"\d{12}|\d{9}", re.ASCII)
TEXTS = ("ethnicity", "schooling", "qualification", "politics", "occupation", "address")
FLAGS = {"party": "party", "union-member": "union_member", "insured": "insured"}


class Particulars(NamedTuple):
    """What a door told of one woman, clean; `id_index` is the blind index of her ID number, `more` are columns of her
    card that need no thought."""

    name: str
    birth_year: int | None
    birth_date: date | None
    man: bool
    standing: str
    number: str
    id_index: bytes | None
    household: str
    role: str
    religion: str
    more: dict[str, Any]

    def columns(self) -> dict[str, Any]:
        """Columns of her card, sealed where that is due; the name comes by `rename`."""
        columns = {"birth_year": self.birth_year, "birth_date": self.birth_date, "man": self.man, **self.more}
        if self.religion:
            columns["religion_sealed"] = seal(self.religion, "religion")
        if self.number:
            columns["id_sealed"] = seal(self.number, "id")
            columns["id_index"], columns["id_tail"] = self.id_index, self.number[-3:]
        return columns


def read_particulars(values: dict[str, Any], on: date) -> Particulars:
    """The particulars in the answers of an admission; raises Refusal naming the field."""
    name = read_name(values.get("name", ""))
    year, born = read_birth(values["born"], on) if values.get("born") else (None, None)
    standing, man = values.get("standing", StandingKind.ORDINARY), bool(values.get("man"))
    check_standing(standing, man, year, born, on)
    number = read_number(values["id-number"], year, man) if values.get("id-number") else ""
    more: dict[str, Any] = {code: values[code] for code in TEXTS if values.get(code)}
    more |= {column: values[code] for code, column in FLAGS.items() if code in values}
    if values.get("phone"):
        more["phone"] = read_phone(values["phone"])
    return Particulars(
        name, year, born, man, standing, number, blind(number) if number else None, values.get("home", ""),
        values.get("role", ""), values.get("religion", ""), more,
    )  # fmt: skip


def read_name(text: str) -> str:
    """A name as it is written, composed, single blanks; written all in capitals (or none) it gets its own."""
    name = " ".join(clean_text(text).split())
    if not any(sign.isalpha() for sign in name):
        raise Refusal("Chưa có họ tên. Điền đủ họ và tên.", "name")
    if any(sign.isdigit() for sign in name) or len(name) > 100:
        raise Refusal(f"“{name[:60]}” không phải họ tên. Bỏ chữ số, viết họ và tên.", "name")
    return capitalised(name) if name.isupper() or name.islower() else name


def capitalised(name: str) -> str:
    """Each word with one capital, after a dash or an apostrophe too: Y'Hen stays as people of the highlands write."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0][0].upper() + word[0][1:].lower(), name)


def read_birth(text: str, on: date) -> tuple[int, date | None]:
    """(year, day or none) from 1985, 3/1985, 12/3/1985, 12-03-1985, 12.3.1985 or 1985-03-12.

    A month without a day is kept as its year. Raises Refusal for a day that no calendar has, one still ahead, or an
    age above 120.
    """
    said = str(text).strip()
    iso, slashed = ISO.fullmatch(said), BIRTH.fullmatch(said)
    if iso:
        day, month, year = iso[3], iso[2], iso[1]
    elif slashed:
        day, month, year = slashed[1], slashed[2], slashed[3]
    else:
        raise Refusal(f"Ngày sinh “{said[:20]}” chưa đúng. Viết 12/3/1985, hoặc chỉ năm sinh 1985.", "born")
    born = _day(said, int(day or 1), int(month or 1), int(year))
    if born > on:
        raise Refusal(f"Ngày sinh {said} sau ngày {say_date(on)}. Xem lại ngày sinh, hoặc ngày ghi.", "born")
    if on.year - born.year > OLDEST:
        raise Refusal(f"Sinh {said} thì đã hơn {OLDEST} tuổi. Xem lại năm sinh.", "born")
    return born.year, born if day else None


def _day(said: str, day: int, month: int, year: int) -> date:
    """A day of the calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal(f"Ngày {said} không có trong lịch. Sửa lại, hoặc chỉ ghi năm sinh.", "born") from None


def check_standing(standing: str, man: bool, year: int | None, born: date | None, on: date) -> None:
    """Who may belong as what: men as honorary members only; a member is 18 (handbook 1.3)."""
    if man and standing != StandingKind.HONORARY:
        raise Refusal("Nam giới chỉ có thể là hội viên danh dự. Chọn lại diện hội viên.", "standing")
    if year is not None and not _adult(year, born, on):
        raise Refusal(f"Chưa đủ {FROM} tuổi vào ngày {say_date(on)}. Xem lại năm sinh, hoặc ngày ghi.", "born")


def _adult(year: int, born: date | None, on: date) -> bool:
    """Eighteen by the day; by the year when only that is known."""
    if born is None:
        return on.year - year >= FROM
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= FROM


def read_phone(text: str) -> str:
    """Digits with the leading zero: +84 905 123 456, 905.123.456 and 0905-123-456 are one number."""
    digits = re.sub(r"[\s.\-()]", "", str(text))
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    elif digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    elif len(digits) == 9 and digits[0] in "35789":
        digits = "0" + digits
    if not PHONE.fullmatch(digits):
        raise Refusal("Số điện thoại chưa đúng: cần 10 chữ số, bắt đầu bằng 0. Sửa lại, hoặc để trống.", "phone")
    return digits


def read_number(text: str, year: int | None, man: bool) -> str:
    """An ID number of 12 digits (or the old 9). The fourth of twelve says century and sex, the next two the year:
    0/1 born in the 1900s, 2/3 in the 2000s, even a man, odd a woman (Thông tư 59/2021/TT-BCA)."""
    digits = re.sub(r"[\s.\-]", "", str(text))
    if not NUMBER.fullmatch(digits):
        raise Refusal("Số định danh phải có 12 chữ số (số chứng minh cũ: 9). Xem lại từng chữ số.", "id-number")
    if len(digits) == 12:
        sign = int(digits[3])
        if sign > 3 or (sign % 2 == 0) != man:
            raise Refusal(
                "Chữ số thứ tư của số định danh không hợp với giới tính và thế kỷ sinh. Xem lại số.", "id-number"
            )
        if year is not None and (1900 + 100 * (sign // 2) + int(digits[4:6])) != year:
            raise Refusal(f"Số định danh nói năm sinh khác với {year}. Xem lại số, hoặc năm sinh.", "id-number")
    return digits
