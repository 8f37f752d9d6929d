"""Writing a woman down: a new member, or one who was a member before the register came; and taking it back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sohoi.among import among
from sohoi.people.deeds import Answer, Deed, Steps, Told, writes
from sohoi.people.models import Consent, Member, Membership, Standing
from sohoi.people.models.members import name_columns
from sohoi.people.particulars import Particulars, read_particulars
from sohoi.people.read.privacy import erased
from sohoi.people.registry import purposes
from sohoi.people.write.belonging import card_of
from sohoi.people.write.erasure import clear_card
from sohoi.people.write.homes import Spans, days_of, steps, total
from sohoi.people.write.households import homes_named
from sohoi.people.write.numbers import KnownNumber, answered
from sohoi.people.write.rows import write_cards
from sohoi.refusal import Refusal

ONCE_HERE = "Chị từng có thẻ ở chi hội này: ghi “Hội viên trở lại sinh hoạt”."


@writes
def admit(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """Write newcomers down with their membership and standing, all deeds in a handful of statements.

    Fills in `homes`: 1 where she is the first member of her household. Refuses what cannot be (born tomorrow, a man
    as ordinary member, a number that is in the register already, or of a woman who was erased at her request and has
    not agreed anew): the sentence names the field.
    """
    read = {deed.id: _read(deed) for deed in deeds}
    good = {deed.id: deed for deed in deeds if isinstance(read[deed.id], Particulars)}
    told = {key: one for key, one in read.items() if isinstance(one, Particulars)}
    met = _taken(told) | _erased(good, told)
    taken: dict[UUID, Answer] = {key: KnownNumber(told[key].id_index or b"") for key in met}
    taken |= dict.fromkeys(_once_here(good, told, met), Refusal(ONCE_HERE, "id-number"))
    wanted = {key: one for key, one in told.items() if key not in taken}
    named, made = homes_named((good[key].unit, one.household) for key, one in wanted.items() if one.household)
    homes = {key: named.get((good[key].unit.pk, one.household)) for key, one in wanted.items()}
    days = days_of(homes.values(), made)
    cards = write_cards(_row(good[key], one, homes[key]) for key, one in wanted.items())
    for key in wanted.keys() - cards.keys():  # somebody told the same number a moment ago
        taken[key] = KnownNumber(wanted[key].id_index or b"")
    homes_met = _homes_met([good[key] for key in cards], homes, days)
    _agreed([good[key] for key in cards], cards)
    answers: dict[UUID, Answer] = {key: one for key, one in read.items() if isinstance(one, Refusal)}
    answers |= answered(taken, deeds[0].by)
    answers |= {key: Told(cards[key], {"homes": total(homes_met[key])}, {"homes": homes_met[key]}) for key in cards}
    return answers


def _read(deed: Deed) -> Particulars | Refusal:
    """What was told of her, or why it cannot be."""
    try:
        return read_particulars(deed.values, deed.day)
    except Refusal as refusal:
        return refusal


def _erased(deeds: dict[UUID, Deed], told: dict[UUID, Particulars]) -> set[UUID]:
    """Deeds that would bring back a woman who was erased at her own request, unless she agreed anew."""
    gone = erased(one.id_index for one in told.values())
    return {key for key, one in told.items() if one.id_index in gone and not deeds[key].values.get("agreed-again")}


def _taken(told: dict[UUID, Particulars]) -> set[UUID]:
    """Deeds whose ID number stands in the register already, or twice among themselves; the same deed is no repeat."""
    wanted = {one.id_index for one in told.values() if one.id_index}
    there = Member.objects.filter(id_index__in=among(wanted)).values_list("id_index", "origin")
    seen: dict[bytes, UUID | None] = {bytes(index): origin for index, origin in there if index}
    taken = set()
    for key in sorted(told, key=lambda key: key.int):
        index = told[key].id_index
        if index and seen.setdefault(index, key) != key:
            taken.add(key)
    return taken


def _once_here(deeds: dict[UUID, Deed], told: dict[UUID, Particulars], met: set[UUID]) -> list[UUID]:
    """Deeds of these whose number has a woman who left this very branch."""
    cards = Member.objects.select_related("same_as").filter(id_index__in=[told[key].id_index for key in met])
    left = {(bytes(card.id_index or b""), (card.same_as or card).unit_id) for card in cards
            if not (card.same_as or card).active}  # fmt: skip
    return [key for key in met if (told[key].id_index, deeds[key].unit.pk) in left]


def _row(deed: Deed, one: Particulars, home: int | None) -> dict[str, Any]:
    """The new card as a row, with her membership and standing."""
    belongs = {"origin": deed.id, "unit_id": deed.unit.pk, "household_id": home, "day": deed.day}
    return {**belongs, "standing": one.standing, "role": one.role, **one.columns(), **name_columns(one.name)}


def _homes_met(deeds: list[Deed], homes: dict[UUID, int | None], days: Spans) -> dict[UUID, Steps]:
    """What each deed, one after the other, changes in the days of its household; `days` as they were before."""
    found = dict[UUID, Steps]()
    for deed in deeds:
        home = homes[deed.id]
        found[deed.id] = []
        if home:
            before = {home: list(days[home])}
            days[home].append((deed.day, None))
            found[deed.id] = steps(before, {home: days[home]})
    return found


def _agreed(deeds: list[Deed], cards: dict[UUID, int]) -> None:
    """She agreed anew after an erasure: written down as a consent, in today's words."""
    words = purposes()["membership"].wording
    Consent.objects.bulk_create(
        Consent(member_id=cards[d.id], purpose="membership", wording=words, given_on=d.day, taken_by=d.by)
        for d in deeds if d.values.get("agreed-again")
    )  # fmt: skip


@writes
def unadmit(deed: Deed) -> dict[str, Steps]:
    """Take an admission back: she belongs nowhere; of her card only its number stays, for whoever looks the deed up.

    Raises Refusal when something followed (she left, moved, was recognised): that must be taken back first.
    """
    card = card_of(deed)
    row = Membership.objects.filter(member=card, record=deed.id, during__endswith=None).first()
    others = Membership.objects.filter(member=card).exclude(record=deed.id)
    if row is None or others.exists() or not card.active:
        raise Refusal("Sau lần kết nạp này chị đã chuyển, nghỉ hoặc trở lại. Hủy việc sau trước, rồi hủy việc này.")
    if Standing.objects.filter(member=card).exclude(record=deed.id).exists() or card.twins.exists():
        raise Refusal("Sau lần kết nạp này chị đã được công nhận thêm, hoặc gộp thẻ. Hủy việc sau trước.")
    before = days_of([row.household_id])
    Standing.objects.filter(member=card, record=deed.id).delete()
    row.delete()
    clear_card(card)  # nobody could read it, put it right or erase it any more; her number may be told again
    card.active, card.unit, card.household = False, None, None
    card.save(update_fields=["active", "unit", "household"])
    return {"homes": steps(before, days_of([row.household_id]))}
