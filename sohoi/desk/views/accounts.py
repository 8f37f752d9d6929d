"""One user: what she holds here, what was done; her password set anew, her account closed or opened again."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.desk.views.offices import lines, rows
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.rights.models import Account, Office
from sohoi.rights.read import changes, handled, known_in, may_handle
from sohoi.rights.write.accounts import reset_password
from sohoi.rights.write.closing import close_account, open_account

LAST = 30


@dataclass(frozen=True)
class Step:
    """What is asked once more before it is done, for it cannot be undone by a tap."""

    title: str
    text: str
    button: str


RESET = Step(
    "Đặt lại mật khẩu",
    "Mật khẩu đang dùng hết hiệu lực ngay, ai đang đăng nhập bằng mật khẩu ấy phải đăng nhập lại. Máy đặt một mật khẩu "
    "mới, chỉ hiện một lần để chị in hoặc chép lại và trao tận tay. Người dùng phải đổi mật khẩu ấy "
    "ngay lần đăng nhập đầu.",
    "Đặt lại mật khẩu",
)
CLOSE = Step(
    "Đóng tài khoản",
    "Người dùng phải ra ngay và không đăng nhập được nữa. Các vai trò kết thúc ngay; vai trò bắt đầu từ hôm nay trở đi "
    "được bỏ. Việc đã ghi vẫn còn và vẫn mang tên người ấy.",
    "Đóng tài khoản",
)
OPEN = Step(
    "Mở lại tài khoản",
    "Người dùng đăng nhập lại được bằng một mật khẩu mới, chỉ hiện một lần. Các vai trò cũ đã kết thúc; giao lại những "
    "vai trò cần dùng.",
    "Mở lại tài khoản",
)


def person_for(request: Visit, pk: int) -> Account:
    """Somebody who holds or held an office in her units; else 404."""
    return get_object_or_404(known_in(request.scope), pk=pk)


@require_safe
@right("offices")
def one(request: Visit, pk: int) -> HttpResponse:
    """Her offices in these units, how many elsewhere, and what was done."""
    person, today = person_for(request, pk), timezone.localdate()
    held = Office.objects.filter(account=person, unit__in=request.scope).select_related("account", "unit")
    running = Office.objects.filter(account=person, during__overlap=(today, None))
    mine = handled(request.user).filter(account=person, during__overlap=(today, None)).values_list("pk", flat=True)
    found = rows(held.order_by("-during", "pk"), today, mine)
    context = {
        "person": person,
        "rows": found,
        "elsewhere": running.exclude(unit__in=request.scope).count(),
        "herself": person.pk == request.user.pk,
        "may_handle": person.pk != request.user.pk and may_handle(request.user, person),
        "lines": lines(request, changes(request.scope).filter(account=person)[:LAST]),
    }
    return render(request, "desk/offices/person.html", context)


@right("offices")
def password(request: Visit, pk: int) -> HttpResponse:
    """A new first password, shown once."""
    return _asked_once_more(request, person_for(request, pk), RESET, reset_password)


@right("offices")
def open_again(request: Visit, pk: int) -> HttpResponse:
    """Open a closed account, with a new first password."""
    return _asked_once_more(request, person_for(request, pk), OPEN, open_account)


@right("offices")
def close(request: Visit, pk: int) -> HttpResponse:
    """Close an account."""
    return _asked_once_more(request, person_for(request, pk), CLOSE, close_account)


def _asked_once_more(request: Visit, person: Account, step: Step, do: Callable[..., str | None]) -> HttpResponse:
    """Say what will happen; done, show the password that it made, or go back to her page."""
    problem = ""
    if request.method == "POST":
        try:
            made = do(person, by=request.user)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            if made:
                return slip(request, person, made)
            messages.success(request, f"Đã đóng tài khoản của {person}.")
            return redirect("officer", pk=person.pk)
    context = {"person": person, "step": step, "problem": problem}
    return render(request, "desk/offices/sure.html", context, status=422 if problem else 200)


def slip(request: Visit, person: Account, made: str, office: Office | None = None) -> HttpResponse:
    """The first password on a slip to print; it is on no other page and in no store."""
    today = timezone.localdate()
    held = Office.objects.filter(account=person, unit__in=request.scope, during__overlap=(today, None))
    context = {
        "person": person, "password": made, "office": office, "address": settings.PUBLIC_ADDRESS,
        "rows": rows(held.select_related("account", "unit").order_by("pk"), today),
    }  # fmt: skip
    return render(request, "desk/offices/slip.html", context)
