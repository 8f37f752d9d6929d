"""One cell as an answer of the kind: dates in any style, numbers that lost their zero, ticks, names in two columns.

Pure. What cannot be understood is a Refusal with one sentence; what the register asks beyond that, it asks itself.
"""

import re
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sohoi.ledger.kinds import Field
from sohoi.refusal import Refusal
from sohoi.sheets.understanding.columns import bare
from sohoi.vietnamese import plain

EPOCH = date(1899, 12, 30)  # Excel's day 0
YEARS = range(1900, 2101)
SERIALS = range(7_000, 80_000)  # 1919 to 2119, above every year and below eight digits
IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) ?thang ?(\d{1,2}) ?nam ?(\d{4})")
MONTH_IN_WORDS = re.compile(r"thang ?(\d{1,2}) ?nam ?(\d{4})")
THREE = re.compile(r"(\d{1,2}) ?[/.\-, ] ?(\d{1,2}) ?[/.\-, ] ?(\d{4}|\d{2})")
TWO = re.compile(r"(\d{1,2}) ?[/.\-] ?(\d{4})")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
CLOCK = re.compile(r"[ t]0?0:00(:00)?(\.0+)?$")
ROUNDED = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)
LIVED_THROUGH = 30  # of a year in two digits: 30 to 99 are of the 1900s
GIVEN_UP = (
    "Số này đã bị Excel làm tròn (“{text}”), không đọc lại được. Định dạng cột là Văn bản (Text) rồi nhập lại số."
)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "cells.toml").read_text("utf-8"))


def answer(field: Field, cell: Any) -> Any:
    """The answer of a field in a cell; "" for none."""
    if field.code == "born":
        return birth(cell)
    if field.code in ("phone", "id-number"):
        return digits(cell, field.code)
    if field.type == "yes-no":
        return tick(cell, field.label)
    if field.type == "choice":
        return choice(field, cell)
    return "" if bare(said(cell)) in _words()["nothing"] else said(cell)


def said(cell: Any) -> str:
    """A cell as text, one blank between words; a day as 12/3/1985."""
    if isinstance(cell, list):
        return _slashed(date.fromisoformat(cell[1]))
    if isinstance(cell, bool):
        return "x" if cell else ""
    return "" if cell is None else " ".join(str(cell).replace("\u00ad", "").split())


def _slashed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def name(cell: Any) -> str:
    """A name without the number or the title that some lists put before it."""
    return re.sub(r"^\d{1,4}\s*[.)\-]\s*", "", said(cell)).strip(" .,;:*")


def birth(cell: Any) -> str:
    """12/3/1985, 3/1985 or 1985 from anything that lists write; other text as it stands, for the register to refuse."""
    if isinstance(cell, list):
        return said(cell)
    if isinstance(cell, float):
        cell = int(cell)  # a day with an hour
    text = CLOCK.sub("", plain(said(cell)).strip(" .,;'`"))
    if text in _words()["nothing"]:
        return ""
    if text.isdigit():
        return _from_digits(text)
    text = re.sub(r"^(?:(?:sinh|ngay|nam|ns)[ :]+)+(?=\d)", "", text)
    for pattern, order in ((IN_WORDS, (0, 1, 2)), (ISO, (2, 1, 0)), (THREE, (0, 1, 2))):
        found = pattern.fullmatch(text)
        if found:
            day, month, year = (int(found.groups()[at]) for at in order)
            return f"{day}/{month}/{_whole_year(year)}"
    found = MONTH_IN_WORDS.fullmatch(text) or TWO.fullmatch(text)
    if found:
        return f"{int(found[1])}/{found[2]}"
    return _from_digits(text) if text.isdigit() else said(cell)


def _from_digits(text: str) -> str:
    """A year, a day as Excel counts them, or a date typed without signs."""
    number = int(text)
    if number in YEARS or len(text) < 4:
        return text
    if number in SERIALS and len(text) == 5:
        return _slashed(EPOCH + timedelta(days=number))
    if len(text) in (7, 8) and int(text[-4:]) in YEARS:
        return f"{int(text[:-6])}/{int(text[-6:-4])}/{text[-4:]}"
    if len(text) == 8 and int(text[:4]) in YEARS:
        return f"{int(text[6:])}/{int(text[4:6])}/{text[:4]}"
    return text


def _whole_year(year: int) -> int:
    """A year in two digits as it was meant."""
    if year > 99:
        return year
    return 1900 + year if year >= LIVED_THROUGH else 2000 + year


def day_of(cell: Any, ahead: date) -> date | None:
    """The day of a deed in a cell; a year or a month alone is its first day. None when empty; Refusal when unclear."""
    text = birth(cell)
    if not text:
        return None
    parts = [int(part) for part in text.split("/") if part.isdigit()]
    try:
        day = date(*reversed([1] * (3 - len(parts)) + parts))
    except (ValueError, TypeError):
        raise Refusal(f"“{said(cell)[:20]}” không phải một ngày trong lịch. Viết 12/3/2024.", "day") from None
    if day > ahead:
        raise Refusal(f"Ngày {text} còn ở phía trước. Xem lại ngày.", "day")
    return day


def digits(cell: Any, code: str) -> str:
    """A number kept as text, with the zeros that Excel took from its front: told by how many digits are left."""
    text = said(cell).strip("'`’ ")
    if bare(text) in _words()["nothing"]:
        return ""
    if isinstance(cell, float) or ROUNDED.fullmatch(text):
        raise Refusal(GIVEN_UP.format(text=text[:20]), code)
    packed = re.sub(r"[\s.\-]", "", text)
    if not packed.isdigit():
        return text
    if code == "phone":
        return "0" + packed if len(packed) == 9 and packed[0] != "0" else packed
    whole = {8: 9, 10: 12, 11: 12}.get(len(packed), len(packed))  # Hà Nội's numbers begin with two zeros
    return packed.zfill(whole)


def tick(cell: Any, label: str = "") -> str:
    """ "yes", "no" or nothing, from a tick, a word, or the day since when."""
    text = bare(said(cell))
    if not text:
        return "yes" if said(cell).strip(" -–—.") else ""
    if text in _words()["no"]:
        return "no"
    if text in _words()["yes"] or text == bare(label) or re.fullmatch(r"[\d ]{4,10}", text):
        return "yes"
    raise Refusal(f"Chưa hiểu “{said(cell)[:30]}”. Đánh dấu x, hoặc ghi Có, Không.")


def choice(field: Field, cell: Any) -> str:
    """A choice by its label, its code, or what lists write for it."""
    text, choices = bare(said(cell)), field.choices or {}
    if not text:
        return ""
    for code, label in choices.items():
        if text in (bare(label), bare(code)) or text in _words().get(field.code, {}).get(code, []):
            return code
    if field.code == "role":
        return "other"
    raise Refusal(f"Chưa hiểu “{said(cell)[:30]}”. Ghi một trong: {', '.join(choices.values())}.")


def is_man(cell: Any) -> bool:
    """Whether a cell about the sex says a man; in a column "Nam" a tick does."""
    text = bare(said(cell))
    if not text or text in _words()["women"]:
        return False
    if text in _words()["men"] or text in ("x", "co"):
        return True
    raise Refusal(f"Chưa hiểu giới tính “{said(cell)[:20]}”. Ghi Nam hoặc Nữ.")
