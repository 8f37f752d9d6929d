"""Moving from one branch to another: ask, answer, take back. Until she comes, the receiving side sees little of her."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.cards import branch_of, card_for, ladder
from sohoi.desk.moving import branch, branch_options, move_form, number_form
from sohoi.desk.picking import fixed_unit, near_units, own_branches, unit_option
from sohoi.desk.views.deeds import offices_of
from sohoi.desk.words import body_of
from sohoi.ledger.models import Kind
from sohoi.ledger.moving import TOLD_BEFORE, can_be_unsettled, may_both, settle, unsettle
from sohoi.people.addressing import addressed
from sohoi.people.models import NumberRequest, Transfer
from sohoi.people.read.transfers import MOST_BRANCHES, branches_named, inbox, named, visible, waiting
from sohoi.people.write.transfers import ask, ask_by_number, decline, withdraw_number
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Unit
from sohoi.units.read import paths

NOWHERE = "Chị hiện không sinh hoạt ở chi hội nào nên không chuyển được."
SENT_BY_NUMBER = "Nếu số này có trong sổ, đề nghị đã được gửi tới chi hội đang giữ thẻ."


@require_safe
@right("people")
def listing(request: Visit) -> HttpResponse:
    """Requests that wait for my answer, for theirs, and those answered lately."""
    return render(request, "desk/transfers/listing.html", {"inbox": inbox(request.scope)})


@right("people")
def propose(request: Visit, pk: int) -> HttpResponse:
    """Ask that one of our women moves to another branch."""
    card, today = card_for(request.scope, pk), timezone.localdate()
    form = move_form(today, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            new = branch(told["new"])
            return redirect("transfer", pk=ask(told["id"], card, new, told["day"], told["reason"], by=request.user).pk)
        except Refusal as refusal:
            form.refuse(refusal)
    if request.method != "POST" and not card.active:
        messages.info(request, addressed(NOWHERE, card.man))
        return redirect("member", pk=card.pk)
    picked = Unit.objects.filter(code=str(form["new"].value() or ""), level="branch").first()
    context = {
        "card": card, "unit": branch_of(card), "form": form, "picked": unit_option(picked, today) if picked else None,
        "today": today, "yesterday": today - timedelta(days=1),
    }  # fmt: skip
    return render(request, "desk/transfers/propose.html", context, status=422 if form.is_bound else 200)


@require_safe
@right("people")
def find_branches(request: Visit) -> HttpResponse:
    """Branches of the whole country by the name of their commune, while she types."""
    text, today = request.GET.get("tim", "").replace("\x00", "")[:80].strip(), timezone.localdate()
    rows = branches_named(text, today)
    found = branch_options(rows, paths([row.unit_id for row in rows], today))
    context = {"found": found, "text": text, "more": len(found) >= MOST_BRANCHES}
    return render(request, "desk/transfers/found.html", context)


@right("people")
def by_number(request: Visit) -> HttpResponse:
    """Ask to receive a woman of whom the ID number is known; the answer is the same whether it is in the register."""
    offices, today = offices_of(request), timezone.localdate()
    fixed = fixed_unit(offices)
    form = number_form(today, fixed, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            new = get_object_or_404(request.scope, code=told["new"])
            ask_by_number(told["id"], told["number"], new, told["day"], told["reason"], by=request.user)
            messages.success(request, SENT_BY_NUMBER)
            return redirect("transfers")
        except Refusal as refusal:
            form.refuse(refusal)
    kind = get_object_or_404(Kind, code="member-moved-in", current=True)
    context = {
        "form": form, "fixed": fixed, "kind": kind, "may_search": not own_branches(offices),
        "units": [] if fixed else near_units(request.user, offices, request.scope, body_of(kind), today),
        "chosen_unit": str(form["new"].value() or ""), "today": today, "yesterday": today - timedelta(days=1),
    }  # fmt: skip
    return render(request, "desk/transfers/by_number.html", context, status=422 if form.is_bound else 200)


@require_safe
@right("people")
def one(request: Visit, pk: str) -> HttpResponse:
    """One request, as far as she may see it."""
    return _show(request, get_object_or_404(visible(request.scope), pk=pk))


def _show(request: Visit, row: Transfer, problem: str = "", reason: str = "") -> HttpResponse:
    """Draw a request: her card is linked for who keeps it; answered, the numbers of both branches stand there."""
    today = timezone.localdate()
    named([row], request.scope)
    ours = set(request.scope.filter(pk__in=[row.old_id, row.new_id]).values_list("pk", flat=True))
    above = paths([row.old_id, row.new_id], today)
    asker = row.accepted is None and row.asked_by_old and row.old_id in ours
    context = {
        "transfer": row,
        "old_under": [one for one in reversed(above.get(row.old_id, [])) if one.level in ("base", "province")],
        "new_under": [one for one in reversed(above.get(row.new_id, [])) if one.level in ("base", "province")],
        "mine": waiting(request.scope).filter(pk=row.pk).exists(), "asker": asker,
        "card": row.member_id if row.member.unit_id in ours else None,
        "ladders": [ladder(u, request.scope, today)[:2] for u in (row.old, row.new) if row.accepted and u.pk in ours],
        "problem": problem, "reason": reason,
        "undo": row.accepted and not row.undone_at and may_both(request.user, row),
        "stays": "" if not row.accepted or can_be_unsettled(row) else TOLD_BEFORE,
    }  # fmt: skip
    return render(request, "desk/transfers/one.html", context, status=422 if problem else 200)


@require_POST
@right("people")
def accept(request: Visit, pk: str) -> HttpResponse:
    """Say yes: both sides' deeds are recorded at once."""
    row = get_object_or_404(visible(request.scope), pk=pk)
    try:
        if not row.accepted:
            settle(row, by=request.user)
    except Refusal as refusal:
        row.refresh_from_db(fields=["accepted"])
        if not row.accepted:
            return _show(request, row, str(refusal))
    return redirect("transfer", pk=pk)


@require_POST
@right("people")
def refuse(request: Visit, pk: str) -> HttpResponse:
    """Say no, or take one's own request back, with a reason; refused, it is open to the side that asked alone."""
    row, reason = get_object_or_404(visible(request.scope), pk=pk), request.POST.get("reason", "")
    try:
        if row.accepted is None:
            decline(row, reason, by=request.user)
    except Refusal as refusal:
        return _show(request, row, str(refusal), reason)
    if visible(request.scope).filter(pk=pk).exists():
        return redirect("transfer", pk=pk)
    messages.success(request, "Đã gửi lời từ chối. Hội viên ở lại chi hội cũ.")
    return redirect("transfers")


@require_POST
@right("people")
def withdraw(request: Visit, pk: str) -> HttpResponse:
    """Take a request by number back."""
    row = get_object_or_404(NumberRequest, pk=pk, new__in=request.scope)
    try:
        withdraw_number(row, by=request.user)
        messages.success(request, "Đã rút đề nghị.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("transfers")


@require_POST
@right("void")
def take_back(request: Visit, pk: str) -> HttpResponse:
    """An agreed move that was a mistake: both sides' deeds are taken back, she is where she was."""
    row, reason = get_object_or_404(visible(request.scope), pk=pk), request.POST.get("reason", "")
    try:
        if not row.undone_at:
            unsettle(row, reason, by=request.user)
    except Refusal as refusal:
        return _show(request, row, str(refusal), reason)
    return redirect("transfer", pk=pk)
