"""What may change about who works here: give a person an account and an office. Offices end by date."""

import secrets
from datetime import date

from django.db import transaction

from sohoi.refusal import Refusal
from sohoi.rights.may import roles
from sohoi.rights.models import Account, Office
from sohoi.units.models import Unit
from sohoi.vietnamese import clean_text

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
