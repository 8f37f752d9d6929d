"""Writing one section of a regular report: merged lines with the source of each, her own lines, what is left out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sohoi.desk.views.regular import seen_report
from sohoi.refusal import Refusal
from sohoi.reports.models import WRITING, Passage
from sohoi.reports.read.children import children_of, form_of, period_of
from sohoi.reports.read.files import files_by_unit
from sohoi.reports.read.merging import newest_numbers, proposed, since_left
from sohoi.reports.read.states import open_remarks, standing_of
from sohoi.reports.write.texts import write_lines
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import holds

LONGEST_ID = 19  # digits of a row's number
OWN = 3  # empty lines offered for her own words


@right("report")
def section(request: Visit, pk: int, code: str) -> HttpResponse:
    """One section: the lines as they stand, or as the reports below would merge; saved as she leaves it."""
    report = seen_report(request, pk)
    if not holds(request.user, "report", report.unit):
        raise Http404
    try:
        form = form_of(report)
        part = form.part(code)
    except Refusal as refusal:
        raise Http404 from refusal
    standing = standing_of(report)
    if standing.state not in WRITING:
        messages.error(request, f"Báo cáo này {standing.words}, không sửa được nữa.")
        return redirect("regular", pk=pk)
    newest = Passage.objects.filter(report=report, section=code).select_related("by").order_by("-pk").first()
    children = children_of(form, report.unit, period_of(report))
    fresh = proposed(part, children, files_by_unit(report))
    numbers = newest_numbers(children)
    lines = since_left(newest.lines if newest else None, fresh, numbers)
    problem = ""
    if request.method == "POST":
        lines = _posted(request, lines)
        try:
            write_lines(report, code, _settled(lines, numbers), by=request.user, seen=_seen(request))
            messages.success(request, f"Đã lưu mục “{part.heading}”.")
            return redirect("regular", pk=pk)
        except Refusal as refusal:
            problem = str(refusal)
    context = {
        "report": report, "form": form, "part": part, "lines": lines, "own": range(OWN),
        "newest": newest, "standing": standing, "problem": problem, "fresh": fresh,
        "remarks": [row.text for row in open_remarks(report) if row.section in ("", code)],
    }  # fmt: skip
    return render(request, "desk/regular/section.html", context, status=422 if problem else 200)


def _seen(request: Visit) -> int:
    """The passage that she saw when she opened the section; 0 where there was none."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_ID else 0


def _posted(request: Visit, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines as she left them, found again by their keys: edited, kept or left out; then her own. A line that came
    while she was writing was not on her page, and waits to be looked at."""
    found = []
    for line in lines:
        given = request.POST.get(f"text-{line['key']}")
        if given is None:
            if not line.get("new"):
                found.append(line)
            continue
        changed = " ".join(given.split()) != " ".join(line["text"].split())
        sources = [{**s, "said": s.get("said") or line["text"]} if changed else s for s in line["sources"]]
        found.append({
            **line, "text": given, "sources": sources, "kept": f"keep-{line['key']}" in request.POST,
            "edited": line["edited"] or changed,
        })  # fmt: skip
    own = [text for text in request.POST.getlist("own") if text.strip()]
    return found + [
        {"text": text, "sources": [], "kept": True, "edited": True, "key": f"o{at}"} for at, text in enumerate(own)
    ]  # fmt: skip


def _settled(lines: list[dict[str, Any]], numbers: dict[int, int]) -> list[dict[str, Any]]:
    """The lines with the versions below that she has seen them against."""
    return [
        {**line, "settled": {str(s["report"]): numbers[s["report"]] for s in line["sources"]
                             if s.get("report") in numbers}}
        for line in lines
    ]  # fmt: skip
