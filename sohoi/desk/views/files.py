"""Word files of the units below, dropped into a report that is being written: sent, looked through, tied, taken out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.files import around, looked
from sohoi.desk.views.regular import seen_report
from sohoi.refusal import Refusal
from sohoi.reports.models import WRITING, Report, Sending, SentFile
from sohoi.reports.read.children import form_of, period_of
from sohoi.reports.read.files import takes_files
from sohoi.reports.read.states import standing_of
from sohoi.reports.wordfiles import Sent
from sohoi.reports.write.files import give, take_in, take_out, tie
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import holds

PATIENT = 300  # times that the page asks while a file is still on its way here


@right("report")
def files(request: Visit, pk: int) -> HttpResponse:
    """All files of a report, what was found in each; POST sends more and reads them."""
    report = _written_here(request, pk)
    if request.method == "POST":
        return _taken(request, report)
    at = around(report)
    rows = SentFile.objects.filter(report=report, removed_at=None).select_related("unit").order_by("pk")
    there = looked(at, list(rows.defer("sections", "left_out", "folded")))
    context = {
        "report": report, "form": at.form, "period": period_of(report), "files": there, "units": at.units,
        "open": standing_of(report).state in WRITING, "sending": _newest(report),
        "nobody": [one for one in there if one.file.unit is None and not one.file.refused],
    }  # fmt: skip
    return render(request, "desk/regular/files.html", context)


def _written_here(request: Visit, pk: int) -> Report:
    """A report of her own unit that is made from those of others; 404 for any other."""
    report = seen_report(request, pk)
    if not holds(request.user, "report", report.unit) or not takes_files(form_of(report), report.unit, report.last):
        raise Http404
    return report


def _newest(report: Report) -> Sending | None:
    return Sending.objects.filter(report=report).order_by("-pk").first()


def _taken(request: Visit, report: Report) -> HttpResponse:
    """Read what was sent, and back to the page; htmx is told to go there itself."""
    sent = [Sent(file.name or "", file.size or 0, file.read) for file in request.FILES.getlist("files")]
    try:
        sending = take_in(report, sent, by=request.user)
        messages.success(request, f"Đã đọc xong {sending.done} tệp. Xem từng tệp ở dưới.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    there = reverse("regular-files", args=[report.pk])
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": there})
    return redirect(there)


@require_safe
@right("report")
def progress(request: Visit, pk: int) -> HttpResponse:
    """How far the reading is, asked again and again. `cho` counts how often while files are still on their way."""
    report = _written_here(request, pk)
    waited = request.GET.get("cho", "")
    waits = int(waited) if waited.isascii() and waited.isdecimal() and len(waited) < 5 else 0
    sending = _newest(report)
    answer = render(request, "desk/regular/files_progress.html", {
        "report": report, "sending": sending, "waits": waits and waits + 1, "lost": waits > PATIENT,
    })  # fmt: skip
    if not waits and (sending is None or not sending.runs):
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@right("report")
def tie_all(request: Visit, pk: int) -> HttpResponse:
    """Say which units the files are of that name none themselves."""
    report = _written_here(request, pk)
    try:
        for file in SentFile.objects.filter(report=report, removed_at=None, unit=None, refused="").order_by("pk"):
            if code := request.POST.get(f"unit-{file.pk}"):
                tie(file, code, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("regular-files", pk=pk)


@right("report")
def sent_file(request: Visit, pk: int, number: int) -> HttpResponse:
    """One file: what stands where, what stands nowhere, what was left out, where its figures differ."""
    report = _written_here(request, pk)
    file = get_object_or_404(
        SentFile.objects.select_related("unit", "report__unit", "by"), report=report, pk=number, removed_at=None
    )
    if request.method == "POST":
        return _acted(request, file)
    at = around(report)
    headings = {part.code: part.heading for part in at.lower.parts}
    context: dict[str, Any] = {
        "report": report, "form": at.form, "period": period_of(report), "file": file, "units": at.units,
        "looked": looked(at, [file])[0], "sections": at.sections, "open": standing_of(report).state in WRITING,
        "placed": [(heading, file.sections[code]) for code, heading in headings.items() if code in file.sections],
        "folded": [(one["name"], headings.get(one["section"], "")) for one in file.folded],
    }  # fmt: skip
    return render(request, "desk/regular/file.html", context)


def _acted(request: Visit, file: SentFile) -> HttpResponse:
    """One of the buttons of the page of a file."""
    verb = request.POST.get("verb")
    try:
        if verb == "unit":
            tie(file, request.POST.get("unit", ""), by=request.user)
            messages.success(request, "Đã lưu đơn vị của tệp.")
        elif verb == "sections":
            give(file, [request.POST.get(f"part-{at}", "") for at in range(len(file.unplaced))], by=request.user)
            messages.success(request, "Đã lưu mục của các phần.")
        elif verb == "remove":
            take_out(file, by=request.user)
            messages.success(request, f"Đã bỏ tệp {file.name}. Lời đã lưu vào báo cáo vẫn còn ở từng mục.")
            return redirect("regular-files", pk=file.report_id)
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("regular-file", pk=file.report_id, number=file.pk)
