"""Người dùng và vai trò: who holds which office here and below, found by name, and what was done about it.

A name is asked by POST and stands in no address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.appointing import said
from sohoi.desk.asked import Asked
from sohoi.desk.views.members import own_unit, units_below
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import role_said, roles
from sohoi.rights.models import Office, OfficeChange
from sohoi.rights.read import NOW, STATES, changes, found_by_name, in_reach, to_take_back, within
from sohoi.units.models import Level, Unit
from sohoi.units.read import paths

PAGE = 30


@dataclass(frozen=True)
class Row:
    """An office in the list: its role in words, where its unit stands, and how it is with it today."""

    office: Office
    role: str
    under: str
    state: str
    words: str
    mine: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the history; `back` when it may be taken back now."""

    change: OfficeChange
    text: str
    back: bool


@require_safe
@right("offices")
def listing(request: Visit) -> HttpResponse:
    """The offices of her unit and below, or of one of them; those that run, or those that ended."""
    return _show(request)


@require_POST
@right("offices")
def search(request: Visit) -> HttpResponse:
    """Who is called so: the rows alone while she types, the whole page for a browser without scripts."""
    text = request.POST.get("tim", "")[:120]
    found = {"found": found_by_name(request.scope, text), "tim": text.replace("\x00", "")}
    if request.headers.get("HX-Request"):
        return render(request, "desk/offices/found.html", found)
    return _show(request, **found)


def _show(request: Visit, **more: object) -> HttpResponse:
    """Draw the list as it is asked in the address: unit, role, state, page."""
    asked, today, own = Asked(request.GET), timezone.localdate(), own_unit(request)
    unit, role, state = (
        asked.unit("unit", request.scope, own),
        request.GET.get("role", ""),
        request.GET.get("state", ""),
    )
    state = state if state in STATES else NOW
    held = in_reach(within(request.scope, unit), state, today)
    page = Paginator(held.filter(role=role) if role in roles() else held, PAGE).get_page(asked.page())
    context = {
        "unit": unit, "own": own, "role": role, "state": state, "page": page, "rows": rows(page.object_list, today),
        "units": units_below(request, unit, today), "roles": roles().values(), "states": STATES.items(),
        "sifted": bool(role or state or unit != own),
    }  # fmt: skip
    return render(request, "desk/offices/listing.html", context | more)


def rows(held: Iterable[Office], today: date, mine: Iterable[int] = ()) -> list[Row]:
    """Offices with their words; one statement for where their units stand. `mine` are those that she may end."""
    held = list(held)
    above, ending = paths({one.unit_id for one in held}, today), set(mine)
    return [
        Row(one, role_said(one.role), _under(above.get(one.unit_id, [])), *_state(one, today), one.pk in ending)
        for one in held
    ]


def _under(path: list[Unit]) -> str:
    """The commune and the province in which a unit stands, the nearest first."""
    return ", ".join(unit.name for unit in reversed(path[:-1]) if unit.level in (Level.BASE, Level.PROVINCE))


def _state(office: Office, today: date) -> tuple[str, str]:
    """A sign and a word: what is to be known of it today."""
    if office.last is not None and office.last < today:
        return "no-goal", "đã kết thúc"
    if not office.account.is_active:
        return "void", "tài khoản đã đóng"
    if office.first is not None and office.first > today:
        return "due", "chưa bắt đầu"
    return ("no-data", "chưa đăng nhập") if office.account.last_login is None else ("met", "đang giữ")


@require_safe
@right("offices")
def history(request: Visit) -> HttpResponse:
    """What was done in her units, the newest first."""
    page = Paginator(changes(request.scope), PAGE).get_page(Asked(request.GET).page())
    return render(request, "desk/offices/history.html", {"page": page, "lines": lines(request, page.object_list)})


def lines(request: Visit, found: Iterable[OfficeChange]) -> list[Line]:
    """Lines of the history in words; one statement for which of them may be taken back."""
    found = list(found)
    back = set(to_take_back(request.user).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    return [Line(one, said(one), one.pk in back) for one in found]
