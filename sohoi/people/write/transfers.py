"""A move from one branch to another: asked by one side, answered by the other, counted in both in one moment."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from sohoi.people.addressing import speaking_of
from sohoi.people.deeds import Answer, Deed, Told, Undone, writes
from sohoi.people.models import Link, Member, Membership, NumberRequest, Standing, Transfer, Vanished
from sohoi.people.particulars import read_number
from sohoi.people.sealing import blind
from sohoi.people.write.belonging import ADDED, FOLLOWED, WAYS, begin, card_of, each, end, reopen, said, was_ended_by
from sohoi.refusal import Refusal
from sohoi.rights.may import may
from sohoi.rights.models import Account
from sohoi.units.models import Level, Placement, Unit
from sohoi.units.read import heirs
from sohoi.vietnamese import clean_text
from sohoi.vietnamese import date as say_date

LONGEST = 500
BOTH_SIDES = "Chuyển sinh hoạt là việc của hai bên: hủy cả lần chuyển ở trang Đề nghị chuyển sinh hoạt."
NOT_AGREED = "Chuyển sinh hoạt cần đề nghị của một bên và đồng ý của bên kia."
NOT_THERE = "Chị không còn ở chi hội đã đề nghị. Gửi lại đề nghị từ chi hội hiện nay."
NUMBERS_A_DAY = 30  # so many ID numbers may one account ask for: enough for work, too few to try numbers out


@transaction.atomic
def ask(key: UUID, member: Member, new: Unit, day: date, reason: str, *, by: Account) -> Transfer:
    """Ask to move a member to another branch from a day on; the branch she leaves asks, or the one she joins. One who
    left may be moved when her branch has ended, for it cannot take her back.

    Asked twice with the same key it is one request. Raises Refusal without the right on either side, for a branch
    that does not stand on that day, a day ahead, or while another request for her is open.
    """
    card = Member.objects.select_for_update(of=("self",)).select_related("unit").get(pk=member.pk)
    known = Transfer.objects.filter(pk=key).first()
    if known and (known.member_id, known.new_id, known.asked_by_id) != (card.pk, new.pk, by.pk):
        raise Refusal("Mã này đã dùng cho một đề nghị khác. Mở lại trang rồi gửi lại.")
    if known:
        return known
    with speaking_of(card.man):
        return _ask(key, card, new, day, reason, by)


def _ask(key: UUID, card: Member, new: Unit, day: date, reason: str, by: Account) -> Transfer:
    """A request for a card that is locked."""
    if card.unit is None or card.same_as_id or not (card.active or card.unit not in heirs(card.unit, day)):
        raise Refusal("Chị hiện không thuộc chi hội nào nên không chuyển được. Hãy ghi “Trở lại sinh hoạt”.")
    from_old = may(by, "people", card.unit)
    if not from_old and not may(by, "people", new):
        raise Refusal("Tài khoản này không có quyền ở cả nơi chuyển và nơi nhận. Nhờ một trong hai bên gửi đề nghị.")
    _check_place(new, day)
    if new.pk == card.unit_id:
        raise Refusal("Chị đang ở chính chi hội này. Chọn chi hội khác.", "new")
    if Membership.objects.filter(member=card, during__endswith=None, during__startswith__gt=day).exists():
        raise Refusal("Ngày chuyển đứng trước ngày chị vào chi hội hiện nay. Chọn ngày sau đó.", "day")
    if Transfer.objects.filter(member=card, accepted=None).exists():
        raise Refusal("Đã có một đề nghị chuyển chị đang chờ trả lời. Rút đề nghị ấy trước, rồi gửi lại.")
    said_why = clean_text(reason, lines=True).strip()[:LONGEST]
    return Transfer.objects.create(
        pk=key, member=card, old=card.unit, new=new, asked_by_old=from_old, reason=said_why, asked_by=by, day=day
    )


@transaction.atomic
def ask_by_number(key: UUID, number: str, new: Unit, day: date, reason: str, *, by: Account) -> NumberRequest:
    """Ask to receive the woman who has this ID number. Whether it stands in the register is not told: the answer, and
    what is kept for who asked, are the same; only the branch that keeps her card sees that there is a request.

    Asked twice with the same key it is one request. Raises Refusal for a number that cannot be one, a branch or a day
    that cannot be, without the right there, and after thirty numbers in a day.
    """
    known = NumberRequest.objects.filter(pk=key, by=by).first()
    if known:
        return known
    if not may(by, "people", new):
        raise Refusal("Tài khoản này không có quyền nhận về chi hội này. Chọn chi hội của mình.", "new")
    index, tail = _index_of(number)
    _check_place(new, day)
    Account.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)  # in turn, so that thirty is thirty
    today = NumberRequest.objects.filter(by=by, at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= NUMBERS_A_DAY:
        raise Refusal(f"Trong một ngày mỗi tài khoản chỉ hỏi được {NUMBERS_A_DAY} số. Mai hãy gửi tiếp.", "number")
    asked = NumberRequest.objects.create(pk=key, new=new, day=day, tail=tail, id_index=index, by=by)
    card = _holder(index, new)
    if card and card.unit and not Transfer.objects.filter(member=card, accepted=None).exists():
        said_why = clean_text(reason, lines=True).strip()[:LONGEST]
        Transfer.objects.create(
            pk=key, member=card, old=card.unit, new=new, asked_by_old=False, reason=said_why, asked_by=by, day=day
        )
    return asked


def _holder(index: bytes, new: Unit) -> Member | None:
    """The woman who has this number at another branch, locked; she belongs there, or has left, or the number lies on
    a card that was merged into hers."""
    told = Member.objects.filter(id_index=index).values_list("same_as", "pk").first()
    if told is None:
        return None
    cards = Member.objects.select_for_update(of=("self",)).select_related("unit")
    return cards.filter(pk=told[0] or told[1], same_as=None, erased_on=None).exclude(unit=new).first()


def _index_of(number: str) -> tuple[bytes, str]:
    """The blind index of an ID number and its last three digits; a man's number is as good as a woman's."""
    digits = "".join(sign for sign in number if sign.isdigit())
    read = read_number(number, None, man=len(digits) == 12 and int(digits[3]) % 2 == 0)
    return blind(read), read[-3:]


@transaction.atomic
def withdraw_number(asked: NumberRequest, *, by: Account) -> None:
    """Take back a request by number, wherever it led; refused it is taken back like one that led nowhere. Raises
    Refusal without the right, or when she has come."""
    transfer = Transfer.objects.select_for_update(of=("self",)).filter(pk=asked.pk).first()  # before what led to it
    row = NumberRequest.objects.select_for_update(of=("self",)).select_related("new").get(pk=asked.pk)
    if not may(by, "people", row.new):
        raise Refusal("Đề nghị này do chi hội khác gửi. Nhờ chi hội ấy hoặc Hội cấp trên rút.")
    if row.withdrawn_at:
        return
    if transfer and transfer.accepted:
        raise Refusal("Đề nghị này đã được đồng ý, không rút được nữa. Muốn chuyển lại thì gửi đề nghị mới.")
    if transfer and transfer.accepted is None:
        decline(transfer, "Bên đề nghị đã rút.", by=by)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])


def _check_place(new: Unit, day: date) -> None:
    """Where she goes must be a branch, standing on that day."""
    if new.level != Level.BRANCH:
        raise Refusal("Nơi nhận phải là một chi hội. Chọn chi hội của cơ sở ấy.", "new")
    if day > timezone.localdate():
        raise Refusal(f"Ngày {say_date(day)} còn ở phía trước. Chọn ngày chuyển đã đến.", "day")
    if not Placement.objects.filter(unit=new, during__contains=day).exists():
        raise Refusal(f"{new.name} không hoạt động vào ngày {say_date(day)}. Chọn chi hội đang hoạt động.", "new")


@transaction.atomic
def decline(transfer: Transfer, reason: str, *, by: Account) -> Transfer:
    """Say no, or take one's own request back, with a reason. Raises Refusal when it is answered already."""
    row = Transfer.objects.select_for_update(of=("self",)).select_related("old", "new").get(pk=transfer.pk)
    if row.accepted is not None:
        raise Refusal("Đề nghị này đã được trả lời. Mở lại trang Chuyển sinh hoạt để xem câu trả lời.")
    if not may(by, "people", row.old) and not may(by, "people", row.new):
        raise Refusal("Tài khoản này không có quyền trả lời đề nghị này. Chờ bên được hỏi trả lời.")
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
        raise Refusal("Đề nghị này đã được trả lời. Mở lại trang Chuyển sinh hoạt để xem câu trả lời.")
    if not may(by, "people", row.new if row.asked_by_old else row.old):
        raise Refusal("Tài khoản này không có quyền trả lời đề nghị này. Chờ bên được hỏi trả lời.")
    row.accepted, row.answered_by, row.answered_at = True, by, timezone.now()
    row.save(update_fields=["accepted", "answered_by", "answered_at"])
    return row


