"""Writing one section of a regular report: merged lines with the source of each, her own lines, what is left out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sohoi.desk.views.regular import seen_report
from sohoi.refusal import Refusal
from sohoi.reports.models import Passage
from sohoi.reports.narrative.letters import words
from sohoi.reports.read.children import children_of, form_of, period_of
from sohoi.reports.read.files import files_by_unit
from sohoi.reports.read.merging import proposed
from sohoi.reports.read.states import open_remarks, standing_of
from sohoi.reports.write.texts import MOST, write_lines
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import holds

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
    newest = Passage.objects.filter(report=report, section=code).select_related("by").order_by("-pk").first()
    fresh = proposed(part, children_of(form, report.unit, period_of(report)), files_by_unit(report))
    lines = _lines(newest, fresh)
    problem = ""
    if request.method == "POST":
        lines = _posted(request, lines)
        try:
            seen = request.POST.get("seen", "0")
            write_lines(report, code, lines, by=request.user, seen=int(seen) if seen.isdecimal() else 0)
            messages.success(request, f"Đã lưu mục “{part.heading}”.")
            return redirect("regular", pk=pk)
        except Refusal as refusal:
            problem = str(refusal)
    context = {
        "report": report, "form": form, "part": part, "lines": list(enumerate(lines)), "own": range(OWN),
        "newest": newest, "standing": standing_of(report), "problem": problem, "fresh": fresh,
        "remarks": [row.text for row in open_remarks(report) if row.section in ("", code)],
    }  # fmt: skip
    return render(request, "desk/regular/section.html", context, status=422 if problem else 200)


def _lines(newest: Passage | None, fresh: Any) -> list[dict[str, Any]]:
    """The lines as they were left, with those that have come from below since; never one that somebody left out."""
    if newest is None:
        return [line for line in fresh.lines]
    there = {key for line in newest.lines for source in line["sources"] for key in _keys(source, line["text"])}
    new = [
        {**line, "new": True} for line in fresh.lines
        if there.isdisjoint(key for source in line["sources"] for key in _keys(source, line["text"]))
    ]  # fmt: skip
    return [*newest.lines, *new]


def _keys(source: dict[str, Any], text: str) -> list[tuple[Any, ...]]:
    """What makes a line from below the same line: its report or file with its place; or its unit with its words, for
    a report may come after the file that said the same.
    """
    place = tuple(source.get(key) for key in ("unit", "report", "version", "file", "place"))
    return [place, (source.get("unit"), *words(source.get("said", text)))]


def _posted(request: Visit, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines as she left them: edited, kept or left out; then her own."""
    found = []
    for at, line in enumerate(lines[:MOST]):
        text = request.POST.get(f"text-{at}", line["text"])
        edited = line["edited"] or " ".join(text.split()) != " ".join(line["text"].split())
        found.append({"text": text, "sources": line["sources"], "kept": f"keep-{at}" in request.POST, "edited": edited})
    own = [text for text in request.POST.getlist("own") if text.strip()]
    return found + [{"text": text, "sources": [], "kept": True, "edited": True} for text in own]
