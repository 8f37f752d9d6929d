"""Two cards of one woman: a link that takes the twin out of the count, and can be cut again with nothing lost."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sohoi.people.deeds import Answer, Deed, Steps, Told, undoes, writes
from sohoi.people.models import Correction, Link, Member
from sohoi.people.registry import FORGOTTEN
from sohoi.people.write.belonging import NOT_HERE, each, end, locked, reopen, seen
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from sohoi.rights.models import Account

NUMBER = "id-number"  # as corrections call it
NO_KEPT = (
    "Thẻ giữ lại không có trong sổ của chị, hoặc đã gộp vào thẻ khác. Chọn lại hai thẻ; nếu thẻ ấy thuộc đơn vị khác, "
    "nhờ Hội cấp trên gộp."
)


@writes
def merge(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """The deed's member is a twin of the card in `kept`: from that day on she is counted once.

    Whoever merges must hold the register of both branches: the gate asked for the twin's, here the other is asked.
    Fills in what the twin was, to take it out of the count.
    """
    return each(deeds, _merge, seen(deeds, *(deed.values["kept"] for deed in deeds)))


def _merge(deed: Deed, card: Member) -> Told:
    kept = Member.objects.filter(pk=deed.values["kept"], unit__in=scope(deed.by, "people")).first()
    if kept is None or kept.pk == card.pk or kept.same_as_id or kept.erased_on:
        raise Refusal(NO_KEPT, "kept")
    if card.unit_id != deed.unit.pk:
        raise Refusal(NOT_HERE, "member")
    if card.active and not kept.active:
        raise Refusal("Thẻ giữ lại đã thôi sinh hoạt, thẻ gộp thì chưa. Giữ lại thẻ đang sinh hoạt.", "kept")
    if card.twins.exists():
        raise Refusal("Thẻ này đang giữ một thẻ khác gộp vào. Tách thẻ ấy ra trước.", "member")
    told = end(card, deed) if card.active else Told(card.pk)
    card.same_as = kept
    card.save(update_fields=["same_as"])
    pair = Link.objects.filter(kept__in=(kept, card), twin__in=(kept, card), same=False, cut_at=None)
    pair.update(cut_by=deed.by, cut_at=timezone.now())  # said to be two women once; seen otherwise now
    Link.objects.create(kept=kept, twin=card, reason=deed.values.get("why", ""), by=deed.by, record=deed.id)
    if card.id_index and not kept.id_index:
        _hand_number(card, kept, deed, "Gộp thẻ: số định danh theo sang thẻ giữ lại")
    return Told(card.pk, {"counted": int(bool(told.filled)), **told.filled}, told.steps)


def _hand_number(giver: Member, taker: Member, deed: Deed, why: str) -> None:
    """Her ID number goes from one of her cards to the other, and both tell of it."""
    columns = ("id_sealed", "id_index", "id_tail")
    number = {column: getattr(giver, column) for column in columns}
    giver.id_sealed, giver.id_index, giver.id_tail = None, None, ""
    giver.save(update_fields=columns)
    Member.objects.filter(pk=taker.pk).update(**number)
    Correction.objects.bulk_create(
        Correction(member=card, column=NUMBER, reason=why, by=deed.by, record=deed.id) for card in (giver, taker)
    )


def _took_number(kept: Member, deed: Deed) -> bool:
    """Whether the kept card has the twin's number since the merge, and no other has been told for it."""
    told = Correction.objects.filter(member=kept, column=NUMBER).order_by("-at", "-pk").first()
    return bool(kept.id_index) and told is not None and told.record == deed.id


@undoes
def cut(deed: Deed) -> dict[str, Steps]:
    """The two are not one: the twin stands and counts again as she did. Whoever cuts must hold both registers."""
    cards = locked([deed.member, deed.values["kept"]])
    card, kept = cards[deed.member or 0], cards[deed.values["kept"]]
    link = Link.objects.select_for_update(of=("self",)).filter(twin=card, record=deed.id, cut_at=None).first()
    if link is None:
        raise Refusal("Hai thẻ này đã được tách ra trước đó.")
    if card.erased_on:
        why = "khi hết hạn giữ" if card.name == FORGOTTEN else "theo yêu cầu của chị"
        raise Refusal(f"Dữ liệu của chị đã được xóa {why}. Hai thẻ này không tách ra được nữa.")
    if not scope(deed.by, "people").filter(pk=kept.unit_id or 0).exists():
        raise Refusal("Thẻ giữ lại thuộc đơn vị khác. Nhờ Hội cấp trên tách hai thẻ này.")
    card.same_as = None
    card.save(update_fields=["same_as"])
    link.cut_by, link.cut_at = deed.by, timezone.now()
    link.save(update_fields=["cut_by", "cut_at"])
    if _took_number(kept, deed):
        _hand_number(kept, card, deed, "Tách thẻ: số định danh trở về thẻ cũ")
        card.refresh_from_db()
    return reopen(card, deed) if deed.values.get("counted") else {}


@transaction.atomic
def not_the_same(one: Member, other: Member, *, by: Account) -> Link:
    """Say that two cards are two women, so that the scan asks no more. Raises Refusal without the right to both."""
    mine = scope(by, "people")
    if mine.filter(pk__in={one.unit_id, other.unit_id}).count() < len({one.unit_id, other.unit_id}):
        raise Refusal("Một trong hai thẻ thuộc đơn vị khác. Nhờ Hội cấp trên xem giúp.")
    low, high = sorted((one, other), key=lambda card: card.pk)
    link, _ = Link.objects.get_or_create(kept=low, twin=high, cut_at=None, defaults={"same": False, "by": by})
    return link
