"""As what she belongs changes: an ordinary member becomes an honorary one, or the other way round; nobody leaves."""

from collections.abc import Sequence
from uuid import UUID

from sohoi.people.deeds import Answer, Deed, Told, undoes, writes
from sohoi.people.models import Member, Membership, Standing, StandingKind, Vanished
from sohoi.people.particulars import check_standing
from sohoi.people.write.belonging import WAYS, card_of, close, current, each, put_back
from sohoi.refusal import Refusal
from sohoi.vietnamese import date as say_date


@writes
def restand(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """From the deed's day on she belongs in another way. Fills in `was`, the way before."""
    return each(deeds, _restand)


def _restand(deed: Deed, card: Member) -> Told:
    current(card, deed)
    wanted = StandingKind(deed.values["standing"])
    row = _way(card, deed)
    was = StandingKind(row.kind) if row else StandingKind.ORDINARY
    if was == wanted:
        raise Refusal(f"Trên thẻ đã là “{wanted.label}”. Chọn diện khác.", "standing")
    check_standing(wanted, card.man, card.birth_year, card.birth_date, deed.day)
    if row:
        close(row, deed)
    Standing.objects.create(member=card, kind=wanted, during=(deed.day, None), record=deed.id)
    return Told(card.pk, {"was": was.value})


def _way(card: Member, deed: Deed) -> Standing | None:
    """The way in which she belongs on that day; raises Refusal when another one begins or ends after it."""
    rows = list(Standing.objects.filter(member=card, kind__in=WAYS, during__overlap=(deed.day, None)))
    for row in rows:
        turned = row.during.upper or row.during.lower
        if turned > deed.day:
            raise Refusal(f"Diện trên thẻ đã đổi ngày {say_date(turned)}. Chọn ngày sau đó.", "day")
    return rows[0] if rows else None


@undoes
def unrestand(deed: Deed) -> None:
    """She belongs as before. Raises Refusal when that way has ended too, or she left or moved since."""
    card = card_of(deed)
    row = Standing.objects.filter(member=card, record=deed.id, during__endswith=None).first()
    here = Membership.objects.filter(member=card, unit=deed.unit, during__endswith=None, during__contains=deed.day)
    if row is None or not here.exists():
        raise Refusal("Sau đó đã đổi diện lần nữa, nghỉ hoặc chuyển. Hủy việc sau trước, rồi hủy việc này.")
    row.delete()
    for before in Standing.objects.filter(member=card, ended=deed.id):
        before.during, before.ended = (before.during.lower, None), None
        before.save(update_fields=["during", "ended"])
    for one in Vanished.objects.filter(member=card, ended=deed.id):
        put_back(one)
