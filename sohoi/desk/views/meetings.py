"""Meetings: the list of a unit, one meeting with who came, its conclusions and how they stand, its two papers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.asked import Asked
from sohoi.desk.attending import held_form, present
from sohoi.desk.picking import members_of
from sohoi.desk.working import PointsInput, WorkInput, meeting_form, unit_of
from sohoi.people.read.names import MOVED
from sohoi.refusal import Refusal
from sohoi.reports.forms import form_named
from sohoi.reports.meetings import day_of, invitation, minutes
from sohoi.reports.read.numbers import numbers_of
from sohoi.reports.table import Paper
from sohoi.reports.write.numbers import number_meeting
from sohoi.reports.writers import docx, pdf
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import scope
from sohoi.units.models import Level
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import read_date
from sohoi.work import write
from sohoi.work.models import Conclusion, Meeting, MeetingState
from sohoi.work.read import conclusions_stand, meetings_of

A_PAGE = 30
LAYOUT = "giua-nhiem-ky"  # minutes and invitations share the heading and the signature of our papers
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
PAPERS = {"bien-ban": "BB", "giay-moi": "GM"}


@require_safe
@right("report")
def listing(request: Visit) -> HttpResponse:
    """The meetings of one unit, the newest first."""
    unit = unit_of(request)
    page = Paginator(meetings_of(unit), A_PAGE).get_page(Asked(request.GET).page())
    context = {"unit": unit, "page": page, "today": timezone.localdate(), "here": "meetings"}
    return render(request, "desk/meetings/listing.html", context)


@right("report")
def new(request: Visit) -> HttpResponse:
    """Call a meeting of a unit of hers."""
    unit = unit_of(request)
    form = meeting_form(None, request, timezone.localdate(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("meeting", pk=write.call(form.cleaned_data["id"], form.plan(unit), by=request.user).pk)
        except Refusal as refusal:
            form.refuse(refusal)
    return _ask(request, form, {"unit": unit, "title": "Cuộc họp mới", "lead": unit.full_name})


@right("report")
def amend(request: Visit, pk: str) -> HttpResponse:
    """Correct what is told of a meeting."""
    meeting = _meeting(request, pk)
    form = meeting_form(meeting, request, timezone.localdate(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("meeting", pk=write.amend(meeting, form.plan(meeting.unit), by=request.user).pk)
        except Refusal as refusal:
            form.refuse(refusal)
    return _ask(request, form, {"meeting": meeting, "title": "Sửa thông tin cuộc họp", "lead": meeting.title})


@right("report")
def hold(request: Visit, pk: str) -> HttpResponse:
    """Who came and what was said."""
    meeting = _meeting(request, pk)
    looks = scope(request.user, "people")
    form = held_form(meeting, looks, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            write.hold(meeting, form.people(), form.cleaned_data["course"], by=request.user)
            return redirect("meeting", pk=meeting.pk)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"form": form, "meeting": meeting, "looks": looks.filter(pk=meeting.unit_id).exists()}
    return render(request, "desk/meetings/hold.html", context, status=422 if form.is_bound else 200)


@require_POST
@right("people")
def find_attendees(request: Visit, pk: str) -> HttpResponse:
    """Members of the meeting's unit and below by name while she types; asked by POST, so that no name stands in an
    address or a log."""
    meeting, text = _meeting(request, pk), request.POST.get("tim", "").replace("\x00", "")[:80].strip()
    found = members_of(meeting.unit, meeting.on, text, request.scope)
    named = [option for option in found if option.name != MOVED]
    context = {"found": named, "text": text, "unit": meeting.unit, "name": "members"}
    return render(request, "desk/recording/found_members.html", context)


def _ask(request: Visit, form: WorkInput, context: dict[str, object]) -> HttpResponse:
    """Draw a form."""
    return render(request, "desk/meetings/ask.html", {"form": form, **context}, status=422 if form.is_bound else 200)


@right("report")
def one(request: Visit, pk: str) -> HttpResponse:
    """One meeting; posted, further conclusions."""
    meeting = _meeting(request, pk)
    form = PointsInput(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = write.conclude(meeting, form.points(), by=request.user)
            messages.success(request, f"Đã lưu {len(rows)} kết luận. Giao việc ở từng kết luận.")
            return redirect("meeting", pk=pk)
        except Refusal as refusal:
            form.refuse(refusal)
    return _show(request, meeting, form)


def _show(request: Visit, meeting: Meeting, form: PointsInput) -> HttpResponse:
    """Draw a meeting."""
    today = timezone.localdate()
    held = meeting.state == MeetingState.HELD  # type: ignore[attr-defined]  # annotated
    kind = "BB" if held else "GM"
    context = {
        "given": numbers_of(meeting), "paper": {"BB": "bien-ban", "GM": "giay-moi"}[kind], "kind": kind,
        "dated": day_of(meeting, kind, today), "numbers": meeting.unit.level != Level.BRANCH,
        "meeting": meeting, "form": form, "present": present(meeting),
        "stands": conclusions_stand(meeting, today), "ahead": meeting.on > today,
        "held": held,
        "off": meeting.steps.filter(state=MeetingState.CALLED_OFF).select_related("by").last(),
    }  # fmt: skip
    return render(request, "desk/meetings/one.html", context, status=422 if form.is_bound else 200)


@require_POST
@right("report")
def call_off(request: Visit, pk: str) -> HttpResponse:
    """A meeting is not held."""
    meeting = _meeting(request, pk)
    try:
        write.call_off(meeting, request.POST.get("why", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("meeting", pk=pk)


@require_POST
@right("report")
def conclusion(request: Visit, pk: int) -> HttpResponse:
    """Correct a conclusion, or strike it."""
    row = get_object_or_404(Conclusion.objects.select_related("meeting"), pk=pk, meeting__unit__in=request.scope)
    try:
        if "strike" in request.POST:
            write.strike(row, by=request.user)
            messages.success(request, f"Đã bỏ kết luận {row.number}.")
        else:
            write.reword(row, request.POST.get("text", ""), by=request.user)
            messages.success(request, f"Đã sửa kết luận {row.number}.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("meeting", pk=row.meeting_id)


@require_POST
@right("report")
def number(request: Visit, pk: str, name: str) -> HttpResponse:
    """Take the next number of the register for the minutes or the invitation."""
    meeting = _meeting(request, pk)
    if name not in PAPERS:
        raise Http404
    try:
        row = number_meeting(meeting, PAPERS[name], read_date(request.POST.get("on", "")), by=request.user)
        messages.success(request, f"Đã lấy số {row}, ngày {say_date(row.day)}. Số này ghi trên văn bản từ nay.")
    except ValueError:
        messages.error(request, "Chưa rõ ngày của văn bản. Viết theo mẫu 04/5/2024.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("meeting", pk=pk)


@require_safe
@right("report")
def paper(request: Visit, pk: str, name: str) -> HttpResponse:
    """The minutes or the invitation as Word or PDF."""
    meeting, suffix = _meeting(request, pk), request.GET.get("as", "docx")
    if name not in PAPERS or suffix not in TYPES:
        raise Http404
    if name == "bien-ban" and meeting.state != MeetingState.HELD:  # type: ignore[attr-defined]  # annotated
        messages.error(request, "Chưa ghi người dự và diễn biến nên chưa có biên bản. Ghi rồi tải lại.")
        return redirect("meeting", pk=pk)
    made = minutes(meeting) if name == "bien-ban" else invitation(meeting, timezone.localdate())
    return _handed(made, suffix, f"{name}-{meeting.on}")


def _handed(made: Paper, suffix: str, name: str) -> HttpResponse:
    """The paper as a file, named without anybody's name."""
    body = pdf.write(made) if suffix == "pdf" else docx.write(made, form_named(LAYOUT).layout)
    response = HttpResponse(body, content_type=TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def _meeting(request: Visit, pk: str) -> Meeting:
    """A meeting of her units; 404 for any other."""
    found = Meeting.objects.within(request.scope).standing().select_related("unit", "by")
    return get_object_or_404(found, pk=pk)
