"""The same woman written down twice: pairs side by side, one card kept, or two women after all; and parted again."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.asked import Asked
from sohoi.desk.cards import branch_of
from sohoi.desk.inputs import as_uuid
from sohoi.desk.searching import by_name
from sohoi.desk.twins import merge_day, sides
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Record
from sohoi.ledger.write import accept, void
from sohoi.people.models import Link, Member
from sohoi.people.read.twins import elsewhere, merged, scan, while_typing
from sohoi.people.write.numbers import KNOWN_NUMBER, asked
from sohoi.people.write.twins import not_the_same
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Closure, Level, Unit, View

PAGE = 10
WIDE = 40_000  # more women than this are looked through a commune at a time
MERGED_DAYS = 90


@require_safe
@right("people")
def listing(request: Visit) -> HttpResponse:
    """Pairs of her units that may be of one woman; whoever holds a province chooses a commune first."""
    return _show(request)


def _show(request: Visit, problem: str = "") -> HttpResponse:
    """Draw the page; `problem` is why nothing was changed."""
    unit = request.scope.filter(code=request.GET.get("don-vi", "")[:80]).first()
    wide = unit is None and Member.objects.within(request.scope)[WIDE : WIDE + 1].exists()
    of = request.scope
    if unit:
        below = Closure.objects.filter(view=View.TODAY, ancestor=unit).values("descendant_id")
        of = request.scope.filter(pk__in=below)
    page = Paginator([] if wide else scan(of), PAGE).get_page(Asked(request.GET).page())
    context = {
        "unit": unit, "wide": wide, "page": page, "pairs": sides(list(page.object_list)), "problem": problem,
        "communes": _communes(request) if wide or unit else [], "key": uuid4(),
        "merged": merged(request.scope, timezone.localdate() - timedelta(days=MERGED_DAYS))[:PAGE],
    }  # fmt: skip
    return render(request, "desk/twins/listing.html", context, status=422 if problem else 200)


def _communes(request: Visit) -> list[Unit]:
    """The communes that she holds and that stand today, by name."""
    rows = request.scope.filter(level=Level.BASE, placements__during__contains=timezone.localdate())
    return sorted(rows, key=lambda unit: by_name(unit.name))


def _card(request: Visit, key: str) -> Member:
    """A card of her units that a form names, or 404."""
    number = request.POST.get(key, "")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    return get_object_or_404(Member.objects.within(request.scope).select_related("unit"), pk=pk)


@require_POST
@right("people")
def merge(request: Visit) -> HttpResponse:
    """One of two cards is kept, the other counts no more; through the gate like every deed."""
    one, other = _card(request, "one"), _card(request, "other")
    kept, twin = (one, other) if request.POST.get("kept") == str(one.pk) else (other, one)
    values = {"kept": kept.pk, "why": request.POST.get("why", "").strip()[:200]}
    key = as_uuid(request.POST.get("id", "")) or uuid4()
    day = merge_day(twin, timezone.localdate())
    draft = Draft(_of_pair(key, twin), "member-merged", branch_of(twin).code, day, values, member=twin.pk)
    try:
        accept(draft, by=request.user)
    except Refusal as refusal:
        return _show(request, str(refusal))
    messages.success(request, "Đã gộp hai thẻ: người này được tính một lần. Nếu nhầm, tách lại ở cuối trang này.")
    return redirect("twins")


def _of_pair(key: UUID, twin: Member) -> UUID:
    """The id of the deed: of this page and this card, so that a button pressed twice counts once."""
    return UUID(int=(key.int + twin.pk) % 2**128)


@require_POST
@right("people")
def differ(request: Visit) -> HttpResponse:
    """Two cards are two women: the pair is not asked again."""
    try:
        not_the_same(_card(request, "one"), _card(request, "other"), by=request.user)
    except Refusal as refusal:
        return _show(request, str(refusal))
    messages.success(request, "Đã ghi: hai thẻ là hai người. Cặp này sẽ không hỏi lại.")
    return redirect("twins")


@require_POST
@right("people")
def cut(request: Visit, pk: int) -> HttpResponse:
    """Part two cards again: the deed that merged them is taken back, with a reason."""
    rows = Link.objects.filter(same=True, cut_at=None, kept__unit__in=request.scope, twin__unit__in=request.scope)
    link = get_object_or_404(rows, pk=pk)
    record = get_object_or_404(Record.objects.select_related("unit", "kind"), pk=link.record)
    try:
        void(record, request.POST.get("reason", ""), by=request.user)
    except Refusal as refusal:
        return _show(request, str(refusal))
    messages.success(request, "Đã tách hai thẻ: mỗi thẻ lại như trước khi gộp.")
    return redirect("twins")


@require_POST
@right("people")
def typing(request: Visit) -> HttpResponse:
    """Cards that may be hers, while one types a new one; asked by POST, so that no name stands in an address."""
    told = {
        code: request.POST.get(code, "").replace("\x00", "")[:120] for code in ("name", "born", "phone", "id-number")
    }
    found, index = while_typing(request.scope, told["name"], told["born"], told["phone"], told["id-number"])
    context: dict[str, object] = {"found": found}
    if index and not found:
        card = elsewhere(index)
        free = bool(asked({index: card.pk if card else None}, by=request.user))
        context["elsewhere"] = KNOWN_NUMBER if card and free else ""
        context["no_more"] = not free
    return render(request, "desk/twins/typing.html", context)
