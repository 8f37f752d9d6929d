"""What was signed: a version as it was frozen, its files, what it changed; and what a code printed on it opens.

Whoever may not see the unit hears one sentence of a code: that the figure agrees with what was signed, and when.
"""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from sohoi.desk.covered import cover
from sohoi.desk.origins import MOST_LISTED, stood
from sohoi.desk.regular import came_since, leading
from sohoi.desk.views.regular import broken, seen_report
from sohoi.desk.views.reports import TYPES
from sohoi.desk.views.reports import by_code as unsigned
from sohoi.refusal import Refusal
from sohoi.reports.models import Version
from sohoi.reports.read.differences import differences
from sohoi.reports.read.layouts import layout_signed
from sohoi.reports.read.printed import printed
from sohoi.reports.read.sealed import whole
from sohoi.reports.read.verifying import form_signed, paper_of, period_signed, verify
from sohoi.reports.regular import RegularForm
from sohoi.reports.table import Paper
from sohoi.reports.write.papers import SUFFIXES, paper_bytes
from sohoi.reports.writers import html
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import may, scope

A_PAGE = 50


@require_safe
@right("see")
def version(request: Visit, pk: int, number: int) -> HttpResponse:
    """One version as it was signed; `as` hands out its file, `kiem` adds it up again from the ledger."""
    report = seen_report(request, pk)
    row = get_object_or_404(Version.objects.select_related("by", "report__unit"), report=report, number=number)
    try:
        paper, form, suffix = paper_of(whole(row)), form_signed(row), request.GET.get("as", "")
        if suffix in SUFFIXES:
            return _handed(row, paper, form, suffix)
    except Refusal as refusal:
        return broken(request, report, refusal)
    newest = report.versions.order_by("-number").values_list("number", flat=True)[0]
    checked = "kiem" in request.GET
    context = {
        "report": report, "form": form, "period": period_signed(row), "version": row, "newest": newest,
        "since": came_since(row, form) if number == newest else None,
        "checked": checked, "faults": verify(row) if checked else [],
        "changed": differences(row, scope(request.user, "read")),
        "inner": mark_safe(html.write(leading(paper))),  # the writer escapes every word
    }  # fmt: skip
    return render(request, "desk/regular/version.html", context)


def _handed(row: Version, paper: Paper, form: RegularForm, suffix: str) -> HttpResponse:
    """A signed paper as a file; in Word with the layout of the day it was signed."""
    kept = layout_signed(row) if suffix == "docx" else None
    response = HttpResponse(paper_bytes(paper, suffix, form.layout, kept=kept), content_type=TYPES[suffix])
    name = f"{form.code}-{row.report.first}-ban-{row.number}-{row.code}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@right(None)
def by_code(request: Visit, code: str) -> HttpResponse:
    """A code printed on paper. Of a signed one whoever sees the unit gets the rows behind the figure as they stood,
    anybody else that it agrees with what was signed; other codes open for those whose unit it is."""
    found = printed(code)
    if found is None:
        return unsigned(request, code)
    unit = found.version.report.unit
    sees = request.user.is_authenticated and may(request.user, "see", unit)
    behind = stood(found, scope(request.user, "read")) if sees else None
    measure = found.measure if sees else None
    page = Paginator(behind.records, A_PAGE).get_page(request.GET.get("trang")) if behind else None
    rows = list(page.object_list) if page else []
    context = {
        "version": found.version, "report": found.version.report, "cell": found.cell, "sees": sees, "unit": unit,
        "measure": measure, "aged": measure is not None and bool(measure.age), "period": found.period,
        "intact": found.intact, "signed_on": found.signed_on, "newer": found.newer, "page": page, "found": behind,
        "rows": behind.with_amounts(rows) if behind else [],
        "covered": behind is not None and cover(behind.measure, rows, scope(request.user, "reveal")),
        "most": MOST_LISTED if behind and behind.all >= MOST_LISTED else None,
        "may_read": sees and may(request.user, "read", unit),
    }  # fmt: skip
    return render(request, "desk/regular/printed.html" if sees else "desk/regular/agreed.html", context)
