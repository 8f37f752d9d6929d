"""Her card: what is known of her, her household, what happened; and her picture. A stranger finds nothing here."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.desk.cards import address, branch_of, card_for, commune_of, facts, held, ladder
from sohoi.desk.timeline import events
from sohoi.people.addressing import addressed
from sohoi.people.masking import masked
from sohoi.people.models import Member, Photo, StandingKind, Transfer
from sohoi.people.read.cards import household_members, past
from sohoi.people.registry import HOMES
from sohoi.people.write.photos import drop_photo, keep_photo
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit, right


@require_safe
@right("people")
def one(request: Visit, pk: int) -> HttpResponse:
    """The card of one woman of a branch in her scope."""
    card = card_for(request.scope, pk)
    if card.pk != pk:
        messages.info(request, "Thẻ này đã gộp vào thẻ dưới đây.")
        return redirect("member", pk=card.pk)
    return show(request, card)


def show(request: Visit, card: Member, problem: str = "") -> HttpResponse:
    """Draw the card; `problem` is why her picture could not be kept."""
    unit, today = branch_of(card), timezone.localdate()
    told = past(card, request.scope)
    mates = household_members([card.household_id]) if card.household_id else []
    waiting = Transfer.objects.filter(member=card, accepted=None, old__in=request.scope)
    context = {
        "card": card,
        "unit": unit,
        "commune": commune_of(unit, today),
        "groups": facts(card),
        "standings": held(told.standings),
        "since": told.memberships[-1] if told.memberships else None,
        "mates": [one for one in mates if one.pk != card.pk],
        "home_mask": masked(card, HOMES),
        "events": events(card, told, request.scope),
        "waiting": waiting.select_related("new").first(),
        "has_photo": Photo.objects.filter(member=card).exists(),
        "ladder": ladder(unit, request.scope, today)[:2],
        "deeds": _deeds(card, {row.kind for row in told.standings if row.during.upper is None}),
        "reveal": address("member-reveal", card.pk),
        "problem": problem,
    }
    return render(request, "desk/cards/card.html", context, status=422 if problem else 200)


def _deeds(card: Member, now: set[str]) -> list[tuple[str, str]]:
    """(address, words) of what can be done with this card now."""
    added = {StandingKind.CORE.value, StandingKind.REGULAR.value}
    wanted = [("member-correct", "Sửa thẻ")]
    if card.active:
        wanted += [("member-recognise", "Công nhận nòng cốt, thường xuyên")] if added - now else []
        wanted += [("member-derecognise", "Thôi công nhận")] if added & now else []
        wanted += [] if card.man else [("member-restand", "Đổi diện hội viên")]
        wanted += [("member-transfer", "Chuyển sinh hoạt"), ("member-leave", "Thôi sinh hoạt")]
    else:
        wanted += [("member-return", "Trở lại sinh hoạt")]
    wanted += [("member-rights", "Quyền của chị đối với dữ liệu")]
    return [(reverse(name, args=[card.pk]), addressed(words, card.man)) for name, words in wanted]


@right("people")
def photo(request: Visit, pk: int) -> HttpResponse:
    """Her picture; posted, another one, or none any more."""
    card = card_for(request.scope, pk)
    if request.method != "POST":
        return _picture(card)
    sent = request.FILES.get("photo")
    try:
        if "drop" in request.POST:
            drop_photo(card, by=request.user)
        elif sent is None:
            raise Refusal("Chưa chọn ảnh. Chọn một tệp ảnh rồi gửi lại.")
        else:
            keep_photo(card, sent, by=request.user)
    except Refusal as refusal:
        return show(request, card, str(refusal))
    messages.success(request, "Đã bỏ ảnh." if "drop" in request.POST else "Đã lưu ảnh.")
    return redirect("member", pk=card.pk)


def _picture(card: Member) -> HttpResponse:
    """The stored JPEG: never guessed at, never kept by a browser."""
    row = Photo.objects.filter(member=card).first()
    if row is None:
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(bytes(row.jpeg), content_type="image/jpeg", headers=headers)
