"""The answer to a transfer: both sides' records in one transaction, so that nobody is counted twice or nowhere."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from sohoi.ledger.draft import Draft
from sohoi.ledger.holding import hold_open
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.read import open_in_all
from sohoi.ledger.undoing import can_be_taken_back
from sohoi.ledger.write import accept, void_many
from sohoi.people.models import Member, Membership, Transfer, Vanished
from sohoi.people.write.holding import hold_registers
from sohoi.people.write.transfers import agree, record_of
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from sohoi.rights.models import Account
from sohoi.vietnamese import date as say_date

TWO_BRANCHES = (
    "Hủy lần chuyển đổi số của cả hai chi hội: nhờ Hội cấp trên của cả hai hủy, hoặc gửi đề nghị chuyển ngược lại."
)
TOLD_BEFORE = (
    "Lần chuyển này được ghi từ khi phần mềm chưa hủy được việc chuyển. Nếu hội viên về lại chi hội cũ, gửi đề nghị "
    "chuyển ngược lại."
)


@transaction.atomic
def settle(transfer: Transfer, *, by: Account, door: str = "desk") -> Transfer:
    """Agree to a transfer: each side's record is told by the officer of that side, who asked or who answers.

    Where the month is closed on one side, both count from the first day that is open on both. Raises Refusal as the
    gate and the register do; then nothing has changed.
    """
    hold_open(units=[transfer.old_id, transfer.new_id])  # of both sides at once, before any row
    hold_registers([transfer.old_id, transfer.new_id], [transfer.member_id], alone=False)
    row = agree(transfer, by=by)
    counts = open_in_all([row.old_id, row.new_id], row.day)
    leaver, joiner = (row.asked_by, by) if row.asked_by_old else (by, row.asked_by)
    sides = [("member-moved-out", row.old, leaver), ("member-moved-in", row.new, joiner)]
    for kind, unit, teller in sides[_had_left(row) :]:
        key, values = record_of(row.pk, kind), {"transfer": str(row.pk)}
        draft = Draft(key, kind, unit.code, row.day, values, member=row.member_id)
        try:
            accept(draft, by=teller, door=door, not_before=counts)
        except Refusal as refusal:
            if teller != by:
                said = f"Bên đề nghị không còn ghi được: {refusal} Nhờ bên ấy rút và gửi lại đề nghị."
                raise Refusal(said, refusal.where) from refusal
            raise
    return row


@transaction.atomic
def unsettle(transfer: Transfer, reason: str, *, by: Account) -> None:
    """Take an agreed transfer back: both sides' records, and she is again where she was. Where a month is closed on one
    side by now, both opposites count from the first day that is open on both.

    Raises Refusal without the right to take back in both branches, or when the new branch told something of her since.
    """
    hold_open(units=[transfer.old_id, transfer.new_id])
    hold_registers([transfer.old_id, transfer.new_id], [transfer.member_id])
    row = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    if not row.accepted or row.undone_at:
        raise Refusal("Lần chuyển này đã hủy, hoặc chưa được đồng ý. Mở lại trang để xem.")
    if not may_both(by, row):
        raise Refusal(TWO_BRANCHES)
    if not can_be_unsettled(row):
        raise Refusal(TOLD_BEFORE)
    records = list(_told(row))
    if last := _told_since(row, records).order_by("-recorded_at").first():
        raise Refusal(f"Ở nơi nhận đã ghi “{last.kind.label}” ngày {say_date(last.day)}. Hủy việc ấy trước.")
    counts = open_in_all([row.old_id, row.new_id], row.day, max((record.booked for record in records), default=row.day))
    for answer in void_many(records, reason, by=by, not_before=counts).values():
        if isinstance(answer, Refusal):
            raise answer


def _told_since(row: Transfer, records: list[Record]) -> QuerySet[Record]:
    """What the new branch told of her from the day of the move on; not what it told before on that very day, when she
    came back on the day she left."""
    ids = [record.pk for record in records]
    first = Entry.objects.filter(record__in=ids).order_by("pk").values_list("pk", flat=True).first()
    before = Entry.objects.filter(record=OuterRef("pk"), pk__lt=first or 0)
    later = Record.objects.filter(
        ~Exists(before), member=row.member_id, unit=row.new_id, day__gte=row.day, voiding=None
    )
    return later.exclude(pk__in=ids).select_related("kind")


def can_be_unsettled(transfer: Transfer) -> bool:
    """Whether what both sides told of an agreed move can be taken back: what was told before that was possible, only
    where today's kinds understand it."""
    return can_be_taken_back({record.kind for record in _told(transfer).select_related("kind")})


def _told(transfer: Transfer) -> QuerySet[Record]:
    """The records of both sides."""
    keys = [record_of(transfer.pk, kind) for kind in ("member-moved-in", "member-moved-out")]
    return Record.objects.filter(pk__in=keys)


def may_both(by: Account, row: Transfer) -> bool:
    """Whether she may take deeds back on both sides of a move: neither side takes women from the other alone."""
    sides = {row.old_id, row.new_id}
    return scope(by, "void").filter(pk__in=sides).count() == len(sides)


def _had_left(row: Transfer) -> bool:
    """Whether she belonged nowhere when it was asked, so that she moves out of no count. One who left since then is
    still told as moving out, and the register refuses that."""
    if Member.objects.filter(pk=row.member_id, active=True).exists():
        return False
    ended = [model.objects.filter(member=row.member_id).values("ended") for model in (Membership, Vanished)]
    since = Record.objects.filter(recorded_at__gt=row.asked_at)
    return not any(since.filter(pk__in=one).exists() for one in ended)
