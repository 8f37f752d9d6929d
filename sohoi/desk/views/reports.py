"""Papers: which can be written now, one paper as it will print with every figure a link, its files, its codes.

A paper belongs to a unit of the reader's scope; handing out a file keeps its codes, so that they open later.
"""

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from sohoi.desk.addresses import NAMES, behind_url
from sohoi.desk.asked import Asked, asked_code, review_day
from sohoi.desk.papers import closed
from sohoi.desk.views.goals import open_to
from sohoi.goals.models import Resolution
from sohoi.refusal import Refusal
from sohoi.reports.forms import Form, forms
from sohoi.reports.read.papers import address_of, offers, resolution_of, review_paper
from sohoi.reports.table import Address, Paper
from sohoi.reports.write.papers import SUFFIXES, as_bytes
from sohoi.reports.writers import html
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Unit, View
from sohoi.vietnamese import date as written

A_PAGE = 50
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@right("see")
def listing(request: Visit) -> HttpResponse:
    """The papers that can be written for her units, and a place to type a code from a printed one."""
    found = offers(request.scope, timezone.localdate())
    page = Paginator(found, A_PAGE).get_page(Asked(request.GET).page())
    code = request.GET.get("ma", "").strip()
    if code:
        row = address_of(code)
        if row is not None and request.scope.filter(pk=row.unit_id).exists():
            return redirect("figure-code", code=row.code)
    beyond = closed(open_to(request.scope), request.scope, timezone.localdate())
    context = {"page": page, "code": code, "closed": beyond}
    return render(request, "desk/reports/listing.html", context, status=404 if code else 200)


@right("see")
def paper(request: Visit, form: str, unit: str) -> HttpResponse:
    """One paper on a day and a map; `as` hands out its file, `r` names one of several resolutions."""
    chosen = forms().get(form)
    owner = get_object_or_404(request.scope, code=asked_code(unit))
    if chosen is None:
        raise Http404
    asked = Asked(request.GET)
    resolution = _resolution(owner, request.GET.get("r", ""))
    on = asked.day("on", review_day(resolution, timezone.localdate()))
    if not resolution.term_first <= on <= resolution.term_last:
        asked.problems.append("Ngày chốt nằm ngoài nhiệm kỳ của nghị quyết. Chọn ngày trong nhiệm kỳ.")
        on = min(max(on, resolution.term_first), resolution.term_last)
    view = asked.view("view")
    make = partial(review_paper, resolution, on, view, form=form)
    suffix = request.GET.get("as", "")
    if suffix in SUFFIXES:
        return _handed(make(), suffix, chosen, owner)
    context = {
        "form": chosen,
        "unit": owner,
        "resolution": resolution,
        "on": on,
        "view": NAMES[view],
        "view_words": View(view).label,
        # the writer escapes every word
        "inner": mark_safe(html.write(make(link=_link))),
        "problems": asked.problems,
        "days": [(f"Ngày chốt {written(cut_off)}", cut_off)] if (cut_off := resolution.cut_off) else [],
        "keep": [("view", NAMES[view]), *([("r", request.GET["r"])] if "r" in request.GET else [])],
    }
    return render(request, "desk/reports/paper.html", context, status=asked.status)


def _resolution(unit: Unit, code: str) -> Resolution:
    """The unit's resolution of this code, its newest without one; 404 when it has none."""
    if code:
        return get_object_or_404(Resolution.objects.select_related("unit"), unit=unit, code=asked_code(code))
    try:
        return resolution_of(unit, None)
    except Refusal as refusal:
        raise Http404 from refusal


def _link(address: Address) -> str:
    """Where a figure of the paper leads."""
    return behind_url(address.measure, address.unit, address.first, address.last, address.view, address.level)


def _handed(made: Paper, suffix: str, form: Form, unit: Unit) -> HttpResponse:
    """The paper as a file; its codes are kept."""
    response = HttpResponse(as_bytes(made, suffix, form.code), content_type=TYPES[suffix])
    name = f"{form.code}-{unit.code.split('@')[0]}-{made.day}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@right("see")
def by_code(request: Visit, code: str) -> HttpResponse:
    """A code printed on paper opens the records behind its figure; 404 for one that is unknown or not hers."""
    row = address_of(code)
    if row is None or not request.scope.filter(pk=row.unit_id).exists():
        raise Http404
    return redirect(behind_url(row.measure.code, row.unit.code, row.first, row.last, NAMES[row.view], row.level))
