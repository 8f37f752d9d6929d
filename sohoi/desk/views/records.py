"""Việc đã ghi: the list, one record with its lines and its history, and taking it back with a reason."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.desk.asked import Asked
from sohoi.desk.moving import move_of
from sohoi.desk.words import answers, body_of, name_women, place_under, subject
from sohoi.ledger.models import Entry, Kind, Record
from sohoi.ledger.moving import TOLD_BEFORE, TWO_BRANCHES, can_be_unsettled, may_both
from sohoi.ledger.read import open_day, records
from sohoi.ledger.undoing import why_it_stays
from sohoi.ledger.write import void
from sohoi.people.models import Transfer
from sohoi.people.read.transfers import visible
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import may, scope
from sohoi.units.models import Closure, Unit, View
from sohoi.units.read import path
from sohoi.vietnamese import plain

PAGE = 25
STATES = {"": "Tất cả", "counted": "Đang tính", "void": "Đã hủy", "late": "Phát sinh sau kỳ chốt"}
QUIET_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed by: `unit` is a part of a name, or a code; then `of` is that unit, with all below."""

    kind: str
    unit: str
    of: Unit | None
    first: date | None
    last: date | None
    state: str

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return bool(self.kind or self.unit or self.first or self.last or self.state)


@require_safe
@right("read")
def listing(request: Visit) -> HttpResponse:
    """The records of her units, the newest first, a page at a time."""
    asked = Asked(request.GET)
    filters = _filters(request, asked)
    found = _narrow(records(request.scope), filters)
    page = Paginator(found, PAGE).get_page(asked.page())
    context = {
        "page": page,
        "rows": place_under(page.object_list, request.scope),
        "filters": filters,
        "problems": asked.problems,
        "states": STATES.items(),
        "kinds": Kind.objects.filter(current=True, sensitive=False).order_by("label"),
    }
    return render(request, "desk/records/listing.html", context, status=asked.status)


def _filters(request: Visit, asked: Asked) -> Filters:
    """The filters of the address; what cannot be read is said and left out."""
    state = request.GET.get("state", "")
    unit = request.GET.get("unit", "").replace("\x00", "")[:80].strip()
    return Filters(
        request.GET.get("kind", "")[:80],
        unit,
        request.scope.filter(code=unit).first(),
        _day(asked, "a"), _day(asked, "z"), state if state in STATES else "",
    )  # fmt: skip


def _day(asked: Asked, key: str) -> date | None:
    """A day of the address, or none."""
    day = asked.day(key, date.min)
    return None if day == date.min else day


def _narrow(found: QuerySet[Record], filters: Filters) -> QuerySet[Record]:
    """The list narrowed by what is asked."""
    states = {"counted": Q(voiding=None), "void": ~Q(voiding=None), "late": ~Q(booked=F("day"))}
    found = found.filter(states.get(filters.state, Q()))
    if filters.kind:
        found = found.filter(kind__code=filters.kind.replace("\x00", ""))
    if filters.of:
        below = Closure.objects.filter(view=View.TODAY, ancestor=filters.of).values("descendant_id")
        found = found.filter(Q(unit=filters.of) | Q(unit__in=below))
    elif filters.unit:
        found = found.filter(unit__plain__contains=plain(filters.unit))
    if filters.first:
        found = found.filter(day__gte=filters.first)
    if filters.last:
        found = found.filter(day__lte=filters.last)
    return found


@require_safe
@right("read")
def one(request: Visit, pk: str) -> HttpResponse:
    """One record: what was told, the lines it wrote, its history, the units above it on that day."""
    return _show(request, get_object_or_404(records(request.scope), pk=pk))


def _show(request: Visit, record: Record, problem: str = "", reason: str = "") -> HttpResponse:
    """Draw one record; `problem` is why it could not be taken back."""
    name_women([record], request.scope)
    tags = body_of(record.kind).tags or {}
    lines = Entry.objects.filter(record=record, measure__sensitive=False).select_related("measure").order_by("pk")
    mine = not hasattr(record, "voiding") and may(request.user, "void", record.unit)
    move = move_of(record)
    stays = _why_it_stays(request, record, move) if mine else ""
    voidable = mine and not stays
    context = {
        "record": record,
        "answers": answers(record),
        "move": move,
        "move_open": move and visible(scope(request.user, "people")).filter(pk=move.pk).exists(),
        "subject": subject(record),
        "tags": [tags.get(tag, tag) for tag in record.tags],
        "lines": lines,
        "above": path(record.unit, record.day),
        "voidable": voidable,
        "stays": stays,
        "counts_back_on": open_day(record.unit, record.booked) if voidable else None,
        "problem": problem,
        "reason": reason,
    }
    return render(request, "desk/records/one.html", context, status=422 if problem else 200)


def _why_it_stays(request: Visit, record: Record, move: Transfer | None) -> str:
    """Why this reader cannot take it back, of a move why not the whole; empty when she can."""
    if move is None:
        return why_it_stays(record.kind)
    if not may_both(request.user, move):
        return TWO_BRANCHES
    return "" if can_be_unsettled(move) else TOLD_BEFORE


@right("void")
def take_back(request: Visit, pk: str) -> HttpResponse:
    """Take a record back with a reason: its lines get their opposites, nothing is erased.

    A sensitive record is in no list; whoever told it may take it back for a day, from the page it was saved on.
    """
    own = Q(by=request.user, recorded_at__gte=timezone.now() - QUIET_FOR)
    rows = Record.objects.filter(Q(kind__sensitive=False) | own, unit__in=request.scope)
    record = get_object_or_404(rows.select_related("kind", "unit", "by", "member", "household", "voiding"), pk=pk)
    if request.method != "POST":  # a log-in that ran out, or an address typed by hand
        return redirect("record-saved" if record.kind.sensitive else "record", pk=pk)
    reason = request.POST.get("reason", "")
    back = "record-saved" if request.POST.get("from") == "saved" else "record"
    if hasattr(record, "voiding"):
        messages.info(request, "Việc này đã được hủy trước đó.")
        return redirect(back, pk=record.pk)
    try:
        void(record, reason, by=request.user)
    except (Refusal, ValueError) as refusal:
        if record.kind.sensitive:
            messages.error(request, str(refusal))
            return redirect("record-saved", pk=record.pk)
        return _show(request, record, str(refusal), reason)
    if back == "record":
        messages.success(request, "Đã hủy. Việc này không còn tính vào số liệu; cả hai dòng vẫn lưu trong sổ.")
    return redirect(back, pk=record.pk)
