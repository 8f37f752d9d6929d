"""The forms of regular reports: who writes them, for which periods, and what they ask before they are issued."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.desk.regular import choices
from sohoi.desk.shell import held
from sohoi.reports.own_forms import LEFT_OUT, wrong_forms
from sohoi.reports.read.burden import burdens
from sohoi.reports.regular import form_in_force, versions
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import holds
from sohoi.units.models import Level


@require_safe
@right("see")
def listing(request: Visit) -> HttpResponse:
    """Every form in force, with its cost for her widest unit."""
    today = timezone.localdate()
    units = [office.unit for office in held(request)]
    widest = min(units, key=lambda unit: list(Level.values).index(unit.level))
    forms = [form_in_force(code, today) for code in sorted(versions()) if versions()[code][0].since <= today]
    costs = burdens(forms, widest, today)
    rows = [
        (form, [Level(level).label.lower() for level in form.levels], cost)
        for form, cost in zip(forms, costs, strict=True)
    ]  # fmt: skip
    writing = [office.unit for office in held(request) if holds(request.user, "report", office.unit)]
    offered = {form.code: periods for unit in writing for form, periods in choices(unit, today)}
    own = {form.code: unit for form, _, _ in rows for unit in writing if unit.level in form.levels}
    context = {
        "wrong": wrong_forms(),
        "left_out": LEFT_OUT,
        "rows": [(*row, own.get(row[0].code), offered.get(row[0].code, [])) for row in rows],
        "unit": widest,
    }
    return render(request, "desk/regular/forms.html", context)
