"""A move from one branch to another: asked by one side, answered by the other, counted in both in one moment."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sohoi.people.deeds import Answer, Deed, Told, writes
from sohoi.people.models import Member, Standing, StandingKind, Transfer
from sohoi.people.write.membership import ADDED, begin, each, end, said
from sohoi.refusal import Refusal
from sohoi.rights.may import may
from sohoi.rights.models import Account
from sohoi.units.models import Level, Placement, Unit
from sohoi.vietnamese import clean_text
from sohoi.vietnamese import date as say_date

LONGEST = 500


@transaction.atomic
def ask(key: UUID, member: Member, new: Unit, day: date, reason: str, *, by: Account) -> Transfer:
    """Ask to move a member to another branch from a day on; the branch she leaves asks, or the one she joins.

    Asked twice with the same key it is one request. Raises Refusal without the right on either side, for a branch
    that does not stand on that day, a day ahead, or while another request for her is open.
    """
    card = Member.objects.select_for_update(of=("self",)).select_related("unit").get(pk=member.pk)
    known = Transfer.objects.filter(pk=key).first()
    if known:
        return known
    if not card.active or card.unit is None or card.same_as_id:
        raise Refusal("Chị hiện không thuộc chi hội nào nên không chuyển được. Hãy ghi “Trở lại sinh hoạt”.")
    from_old = may(by, "people", card.unit)
    if not from_old and not may(by, "people", new):
        raise Refusal("Tài khoản này không có quyền ở cả nơi chuyển và nơi nhận.")
    _check_place(card.unit, new, day)
    if Transfer.objects.filter(member=card, accepted=None).exists():
        raise Refusal("Đã có một đề nghị chuyển chị đang chờ trả lời. Rút đề nghị ấy trước, rồi gửi lại.")
    said_why = clean_text(reason, lines=True).strip()[:LONGEST]
    return Transfer.objects.create(
        pk=key, member=card, old=card.unit, new=new, asked_by_old=from_old, reason=said_why, asked_by=by, day=day
    )


def _check_place(old: Unit, new: Unit, day: date) -> None:
    """Where she goes must be another branch, standing on that day."""
    if new.level != Level.BRANCH:
        raise Refusal("Nơi nhận phải là một chi hội. Chọn chi hội của cơ sở ấy.", "new")
    if new.pk == old.pk:
        raise Refusal("Chị đang ở chính chi hội này. Chọn chi hội khác.", "new")
    if day > timezone.localdate():
        raise Refusal(f"Ngày {say_date(day)} còn ở phía trước. Chọn ngày chuyển đã đến.", "day")
    if not Placement.objects.filter(unit=new, during__contains=day).exists():
        raise Refusal(f"{new.name} không hoạt động vào ngày {say_date(day)}. Chọn chi hội đang hoạt động.", "new")


@transaction.atomic
def decline(transfer: Transfer, reason: str, *, by: Account) -> Transfer:
    """Say no, or take one's own request back, with a reason. Raises Refusal when it is answered already."""
    row = Transfer.objects.select_for_update(of=("self",)).select_related("old", "new").get(pk=transfer.pk)
    if row.accepted is not None:
        raise Refusal("Đề nghị này đã được trả lời.")
    if not may(by, "people", row.old) and not may(by, "people", row.new):
        raise Refusal("Tài khoản này không có quyền trả lời đề nghị này.")
    said_why = clean_text(reason, lines=True).strip()[:LONGEST]
    if not said_why:
        raise Refusal("Chưa nêu lý do. Viết một câu ngắn rồi gửi lại.", "reason")
    row.accepted, row.answer, row.answered_by, row.answered_at = False, said_why, by, timezone.now()
    row.save(update_fields=["accepted", "answer", "answered_by", "answered_at"])
    return row


def agree(transfer: Transfer, *, by: Account) -> Transfer:
    """Say yes, inside the transaction that records both sides (ledger/moving.py).

    Raises Refusal when it is answered already, or when she who answers has no right on the side that was asked.
    """
    row = Transfer.objects.select_for_update(of=("self",)).select_related("old", "new", "asked_by").get(pk=transfer.pk)
    if row.accepted is not None:
        raise Refusal("Đề nghị này đã được trả lời.")
    if not may(by, "people", row.new if row.asked_by_old else row.old):
        raise Refusal("Tài khoản này không có quyền trả lời đề nghị này.")
    row.accepted, row.answered_by, row.answered_at = True, by, timezone.now()
    row.save(update_fields=["accepted", "answered_by", "answered_at"])
    return row


@writes
def move_out(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """The old branch's side of an agreed transfer: out of its count from the day on. Fills in what she was."""

    def verb(deed: Deed, card: Member) -> Told:
        row = _agreed(deed, card)
        if card.unit_id != row.old_id or deed.unit.pk != row.old_id:
            raise Refusal("Chị không còn ở chi hội đã đề nghị. Gửi lại đề nghị từ chi hội hiện nay.", "member")
        filled = end(card, deed.day)
        card.household, card.role = None, ""  # her household stands in the branch that she left
        card.save(update_fields=["household", "role"])
        return Told(card.pk, filled)

    return each(deeds, verb)


@writes
def move_in(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """The new branch's side: she is what she was, from the day on. Fills in what she is."""

    def verb(deed: Deed, card: Member) -> Told:
        row = _agreed(deed, card)
        if deed.unit.pk != row.new_id:
            raise Refusal("Nơi nhận không đúng với đề nghị đã gửi.", "unit")
        kinds = set(Standing.objects.filter(member=card, during__endswith=deed.day).values_list("kind", flat=True))
        was = said(kinds)
        held = {was["standing"]} | {kind for kind in kinds if kind in StandingKind.values}
        begin(card, deed, sorted(held))
        return Told(card.pk, {key: was[key] for key in ("standing", *(kind.value for kind in ADDED))})

    return each(deeds, verb)


def _agreed(deed: Deed, card: Member) -> Transfer:
    """The transfer that a deed names, agreed and of that day."""
    row = Transfer.objects.filter(pk=_key(deed.values.get("transfer", "")), member=card, accepted=True).first()
    if row is None or row.day != deed.day:
        raise Refusal("Chuyển sinh hoạt cần đề nghị của một bên và đồng ý của bên kia.", "transfer")
    return row


def _key(text: str) -> UUID | None:
    """The number of a transfer as told."""
    try:
        return UUID(text)
    except ValueError:
        return None
