"""How a membership ends, begins again or is recognised; each deed fills in what only the register knows."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sohoi.people.deeds import Answer, Deed, Told, writes
from sohoi.people.models import Member, Membership, Standing, StandingKind
from sohoi.people.write.households import joined, left
from sohoi.refusal import Refusal
from sohoi.vietnamese import date as say_date

WAYS = (StandingKind.ORDINARY, StandingKind.AUTOMATIC, StandingKind.HONORARY)  # of belonging; one is always there
ADDED = (StandingKind.CORE, StandingKind.REGULAR)  # recognised on top
NOT_HERE = "Hội viên này không thuộc chi hội vào ngày đó. Chọn lại hội viên, hoặc xem lại ngày."


def locked(deeds: Iterable[Deed]) -> dict[int, Member]:
    """The cards that deeds are about, locked one after the other in one order until the transaction ends."""
    wanted = {deed.member for deed in deeds if deed.member}
    rows = Member.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    return {row.pk: row for row in rows}


def card_of(deed: Deed) -> Member:
    """The card that a record is about, locked until the transaction ends."""
    return Member.objects.select_for_update(of=("self",)).get(pk=deed.member or 0)


def each(deeds: Sequence[Deed], verb: Any) -> dict[UUID, Answer]:
    """Answer each deed by `verb(deed, card)`, in the order of days; a refusal of one leaves the others alone."""
    cards, answers = locked(deeds), dict[UUID, Answer]()
    for deed in sorted(deeds, key=lambda deed: (deed.day, deed.id)):
        card = cards.get(deed.member or 0)
        try:
            if card is None or card.same_as_id or card.erased_on:
                raise Refusal(NOT_HERE, "member")
            answers[deed.id] = verb(deed, card)
        except Refusal as refusal:
            answers[deed.id] = refusal
    return answers


def current(card: Member, day: date) -> Membership:
    """Her open membership, begun by that day; raises Refusal when there is none."""
    row = Membership.objects.filter(member=card, during__endswith=None).order_by("-during").first()
    if row is None:
        raise Refusal("Chị hiện không thuộc chi hội nào, nên không ghi được việc này.", "member")
    if row.during.lower > day:
        began = say_date(row.during.lower)
        raise Refusal(f"Chị vào chi hội này từ {began}, sau ngày {say_date(day)}. Xem lại ngày.", "day")
    return row


def close_standings(card: Member, day: date) -> dict[str, Any]:
    """End what she was on that day; returns `standing`, `core`, `regular` as they were."""
    open_rows = list(Standing.objects.filter(member=card, during__endswith=None))
    for row in open_rows:
        if row.during.lower >= day:
            row.delete()  # begun and ended on one day: it never held
        else:
            row.during = (row.during.lower, day)
            row.save(update_fields=["during"])
    return said({row.kind for row in open_rows})


def said(kinds: set[str]) -> dict[str, Any]:
    """Standings as a kind's filled fields."""
    way = next((kind.value for kind in WAYS if kind in kinds), StandingKind.ORDINARY.value)
    return {"standing": way} | {kind.value: int(kind in kinds) for kind in ADDED}


def end(card: Member, day: date) -> dict[str, Any]:
    """End her membership before that day (she is out from it on); returns what to take out of the count."""
    row = current(card, day)
    filled = {"homes": left([card]).get(card.pk, 0)} | close_standings(card, day)
    if row.during.lower == day:
        row.delete()
    else:
        row.during = (row.during.lower, day)
        row.save(update_fields=["during"])
    card.active = False
    card.save(update_fields=["active"])
    return filled


def begin(card: Member, deed: Deed, standings: Iterable[str]) -> int:
    """Begin a membership on the deed's day; returns 1 when she is the first active member of her household."""
    if Membership.objects.filter(member=card, during__endswith=None).exists():
        raise Refusal("Chị đang thuộc một chi hội; mỗi lúc chỉ thuộc một nơi. Chuyển chị đi trước đã.", "member")
    later = Membership.objects.filter(member=card, during__overlap=(deed.day, None)).exists()
    if later:
        raise Refusal(f"Chị còn thuộc chi hội cũ vào ngày {say_date(deed.day)}. Chọn ngày sau ngày nghỉ.", "day")
    Membership.objects.create(member=card, unit=deed.unit, during=(deed.day, None), record=deed.id)
    Standing.objects.bulk_create(
        Standing(member=card, kind=kind, during=(deed.day, None), record=deed.id) for kind in standings
    )
    card.unit, card.active = deed.unit, True
    card.save(update_fields=["unit", "active"])
    return joined([card]).get(card.pk, 0)


