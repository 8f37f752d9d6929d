"""What may change about who works here: give a person an account and an office. Offices end by date."""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.rights.may import roles
from sohoi.rights.models import Account, Office
from sohoi.units.models import Unit
from sohoi.vietnamese import clean_text
from sohoi.vietnamese import date as say_date

PASSWORD_BYTES = 12  # 16 signs, above the 15 that a password alone must have (security §2)


@transaction.atomic
def give_office(
    username: str, full_name: str, unit: Unit, role: str, first: date, last: date | None = None
) -> tuple[Office, str]:
    """Give a person an office; returns it and the first password of a new account ("" when she has one).

    Raises Refusal for a role that roles.toml does not know, days in the wrong order, or an office she holds then.
    """
    if role not in roles():
        raise Refusal(f"Không có vai trò “{role}”. Các vai trò: {', '.join(roles())}.", "role")
    if last is not None and last < first:
        raise Refusal("Ngày cuối đứng trước ngày đầu. Xem lại hai ngày.", "last")
    account, password = _account(username, full_name)
    during = (first, date.fromordinal(last.toordinal() + 1) if last else None)
    if Office.objects.filter(account=account, unit=unit, role=role, during__overlap=during).exists():
        raise Refusal(f"{account} đã giữ vai trò này ở {unit.name} trong những ngày đó.", "role")
    return Office.objects.create(account=account, unit=unit, role=role, during=during), password


@transaction.atomic
def end_offices(username: str, unit: Unit, role: str, last: date) -> list[Office]:
    """Give her offices in a unit (of one role, or all with "") a last day; one that has not begun is taken away.

    Returns them. Raises Refusal when nobody is called so, when she holds none there after that day, or when one that
    runs began after it.
    """
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Refusal(
            f"Không có tài khoản “{username}”. Xem các tài khoản đang có vai trò: manage.py offices.", "username"
        )
    after = (last + timedelta(days=1), None)
    held = Office.objects.select_for_update().filter(account=account, unit=unit, during__overlap=after)
    ending = list(held.filter(role=role) if role else held)
    if not ending:
        raise Refusal(
            f"{account} không giữ vai trò nào như vậy ở {unit.name} sau ngày {say_date(last)}. "
            f"Xem ai giữ vai trò gì: manage.py offices --unit {unit.code}.", "unit"
        )  # fmt: skip
    for office in ending:
        _end(office, last)
    return ending


def _end(office: Office, last: date) -> None:
    """One of them."""
    if office.first > max(last, timezone.localdate()):
        office.delete()
    elif office.first > last:
        raise Refusal(f"Vai trò này bắt đầu ngày {say_date(office.first)}, sau ngày cuối. Xem lại --last.", "last")
    else:
        office.during = (office.first, last + timedelta(days=1))
        office.save(update_fields=["during"])


def _account(username: str, full_name: str) -> tuple[Account, str]:
    """Her account, made with a random password when there is none."""
    account = Account.objects.filter(username=username).first()
    if account is not None:
        return account, ""
    if not username.isascii() or not username.replace(".", "").replace("-", "").isalnum():
        raise Refusal("Tên đăng nhập chỉ gồm chữ không dấu, số, dấu chấm và gạch nối.", "username")
    if not full_name.strip():
        raise Refusal("Tài khoản mới cần họ tên. Thêm --name.", "name")
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    return Account.objects.create_user(username, password=password, full_name=clean_text(full_name)), password
