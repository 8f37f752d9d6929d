"""Deeds of the register, one screen each: admit, enrol, leave, return, recognise; what each changed; taking it back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.desk.cards import address, branch_of, card_for, ladder
from sohoi.desk.inputs import RecordInput
from sohoi.desk.picking import fixed_unit, near_units, own_branches, unit_option
from sohoi.desk.registering import FIRST, about, deed_form, newcomer_form
from sohoi.desk.shell import held
from sohoi.desk.words import body_of
from sohoi.ledger.models import Entry, Kind, Record
from sohoi.ledger.read import records
from sohoi.ledger.undoing import why_it_stays
from sohoi.ledger.write import accept, void
from sohoi.people.addressing import addressed
from sohoi.people.models import Member
from sohoi.people.read.cards import open_standings
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import may, roles
from sohoi.rights.models import Office

AT_ONCE = "Ghi nhầm, hoàn tác ngay"
NOT_NOW = {
    "member-left": "Chị hiện không sinh hoạt ở chi hội nào, nên không ghi thôi sinh hoạt được.",
    "member-returned": "Chị đang sinh hoạt ở chi hội, không cần ghi trở lại.",
    "member-recognised": "Chị đã được công nhận đủ, hoặc hiện không sinh hoạt ở chi hội.",
    "member-restood": "Không có diện nào khác để đổi sang, hoặc hiện không sinh hoạt ở chi hội.",
    "member-derecognised": "Chị chưa được công nhận nòng cốt hay sinh hoạt thường xuyên.",
}


def offices_of(request: Visit) -> list[Office]:
    """Her offices that keep the register."""
    return [o for o in held(request) if o.role in roles() and "people" in roles()[o.role].rights]


@right("people")
def newcomer(request: Visit, kind: str) -> HttpResponse:
    """Write a woman down: admitted today, or a member who was one before the register came."""
    row = get_object_or_404(Kind, code=kind, current=True)
    fixed, today = fixed_unit(offices_of(request)), timezone.localdate()
    if request.method == "POST":
        form = newcomer_form(body_of(row), fixed, today, request.POST)
        if form.is_valid():
            try:
                draft = accept(form.draft(), by=request.user).draft
                return redirect("member-saved", pk=Record.objects.get(pk=draft.id).member_id, record=draft.id)
            except Refusal as refusal:
                form.refuse(refusal)
        return _ask_newcomer(request, row, form, status=422)
    wanted = request.scope.filter(code=request.GET.get("don-vi", "")).first()
    form = newcomer_form(body_of(row), fixed, today, **({"unit": wanted.code} if wanted and not fixed else {}))
    return _ask_newcomer(request, row, form)


def _ask_newcomer(request: Visit, row: Kind, form: RecordInput, status: int = 200) -> HttpResponse:
    """Draw the form of a newcomer: the branch is known from her office, or chosen."""
    offices, today = offices_of(request), timezone.localdate()
    fixed = fixed_unit(offices)
    units = [] if fixed else near_units(request.user, offices, request.scope, form.body, today)
    chosen = str(form["unit"].value() or "") or (units[0].value if len(units) == 1 else "")
    picked = request.scope.filter(code=chosen).first() if chosen else None
    if picked and chosen not in {option.value for option in units} and not fixed:
        units = [unit_option(picked, today), *units]
    rest = [field for field in form.visible_fields() if field.name not in FIRST]
    context = {
        "kind": row, "form": form, "fixed": fixed, "units": units, "chosen_unit": chosen,
        "may_search": not own_branches(offices), "today": today, "yesterday": today - timedelta(days=1),
        "first": [form[code] for code in FIRST if not form[code].is_hidden], "rest": rest,
        "unfold": any(field.errors for field in rest), "twins": address("twins-while-typing"),
        "other": _other(row.code),
    }  # fmt: skip
    return render(request, "desk/cards/newcomer.html", context, status=status)


def _other(kind: str) -> tuple[str, str]:
    """The address and words of the other way to write somebody down."""
    if kind == "member-admitted":
        return reverse("member-enrol"), "Đã là hội viên từ trước? Đưa hội viên đã có vào sổ"
    return reverse("member-admit"), "Mới vào Hội? Kết nạp hội viên"


@right("people")
def deed(request: Visit, pk: int, kind: str) -> HttpResponse:
    """A deed about one card: leave, return, recognise, derecognise, another way of belonging."""
    card = card_for(request.scope, pk)
    row, unit, today = get_object_or_404(Kind, code=kind, current=True), branch_of(card), timezone.localdate()
    standings = open_standings(card)
    if request.method == "POST":
        form = deed_form(body_of(row), card, unit, today, standings, request.POST)
        if form.is_valid():
            try:
                accept(about(form.draft(), card, unit), by=request.user)
                return redirect("member-saved", pk=card.pk, record=form.cleaned_data["id"])
            except Refusal as refusal:
                if sent_twice(refusal, form, card):
                    return redirect("member-saved", pk=card.pk, record=form.cleaned_data["id"])
                form.refuse(refusal)
        return _ask(request, card, row, form, status=422)
    form = deed_form(body_of(row), card, unit, today, standings, None)
    if not _fits(card, form):
        messages.info(request, addressed(NOT_NOW[kind], card.man))
        return redirect("member", pk=card.pk)
    return _ask(request, card, row, form)


def sent_twice(refusal: Refusal, form: RecordInput, card: Member) -> bool:
    """Two sendings of one form met at the same moment: one of them was told, the other found it done."""
    return refusal.where != "id" and Record.objects.filter(pk=form.cleaned_data["id"], member=card).exists()


def _fits(card: Member, form: RecordInput) -> bool:
    """Whether the deed can be about the card as it stands."""
    if form.body.code == "member-returned":
        return not card.active
    asked = form.fields.get("as") or (form.fields["standing"] if form.body.code == "member-restood" else None)
    return card.active and bool(asked is None or asked.choices)  # type: ignore[attr-defined]  # a ChoiceField


def _ask(request: Visit, card: Member, row: Kind, form: RecordInput, status: int = 200) -> HttpResponse:
    """Draw the form of a deed about one card."""
    today = timezone.localdate()
    context = {"card": card, "kind": row, "form": form, "today": today, "yesterday": today - timedelta(days=1)}
    return render(request, "desk/cards/deed.html", context, status=status)


def _record(request: Visit, pk: int, record: str) -> Record:
    """A record about the card, of a unit in her scope: the card itself may have left it, or the register."""
    return get_object_or_404(records(request.scope), pk=record, member=pk)


def _with_card(request: Visit, row: Record) -> dict[str, object]:
    """The record and her name; `open` when her card is still one of this scope."""
    card = row.member
    kept = bool(card and card.unit_id and request.scope.filter(pk=card.unit_id).exists())
    return {"record": row, "card": card, "open": kept}


@require_safe
@right("people")
def saved(request: Visit, pk: int, record: str) -> HttpResponse:
    """What a deed changed: its lines, and the number of members from the branch to the country, as of now."""
    row = _record(request, pk, record)
    context = _with_card(request, row) | {
        "lines": Entry.objects.filter(record=row, n=1).select_related("measure").order_by("pk"),
        "ladder": ladder(row.unit, request.scope, timezone.localdate()),
        "undo": not hasattr(row, "voiding") and not why_it_stays(row.kind) and may(request.user, "void", row.unit),
        "again": reverse("member-admit") if row.kind.code == "member-admitted" else "",
        "at_once": AT_ONCE,
    }
    return render(request, "desk/cards/saved.html", context)


@right("people")
def undo(request: Visit, pk: int, record: str) -> HttpResponse:
    """Take a deed about her back, with a reason; nothing is erased."""
    row = _record(request, pk, record)
    reason = request.POST.get("reason", "")
    context = _with_card(request, row) | {"reason": reason, "stays": why_it_stays(row.kind)}
    if request.method != "POST":
        return render(request, "desk/cards/undo.html", context)
    if not hasattr(row, "voiding"):
        try:
            void(row, reason, by=request.user)
        except Refusal as refusal:
            return render(request, "desk/cards/undo.html", {**context, "problem": str(refusal)}, status=422)
    return redirect("member-saved", pk=pk, record=row.pk)
