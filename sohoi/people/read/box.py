"""One box: a woman found by what an officer remembers of her: name, year, telephone, the end of a number.

"nguyen thi hoa 1985", "hoà", "hoa nguyen", "0905…", twelve digits, the last three. Marks that are typed are
respected first. Nothing is found outside the scope, and a twin that was merged into another card never.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from sohoi.people.masking import masked_phone
from sohoi.people.sealing import blind
from sohoi.statements import statement
from sohoi.units.models import Unit
from sohoi.vietnamese import nfc, plain, sort_key

sql = partial(statement, __file__)  # the .sql files of this drawer

MOST = 501  # of each way: one more than is counted aloud
COUNTED = 500
LONGEST, MOST_WORDS = 120, 8
WORDS_OF_A_NAME = 3
WIDE = 500  # branches: more than a commune has; there words in any order are looked for only when need be
TOO_WIDE = "Chỉ mấy số cuối hay ngày sinh thì chưa tìm được trong nhiều chi hội như vậy. Gõ thêm họ tên, hoặc gõ cả số."
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
SPACED = re.compile(r"(?<=\d)[ .\-](?=\d)", re.ASCII)  # 0905 123 456 and 092.185.001.234 are one number each
NUMBERS = (9, 12)  # digits of an ID number, the old and the new


@dataclass(frozen=True)
class Found:
    """One row under the box; her telephone and number only as far as a list may show them."""

    pk: int
    name: str
    birth_year: int | None
    phone: str
    id_tail: str
    active: bool
    unit: Unit


@dataclass(frozen=True)
class Answer:
    """The first rows, and how many there are; `more` when there are more than are counted; `why` nobody was looked
    for."""

    rows: list[Found]
    count: int
    more: bool
    why: str = ""


@dataclass(frozen=True)
class Typed:
    """What the text in the box may mean; the keys of `find.sql`."""

    name: str = ""  # as typed, composed, without the numbers
    years: tuple[int, ...] = ()
    born: date | None = None
    number: bytes | None = None
    phone: str = ""
    ending: str = ""

    @property
    def marked(self) -> bool:
        """Whether any mark was typed; then all words are meant as they are written."""
        return " ".join(self.name.lower().split()) != plain(self.name)

    @property
    def scattered(self) -> bool:
        """Whether it fits few cards and no index leads to them: the end of a number or a day of birth, alone."""
        return bool(self.ending or self.born) and not (self.name or self.number or self.phone)

    @property
    def enough(self) -> bool:
        """Whether it narrows anything: two letters, or a number of three digits."""
        return len(self.name) > 1 or bool(self.years or self.born or self.number or self.phone or self.ending)


def find(scope: QuerySet[Unit], text: str, limit: int = 20) -> Answer:
    """The women of the scope whom the text may mean, the likeliest first; at most four statements.

    Nothing typed, or one letter, finds nobody. The end of a number alone is not looked for in more branches than a
    commune has: every card there would be read; `why` says so.
    """
    typed = understand(text)
    if not typed.enough:
        return Answer([], 0, False)
    units = list(scope.values_list("pk", flat=True))
    near = len(units) <= WIDE
    if typed.scattered and not near:
        return Answer([], 0, False, TOO_WIDE)
    keys = _keys(typed) | {"units": units, "near": near, "limit": limit, "most": MOST}
    rows = _rows(keys | {"loosely": near})
    if not near and typed.name and not _settled(typed, rows):
        rows = _rows(keys | {"loosely": True})
    named = Unit.objects.in_bulk({row[6] for row in rows})
    count = rows[0][7] if rows else 0
    found = [Found(pk, name, born, masked_phone(phone), tail, active, named[unit])
             for pk, name, born, phone, tail, active, unit, *_ in rows]  # fmt: skip
    return Answer(found, min(count, COUNTED), count > COUNTED)


def _settled(typed: Typed, rows: list[tuple[Any, ...]]) -> bool:
    """Whether names that begin so are answer enough: one is the whole name, or three words of a name were typed.
    With fewer words a given name may be meant: "hoa" begins every Hoàng."""
    if typed.marked and rows and rows[0][7] >= MOST:
        return False  # cut off: a name with the very marks may be among those that were not read
    return bool(rows) and (rows[0][8] or len(typed.name.split()) >= WORDS_OF_A_NAME)


def _rows(keys: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What the statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql("find.sql"), keys)
        return cursor.fetchall()


def understand(text: str) -> Typed:
    """What was typed, taken apart: words of a name; a day, a year, a number or the beginning or end of one."""
    said = "".join(sign if sign.isprintable() else " " for sign in nfc(text[:LONGEST]))
    meant: dict[str, Any] = {}
    day = DAY.search(said)
    if day:
        said = said.replace(day[0], " ")
        meant |= _day(int(day[1]), int(day[2]), int(day[3]))
    letters = re.sub(r"[^\w' -]|[\d_]", " ", said.replace("’", "'"))
    name = " ".join([word.strip("'-") for word in letters.split() if word.strip("'-")][:MOST_WORDS])
    for digits in re.findall(r"\d+", _joined(said), re.ASCII):
        meant |= _digits(digits, bool(name))
    return Typed(name=name, **meant)


def _joined(said: str) -> str:
    """Digits with blanks or dots between them as one number, unless that would join a year to something."""
    joined = SPACED.sub("", said)
    longest = max((len(run) for run in re.findall(r"\d+", joined)), default=0)
    return joined if longest in (*NUMBERS, 10, 11) else said


def _day(day: int, month: int, year: int) -> dict[str, Any]:
    """A day of birth; one that no calendar has still says its year."""
    try:
        return {"born": date(year, month, day)}
    except ValueError:
        return {"years": (year,)} if year else {}


def _digits(digits: str, beside_name: bool) -> dict[str, Any]:
    """What a run of digits may mean."""
    today = timezone.localdate().year
    if len(digits) in NUMBERS and not (len(digits) == 9 and digits[0] == "0"):
        return {"number": blind(digits)}
    if len(digits) == 4 and today - 130 <= int(digits) <= today:
        return {"years": (int(digits),)}
    if len(digits) == 2 and beside_name and digits[0] != "0":
        return {"years": (1900 + int(digits), 2000 + int(digits))}
    if digits.startswith("0") and len(digits) <= 11:
        return {"phone": digits}
    return {"ending": digits} if 3 <= len(digits) <= 8 else {}


def _keys(typed: Typed) -> dict[str, Any]:
    """The keys of the statement; what is None narrows nothing."""
    bare = plain(typed.name)
    pieces = re.findall(r"[^\W_]+", bare)
    digits = typed.phone or typed.ending
    return {
        "years": list(typed.years) or None,
        "born": typed.born,
        "number": typed.number,
        "phone": f"{typed.phone}%" if typed.phone else None,
        "ending": f"%{typed.ending}" if typed.ending else None,
        "tail": digits if len(digits) == 3 else None,
        "plain": bare,
        "begins": f"{bare}%" if pieces else None,
        "whole": " & ".join(pieces) or None,
        "any_order": " & ".join([*pieces[:-1], f"{pieces[-1]}:*"]) if pieces else None,
        "marked": [sort_key(word).replace("\t", "") for word in typed.name.split()] if typed.marked else None,
    }
