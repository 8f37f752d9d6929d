"""Give a person an office, end it by a day, take back on the same day what was done by mistake.

`by` is who does it on a page, and her reach is asked here once more; None is a command on the server, which may all.
"""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.rights.may import roles
from sohoi.rights.models import Account, Office, OfficeChange, Turn
from sohoi.rights.read import given_by, handled, to_take_back
from sohoi.rights.write.accounts import account_of, held_still, locked, named, not_herself
from sohoi.rights.write.turns import note_office
from sohoi.units.models import Unit
from sohoi.vietnamese import date as say_date

TAKEN = "Người khác vừa làm việc này. Mở lại trang để xem tình trạng bây giờ."
HELD = "{who} đã giữ vai trò này ở {where} trong những ngày đó."
NO_ROLE = "Không có vai trò “{role}”. Các vai trò: {all}."


@transaction.atomic
def give_office(
    username: str, full_name: str, unit: Unit, role: str, first: date, last: date | None = None,
    *, by: Account | None = None, new: bool | None = None,
) -> tuple[Office, str]:  # fmt: skip
    """Give a person an office; returns it and the first password of a new account ("" when she has one).

    `new` says whether she is to have an account already (False) or not yet (True); None takes her as she is found.
    Raises Refusal for a role that roles.toml does not know or that `by` may not give there, days in the wrong order, a
    closed account, or an office she holds then.
    """
    if role not in roles():
        raise Refusal(NO_ROLE.format(role=role, all=", ".join(roles())), "role")
    if last is not None and last < first:
        raise Refusal("Ngày cuối đứng trước ngày đầu. Xem lại hai ngày.", "last")
    if by is not None and role not in {one.code for one in given_by(by, unit)}:
        raise Refusal(f"Chị không giao được vai trò {roles()[role].label} ở {unit.name}. Xem lại đơn vị.", "unit")
    days = held_from(first, last)
    try:
        with transaction.atomic():
            account, password = account_of(username, full_name, new)
            if by is not None:
                not_herself(account, by)
            return _given(Office(account=account, unit=unit, role=role, during=days), by, bool(password)), password
    except IntegrityError as error:
        raise Refusal(TAKEN) from error


def held_from(first: date, last: date | None) -> DateRange:
    """The days from the first to the last, both counted; without end when there is no last."""
    return DateRange(first, last and last + timedelta(days=1))


def _given(office: Office, by: Account | None, made: bool) -> Office:
    """The office, saved, and its line in the history."""
    same = Office.objects.filter(account=office.account, unit=office.unit, role=office.role)
    if same.filter(during__overlap=office.during).exists():
        raise Refusal(HELD.format(who=office.account, where=office.unit.name), "role")
    office.save(force_insert=True)
    note_office(Turn.GIVEN, office, by, office.last, made=made)
    return office


@transaction.atomic
def end_offices(username: str, unit: Unit, role: str, last: date) -> list[Office]:
    """Give her offices in a unit (of one role, or all with "") a last day; one that begins after it and not before
    today is taken away.

    Returns them. Raises Refusal when nobody is called so, when she holds none there after that day, or when one that
    ran before today began after it.
    """
    account = locked().get(pk=named(username).pk)
    held = held_still(account, last + timedelta(days=1)).filter(unit=unit)
    ending = list(held.filter(role=role) if role else held)
    if not ending:
        raise Refusal(
            f"{account} không giữ vai trò nào như vậy ở {unit.name} sau ngày {say_date(last)}. "
            f"Xem ai giữ vai trò gì: manage.py offices --unit {unit.code}.", "unit"
        )  # fmt: skip
    for office in ending:
        end_by(office, last, None, "--last")
    return ending


@transaction.atomic
def end_office(office: Office, last: date, *, by: Account) -> None:
    """One office ends with that day; from the day after it opens nothing. One that begins after it and not before today
    is taken away.

    Raises Refusal for her own, for one beyond the reach of `by`, for one that has ended by then already.
    """
    not_herself(office.account, by)
    held = held_still(locked().get(pk=office.account_id), last + timedelta(days=1))
    found = held.filter(pk=office.pk, pk__in=handled(by).values("pk")).first()
    if found is None:
        raise Refusal(f"Vai trò này đã kết thúc trước hoặc đúng ngày {say_date(last)}. Xem lại ngày cuối.", "last")
    end_by(found, last, by)


def end_by(office: Office, last: date, by: Account | None, asked: str = "ngày cuối") -> None:
    """One office has that last day, or is taken away when it begins after it, today or later; who may was asked."""
    if office.first <= last:
        note_office(Turn.ENDED, office, by, last, office.last)
        office.during = held_from(office.first, last)
        office.save(update_fields=["during"])
    elif office.first >= timezone.localdate():
        note_office(Turn.ENDED, office, by, last, office.last)
        _take_away(office)
    else:
        raise Refusal(f"Vai trò này bắt đầu ngày {say_date(office.first)}, sau ngày cuối. Xem lại {asked}.", "last")


def _take_away(office: Office) -> None:
    """It goes as if it had not been; what was given to her by name keeps it."""
    try:
        office.delete()
    except ProtectedError as error:
        raise Refusal(
            "Đã có việc giao cho chị theo vai trò này nên không bỏ hẳn được. Đặt ngày cuối cho vai trò."
        ) from error


@transaction.atomic
def take_back(change: OfficeChange, *, by: Account) -> None:
    """What was done to an office today is as it was before: one given goes, one ended has its last day of before.

    Raises Refusal when it was not today, when something was done to that office since, or beyond the reach of `by`.
    """
    not_herself(change.account, by)
    locked().get(pk=change.account_id)  # two who take back the same wait for each other
    if not to_take_back(by).filter(pk=change.pk).exists():
        raise Refusal(TAKEN)
    held = Office.objects.filter(account=change.account, unit=change.unit, role=change.role)
    office = held.filter(during__startswith=change.first).first()
    if change.what == Turn.GIVEN and office is not None:
        note_office(Turn.UNDONE, office, by, office.first - timedelta(days=1), office.last)
        _take_away(office)
    elif change.what == Turn.ENDED:
        _ends_as_before(change, office, by)


def _ends_as_before(change: OfficeChange, office: Office | None, by: Account) -> None:
    """It has the last day that it had before it was ended; made anew when it was taken away."""
    if not change.account.is_active:
        raise Refusal("Tài khoản này đang đóng. Mở lại tài khoản trước, rồi lấy lại vai trò.")
    office = office or Office(account=change.account, unit=change.unit, role=change.role)
    office.during = held_from(change.first or timezone.localdate(), change.before)
    office.save()
    note_office(Turn.UNDONE, office, by, change.before, change.last)
