"""Give an office to somebody new or known, end one by a day, take back a mistake of today."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.appointing import GiveInput, KnownInput, NewInput, end_form, give_form
from sohoi.desk.picking import MOST_UNITS, Option, unit_option, unit_options, units_named
from sohoi.desk.views.accounts import person_for, slip
from sohoi.desk.views.offices import rows
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import Role, role_said
from sohoi.rights.models import Account
from sohoi.rights.read import NOW, all_given, changes, handled, in_reach, known_in
from sohoi.rights.write.accounts import propose_username
from sohoi.rights.write.offices import end_office, give_office, take_back
from sohoi.units.models import Unit
from sohoi.vietnamese import date as say_date

FEW_UNITS = 8
NOWHERE = (
    "“{login}” không giữ vai trò nào trong phạm vi của chị. Giao lại thì chọn Người đã có tài khoản, điền tên đăng "
    "nhập và họ tên của người ấy."
)


@right("offices")
def give_new(request: Visit) -> HttpResponse:
    """To somebody new: her account is made with it."""
    return _give(request, NewInput)


@right("offices")
def give_known(request: Visit) -> HttpResponse:
    """To somebody who has an account somewhere."""
    return _give(request, KnownInput)


@right("offices")
def give_to(request: Visit, pk: int) -> HttpResponse:
    """One more to somebody of these units."""
    return _give(request, GiveInput, person_for(request, pk))


def _give(request: Visit, kind: type[GiveInput], person: Account | None = None) -> HttpResponse:
    """Ask, give, and show the slip of a new account or the page of a known one."""
    today, given = timezone.localdate(), all_given(request.user)
    data = request.POST if request.method == "POST" else None
    form = give_form(kind, given, today, data, unit=request.GET.get("unit", "")[:80].replace("\x00", ""))
    if form.is_bound and form.is_valid():
        try:
            return _done(request, form, person)
        except Refusal as refusal:
            form.refuse(refusal)
    chosen = request.scope.filter(code=str(form["unit"].value() or "").replace("\x00", "")).first()
    context = {
        "form": form, "person": person, "is_new": kind is NewInput, "is_known": kind is KnownInput,
        "units": _near(request, given, chosen), "chosen_unit": chosen.code if chosen else "",
    }  # fmt: skip
    return render(request, "desk/offices/give.html", context, status=422 if form.is_bound else 200)


def _done(request: Visit, form: GiveInput, person: Account | None) -> HttpResponse:
    """Give it; raises Refusal."""
    told = form.cleaned_data
    unit = request.scope.filter(code=told["unit"]).first()
    if unit is None:
        raise Refusal("Không có đơn vị này trong phạm vi của chị. Gõ tên đơn vị rồi chọn lại.", "unit")
    username = person.username if person else told["username"].strip().lower()
    new = isinstance(form, NewInput)
    if new and not username:
        username = propose_username(told["name"])
        if not username:
            raise Refusal("Không đặt được tên đăng nhập theo họ tên này. Điền tên đăng nhập.", "username")
    office, password = give_office(
        username, told.get("name", ""), unit, told["role"], told["first"], told["last"], by=request.user, new=new
    )
    if password:
        return slip(request, office.account, password, office)
    until = f" đến hết {say_date(office.last)}" if office.last else ""
    where = f"{role_said(office.role)} ở {unit.full_name} từ {say_date(office.first)}{until}"
    messages.success(request, f"Đã giao cho {office.account} vai trò {where}.")
    return redirect("officer", pk=office.account_id)


def _near(request: Visit, given: list[Role], chosen: Unit | None) -> list[Option]:
    """The unit that is chosen already, or all that there are when they are few."""
    today = timezone.localdate()
    if chosen is not None:
        return [unit_option(chosen, today)]
    few = units_named(request.scope, _levels(given), "", today)
    return unit_options(few, today) if len(few) <= FEW_UNITS else []


def _levels(given: Iterable[Role]) -> set[str]:
    """The levels at which these roles are held."""
    return {level for role in given for level in role.at}


@require_safe
@right("offices")
def find_units(request: Visit) -> HttpResponse:
    """Units by name while she types, of the levels of the role that is chosen, or of any that she may give."""
    text, role = request.GET.get("tim", "").strip(), request.GET.get("role", "")
    given = all_given(request.user)
    chosen = [one for one in given if one.code == role] or given
    found = units_named(request.scope, _levels(chosen), text, timezone.localdate()) if text else []
    context = {
        "found": unit_options(found[:MOST_UNITS], timezone.localdate()), "text": text[:80],
        "more": len(found) > MOST_UNITS, "role": chosen[0].label if len(chosen) == 1 else "",
    }  # fmt: skip
    return render(request, "desk/offices/found_units.html", context)


@require_POST
@right("offices")
def propose(request: Visit) -> HttpResponse:
    """The log-in that a name would get, beside the box that is left empty."""
    return render(request, "desk/offices/login.html", {"login": propose_username(request.POST.get("name", "")[:120])})


@right("offices")
def end(request: Visit, pk: int) -> HttpResponse:
    """The last day of an office."""
    today = timezone.localdate()
    office = get_object_or_404(in_reach(request.scope, NOW, today), pk=pk)
    if not handled(request.user).filter(pk=pk).exists():
        raise Http404
    form = end_form(today, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        last = form.cleaned_data["day"]
        try:
            end_office(office, last, by=request.user)
            messages.success(request, f"Đã kết thúc vai trò {role_said(office.role)} của {office.account}.")
            return redirect("officer", pk=office.account_id)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {
        "form": form, "office": office, "row": rows([office], today)[0], "today": today,
        "yesterday": today - timedelta(days=1), "ahead": office.first is not None and office.first > today,
        "begins": office.first == today,
    }  # fmt: skip
    return render(request, "desk/offices/end.html", context, status=422 if form.is_bound else 200)


@require_POST
@right("offices")
def undo(request: Visit, pk: int) -> HttpResponse:
    """Take back what was done to an office today."""
    change = get_object_or_404(changes(request.scope), pk=pk)
    try:
        take_back(change, by=request.user)
        messages.success(request, "Đã lấy lại. Vai trò như trước khi làm nhầm.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    if known_in(request.scope).filter(pk=change.account_id).exists():
        return redirect("officer", pk=change.account_id)
    messages.info(request, NOWHERE.format(login=change.account.username))
    return redirect("offices")
