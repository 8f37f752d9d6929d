"""Regular reports: what a unit owes, how far the units below are, one report on its way, its steps.

Seen by whoever sees the unit; written in an office of the unit itself; decided from above. Signed versions stand in
views/signed.py, the writing of a section in views/writing.py.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.addresses import behind_url
from sohoi.desk.asked import Asked, asked_code
from sohoi.desk.regular import acts_of, came_since, choices, found_by, leading, may_read_draft, rounds
from sohoi.desk.shell import held
from sohoi.refusal import Refusal
from sohoi.reports.models import Report, State
from sohoi.reports.read.children import name_of
from sohoi.reports.read.filling import filled
from sohoi.reports.read.owed import owed_by
from sohoi.reports.read.sealed import whole
from sohoi.reports.read.states import Standing, open_remarks, standing_of, way_of
from sohoi.reports.read.told import told_of
from sohoi.reports.read.verifying import form_signed, paper_of, period_signed
from sohoi.reports.regular import form_in_force, period_named
from sohoi.reports.table import Address
from sohoi.reports.telling import Head, Teller
from sohoi.reports.write.cycle import amend, approve, open_report, reopen, send_back, submit, withdraw
from sohoi.reports.write.signing import send_alone, sign
from sohoi.reports.writers import html
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import holds
from sohoi.units.models import Unit
from sohoi.vietnamese import read_date

LATEST, NEAREST = 20, 4


@require_safe
@right("see")
def listing(request: Visit) -> HttpResponse:
    """What her unit owes and what it signed; how far the units below are with one form of one period."""
    asked, today = Asked(request.GET), timezone.localdate()
    unit = asked.unit("unit", request.scope, _first(request))
    owed = owed_by(unit, today)[::-1]  # the newest period is the one people come for
    signed = Report.objects.filter(unit=unit, versions__isnull=False).distinct().order_by("-last", "form")[:LATEST]
    context = {
        "unit": unit, "units": [office.unit for office in held(request)], "today": today,
        "owed": owed[:NEAREST], "older": owed[NEAREST:], "writes": holds(request.user, "report", unit),
        "signed": [(report, name_of(report)) for report in signed],
        "round": rounds(unit, asked, today), "choices": choices(unit, today), "problems": asked.problems,
    }  # fmt: skip
    return render(request, "desk/regular/listing.html", context, status=asked.status)


def _first(request: Visit) -> Unit:
    """The unit of the first office that may see: the one she chose on her first page when it is hers."""
    offices = [office.unit for office in held(request)]
    chosen = request.session.get("unit", "")
    mine = [unit for unit in offices if request.scope.filter(pk=unit.pk).exists()]
    if not mine:
        raise Http404
    return next((unit for unit in mine if unit.code == chosen), mine[0])


@require_POST
@right("report")
def begin(request: Visit) -> HttpResponse:
    """Open the report of a unit for a period, and go to it."""
    unit = get_object_or_404(request.scope, code=asked_code(request.POST.get("unit", "")))
    try:
        form = form_in_force(request.POST.get("form", ""), timezone.localdate())
        period = period_named(form, request.POST.get("period", "") or _days(request))
        form = form_in_force(form.code, period.last)
        return redirect("regular", pk=open_report(form, unit, period, by=request.user).pk)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("regular-reports")


def _days(request: Visit) -> str:
    """The days of a report whose period she chooses herself, as an address writes them."""
    try:
        first, last = (read_date(request.POST.get(name, "")) for name in ("first", "last"))
    except ValueError as error:
        raise Refusal("Chưa rõ ngày đầu và ngày cuối kỳ. Viết theo mẫu 04/5/2024.", "period") from error
    return f"{first}..{last}"


def seen_report(request: Visit, pk: int) -> Report:
    """A report of a unit in her scope; 404 for any other."""
    return get_object_or_404(Report.objects.select_related("unit").filter(unit__in=request.scope), pk=pk)


@require_safe
@right("see")
def one(request: Visit, pk: int) -> HttpResponse:
    """One report: where it stands, what is to be put right, what a check found, the paper with every figure a link."""
    return show(request, seen_report(request, pk))


def show(request: Visit, report: Report, problem: str = "", told: dict[str, Any] | None = None) -> HttpResponse:
    """Draw a report; `problem` is why her last step was refused, `told` what she had typed."""
    standing = standing_of(report)
    if standing.state == State.SIGNED:
        return _signed(request, report, standing, problem, told or {})
    if not may_read_draft(request.user, report.unit):
        return broken(request, report, Refusal("Báo cáo này chưa ký. Mở lại trang này khi đơn vị đã ký."))
    try:
        filling = filled(report)
    except Refusal as refusal:
        return broken(request, report, refusal)
    teller = Teller(filling, Head(timezone.localdate()), told_of(filling), link=_link)
    context = {
        "report": report, "form": filling.form, "unit": report.unit, "period": filling.period, "standing": standing,
        "way": way_of(report), "remarks": _placed(open_remarks(report), filling.form), "filling": filling,
        "acts": acts_of(request.user, report, standing), "problem": problem,
        "told": told or {}, "inner": mark_safe(html.write(teller.paper())),  # the writer escapes every word
        "versions": list(report.versions.select_related("by").order_by("-number")),
    }  # fmt: skip
    return render(request, "desk/regular/one.html", context, status=422 if problem else 200)


@require_safe
@right("see")
def checks(request: Visit, pk: int) -> HttpResponse:
    """What the form's checks find in a report that is not signed yet; asked for once the page stands, for they look at
    many earlier periods."""
    report, part = seen_report(request, pk), "HX-Request" in request.headers
    if not may_read_draft(request.user, report.unit):
        raise Http404
    try:
        context = {"found": found_by(filled(report)), "report": report, "name": name_of(report)}
    except Refusal as refusal:
        if not part:
            return broken(request, report, refusal)
        context = {"problem": str(refusal)}  # in its place on the page
    return render(request, "desk/regular/checks.html" if part else "desk/regular/checks_page.html", context)


def broken(request: Visit, report: Report, refusal: Refusal) -> HttpResponse:
    """A report that cannot be filled, and why."""
    return render(request, "desk/regular/broken.html", {"report": report, "problem": str(refusal)}, status=409)


def _signed(
    request: Visit, report: Report, standing: Standing, problem: str, told: dict[str, Any]
) -> HttpResponse:  # fmt: skip
    """A signed report: the paper that was signed, each figure leading to its rows as they stood."""
    versions = list(report.versions.select_related("by").order_by("-number"))
    try:
        whole(versions[0])
    except Refusal as refusal:
        return broken(request, report, refusal)
    form = form_signed(versions[0])
    context = {
        "report": report, "form": form, "unit": report.unit, "period": period_signed(versions[0]),
        "since": came_since(versions[0], form), "standing": standing, "way": way_of(report),
        "acts": acts_of(request.user, report, standing), "problem": problem, "told": told, "versions": versions,
        "inner": mark_safe(html.write(leading(paper_of(versions[0])))),  # the writer escapes every word
    }  # fmt: skip
    return render(request, "desk/regular/one.html", context, status=422 if problem else 200)


def _placed(remarks: list[Any], form: Any) -> list[tuple[str, str, str]]:
    """(section code or "", its heading, what to put right)."""
    headings = {part.code: part.heading for part in form.parts}
    return [(row.section, headings.get(row.section, "Toàn báo cáo"), row.text) for row in remarks]


def _link(address: Address) -> str:
    """Where a figure of the paper leads."""
    return behind_url(address.measure, address.unit, address.first, address.last, address.view, address.level)


def _act(request: Visit, pk: int, act: Callable[[Report, int | None], object], done: str) -> HttpResponse:
    """Take one step and say so; a refusal stands on the report's page, with what she typed."""
    report = seen_report(request, pk)
    seen = request.POST.get("seen", "")
    try:
        act(report, int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None)
    except Refusal as refusal:
        return show(request, report, str(refusal), _typed(request))
    messages.success(request, done)
    return redirect("regular", pk=pk)


