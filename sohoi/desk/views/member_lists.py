"""What becomes of a list of women: kept under a name, drawn, taken out as Excel with a purpose."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk import member_book, sifting
from sohoi.desk.growing import ages, growth
from sohoi.desk.shell import held
from sohoi.desk.views.figures import XLSX
from sohoi.desk.views.members import over, own_unit, rest, show
from sohoi.people.models import Member, SavedList
from sohoi.people.models.members import MemberSet
from sohoi.people.read.lists import Wanted, cards, counted, in_order, read_wanted
from sohoi.people.read.privacy import restricted
from sohoi.people.write.lists import change_list, drop_list, keep_list, log_export, log_narrowing, read_purpose
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Unit
from sohoi.vietnamese import date as written
from sohoi.vietnamese import number


def open_to(request: Visit) -> QuerySet[SavedList]:
    """Her own lists, and those shared in the units where she keeps the register."""
    units = request.scope.filter(pk__in=[office.unit_id for office in held(request)])
    return SavedList.objects.filter(Q(by=request.user) | Q(unit__in=units)).select_related("by", "unit")


@require_safe
@right("people")
def saved(request: Visit) -> HttpResponse:
    """The lists that are kept, each counted now."""
    return _saved(request)


def _saved(request: Visit, problem: str = "") -> HttpResponse:
    """Draw them; `problem` is why one could not be changed. A list by closely kept columns is not counted here: that
    would be a look that nobody wrote down."""
    today, rows = timezone.localdate(), list(open_to(request).order_by("name", "pk"))
    wanted = {row.pk: read_wanted(row.wanted) for row in rows}
    open_ones = [pk for pk, asked in wanted.items() if not asked.sensitive]  # others are counted when they are opened
    counts = counted(request.scope, [sifting.narrowing(wanted[pk], today) for pk in open_ones])
    told = dict(zip(open_ones, counts, strict=True))
    found = [(row, told.get(row.pk)) for row in rows]
    context = {"rows": found, "any": bool(rows), "problem": problem, "own": own_unit(request)}
    return render(request, "desk/members/saved.html", context, status=422 if problem else 200)


@require_POST
@right("people")
def keep(request: Visit) -> HttpResponse:
    """Keep the conditions of the present list under a name."""
    word = request.POST.get("loc", "")
    found = sifting.kept(request, word)
    if found is None:
        return over(request)
    name, unit = request.POST.get("name", ""), _shared(request)
    try:
        keep_list(name, found[0], unit, by=request.user)
    except Refusal as refusal:
        return show(request, found[0], word, 422, name_problem=str(refusal), list_name=name)
    messages.success(request, "Đã lưu danh sách. Mở lại lúc nào cũng đếm theo sổ lúc đó.")
    return redirect("members-saved")


def _shared(request: Visit) -> Unit | None:
    """Her unit, when the list is for all its officers."""
    return own_unit(request) if request.POST.get("shared") else None


@require_safe
@right("people")
def reopen(request: Visit, pk: int) -> HttpResponse:
    """The list as it stands now."""
    row = get_object_or_404(open_to(request), pk=pk)
    return redirect(rest(request, read_wanted(row.wanted), row.name))


@require_POST
@right("people")
def change(request: Visit, pk: int) -> HttpResponse:
    """Rename, share or delete a list of her own."""
    row = get_object_or_404(SavedList, pk=pk, by=request.user)
    if request.POST.get("drop"):
        drop_list(row)
        messages.success(request, "Đã xóa danh sách đã lưu. Hội viên trong sổ không thay đổi.")
        return redirect("members-saved")
    try:
        change_list(row, request.POST.get("name", ""), _shared(request))
    except Refusal as refusal:
        return _saved(request, str(refusal))
    messages.success(request, "Đã sửa danh sách.")
    return redirect("members-saved")


@require_safe
@right("people")
def charts(request: Visit) -> HttpResponse:
    """The present list by age, and how the number of members of its unit grew."""
    today, word = timezone.localdate(), request.GET.get("loc", "")
    found = sifting.kept(request, word)
    if found is None:
        return over(request)
    wanted, name = found
    unit = request.scope.filter(code=wanted.unit).first() or own_unit(request)
    rows = cards(request.scope).filter(sifting.narrowing(wanted, today))
    context = {
        "word": word,
        "name": name,
        "said": sifting.said(wanted, unit if wanted.unit else None),
        "ages": ages(rows, today),
        "growth": growth(unit, today),
        "unit": unit,
    }
    return render(request, "desk/members/charts.html", context)


@require_POST
@right("people")
def file(request: Visit) -> HttpResponse:
    """The present list as an Excel file. Why must be said; who, why and how many are written down with it."""
    word, codes = request.POST.get("loc", ""), request.POST.getlist("columns")
    purpose = request.POST.get("purpose", "")
    found = sifting.kept(request, word)
    if found is None:
        return over(request)
    try:
        with transaction.atomic():
            body = _taken_out(request, found[0], read_purpose(purpose), codes)
    except Refusal as refusal:
        return show(request, found[0], word, 422, purpose_problem=str(refusal), purpose=purpose, chosen=codes)
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="danh-sach-hoi-vien-{timezone.localdate()}.xlsx"'
    return response


def _taken_out(request: Visit, wanted: Wanted, purpose: str, codes: list[str]) -> bytes:
    """The bytes of the file, and the lines that say that it went out: both or neither."""
    now, columns = timezone.localtime(), member_book.chosen(codes)
    unit = request.scope.filter(code=wanted.unit).first() if wanted.unit else None
    register = cards(request.scope)
    rows = in_order(register.filter(sifting.narrowing(wanted, now.date())))
    found, left_out = _fit_to_go_out(rows)
    count = len(found)
    told = "; ".join(sifting.said(wanted, unit)) or "tất cả hội viên đang sinh hoạt"
    heading = [
        f"Danh sách hội viên, {(unit or own_unit(request)).full_name}",
        f"Lọc theo: {told}",
        f"{request.user} xuất lúc {now:%H:%M} ngày {written(now.date())} từ Sổ Hội.",
        f"Mục đích: {purpose}",
        "Dữ liệu cá nhân: chỉ dùng đúng mục đích trên, không gửi cho người khác, xong việc thì xóa tệp.",
        f"{number(count)} trên {number(register.count())} dòng{left_out}",
    ]
    body = member_book.write(found, columns, heading, now.date())
    quiet = [column for column in columns if column.sensitive]
    _log(request, wanted, unit, purpose, count, [column.label for column in quiet])
    log_narrowing([column.code for column in quiet], count, by=request.user, how="Xuất danh sách")
    return body


def _fit_to_go_out(rows: MemberSet) -> tuple[list[Member], str]:
    """The cards that may go out, and words about those that may not: a woman may have her data restricted."""
    count, most = rows.count(), member_book.MOST_ROWS
    if count > most:
        raise Refusal(
            f"Danh sách có {number(count)} người; một tệp lấy ra nhiều nhất {number(most)}. Lọc bớt rồi xuất."
        )
    found = list(rows.select_related("unit", "household"))
    kept_back = restricted(found)
    left_out = f"; {len(kept_back)} người yêu cầu hạn chế dùng dữ liệu nên không có trong tệp" if kept_back else ""
    return [card for card in found if card.pk not in kept_back], left_out


def _log(request: Visit, wanted: Wanted, unit: Unit | None, purpose: str, count: int, quiet: list[str]) -> None:
    """The log line: the list in words, without names."""
    words = "; ".join(sifting.said(wanted, unit, names=False)) or "không lọc"
    columns = f"; cột kín: {', '.join(quiet)}" if quiet else ""
    what = f"Danh sách hội viên, {(unit or own_unit(request)).full_name}; {words}{columns}"
    log_export(purpose, what, count, unit or own_unit(request), by=request.user)
