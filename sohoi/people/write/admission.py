"""Writing a woman down: a new member, or one who was a member before the register came; and taking it back."""

from collections.abc import Sequence
from uuid import UUID

from sohoi.people.deeds import Answer, Deed, Told, writes
from sohoi.people.models import Household, Member, Membership, Standing
from sohoi.people.particulars import Particulars, read_particulars
from sohoi.people.write.households import household_named, joined
from sohoi.people.write.membership import card_of
from sohoi.refusal import Refusal

KNOWN_NUMBER = (
    "Số định danh này đã có trong sổ. Nếu chị đã là hội viên ở nơi khác, hãy gửi đề nghị chuyển sinh hoạt "
    "bằng số định danh; nếu không, kiểm tra lại số."
)


@writes
def admit(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """Write newcomers down with their membership and standing, all deeds in a handful of statements.

    Fills in `homes`: 1 where she is the first member of her household. Refuses what cannot be (born tomorrow, a man
    as ordinary member, a number that is in the register already): the sentence names the field.
    """
    read = {deed.id: _read(deed) for deed in deeds}
    good = {deed.id: deed for deed in deeds if isinstance(read[deed.id], Particulars)}
    told = {key: one for key, one in read.items() if isinstance(one, Particulars)}
    taken = _taken(told)
    homes = household_named(
        (good[k].unit, one.household) for k, one in told.items() if one.household and k not in taken
    )
    rows = {k: _card(good[k], one, homes) for k, one in told.items() if k not in taken}
    Member.objects.bulk_create(sorted(rows.values(), key=lambda row: str(row.origin)), ignore_conflicts=True)
    cards = {row.origin: row for row in Member.objects.filter(origin__in=rows) if row.origin}
    _belong([good[key] for key in rows], told, cards)
    met = joined([cards[key] for key in rows])
    answers: dict[UUID, Answer] = {key: one for key, one in read.items() if isinstance(one, Refusal)}
    answers |= {key: Refusal(KNOWN_NUMBER, "id-number") for key in taken}
    answers |= {key: Told(cards[key].pk, {"homes": met.get(cards[key].pk, 0)}) for key in rows}
    return answers


def _read(deed: Deed) -> Particulars | Refusal:
    """What was told of her, or why it cannot be."""
    try:
        return read_particulars(deed.values, deed.day)
    except Refusal as refusal:
        return refusal


def _taken(told: dict[UUID, Particulars]) -> set[UUID]:
    """Deeds whose ID number stands in the register already, or twice among themselves; the same deed is no repeat."""
    wanted = {one.id_index for one in told.values() if one.id_index}
    there = Member.objects.filter(id_index__in=wanted).values_list("id_index", "origin")
    seen: dict[bytes, UUID | None] = {bytes(index): origin for index, origin in there if index}
    taken = set()
    for key in sorted(told):
        index = told[key].id_index
        if index and seen.setdefault(index, key) != key:
            taken.add(key)
    return taken


def _card(deed: Deed, one: Particulars, homes: dict[tuple[int, str], Household]) -> Member:
    """The new card."""
    home = homes.get((deed.unit.pk, one.household))
    card = Member(origin=deed.id, unit=deed.unit, active=True, household=home, role=one.role, **one.columns())
    card.rename(one.name)
    return card


def _belong(deeds: list[Deed], told: dict[UUID, Particulars], cards: dict[UUID, Member]) -> None:
    """Membership and standing from the day of the deed; written once, whoever else sends the same deed."""
    there = set(Membership.objects.filter(record__in=cards).values_list("record", flat=True))
    fresh = [deed for deed in deeds if deed.id not in there]
    Membership.objects.bulk_create(
        Membership(member=cards[d.id], unit=d.unit, during=(d.day, None), record=d.id) for d in fresh
    )
    Standing.objects.bulk_create(
        Standing(member=cards[d.id], kind=told[d.id].standing, during=(d.day, None), record=d.id) for d in fresh
    )


@writes
def unadmit(deed: Deed) -> None:
    """Take an admission back: she belongs nowhere, her card stays for whoever looks the deed up.

    Raises Refusal when something followed (she left, moved, was recognised): that must be taken back first.
    """
    card = card_of(deed)
    if Membership.objects.filter(member=card).exclude(record=deed.id).exists() or not card.active:
        raise Refusal("Sau lần kết nạp này chị đã chuyển, nghỉ hoặc trở lại. Hủy việc sau trước, rồi hủy việc này.")
    if Standing.objects.filter(member=card).exclude(record=deed.id).exists() or card.twins.exists():
        raise Refusal("Sau lần kết nạp này chị đã được công nhận thêm, hoặc gộp thẻ. Hủy việc sau trước.")
    Standing.objects.filter(record=deed.id).delete()
    Membership.objects.filter(record=deed.id).delete()
    card.active = False
    card.id_index = None  # the number may be told again, rightly this time
    card.save(update_fields=["active", "id_index"])