@writes
def move_out(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """The old branch's side of an agreed transfer: out of its count from the day on. Fills in what she was."""
    return each(deeds, _move_out)


def _move_out(deed: Deed, card: Member) -> Told:
    row = _agreed(deed, card)
    if card.unit_id != row.old_id or deed.unit.pk != row.old_id:
        raise Refusal(NOT_THERE, "member")
    return end(card, deed)


@writes
def move_in(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """The new branch's side: she is what she was, from the day on. Fills in what she is."""
    return each(deeds, _move_in, _agreed_for(deeds), missing=(NOT_AGREED, "transfer"))


def _move_in(deed: Deed, card: Member) -> Told:
    row = _agreed(deed, card)
    if deed.unit.pk != row.new_id:
        raise Refusal("Nơi nhận không đúng với đề nghị đã gửi. Rút đề nghị rồi gửi lại với chi hội đúng.", "unit")
    if card.unit_id != row.old_id:
        raise Refusal(NOT_THERE, "member")
    kinds = was_ended_by(card, record_of(row.pk, "member-moved-out")) or _was_last(card)
    was = said(kinds)
    Transfer.objects.filter(pk=row.pk).update(role=card.role)
    card.household, card.role = None, ""  # her household stands in the branch that she left
    card.save(update_fields=["household", "role"])
    begin(card, deed, sorted({was["standing"], *kinds}))
    return Told(card.pk, {key: was[key] for key in ("standing", *(kind.value for kind in ADDED))})


@writes
def unmove(deeds: Sequence[Deed]) -> dict[UUID, Undone]:
    """She did not move: both sides are taken back together, the new branch's first. Answers a Refusal for one side
    alone, and when something followed at the new branch."""
    rows = Transfer.objects.in_bulk({key for deed in deeds if (key := _key(deed.values["transfer"]))})
    answers: dict[UUID, Undone] = {deed.id: Refusal(BOTH_SIDES) for deed in deeds}
    told = {deed.id: deed for deed in deeds}
    for row in rows.values():
        into, out = (told.get(record_of(row.pk, kind)) for kind in ("member-moved-in", "member-moved-out"))
        if into is not None and (out is not None or _from_nowhere(row)):
            answers |= _unmove(row, into, out)
    return answers


def _unmove(row: Transfer, into: Deed, out: Deed | None) -> dict[UUID, Undone]:
    """One move taken back; refused, nothing has changed."""
    deeds = [deed for deed in (into, out) if deed]
    try:
        card = card_of(into)
        with transaction.atomic(), speaking_of(card.man):
            _leave_new(card, into, row)
            card.unit_id = row.old_id
            card.save(update_fields=["unit", "active"])
            steps = reopen(card, out) if out else {}
            last = Membership.objects.filter(member=card).order_by("-during").first()
            card.household_id = last.household_id if last else None
            card.role = row.role if card.household_id else ""
            card.save(update_fields=["household", "role"])
            Transfer.objects.filter(pk=row.pk).update(undone_by=into.by, undone_at=timezone.now())
    except Refusal as refusal:
        return {deed.id: refusal for deed in deeds}
    return {deed.id: steps if deed is out else {} for deed in deeds}


def _leave_new(card: Member, into: Deed, move: Transfer) -> None:
    """Her days at the new branch go. Raises Refusal when something followed there."""
    row = Membership.objects.filter(member=card, record=into.id, during__endswith=None).first()
    since = Standing.objects.filter(member=card, during__overlap=(into.day, None)).exclude(record=into.id)
    ended = Standing.objects.filter(member=card, record=into.id).exclude(during__endswith=None)
    merged = Link.objects.filter(kept=card, same=True, cut_at=None, at__gte=move.answered_at)
    if row is None or card.same_as_id or merged.exists() or since.exists() or ended.exists():
        raise Refusal(FOLLOWED)
    if row.household_id:  # she came without one: a correction told of it, perhaps as of a day before the move
        raise Refusal("Ở nơi nhận đã ghi hộ của chị. Hủy lần sửa thẻ ấy trước, rồi hủy lần chuyển này.")
    if Transfer.objects.filter(member=card, accepted=None).exists():
        raise Refusal("Đang có đề nghị chuyển tiếp chị. Trả lời hoặc rút đề nghị ấy trước, rồi hủy lần chuyển này.")
    Standing.objects.filter(member=card, record=into.id).delete()
    row.delete()
    card.active = False


def _from_nowhere(row: Transfer) -> bool:
    """Whether she moved out of no count: then there is no record of the old branch."""
    out = record_of(row.pk, "member-moved-out")
    return not Membership.objects.filter(member=row.member_id, ended=out).exists() and not (
        Vanished.objects.filter(member=row.member_id, ended=out).exists()
    )


def _was_last(card: Member) -> set[str]:
    """The way in which one who has left belonged last; a recognition does not come back with her."""
    last = Membership.objects.filter(member=card).order_by("-during").first()
    kinds = was_ended_by(card, last.ended) if last and last.ended else set()
    return kinds & {kind.value for kind in WAYS}


def _agreed_for(deeds: Sequence[Deed]) -> set[int]:
    """The women of agreed transfers that the deeds name, each to the deed's own branch."""
    keys = {_key(deed.values.get("transfer", "")) for deed in deeds} - {None}
    rows = Transfer.objects.filter(pk__in=keys, accepted=True, new__in={deed.unit.pk for deed in deeds})
    return set(rows.filter(member__in={deed.member for deed in deeds}).values_list("member", flat=True))


def record_of(transfer: UUID, kind: str) -> UUID:
    """The record of one side; the same however often it is sent."""
    return uuid5(transfer, kind)


def _agreed(deed: Deed, card: Member) -> Transfer:
    """The transfer that a deed names, agreed and of that day."""
    key = _key(deed.values.get("transfer", ""))
    row = Transfer.objects.filter(pk=key, member=card, accepted=True).first() if key else None
    if row is None or row.day != deed.day:
        raise Refusal(NOT_AGREED, "transfer")
    return row


def _key(text: str) -> UUID | None:
    """The number of a transfer as told."""
    try:
        return UUID(text)
    except ValueError:
        return None
