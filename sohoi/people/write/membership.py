"""She leaves, comes back, is recognised or no longer is; each deed fills in what only the register knows."""

from collections.abc import Sequence
from uuid import UUID

from sohoi.people.deeds import Answer, Deed, Steps, Told, undoes, writes
from sohoi.people.models import Member, Membership, Standing, StandingKind, Vanished
from sohoi.people.write.belonging import ADDED, FOLLOWED, begin, card_of, current, each, end, reopen, seen
from sohoi.people.write.homes import days_of, steps, total
from sohoi.refusal import Refusal
from sohoi.vietnamese import date as say_date


@writes
def leave(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """She leaves the branch that tells it; the last day is the day before the deed's. Fills in what she was."""
    return each(deeds, lambda deed, card: end(card, deed), erased=True)


@undoes
def unleave(deed: Deed) -> dict[str, Steps]:
    """She had not left: her membership and what she was go on. Raises Refusal when something followed."""
    return reopen(card_of(deed), deed)


@writes
def come_back(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """A former member of the branch belongs to it again. Fills in `homes`."""
    return each(deeds, _come_back, seen(deeds))


def _come_back(deed: Deed, card: Member) -> Told:
    here = {"member": card, "unit": deed.unit}
    known = Membership.objects.filter(**here).exists() or Vanished.objects.filter(**here).exists()
    if card.unit_id != deed.unit.pk or not known:
        raise Refusal(
            "Thẻ của chị do chi hội khác giữ. Chi hội ấy ghi “Trở lại sinh hoạt”, rồi chuyển chị về đây.", "member"
        )
    homes = begin(card, deed, [deed.values.get("standing", StandingKind.ORDINARY)])
    return Told(card.pk, {"homes": total(homes)}, {"homes": homes})


@undoes
def uncome(deed: Deed) -> dict[str, Steps]:
    """She had not come back. Raises Refusal when something followed."""
    card = card_of(deed)
    row = Membership.objects.filter(member=card, record=deed.id, during__endswith=None).first()
    since = Standing.objects.filter(member=card, during__startswith__gte=deed.day).exclude(record=deed.id)
    if row is None or since.exists():
        raise Refusal(FOLLOWED)
    before = days_of([row.household_id])
    Standing.objects.filter(member=card, record=deed.id).delete()
    row.delete()
    card.active = False
    card.save(update_fields=["active"])
    return {"homes": steps(before, days_of([row.household_id]))}


@writes
def recognise(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """She is recognised as a core member, or as one who attends regularly. Fills in `core`, `regular`."""
    return each(deeds, _recognise)


def _recognise(deed: Deed, card: Member) -> Told:
    current(card, deed)
    kind = deed.values["as"]
    later = Standing.objects.filter(member=card, kind=kind, during__overlap=(deed.day, None)).first()
    if later:
        began = say_date(later.during.lower)
        raise Refusal(f"Chị đã được công nhận “{StandingKind(kind).label}” từ {began}. Xem lại ngày.", "as")
    Standing.objects.create(member=card, kind=kind, during=(deed.day, None), record=deed.id)
    return Told(card.pk, {one.value: int(one == kind) for one in ADDED})


@undoes
def unrecognise(deed: Deed) -> None:
    """The recognition had not happened. Raises Refusal when it has ended by another deed."""
    row = Standing.objects.filter(member=card_of(deed), record=deed.id, during__endswith=None).first()
    if row is None:
        raise Refusal("Việc công nhận này đã kết thúc bằng một việc khác. Hủy việc sau trước.")
    row.delete()


@writes
def derecognise(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """She is no longer a core member, or no longer attends regularly. Fills in `core`, `regular`."""
    return each(deeds, _derecognise)


def _derecognise(deed: Deed, card: Member) -> Told:
    kind = deed.values["as"]
    row = Standing.objects.filter(member=card, kind=kind, during__endswith=None).first()
    if row is None or row.during.lower >= deed.day or card.unit_id != deed.unit.pk:
        raise Refusal(f"Chị không phải “{StandingKind(kind).label}” vào ngày này. Xem lại.", "as")
    row.during, row.ended = (row.during.lower, deed.day), deed.id
    row.save(update_fields=["during", "ended"])
    return Told(card.pk, {one.value: int(one == kind) for one in ADDED})


@undoes
def rerecognise(deed: Deed) -> None:
    """It had not ended. Raises Refusal when she was recognised again, left or moved since."""
    card = card_of(deed)
    row = Standing.objects.filter(member=card, ended=deed.id).first()
    again = Standing.objects.filter(member=card, kind=deed.values["as"], during__overlap=(deed.day, None))
    here = Membership.objects.filter(member=card, during__endswith=None, during__contains=deed.day)
    if row is None or again.exists() or not here.exists():
        raise Refusal("Sau đó chị đã được công nhận lại, nghỉ hoặc chuyển. Hủy việc sau trước.")
    row.during, row.ended = (row.during.lower, None), None
    row.save(update_fields=["during", "ended"])
