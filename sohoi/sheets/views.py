"""Nhập từ Excel: send a file, say what its columns are, see what would happen, agree; get the bad rows back; undo."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.inputs import day_question
from sohoi.desk.shell import held
from sohoi.people.write.lists import log_export
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.sheets import write
from sohoi.sheets.branches import branches_of
from sohoi.sheets.models import Batch, Row, RowState, State
from sohoi.sheets.read import (
    KINDS,
    columns_of,
    counts,
    fields_of,
    kind_body,
    kinds,
    lines,
    sheets_of,
    strange_branches,
    units_found,
    unread,
)
from sohoi.sheets.reading.container import MOST_BYTES, heavy
from sohoi.sheets.receive import receive
from sohoi.sheets.workbooks.bad import bad_rows
from sohoi.sheets.workbooks.form import blank_form
from sohoi.units.models import Level
from sohoi.vietnamese import date as say_date

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE, RECENT = 50, 10
SHOWN = {
    "loi": [RowState.BAD], "trung": [RowState.TWIN], "co": [RowState.KNOWN], "moi": [RowState.NEW],
    "vao": [RowState.ACCEPTED], "giu": [RowState.KEPT], "huy": [RowState.VOIDED],
    "ngoai": [RowState.ASIDE],
}  # fmt: skip


@right("people")
def start(request: Visit) -> HttpResponse:
    """Choose a unit, take its template, send a file; and the files of late."""
    problem = ""
    if request.method == "POST":
        try:
            return redirect("sheets-columns", pk=_received(request).pk)
        except Refusal as refusal:
            problem = str(refusal)
    today, text = timezone.localdate(), request.GET.get("tim", "")[:80].strip()
    places = units_found(request.scope, [office.unit for office in held(request)], text, today)
    chosen = request.POST.get("unit") or request.GET.get("unit") or (places[0].unit.code if len(places) == 1 else "")
    context = {
        "places": places, "text": text, "chosen": chosen, "kinds": kinds(), "problem": problem, "today": today,
        "kind": request.POST.get("kind", KINDS[0]), "day": request.POST.get("day", today),
        "batches": _batches(request).order_by("-sent_at")[:RECENT],
        "may_search": any(office.unit.level not in (Level.BASE, Level.BRANCH) for office in held(request)),
    }  # fmt: skip
    return render(request, "sheets/start.html", context, status=422 if problem else 200)


def _batches(request: Visit) -> QuerySet[Batch]:
    """The files of units in her reach."""
    return Batch.objects.filter(unit__in=request.scope).select_related("unit", "account")


def _received(request: Visit) -> Batch:
    """The file that was sent; raises Refusal with the sentence for the page."""
    unit = request.scope.filter(code=request.POST.get("unit", ""), level__in=(Level.BASE, Level.BRANCH)).first()
    if unit is None:
        raise Refusal("Chưa chọn đơn vị của danh sách. Chọn đơn vị rồi tải tệp lên.")
    kind_body(request.POST.get("kind", ""))
    day = _day(request.POST.get("day", ""))
    if not branches_of(unit, day):
        raise Refusal(f"{unit.full_name} chưa có chi hội nào vào ngày {say_date(day)}. Chọn lại đơn vị hoặc ngày.")
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("Chưa chọn tệp. Bấm chọn tệp Excel trên máy rồi tải lên.")
    if (file.size or 0) > MOST_BYTES:
        raise Refusal(heavy(file.size or 0))
    return receive(file.read(), file.name or "", unit, request.POST["kind"], day, by=request.user)


def _day(text: str) -> date:
    """The day of the deeds, not ahead."""
    try:
        day = day_question("", timezone.localdate()).clean(text)
    except ValidationError:
        raise Refusal("Ngày tính vào sổ không có trong lịch. Viết lại ngày, ví dụ 04/5/2024.") from None
    if day > timezone.localdate():
        raise Refusal(f"Ngày {say_date(day)} còn ở phía trước. Chọn ngày không sau hôm nay.")
    return day


@require_safe
@right("people")
def template(request: Visit, unit: str, kind: str) -> HttpResponse:
    """The template of one unit."""
    row = get_object_or_404(request.scope, code=unit, level__in=(Level.BASE, Level.BRANCH))
    if kind not in KINDS:
        raise Http404
    return _file(blank_form(row, branches_of(row, timezone.localdate()), kind_body(kind)), "mau-danh-sach.xlsx")


def _file(body: bytes, name: str) -> HttpResponse:
    """A workbook to keep."""
    answer = HttpResponse(body, content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _batch(request: Visit, pk: str) -> Batch:
    return get_object_or_404(_batches(request), pk=pk)


@right("people")
def columns(request: Visit, pk: str) -> HttpResponse:
    """What each column is: guessed, and changed by hand; another sheet of the file can be chosen."""
    batch = _batch(request, pk)
    if batch.state not in (State.MAPPING, State.CHECKED) or batch.sheets_sealed is None:
        return redirect("sheets-batch", pk=pk)
    refusal, codes = None, batch.layout["codes"]
    if request.method == "POST":
        codes = [request.POST.get(f"cot-{at}", "") for at in range(len(codes))]
        try:
            return _mapped(request, batch, codes)
        except Refusal as raised:
            refusal = raised
    branches = branches_of(batch.unit, batch.day)
    listed = columns_of(batch, codes)
    context = {
        "batch": batch, "columns": listed, "fields": fields_of(batch), "sheets": sheets_of(batch),
        "problem": str(refusal) if refusal else "", "alone": write.unmapped([c.heading for c in listed], codes),
        "branches": branches if batch.unit.level == Level.BASE else [], "for_all": batch.layout.get("for_all", ""),
        "standings": kind_choices(batch), "standing": batch.layout.get("standing", "ordinary"),
    }  # fmt: skip
    return render(request, "sheets/columns.html", context, status=422 if refusal else 200)


def kind_choices(batch: Batch) -> list[tuple[str, str]]:
    """The kinds of members that a list without a column of its own may hold."""
    field = next(field for field in kind_body(batch.kind).fields if field.code == "standing")
    return list((field.choices or {}).items())


def _mapped(request: Visit, batch: Batch, codes: list[str]) -> HttpResponse:
    """The columns as told; or another sheet was asked for."""
    if "sheet" in request.POST and request.POST["sheet"] != str(batch.sheet):
        asked = request.POST["sheet"]
        write.choose_sheet(batch, int(asked) if asked.isdecimal() and len(asked) < 4 else -1, by=request.user)
        return redirect("sheets-columns", pk=batch.pk)
    known = {code for code, _ in fields_of(batch)}
    standing = request.POST.get("standing", "ordinary")
    layout = {
        "for_all": request.POST.get("for_all", "")[:200],
        "standing": standing if standing in dict(kind_choices(batch)) else "ordinary",
    }
    kept = [code if code in known else "" for code in codes]
    write.map_columns(batch, kept, layout, request.POST.get("left") == "yes", by=request.user)
    return redirect("sheets-batch", pk=batch.pk)


@require_safe
@right("people")
def one(request: Visit, pk: str) -> HttpResponse:
    """Where the file stands: a job running, what would happen, what happened."""
    batch = _batch(request, pk)
    if batch.state == State.MAPPING:
        return redirect("sheets-columns", pk=pk)
    context: dict[str, Any] = {"batch": batch, "counts": counts(batch), "kept": batch.sheets_sealed is not None}
    if not batch.is_working and batch.sheets_sealed is not None:
        context |= _listed(request, batch, context["counts"])
    return render(request, "sheets/one.html", context)


def _listed(request: Visit, batch: Batch, count: dict[str, int]) -> dict[str, Any]:
    """The rows of one state, a page of them; at first those that somebody has to look at."""
    first = next((key for key, states in SHOWN.items() if count[states[0].name.lower()]), "loi")
    shown = request.GET.get("xem", first)
    states = SHOWN.get(shown, SHOWN["loi"])
    rows = Row.objects.filter(batch=batch, sheet=batch.sheet, state__in=states).select_related("branch")
    page = Paginator(rows.order_by("number"), PAGE).get_page(request.GET.get("trang"))
    strange = strange_branches(batch) if batch.state == State.CHECKED and count["bad"] else []
    tabs = [(key, s[0].label, n, key == shown) for key, s in SHOWN.items() if (n := count[s[0].name.lower()])]
    return {
        "page": page, "lines": lines(batch, list(page.object_list)), "tabs": tabs, "shown": shown,
        "shown_label": states[0].label, "strange": strange, "unread": unread(batch),
        "branches": branches_of(batch.unit, batch.day), "listed": sum(count.values()) - count["aside"],
        "may_undo": batch.state == State.DONE and count["accepted"] and _in_time(batch),
    }  # fmt: skip


def _in_time(batch: Batch) -> bool:
    """Whether the batch can still be taken back."""
    return batch.loaded_at is not None and timezone.now() - batch.loaded_at <= write.KEEP


@require_safe
@right("people")
def progress(request: Visit, pk: str) -> HttpResponse:
    """How far the job is, asked again and again by the page; when it has ended the page is drawn anew."""
    batch = _batch(request, pk)
    answer = render(request, "sheets/progress.html", {"batch": batch})
    if not batch.is_working or batch.problem:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@right("people")
def act(request: Visit, pk: str) -> HttpResponse:
    """One of the buttons of the page of a file."""
    batch, verb = _batch(request, pk), request.POST.get("verb")
    try:
        if verb == "load":
            write.load(batch, request.POST.get("twins") == "yes", by=request.user)
        elif verb == "undo":
            write.undo(batch, by=request.user)
        elif verb == "branches":
            write.look_again(batch, _branches_told(request), by=request.user)
        elif verb == "again":
            write.again(batch, by=request.user)
        elif verb == "drop":
            write.drop(batch, by=request.user)
            messages.success(request, "Đã bỏ tệp. Không có gì được đưa vào sổ.")
            return redirect("sheets")
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("sheets-batch", pk=pk)


def _branches_told(request: Visit) -> dict[str, str]:
    """Words of the file -> codes of branches, as chosen on the page."""
    keys, codes = request.POST.getlist("key")[:100], request.POST.getlist("code")[:100]
    return {key[:200]: code[:200] for key, code in zip(keys, codes, strict=False) if code}


@require_safe
@right("people")
def returned(request: Visit, pk: str) -> HttpResponse:
    """The rows that did not go in, as a workbook to mend and send again; a line says that they went out."""
    batch = _batch(request, pk)
    if batch.sheets_sealed is None or batch.is_working:
        raise Http404
    left = [RowState.BAD, RowState.TWIN]
    count = Row.objects.filter(batch=batch, sheet=batch.sheet, state__in=left).count()
    if not count:
        raise Http404
    what = f"Các dòng cần sửa của tệp đã gửi, {batch.unit.full_name}"
    log_export("Trả lại dòng lỗi của chính tệp đã gửi", what, count, batch.unit, by=request.user)
    return _file(bad_rows(batch), "cac-dong-can-sua.xlsx")
