"""Offices from a CSV file, a line each: good lines in, others with a reason; the same file again changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from sohoi.refusal import Refusal
from sohoi.rights.management.days import read_day
from sohoi.rights.may import counts_at, role_said, roles
from sohoi.rights.models import Account, Office
from sohoi.rights.write.accounts import propose_username
from sohoi.rights.write.offices import give_office
from sohoi.units.models import Unit
from sohoi.units.read import find
from sohoi.units.write import read_rows
from sohoi.vietnamese import plain

COLUMNS = ("username", "name", "unit", "role", "first", "last")
GIVEN, KNOWN, REFUSED = "given", "known", "refused"
Keep = Callable[[Office, str], None]


@dataclass(frozen=True)
class Told:
    """What became of a line."""

    number: int
    row: dict[str, str]
    state: str
    reason: str = ""


@dataclass(frozen=True)
class Wish:
    """A line that can be read: who, where, what, from when until when; a day that is left out is None."""

    username: str
    name: str
    unit: Unit
    role: str
    first: date | None
    last: date | None


def read_offices(path: Path) -> list[dict[str, str]]:
    """The lines of the file; raises Refusal when it cannot be read or lacks a column."""
    rows = read_rows(path)
    if not rows or set(COLUMNS) - set(rows[0]):
        raise Refusal(f"{path.name}: cần các cột {', '.join(COLUMNS)} và ít nhất một dòng.", path.name)
    return [{column: row.get(column, "") for column in COLUMNS} for row in rows]


def load_office(number: int, row: dict[str, str], today: date, keep: Keep) -> Told:
    """One line; `keep` gets the first password of a new account before anything is saved for good."""
    try:
        with transaction.atomic():
            wish = _read(row, today)
            if _held(wish):
                return Told(number, row, KNOWN)
            username = wish.username or propose_username(wish.name)
            first = wish.first or today
            office, password = give_office(username, wish.name, wish.unit, wish.role, first, wish.last)
            if password:
                keep(office, password)
    except Refusal as refusal:
        return Told(number, row, REFUSED, str(refusal))
    return Told(number, row, GIVEN)


def _read(row: dict[str, str], today: date) -> Wish:
    """What a line asks; raises Refusal."""
    first, last = read_day(row["first"]), read_day(row["last"])
    unit, role = find(row["unit"], today), _role(row["role"])
    if unit.level not in roles()[role].at:
        raise Refusal(f"{unit.name} là {unit.get_level_display().lower()}, không có vai trò {role_said(role)}.", "role")
    now = counts_at(unit)
    if now != unit:
        where = f" Việc của đơn vị ấy nay thuộc {now.name}, mã {now.code}." if now else ""
        raise Refusal(f"{unit.name} đã hết.{where}", "unit")
    wish = Wish(row["username"].lower(), row["name"], unit, role, first, last)
    _same_person(wish)
    return wish


def _role(text: str) -> str:
    """The role of this code, or of this name."""
    found = [code for code, role in roles().items() if plain(text) in (code, plain(role.label))]
    if not found:
        raise Refusal(f"Không có vai trò “{text}”. Các vai trò: {', '.join(roles())}.", "role")
    return found[0]


def _same_person(wish: Wish) -> None:
    """A log-in that somebody of another name has is a slip of the pen."""
    account = Account.objects.filter(username=wish.username).first()
    if account and wish.name and plain(account.full_name) != plain(wish.name):
        raise Refusal(f"Tên đăng nhập “{wish.username}” là của {account}. Chọn tên khác.", "username")


def _held(wish: Wish) -> bool:
    """Whether this very office is held: by this log-in, or when none is told by one of this name."""
    held = Office.objects.filter(unit=wish.unit, role=wish.role).select_related("account")
    if wish.username:
        held = held.filter(account__username=wish.username)
    same_name = [one for one in held if wish.username or plain(one.account.full_name) == plain(wish.name)]
    return any(wish.first in (None, one.first) and wish.last in (None, one.last) for one in same_name)
