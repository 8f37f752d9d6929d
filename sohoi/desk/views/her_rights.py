"""A woman's rights over her data: what she agreed to, what she asks and by when, everything about her, her erasure."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sohoi.desk.cards import branch_of, card_for
from sohoi.desk.views.privacy import said
from sohoi.desk.words import answers
from sohoi.ledger.erasing import erase_woman
from sohoi.ledger.models import Record
from sohoi.people.models import DataRequest, Member, Wish
from sohoi.people.read.about import as_data, everything
from sohoi.people.read.privacy import consents, open_requests, requests_in, requests_of, restricted
from sohoi.people.registry import FORGOTTEN
from sohoi.people.write import privacy
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import may
from sohoi.vietnamese import read_date

LOOKS, REQUESTS = 20, 200
WITHDRAWN = {
    "photo": "Ảnh trên thẻ đã được xóa.",
    "sensitive": "Dân tộc, tôn giáo, lý luận chính trị và đảng viên trên thẻ đã được xóa.",
    "support": "Hoàn cảnh của hộ vẫn còn trong sổ: kết thúc từng mục ở trang hộ gia đình nếu được yêu cầu.",
    "membership": "Thẻ vẫn còn: ghi “Thôi sinh hoạt”, hoặc ghi yêu cầu xóa dữ liệu, theo ý của hội viên.",
}
STEPS = {"acknowledge": privacy.acknowledge, "extend": privacy.extend, "finish": privacy.finish}
STEP_SAID = {
    "acknowledge": "Đã ghi: đã báo cho hội viên là yêu cầu đã nhận.",
    "extend": "Đã gia hạn. Báo cho hội viên biết ngày mới và lý do.",
    "finish": "Đã ghi: yêu cầu đã làm xong.",
}


@require_safe
@right("people")
def one(request: Visit, pk: int) -> HttpResponse:
    """What she agreed to, what she asked, who looked at her card."""
    return _show(request, card_for(request.scope, pk))


def _show(request: Visit, card: Member, problem: str = "") -> HttpResponse:
    """Draw the page; `problem` is why nothing was changed."""
    today = timezone.localdate()
    asked = list(requests_of(card))
    context = {
        "card": card, "unit": branch_of(card), "today": today, "problem": problem, "consents": consents(card),
        "requests": asked, "wishes": Wish.choices, "restricted": bool(restricted([card])),
        "forgotten": card.name == FORGOTTEN,
        "may_reveal": may(request.user, "reveal", branch_of(card)),
        "looks": [said(row) for row in card.readings.select_related("by").order_by("-at", "-pk")[:LOOKS]],
    }  # fmt: skip
    return render(request, "desk/privacy/rights.html", context, status=422 if problem else 200)


def _done(request: Visit, card: Member, act: Callable[[], object], words: str) -> HttpResponse:
    """Do it and say so, or draw the page with the reason why not."""
    try:
        act()
    except Refusal as refusal:
        return _show(request, card, str(refusal))
    messages.success(request, words)
    return redirect("member-rights", pk=card.pk)


def _day(request: Visit) -> date:
    """The day of the form."""
    try:
        return read_date(request.POST.get("day", ""))
    except ValueError:
        raise Refusal("Ngày chưa đúng. Viết ngày/tháng/năm, ví dụ 04/5/2026.", "day") from None


@require_POST
@right("people")
def consent(request: Visit, pk: int) -> HttpResponse:
    """She agrees to one purpose, or takes her consent back."""
    card, purpose = card_for(request.scope, pk), request.POST.get("purpose", "")
    if "withdraw" in request.POST:
        return _done(request, card, lambda: privacy.withdraw(card, purpose, _day(request), by=request.user),
                     f"Đã ghi: hội viên rút lại sự đồng ý. {WITHDRAWN.get(purpose, '')}".strip())  # fmt: skip
    return _done(request, card, lambda: privacy.agree(card, purpose, _day(request), by=request.user),
                 "Đã ghi: hội viên đồng ý.")  # fmt: skip


@require_POST
@right("people")
def ask(request: Visit, pk: int) -> HttpResponse:
    """Take down what she asks."""
    card, wish = card_for(request.scope, pk), request.POST.get("wish", "")
    words = "Đã nhận yêu cầu. Hạn báo cho hội viên và hạn làm xong ở dưới đây."
    return _done(request, card, lambda: privacy.ask_for(card, wish, _day(request), by=request.user), words)


def _stands(request: Visit, row: DataRequest) -> Member:
    """Her card that stands, of whichever card she asked on."""
    return card_for(request.scope, row.member.same_as_id or row.member_id)


@require_POST
@right("people")
def step(request: Visit, pk: int) -> HttpResponse:
    """One step of a request: acknowledged, extended, done."""
    row = get_object_or_404(requests_in(request.scope).select_related("member__same_as"), pk=pk)
    name = request.POST.get("step", "")
    if name not in STEPS:
        return _show(request, _stands(request, row), "Chọn lại việc cần làm.")
    act = STEPS[name]
    return _done(request, _stands(request, row), lambda: act(row, by=request.user), STEP_SAID[name])


@require_POST
@right("people")
def lift(request: Visit, pk: int) -> HttpResponse:
    """She lets her data be used again."""
    card = card_for(request.scope, pk)
    words = "Đã ghi: hội viên cho dùng lại dữ liệu. Các mục được che lại mở được khi có lý do."
    return _done(request, card, lambda: privacy.lift(card, by=request.user), words)


@require_safe
@right("people")
def waiting(request: Visit) -> HttpResponse:
    """What is still to be done for the women of her units, what is overdue first."""
    rows = list(open_requests(request.scope)[:REQUESTS])
    return render(request, "desk/privacy/requests.html", {"requests": rows, "today": timezone.localdate()})


@require_POST
@right("reveal")
def all_of_it(request: Visit, pk: int) -> HttpResponse:
    """Everything about her, for her: as a page to print or a file; the reason and who asked are kept."""
    card = card_for(request.scope, pk)
    try:
        privacy.hand_out(card, request.POST.get("reason", ""), by=request.user)
        parts = everything(card, {"ledger.Record.values": _values})
    except Refusal as refusal:
        return _show(request, card, str(refusal))
    if "file" in request.POST:
        response = JsonResponse(as_data(parts), json_dumps_params={"ensure_ascii": False, "indent": 1})
        response["Content-Disposition"] = 'attachment; filename="du-lieu-ca-nhan.json"'
        return response
    context = {"card": card, "parts": parts, "today": timezone.localdate()}
    return render(request, "desk/privacy/everything.html", context)


def _values(record: Record) -> str:
    """The answers of a record in words."""
    return "; ".join(f"{question}: {answer}" for question, answer in answers(record, whole=True))


@right("people")
def erase(request: Visit, pk: int) -> HttpResponse:
    """Erase her at her request: what goes and what stays is said first, and it cannot be undone."""
    rows = requests_in(request.scope).select_related("member__same_as")
    row = get_object_or_404(rows, pk=pk, wish=Wish.ERASE, done_on=None)
    card, problem = _stands(request, row), ""
    if request.method == "POST":
        try:
            if request.POST.get("sure") != "yes":
                raise Refusal("Đánh dấu vào ô xác nhận rồi bấm lại.")
            erase_woman(row, by=request.user)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "Đã xóa dữ liệu của hội viên. Số liệu đã ghi vẫn giữ nguyên.")
            return redirect("data-requests")
    context = {"card": card, "unit": branch_of(card), "row": row, "problem": problem}
    return render(request, "desk/privacy/erase.html", context, status=422 if problem else 200)