@writes
def leave(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """She leaves the branch that tells it; the last day is the day before the deed's. Fills in what she was."""
    return each(deeds, _leave)


def _leave(deed: Deed, card: Member) -> Told:
    if not card.active or card.unit_id != deed.unit.pk:
        raise Refusal(NOT_HERE, "member")
    return Told(card.pk, end(card, deed.day))


@writes
def unleave(deed: Deed) -> None:
    """She had not left: her membership and what she was go on. Raises Refusal when she belongs elsewhere by now."""
    card = card_of(deed)
    if card.active or card.same_as_id:
        raise Refusal("Chị đã trở lại hoặc chuyển nơi khác sau đó. Hủy việc sau trước, rồi hủy việc này.")
    _reopen_membership(card, deed)
    _reopen_standings(card, deed)
    card.active = True
    card.save(update_fields=["unit", "active"])


def _reopen_membership(card: Member, deed: Deed) -> None:
    """The membership that ended with the deed, or that began and ended on its day and left no row."""
    row = Membership.objects.filter(member=card, during__endswith=deed.day).first()
    if row is None:
        Membership.objects.create(member=card, unit=deed.unit, during=(deed.day, None), record=card.origin)
        return
    row.during = (row.during.lower, None)
    row.save(update_fields=["during"])
    card.unit = row.unit


def _reopen_standings(card: Member, deed: Deed) -> None:
    """What she was: the rows that ended with the deed, and those of its own day that left no row."""
    ended = list(Standing.objects.filter(member=card, during__endswith=deed.day))
    for row in ended:
        row.during = (row.during.lower, None)
        row.save(update_fields=["during"])
    told = {deed.values.get("standing", StandingKind.ORDINARY), *(k.value for k in ADDED if deed.values.get(k.value))}
    Standing.objects.bulk_create(
        Standing(member=card, kind=kind, during=(deed.day, None), record=card.origin or deed.id)
        for kind in sorted(told - {row.kind for row in ended})
    )


@writes
def come_back(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """A former member of the branch belongs to it again. Fills in `homes`."""
    return each(deeds, _come_back)


def _come_back(deed: Deed, card: Member) -> Told:
    if card.unit_id != deed.unit.pk:
        raise Refusal("Chị chưa từng thuộc chi hội này. Nếu chị từ nơi khác đến, hãy chuyển sinh hoạt.", "member")
    return Told(card.pk, {"homes": begin(card, deed, [deed.values.get("standing", StandingKind.ORDINARY)])})


@writes
def uncome(deed: Deed) -> None:
    """She had not come back. Raises Refusal when something followed."""
    card = card_of(deed)
    row = Membership.objects.filter(record=deed.id, during__endswith=None).first()
    if row is None or Standing.objects.filter(member=card, during__endswith=None).exclude(record=deed.id).exists():
        raise Refusal("Sau khi trở lại, chị đã chuyển, nghỉ hoặc được công nhận thêm. Hủy việc sau trước.")
    Standing.objects.filter(record=deed.id).delete()
    row.delete()
    card.active = False
    card.save(update_fields=["active"])


@writes
def recognise(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """She is recognised as a core member, or as one who attends regularly. Fills in `core`, `regular`."""
    return each(deeds, _recognise)


def _recognise(deed: Deed, card: Member) -> Told:
    current(card, deed.day)
    kind = deed.values["as"]
    if Standing.objects.filter(member=card, kind=kind, during__overlap=(deed.day, None)).exists():
        raise Refusal(f"Chị đã được công nhận “{StandingKind(kind).label}” rồi.", "as")
    Standing.objects.create(member=card, kind=kind, during=(deed.day, None), record=deed.id)
    return Told(card.pk, {one.value: int(one == kind) for one in ADDED})


@writes
def unrecognise(deed: Deed) -> None:
    """The recognition had not happened."""
    row = Standing.objects.filter(record=deed.id, during__endswith=None).first()
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
    if row is None or row.during.lower >= deed.day:
        raise Refusal(f"Chị không phải “{StandingKind(kind).label}” vào ngày này. Xem lại.", "as")
    row.during = (row.during.lower, deed.day)
    row.save(update_fields=["during"])
    return Told(card.pk, {one.value: int(one == kind) for one in ADDED})


@writes
def rerecognise(deed: Deed) -> None:
    """It had not ended."""
    row = Standing.objects.filter(member=deed.member, kind=deed.values["as"], during__endswith=deed.day).first()
    if row is None:
        raise Refusal("Không mở lại được: chị đã được công nhận lại sau đó.")
    row.during = (row.during.lower, None)
    row.save(update_fields=["during"])