def _typed(request: Visit) -> dict[str, str]:
    """What she typed, by the name of each box."""
    return {key: str(value) for key, value in request.POST.items()}


@require_POST
@right("report")
def send(request: Visit, pk: int) -> HttpResponse:
    """Send it up; a unit with one officer closes and signs in the same step."""
    if request.POST.get("alone"):
        return _act(request, pk, lambda r, seen: send_alone(r, by=request.user, seen=seen),
                    "Đã chốt tháng và gửi báo cáo lên cấp trên.")  # fmt: skip
    return _act(request, pk, lambda r, seen: submit(r, by=request.user, seen=seen), "Đã gửi báo cáo, chờ duyệt.")


@require_POST
@right("report")
def take_back(request: Visit, pk: int) -> HttpResponse:
    """Take back what her unit sent, while nobody has decided on it."""
    reason = request.POST.get("reason", "")
    return _act(request, pk, lambda r, seen: withdraw(r, reason, by=request.user, seen=seen),
                "Đã rút báo cáo về. Sửa xong thì gửi duyệt lại.")  # fmt: skip


@require_POST
@right("approve")
def give_back(request: Visit, pk: int) -> HttpResponse:
    """Return it with remarks, each at its place."""
    remarks = [
        (key.removeprefix("remark-"), text) for key, text in _typed(request).items() if key.startswith("remark-")
    ]
    return _act(request, pk, lambda r, seen: send_back(r, remarks, by=request.user, seen=seen),
                "Đã trả lại báo cáo kèm nhận xét.")  # fmt: skip


@require_POST
@right("see")
def pass_it(request: Visit, pk: int) -> HttpResponse:
    """Approve it."""
    return _act(request, pk, lambda r, seen: approve(r, by=request.user, seen=seen), "Đã duyệt báo cáo, chờ ký.")


@require_POST
@right("sign")
def put_name(request: Visit, pk: int) -> HttpResponse:
    """Sign it: its months are closed, its figures frozen."""
    return _act(request, pk, lambda r, seen: sign(r, by=request.user, seen=seen, on=timezone.localdate()),
                "Đã ký báo cáo. Số liệu của kỳ này được giữ nguyên từ đây.")  # fmt: skip


@require_POST
@right("reopen")
def open_again(request: Visit, pk: int) -> HttpResponse:
    """Open a signed report of a unit below again."""
    reason = request.POST.get("reason", "")
    return _act(request, pk, lambda r, seen: reopen(r, reason, by=request.user, seen=seen),
                "Đã mở lại báo cáo và tháng của kỳ này.")  # fmt: skip


@require_POST
@right("sign")
def add_to(request: Visit, pk: int) -> HttpResponse:
    """Begin an amendment of her own signed report."""
    reason = request.POST.get("reason", "")
    return _act(request, pk, lambda r, seen: amend(r, reason, by=request.user, seen=seen),
                "Đã mở bản bổ sung. Sửa xong thì gửi, duyệt và ký như bản đầu.")  # fmt: skip
