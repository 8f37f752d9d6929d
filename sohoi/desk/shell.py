"""What surrounds every page: the menu, headers that keep pages private, and no door for strangers to sign up."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.adapter import DefaultAccountAdapter
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from sohoi.rights.may import offices, roles
from sohoi.rights.models import Account, Office

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
ENTRIES = (
    ("home", "Trang chủ", "see"),
    ("record-start", "Ghi việc", "record"),
    ("records", "Việc đã ghi", "read"),
    ("members", "Sổ hội viên", "people"),
    ("tasks", "Việc giao", "report"),
    ("goals", "Chỉ tiêu", "see"),
    ("figures", "Số liệu", "see"),
    ("reports", "Báo cáo", "see"),
    ("units", "Đơn vị", "see"),
)
ASIDE = (("offices", "Người dùng và vai trò", "offices"),)  # seldom opened: under her name, not in the menu


class PageHeaders:
    """Nothing inline, nothing from elsewhere; pages are not kept in shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response


class ClosedDoor(DefaultAccountAdapter):
    """Accounts are given by the Union, never made by strangers; its refusals are Vietnamese sentences."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Tài khoản này đã đóng. Cần mở lại thì liên hệ người quản trị của đơn vị cấp trên.",
        "enter_current_password": "Mật khẩu hiện tại chưa đúng. Nhập lại mật khẩu đang dùng.",
        "incorrect_password": "Mật khẩu chưa đúng. Nhập lại.",
        "invalid_login": "Chưa đăng nhập được. Kiểm tra lại tên đăng nhập và mật khẩu.",
        "rate_limited": "Thao tác quá nhanh. Chờ một phút rồi làm lại.",
        "same_as_current": "Mật khẩu mới phải khác mật khẩu hiện tại.",
        "too_many_login_attempts": "Đã nhập sai nhiều lần. Chờ vài phút rồi đăng nhập lại.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra lại rồi nhập lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def set_password(self, user: Account, password: str) -> None:
        """Her own choice: from now on no page leads her to change it."""
        user.must_change = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To her first page: the change is done."""
        return reverse("home")

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """A closed account: back to the log-in with a sentence, which only who knows its password reads."""
        messages.error(request, self.error_messages["account_inactive"])
        return redirect("account_login")

    def clean_password(self, password: str, user: Account | None = None) -> str:
        """The password, or why not in Vietnamese: Django has no such sentences. The present one is no new one."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(self.error_messages["same_as_current"])
        try:
            return str(super().clean_password(password, user=user))
        except ValidationError as refused:
            raise ValidationError("Mật khẩu mới phải dài ít nhất 15 ký tự. Thêm chữ rồi lưu lại.") from refused


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    url: str
    label: str
    here: bool


@dataclass(frozen=True)
class Shell:
    """The frame of a page for one account: her offices of today, what she may open, and where she is."""

    offices: list[Office]
    entries: list[Entry]
    aside: list[Entry]

    @property
    def titles(self) -> list[str]:
        """Her offices in words: "Chi hội trưởng, Chi hội Ấp Một"."""
        return [f"{title(office)}, {office.unit.full_name}" for office in self.offices]


def title(office: Office) -> str:
    """The office in words; the code itself for a role that roles.toml no longer names."""
    role = roles().get(office.role)
    return role.label if role else office.role


def held(request: HttpRequest) -> list[Office]:
    """The offices she holds today, the first one first; read once for a request."""
    if not hasattr(request, "held_offices"):
        rows = offices(request.user).select_related("unit").order_by("pk")  # type: ignore[arg-type]
        request.held_offices = list(rows)  # type: ignore[attr-defined]
    return request.held_offices  # type: ignore[attr-defined]


def menu(request: HttpRequest) -> dict[str, object]:
    """What every page needs to draw its frame; nothing is read for pages that draw none."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> Shell:
    """The frame for this account; a stranger has an empty menu."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Shell([], [], [])
    mine = held(request)
    rights = frozenset().union(*(roles()[o.role].rights for o in mine if o.role in roles()))
    entries, aside = ([row[:2] for row in rows if row[2] in rights] for rows in ((*ENTRIES, *doors()), ASIDE))
    return Shell(mine, [_entry(request, *row) for row in entries], [_entry(request, *row) for row in aside])


def doors() -> list[tuple[str, str, str]]:
    """The entries that rooms above the desk bring: `menu` of their app, so that the desk need not know them."""
    return [app.menu for app in apps.get_app_configs() if hasattr(app, "menu")]


def _entry(request: HttpRequest, name: str, label: str) -> Entry:
    """One entry; the one whose address begins the page's address is where she is."""
    url = reverse(name)
    here = request.path == url if name == "home" else request.path.startswith(url)
    return Entry(url, label, here)
