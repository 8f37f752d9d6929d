"""Putting a card right, moving her to another household, and the page of a household."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.desk.cards import branch_of, card_for
from sohoi.desk.registering import CORRECTED, HOME, CorrectionInput, correction_form
from sohoi.desk.views.deeds import sent_twice
from sohoi.desk.words import body_of
from sohoi.ledger.models import Kind
from sohoi.ledger.write import accept
from sohoi.people.masking import masked
from sohoi.people.models import Household, Member
from sohoi.people.read.cards import household_members
from sohoi.people.registry import HOMES
from sohoi.people.write.amendments import LONGEST, amend
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right


@right("people")
def correct(request: Visit, pk: int) -> HttpResponse:
    """Her card as a form; what is changed goes through the gate and into the history."""
    return _corrected(request, pk, (), "desk/cards/correct.html")


@right("people")
def rehouse(request: Visit, pk: int) -> HttpResponse:
    """Move her to another household of the branch, or say what she is in hers."""
    return _corrected(request, pk, HOME, "desk/cards/rehouse.html")


def _corrected(request: Visit, pk: int, only: tuple[str, ...], template: str) -> HttpResponse:
    """Ask and tell a correction of all of the card, or of some questions only."""
    card = card_for(request.scope, pk)
    row = get_object_or_404(Kind, code="member-corrected", current=True)
    data = request.POST if request.method == "POST" else None
    form = correction_form(body_of(row), card, branch_of(card), timezone.localdate(), data, only)
    if data is not None and form.is_valid():
        try:
            accept(form.draft(), by=request.user)
            return _done(request, card)
        except Refusal as refusal:
            if sent_twice(refusal, form, card):
                return _done(request, card)
            form.refuse(refusal)
    context = {"card": card, "unit": branch_of(card), "form": form, "groups": _groups(form)}
    return render(request, template, context, status=200 if data is None else 422)


def _done(request: Visit, card: Member) -> HttpResponse:
    """Back to the card, where the history says what changed."""
    messages.success(request, "Đã sửa thẻ. Điều trước đây vẫn xem được ở phần Quá trình.")
    return redirect("member", pk=card.pk)


def _groups(form: CorrectionInput) -> list[tuple[str, list[forms.BoundField]]]:
    """The questions of the form under their headings; what can be dropped stands after its question."""
    groups = []
    for name, codes in CORRECTED:
        wanted = [one for code in codes for one in (code, f"drop-{code}") if one in form.fields]
        if wanted:
            groups.append((name, [form[code] for code in wanted]))
    return groups


OF_HOUSEHOLDS = ("household-status-given", "household-status-ended", "family-rated")


class HomeInput(forms.Form):
    """How the branch calls a household, and where it lives."""

    label = forms.CharField(
        label="Chủ hộ", max_length=LONGEST, help_text="Họ và tên chủ hộ, như chi hội vẫn gọi.",
        error_messages={"required": "Chưa có tên chủ hộ. Điền họ và tên chủ hộ rồi lưu lại."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    label.asked = True  # type: ignore[attr-defined]  # read by the templates
    address = forms.CharField(
        label="Địa chỉ", max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


@require_safe
@right("people")
def household(request: Visit, pk: int) -> HttpResponse:
    """A household: who is in it, where it lives, what it is, which standards it reached."""
    home = get_object_or_404(Household.objects.within(request.scope).select_related("unit"), pk=pk)
    card = home.members.filter(unit__in=request.scope, same_as=None, erased_on=None).order_by("-active", "pk").first()
    context = {
        "home": home,
        "members": household_members([home.pk]),
        "card": card,  # through which it is asked what the household is: whoever looks leaves a line there
        "home_mask": masked(card or Member(household=home), HOMES),
        "reveal": reverse("member-reveal", args=[card.pk]) if card else "",
        "ratings": home.ratings.order_by("-year", "standard"),
        "kinds": Kind.objects.filter(code__in=OF_HOUSEHOLDS, current=True).order_by("label"),
    }
    return render(request, "desk/cards/household.html", context)


@right("people")
def amend_household(request: Visit, pk: int) -> HttpResponse:
    """Put the name of its head or the address right."""
    home = get_object_or_404(Household.objects.within(request.scope).select_related("unit"), pk=pk)
    if request.method != "POST":
        form = HomeInput(initial={"label": home.label, "address": home.address})
        return render(request, "desk/cards/amend.html", {"home": home, "form": form})
    form = HomeInput(request.POST)
    if form.is_valid():
        try:
            amend(home, form.cleaned_data["label"], form.cleaned_data["address"], by=request.user)
            messages.success(request, "Đã sửa hộ.")
            return redirect("household", pk=home.pk)
        except Refusal as refusal:
            form.add_error(refusal.where or None, str(refusal))
    return render(request, "desk/cards/amend.html", {"home": home, "form": form}, status=422)
