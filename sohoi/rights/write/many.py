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
from sohoi.units.rows import read_rows
from sohoi.vietnamese import plain

COLUMNS = ("username", "name", "unit", "role", "first", "last")
GIVEN, KNOWN, REFUSED = "given", "known", "refused"
Keep = Callable[[Office, str], None]
TWICE = (
    "Dòng trước trong tệp đã nói người mang họ tên này, tên đăng nhập “{login}”, với vai trò này. Là người khác thì "
    "điền tên đăng nhập; viết trùng thì xóa dòng này."
)


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


def load_office(number: int, row: dict[str, str], today: date, keep: Keep, met: set[int]) -> Told:
    """One line; `keep` gets the first password of a new account before anything is saved for good. `met` are the
    offices of earlier lines of the file, by id; this one's comes to them."""
    try:
        with transaction.atomic():
            wish = _read(row, today)
            held = _held(wish, today, met)
            if held is not None:
                met.add(held.pk)
                return Told(number, row, KNOWN)
            username = wish.username or propose_username(wish.name)
            first = wish.first or today
            office, password = give_office(username, wish.name, wish.unit, wish.role, first, wish.last)
            if password:
                keep(office, password)
    except Refusal as refusal:
        return Told(number, row, REFUSED, str(refusal))
    met.add(office.pk)
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
    account = Account.objects.filter(username__iexact=wish.username).first()
    if account and wish.name and plain(account.full_name) != plain(wish.name):
        raise Refusal(f"Tên đăng nhập “{wish.username}” là của {account}. Chọn tên khác.", "username")


def _held(wish: Wish, today: date, met: set[int]) -> Office | None:
    """This very office, held by this log-in, or when none is told by one of this name whom no line before meant. With
    no first day told it must be one that runs today or will, of an account that is open. Raises Refusal."""
    held = Office.objects.filter(unit=wish.unit, role=wish.role).select_related("account").order_by("pk")
    if wish.first is None:
        held = held.filter(during__overlap=(today, None), account__is_active=True)
    if wish.username:
        held = held.filter(account__username__iexact=wish.username)
    else:
        held = held.filter(account__plain=plain(wish.name))
    same = [one for one in held if wish.first in (None, one.first) and wish.last in (None, one.last)]
    fresh = [one for one in same if wish.username or one.pk not in met]
    if same and not fresh:
        raise Refusal(TWICE.format(login=same[0].account.username), "username")
    return fresh[0] if fresh else None
