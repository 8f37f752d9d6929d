"""What is masked, shown once with a reason that is kept; and who looked at what, for whoever answers for the unit."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sohoi.desk.asked import Asked
from sohoi.desk.cards import card_for
from sohoi.desk.covered import number_of
from sohoi.desk.words import name_women, subject
from sohoi.ledger.read import records
from sohoi.people.masking import WHEN_NEEDED, masked
from sohoi.people.models import Member, Reading
from sohoi.people.read.about import LOOKED_AT
from sohoi.people.read.privacy import exports, readings
from sohoi.people.registry import Column, card_column, revealed_column
from sohoi.people.write.privacy import reveal, reveal_whose
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.rights.models import Account

PAGE, EXPORTS = 30, 20
NAMED = LOOKED_AT | {"id": "Số định danh", "id_index": "Số định danh"}


@right("reveal")
def look(request: Visit, pk: int) -> HttpResponse:
    """Ask for one masked answer: the question why, then the answer, on this page and no longer."""
    card = card_for(request.scope, pk)
    code = (request.POST if request.method == "POST" else request.GET).get("muc", "")
    column = _column(code)
    context = {
        "card": card, "code": code, "column": column, "mask": masked(card, code), "field": "muc",
        "asked": column.label, "action": reverse("member-reveal", args=[card.pk]),
    }  # fmt: skip
    if request.method != "POST":
        return _answer(request, context)
    reason = request.POST.get("reason", "")
    try:
        context["value"] = reveal(card, code, reason, by=request.user)
    except Refusal as refusal:
        return _answer(request, context | {"problem": str(refusal), "reason": reason}, 422)
    return _answer(request, context)


@right("reveal")
def whose(request: Visit) -> HttpResponse:
    """Whose a deed is, where that it stands behind a figure says what is masked: the question why, then the name."""
    key = (request.POST if request.method == "POST" else request.GET).get("viec", "")
    record = get_object_or_404(records(request.scope), pk=number_of(key))
    context = {"record": record, "code": key, "mask": WHEN_NEEDED, "field": "viec", "asked": "việc này của ai"}
    context |= {"action": reverse("behind-whose")}
    if request.method != "POST":
        return _answer(request, context)
    reason = request.POST.get("reason", "")
    try:
        reveal_whose(record.member, record.household, record.unit, reason, by=request.user)
    except Refusal as refusal:
        return _answer(request, context | {"problem": str(refusal), "reason": reason}, 422)
    name_women([record], request.scope)
    return _answer(request, context | {"value": subject(record)})


def _column(code: str) -> Column:
    """A masked column of the card, or what her household is; else 404."""
    column = revealed_column(code)
    if column is None:
        raise Http404
    return column


def _answer(request: Visit, context: dict[str, object], status: int = 200) -> HttpResponse:
    """The part alone where the card fetched it, a page of its own for a browser without scripts."""
    if request.headers.get("HX-Request"):
        return render(request, "desk/privacy/look.html", context)  # htmx leaves the page alone on other codes
    return render(request, "desk/privacy/look_page.html", context, status=status)


@dataclass(frozen=True)
class Look:
    """One line of the log, in words."""

    at: datetime
    who: Account
    card: Member | None
    what: str
    reason: str


def said(row: Reading) -> Look:
    """A reading in words."""
    column = card_column(row.column)
    known = column.label if column else row.column
    return Look(row.at, row.by, row.member, NAMED.get(row.column, known), row.reason)


@require_safe
@right("people")
def log(request: Visit) -> HttpResponse:
    """Who looked at women of her units, and which lists went out."""
    page = Paginator(readings(request.scope), PAGE).get_page(Asked(request.GET).page())
    context = {
        "page": page,
        "looks": [said(row) for row in page.object_list],
        "exports": exports(request.scope, request.user)[:EXPORTS],
    }
    return render(request, "desk/privacy/log.html", context)
