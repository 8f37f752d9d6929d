"""The programme of a year: the list of a unit, one programme with how its items stand, a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.working import PointsInput, ProgrammeInput, unit_of
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.work import write
from sohoi.work.models import Programme, ProgrammeItem
from sohoi.work.read import items_stand, programmes_of


@require_safe
@right("report")
def listing(request: Visit) -> HttpResponse:
    """The programmes of one unit, the newest first."""
    unit = unit_of(request)
    context = {"unit": unit, "programmes": programmes_of(unit), "here": "programmes"}
    return render(request, "desk/programmes/listing.html", context)


@right("report")
def new(request: Visit) -> HttpResponse:
    """Draw up the programme of a year."""
    unit, today = unit_of(request), timezone.localdate()
    known = {"year": today.year, "title": f"Chương trình công tác năm {today.year}", "on": today}
    form = ProgrammeInput(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            row = write.draw_up(unit, told["year"], told["title"], told["on"], form.points(), by=request.user)
            return redirect("programme", pk=row.pk)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"form": form, "unit": unit, "title": "Chương trình công tác năm", "lead": unit.full_name}
    return render(request, "desk/meetings/ask.html", context, status=422 if form.is_bound else 200)


@right("report")
def one(request: Visit, pk: int) -> HttpResponse:
    """One programme; posted, further items."""
    row = get_object_or_404(Programme.objects.select_related("unit"), pk=pk, unit__in=request.scope)
    form = PointsInput(request.POST if request.method == "POST" else None)
    form.fields["text"].label, form.fields["text"].help_text = "Thêm mục", "Mỗi mục một dòng."
    if request.method == "POST" and form.is_valid():
        try:
            rows = write.add_items(row, form.points(), by=request.user)
            messages.success(request, f"Đã thêm {len(rows)} mục.")
            return redirect("programme", pk=pk)
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"programme": row, "stands": items_stand(row.items.all(), timezone.localdate()), "form": form}
    return render(request, "desk/programmes/one.html", context, status=422 if form.is_bound else 200)


@require_POST
@right("report")
def item(request: Visit, pk: int) -> HttpResponse:
    """Correct an item."""
    row = get_object_or_404(ProgrammeItem.objects.select_related("programme"), pk=pk, programme__unit__in=request.scope)
    try:
        write.reword_item(row, request.POST.get("text", ""), by=request.user)
        messages.success(request, f"Đã sửa mục {row.number}.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("programme", pk=row.programme_id)
