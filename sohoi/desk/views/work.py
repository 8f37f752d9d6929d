"""Tasks: what is due at a unit and told in one tap, what it gave and who did it, giving, telling, taking back."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.assigning import AssignInput
from sohoi.desk.working import TellInput, offices_of, unit_of
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Level
from sohoi.vietnamese import number
from sohoi.work.models import Conclusion, ProgrammeItem, Task, TaskState
from sohoi.work.read import given_by, line, of_act, owed_now
from sohoi.work.write import tell, withdraw

GIVEN_DAYS = 365


@require_safe
@right("report")
def listing(request: Visit) -> HttpResponse:
    """What a unit has to do."""
    unit, today = unit_of(request), timezone.localdate()
    others = {one.unit_id: one.unit for one in offices_of(request) if one.unit_id != unit.pk}
    context = {
        "unit": unit, "owed": owed_now(unit, today), "today": today, "here": "tasks", "others": others.values(),
        "gives": unit.level != Level.BRANCH,
    }  # fmt: skip
    return render(request, "desk/work/listing.html", context)


@right("report")
def one(request: Visit, pk: int) -> HttpResponse:
    """One task with what was told of it; posted, something is told."""
    task, today = _task(request, pk), timezone.localdate()
    asked = request.POST if request.method == "POST" else None
    form = TellInput(asked, initial={"state": TaskState.DONE, "day": today})
    if asked and form.is_valid():
        told = form.cleaned_data
        try:
            tell(task, told["state"], told["text"], told["day"], by=request.user)
            messages.success(request, "Đã lưu.")
            return redirect("task", pk=pk)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {
        "line": line(task, today), "task": task, "form": form, "today": today, "yesterday": today - timedelta(days=1),
        "steps": task.steps.select_related("by").order_by("-pk"),
        "link": _link(request, task.source),
    }  # fmt: skip
    return render(request, "desk/work/one.html", context, status=422 if asked else 200)


@require_POST
@right("report")
def done(request: Visit, pk: int) -> HttpResponse:
    """Done today, in one tap; or, with `back`, not done after all."""
    task = _task(request, pk)
    try:
        if "back" in request.POST:
            tell(task, TaskState.NOT_DONE, "Ghi nhầm, chưa thực hiện", by=request.user)
            messages.success(request, "Đã ghi lại là chưa thực hiện.")
        else:
            tell(task, TaskState.DONE, request.POST.get("text", ""), by=request.user)
            messages.success(request, f"Đã ghi là thực hiện hôm nay: {task.text}")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('tasks')}?unit={task.unit.code}")


@require_safe
@right("report")
def given(request: Visit) -> HttpResponse:
    """What a unit gave, and how many did it."""
    unit, today = unit_of(request), timezone.localdate()
    found = given_by(unit, today, since=today - timedelta(days=GIVEN_DAYS))
    context = {"unit": unit, "given": found, "here": "tasks-given"}
    return render(request, "desk/work/given.html", context)


@require_safe
@right("report")
def act(request: Visit, act: UUID) -> HttpResponse:
    """What was given in one act: who did it and who did not."""
    lines = of_act(act, request.scope, timezone.localdate())
    if not lines:
        raise Http404
    first = lines[0].task
    done = sum(one.state == "done" for one in lines)
    context = {
        "lines": lines, "first": first, "act": act, "link": _link(request, first.source),
        "words": f"{number(done)}/{number(sum(one.state != 'withdrawn' for one in lines))} đã thực hiện",
        "many_days": len({one.task.due for one in lines}) > 1,
        "may_withdraw": request.scope.filter(pk=first.giver_id).exists()
        and any(one.state in ("late", "running") for one in lines),
    }  # fmt: skip
    return render(request, "desk/work/act.html", context)


@require_POST
@right("report")
def take_back(request: Visit, act: UUID) -> HttpResponse:
    """Take back what was given, where it is not done."""
    if not Task.objects.filter(act=act, giver__in=request.scope).exists():
        raise Http404
    try:
        count = withdraw(act, request.POST.get("why", ""), by=request.user)
        messages.success(request, f"Đã thôi giao {number(count)} việc chưa thực hiện.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("tasks-act", act=act)


@right("report")
def assign_conclusion(request: Visit, pk: int) -> HttpResponse:
    """Make tasks of a conclusion."""
    rows = Conclusion.objects.select_related("meeting__unit")
    return _assign(request, get_object_or_404(rows, pk=pk, meeting__unit__in=request.scope))


@right("report")
def assign_item(request: Visit, pk: int) -> HttpResponse:
    """Make tasks of an item of a programme."""
    rows = ProgrammeItem.objects.select_related("programme__unit")
    return _assign(request, get_object_or_404(rows, pk=pk, programme__unit__in=request.scope))


def _assign(request: Visit, source: Conclusion | ProgrammeItem) -> HttpResponse:
    """The form that gives, and giving."""
    form = AssignInput(source, request.POST if request.method == "POST" else None)
    back = _address(source)
    if request.method == "POST" and form.is_valid():
        try:
            units = {task.unit_id for task in form.give(request.user)}
            messages.success(request, f"Đã giao việc cho {number(len(units))} đơn vị.")
            return redirect(back)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"form": form, "source": source, "back": back}
    return render(request, "desk/work/assign.html", context, status=422 if form.is_bound else 200)


def _task(request: Visit, pk: int) -> Task:
    """A task that a unit of hers owes; 404 for any other."""
    rows: QuerySet[Task] = Task.objects.within(request.scope).as_of(timezone.localdate())
    near = ("conclusion__meeting", "item__programme", "giver", "unit", "officer__account")
    return get_object_or_404(rows.select_related(*near), pk=pk)


def _address(source: Conclusion | ProgrammeItem) -> str:
    """The page where the source stands."""
    if isinstance(source, Conclusion):
        return reverse("meeting", args=[source.meeting_id])
    return reverse("programme", args=[source.programme_id])


def _link(request: Visit, source: Conclusion | ProgrammeItem) -> str:
    """The same, for who may open it; else nothing."""
    unit = source.meeting.unit_id if isinstance(source, Conclusion) else source.programme.unit_id
    return _address(source) if request.scope.filter(pk=unit).exists() else ""
