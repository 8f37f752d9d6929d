"""Accounts: made with a first password, which is set anew when she lost hers. Nobody does so to her own.

A password that the system made is for the first log-in only: she sets her own before she sees anything else. Every act
holds the account first and its offices after it, so that two acts at once wait for each other and never across.
"""

import secrets
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet

from sohoi.refusal import Refusal
from sohoi.rights.models import Account, Office, Turn
from sohoi.rights.read import may_handle
from sohoi.rights.write.turns import note
from sohoi.vietnamese import clean_text, plain

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another on paper: no i, l, o, 0, 1
GROUPS, GROUP = 4, 4  # 16 signs of 31 are 79 bits; with its dashes longer than the 15 that a password alone must have
LONGEST_USERNAME, LONGEST_NAME = 60, 120
OWN = "Đây là tài khoản của chính chị: việc này do người khác làm. Mật khẩu của mình thì đổi ở mục Đổi mật khẩu."
BEYOND = (
    "{who} còn giữ hay từng giữ vai trò mà chị không quản, hoặc có tài khoản từ trước khi được giao vai trò ở đây. "
    "Đề nghị người quản trị của đơn vị cấp trên làm việc này."
)
SHUT = "Tài khoản “{name}” đang đóng. Mở lại tài khoản trước, rồi làm việc này."
NOT_HERS = "Họ tên này không phải của người mang tên đăng nhập “{name}”. Hỏi lại người ấy họ tên và tên đăng nhập."
UNKNOWN = "Chưa có ai mang tên đăng nhập “{name}”. Xem lại, hoặc giao cho người mới."
KNOWN = "Đã có người mang tên đăng nhập “{name}”. Chọn tên khác, hoặc giao cho người đã có tài khoản."


def first_password() -> str:
    """A password to be copied from paper once: four groups of four small letters and digits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def propose_username(full_name: str) -> str:
    """A log-in from the name without marks, the given name first, that nobody has yet; "" for a name without letters.

    "Nguyễn Thị Lan" -> "lan.nguyen", the next one "lan.nguyen2".
    """
    words = ["".join(sign for sign in word if sign.isascii() and sign.isalnum()) for word in plain(full_name).split()]
    words = [word for word in words if word]
    if not words:
        return ""
    stem = ".".join([words[-1], words[0]] if len(words) > 1 else words)[: LONGEST_USERNAME - 6]
    near = Account.objects.filter(username__istartswith=stem)
    taken = {name.lower() for name in near.values_list("username", flat=True)}
    return next(name for name in (stem, *(f"{stem}{n}" for n in range(2, len(taken) + 3))) if name not in taken)


def locked() -> QuerySet[Account]:
    """Accounts held until the transaction ends. Their keys stay free: a line of the history that names one, as the
    account of a woman or of who did it, waits for nobody."""
    return Account.objects.select_for_update(no_key=True).order_by("pk")


def account_of(username: str, full_name: str, new: bool | None) -> tuple[Account, str]:
    """Her account, held until the transaction ends, or one made with a first password: that is the second value. With
    `new` False a name that is told must be hers: nobody learns from a log-in who she is."""
    account = locked().filter(username__iexact=username).first()
    if account is None:
        if new is False:
            raise Refusal(UNKNOWN.format(name=username), "username")
        return _made(username.lower(), full_name)
    if new:
        raise Refusal(KNOWN.format(name=username), "username")
    if new is False and full_name and plain(full_name) != account.plain:
        raise Refusal(NOT_HERS.format(name=username), "name")
    if not account.is_active:
        raise Refusal(SHUT.format(name=account.username), "username")
    return account, ""


def _made(username: str, full_name: str) -> tuple[Account, str]:
    """A new account."""
    if not username.isascii() or not username.replace(".", "").replace("-", "").isalnum():
        raise Refusal("Tên đăng nhập chỉ gồm chữ không dấu, số, dấu chấm và gạch nối.", "username")
    name = " ".join(clean_text(full_name).split())
    if not name:
        raise Refusal("Điền họ và tên.", "name")
    if len(username) > LONGEST_USERNAME or len(name) > LONGEST_NAME:
        raise Refusal(f"Tên đăng nhập dài nhất {LONGEST_USERNAME} ký tự, họ tên {LONGEST_NAME} ký tự.", "username")
    password = first_password()
    made = Account(username=username, full_name=name, password=make_password(password), must_change=True)
    made.save(force_insert=True)
    return made, password


def not_herself(account: Account, by: Account) -> None:
    """Nobody gives to herself, ends what is hers, or locks herself out: another does."""
    if account.pk == by.pk:
        raise Refusal(OWN)


def named(username: str) -> Account:
    """The account of this log-in, for commands on the server."""
    account = Account.objects.filter(username__iexact=username).first()
    if account is None:
        raise Refusal(
            f"Không có tài khoản “{username}”. Xem các tài khoản đang có vai trò: manage.py offices.", "username"
        )
    return account


def held_still(account: Account, since: date) -> QuerySet[Office]:
    """Her offices that run on that day or later, held until the transaction ends."""
    rows = Office.objects.select_for_update(of=("self",), no_key=True).select_related("account", "unit")
    return rows.filter(account=account, during__overlap=(since, None)).order_by("pk")


def answered_for(account: Account, by: Account | None) -> Account:
    """The account, held until the transaction ends; Refusal when it is her own, or more than `by` answers for."""
    held = locked().get(pk=account.pk)
    if by is None:
        return held
    not_herself(held, by)
    if not may_handle(by, held):
        raise Refusal(BEYOND.format(who=held))
    return held


@transaction.atomic
def reset_password(account: Account, *, by: Account | None) -> str:
    """A new first password, returned once; whoever is logged in with the old one is out at once."""
    held = answered_for(account, by)
    if not held.is_active:
        raise Refusal(SHUT.format(name=held.username))
    return new_password(held, Turn.RESET, by)


def new_password(account: Account, what: Turn, by: Account | None) -> str:
    """Set a password for the first log-in, and leave the line."""
    password = first_password()
    account.set_password(password)
    account.must_change = True
    account.save(update_fields=["password", "must_change", "is_active"])
    note(what, account, by)
    return password
