"""The first page: who she is here, what is to be done, how the targets stand, what was recorded last."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.desk.owing import awaited_word, late_below, owing
from sohoi.desk.shell import held, title
from sohoi.desk.tasks import Reports, month_name, standings, tasks
from sohoi.desk.words import place_under
from sohoi.figures.declared import compared
from sohoi.ledger.read import records
from sohoi.ledger.write import confirm_month
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import roles, scope
from sohoi.rights.models import Office
from sohoi.units.models import Closure, View

LAST = 5


@require_safe
@right("see")
def home(request: Visit) -> HttpResponse:
    """The home of one of her units; `?unit=` switches between them and is remembered."""
    office = _chosen(request)
    unit, today = office.unit, timezone.localdate()
    rights = roles()[office.role].rights
    found = standings(unit, request.scope, today)
    reading = scope(request.user, "read") if "read" in rights else request.scope.none()
    below = Closure.objects.filter(view=View.TODAY, ancestor=unit).values("descendant_id")
    context = {
        "office": office,
        "title": title(office),
        "others": [other for other in _units(request) if other.unit_id != unit.pk],
        "today": today,
        "may_record": "record" in rights,
        "may_read": "read" in rights,
        "may_people": "people" in rights,
        "may_give": "offices" in rights,
        "compared": compared(unit, today),
        "unit": unit,
        "tasks": tasks(unit, found, rights, reading, today, _reports(request, office)),
        "standings": found,
        "last": place_under(records(reading).filter(unit__in=below)[:LAST], reading),
    }
    return render(request, "desk/home/home.html", context)


def _reports(request: Visit, office: Office) -> Reports:
    """Reports as things to do, as far as the office's rights go."""
    rights, today = roles()[office.role].rights, timezone.localdate()
    writes, approves = "report" in rights, "approve" in rights
    return Reports(
        awaited_word(request.user, office.unit, scope(request.user, "approve")) if approves else [],
        owing(office.unit, rights, today) if writes else [],
        late_below(office.unit, today) if writes else [],
    )


def _units(request: Visit) -> list[Office]:
    """Her offices that may see, one for each unit."""
    seeing = [o for o in held(request) if o.role in roles() and "see" in roles()[o.role].rights]
    return list({office.unit_id: office for office in reversed(seeing)}.values())[::-1]


def _chosen(request: Visit) -> Office:
    """The office whose unit she looks at: the one asked for, else the one she chose last, else the first."""
    mine = {office.unit.code: office for office in _units(request)}
    asked = request.GET.get("unit")
    if asked is not None:
        if asked not in mine:
            raise Http404
        request.session["unit"] = asked
    return mine.get(request.session.get("unit", ""), next(iter(mine.values())))


@right("confirm")
def confirm(request: Visit) -> HttpResponse:
    """Say that a month of a unit is complete; one tap on the first page."""
    if request.method != "POST":
        return redirect("home")
    unit = get_object_or_404(request.scope, code=request.POST.get("unit", ""))
    try:
        month = date.fromisoformat(request.POST.get("month", "")).replace(day=1)
        if month >= timezone.localdate().replace(day=1):
            raise Refusal("Tháng này chưa hết. Xác nhận khi tháng đã hết.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("home")
    except ValueError:
        messages.error(request, "Chưa rõ tháng cần xác nhận. Mở lại trang chủ rồi bấm Xác nhận.")
        return redirect("home")
    confirm_month(unit, month, by=request.user)
    messages.success(request, f"Đã xác nhận {month_name(month)} của {unit.full_name}.")
    return redirect("home")
