"""How a membership begins, ends and goes on again, together with what she was: the parts of which deeds are made.

What ends remembers the deed that ended it, so that its opposite puts back exactly that.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from sohoi.people.addressing import speaking_of
from sohoi.people.deeds import Answer, Deed, Steps, Told
from sohoi.people.models import Household, Member, Membership, Standing, StandingKind, Vanished
from sohoi.people.write.homes import days_of, steps, total
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from sohoi.units.read import heirs
from sohoi.vietnamese import date as say_date

WAYS = (StandingKind.ORDINARY, StandingKind.AUTOMATIC, StandingKind.HONORARY)  # of belonging; one is always there
ADDED = (StandingKind.CORE, StandingKind.REGULAR)  # recognised on top
NOT_HERE = "Hội viên này không thuộc chi hội vào ngày đó. Chọn lại hội viên, hoặc xem lại ngày."
FOLLOWED = "Sau việc này chị đã trở lại, chuyển hoặc được công nhận thêm. Hủy việc sau trước, rồi hủy việc này."


def locked(wanted: Iterable[int | None]) -> dict[int, Member]:
    """These cards and their households, locked in one order until the transaction ends."""
    rows = Member.objects.select_for_update(of=("self",)).filter(pk__in={pk for pk in wanted if pk}).order_by("pk")
    cards = {row.pk: row for row in rows}
    homes = {card.household_id for card in cards.values()} - {None}
    if homes:
        list(Household.objects.select_for_update(of=("self",)).filter(pk__in=homes).order_by("pk"))
    return cards


def card_of(deed: Deed) -> Member:
    """The card that a record is about, locked until the transaction ends."""
    return locked([deed.member])[deed.member or 0]


def seen(deeds: Sequence[Deed], *wanted: int | None) -> set[int]:
    """Which of the deeds' cards, and of these others, whoever tells the deeds may know of: no other is looked at, so
    that a stranger's card is answered like one that is not there, and nobody waits for it."""
    cards = Member.objects.filter(pk__in={pk for pk in (*(deed.member for deed in deeds), *wanted) if pk})
    return set(cards.filter(unit__in=scope(deeds[0].by, "people")).values_list("pk", flat=True)) if deeds else set()


def each(
    deeds: Sequence[Deed],
    verb: Callable[[Deed, Member], Told],
    only: set[int] | None = None,
    erased: bool = False,
    missing: tuple[str, str] = (NOT_HERE, "member"),
) -> dict[UUID, Answer]:
    """Answer each deed by `verb(deed, card)`, in the order of days; a refused one leaves nothing and nobody else alone.

    `only`: the cards that may be looked at, others than the deeds' included; all are locked at the start. Without it
    the gate has looked at the deeds' own. `missing`: what is said of any other. `erased`: the deed may be about a woman
    who was erased at her request and is still counted.
    """
    cards = locked({deed.member for deed in deeds} if only is None else only)
    answers = dict[UUID, Answer]()
    for deed in sorted(deeds, key=lambda deed: (deed.day, deed.id)):
        card = cards.get(deed.member or 0)
        try:
            if card is None or card.same_as_id or (card.erased_on and not erased):
                raise Refusal(*missing)
            with transaction.atomic(), speaking_of(card.man):
                answers[deed.id] = verb(deed, card)
        except Refusal as refusal:
            answers[deed.id] = refusal
            if card is not None:
                card.refresh_from_db()
    return answers


def current(card: Member, deed: Deed) -> Membership:
    """Her open membership, begun by the deed's day; raises Refusal when there is none."""
    row = Membership.objects.filter(member=card, during__endswith=None).first()
    if row is None:
        raise Refusal("Chị hiện không thuộc chi hội nào, nên không ghi được việc này.", "member")
    if row.unit_id != deed.unit.pk:
        raise Refusal(NOT_HERE, "member")
    if row.during.lower > deed.day:
        began = say_date(row.during.lower)
        raise Refusal(f"Chị vào chi hội này từ {began}, sau ngày {say_date(deed.day)}. Xem lại ngày.", "day")
    return row


def said(kinds: set[str]) -> dict[str, Any]:
    """Standings as a kind's filled fields."""
    way = next((kind.value for kind in WAYS if kind in kinds), StandingKind.ORDINARY.value)
    return {"standing": way} | {kind.value: int(kind in kinds) for kind in ADDED}


def begin(card: Member, deed: Deed, standings: Iterable[str]) -> Steps:
    """Begin a membership on the deed's day; returns what it changes in the days of her household."""
    if Membership.objects.filter(member=card, during__endswith=None).exists():
        raise Refusal("Chị đang thuộc một chi hội; mỗi lúc chỉ thuộc một nơi. Chuyển chị đi trước đã.", "member")
    if Membership.objects.filter(member=card, during__overlap=(deed.day, None)).exists():
        raise Refusal(f"Chị còn thuộc chi hội cũ vào ngày {say_date(deed.day)}. Chọn ngày sau ngày nghỉ.", "day")
    _check_stands(deed)
    before = days_of([card.household_id])
    Membership.objects.create(
        member=card, unit=deed.unit, household=card.household, during=(deed.day, None), record=deed.id
    )
    Standing.objects.bulk_create(
        Standing(member=card, kind=kind, during=(deed.day, None), record=deed.id) for kind in standings
    )
    card.unit, card.active = deed.unit, True
    card.save(update_fields=["unit", "active"])
    return steps(before, days_of([card.household_id]))


def _check_stands(deed: Deed) -> None:
    """A branch that has ended receives nobody; raises Refusal with those that came after it."""
    found = heirs(deed.unit, deed.day)
    if deed.unit in found:
        return
    said = f"{deed.unit.name} không hoạt động vào ngày {say_date(deed.day)}, không nhận hội viên."
    raise Refusal(f"{said} Chuyển chị sang {', hoặc '.join(one.name for one in found)}." if found else said, "unit")


def end(card: Member, deed: Deed) -> Told:
    """End her membership before the deed's day (she is out from it on); tells what to take out of the count."""
    row, kinds = current(card, deed), _open_standings(card, deed)
    before = days_of([row.household_id])
    close(row, deed)
    for one in kinds:
        close(one, deed)
    card.active = False
    card.save(update_fields=["active"])
    homes = steps(before, days_of([row.household_id]))
    return Told(card.pk, {"homes": -total(homes)} | said({one.kind for one in kinds}), {"homes": homes})


def _open_standings(card: Member, deed: Deed) -> list[Standing]:
    """What she is on that day; raises Refusal when something of hers began or ended after it."""
    rows = list(Standing.objects.filter(member=card, during__overlap=(deed.day, None)).order_by("pk"))
    for row in rows:
        turned = row.during.upper or row.during.lower
        if turned > deed.day:
            label, day = StandingKind(row.kind).label, say_date(turned)
            raise Refusal(f"Có việc công nhận hoặc thôi công nhận “{label}” ngày {day}. Chọn ngày sau đó.", "day")
    return rows


def close(row: Membership | Standing, deed: Deed) -> None:
    """End a row before the deed's day; one that began on that very day covers no day and is kept aside."""
    if row.during.lower == deed.day:
        place = {"kind": row.kind} if isinstance(row, Standing) else {"unit": row.unit, "household": row.household}
        Vanished.objects.create(member=row.member, day=deed.day, record=row.record, ended=deed.id, **place)
        row.delete()
        return
    row.during, row.ended = (row.during.lower, deed.day), deed.id
    row.save(update_fields=["during", "ended"])


def reopen(card: Member, deed: Deed) -> dict[str, Steps]:
    """What ended with the deed goes on as if it had not been told. Raises Refusal when something followed."""
    if card.active or card.same_as_id or Membership.objects.filter(
        member=card, during__overlap=(deed.day, None)
    ).exists():  # fmt: skip
        raise Refusal(FOLLOWED)
    told = {"member": card, "ended": deed.id}
    gone = list(Vanished.objects.filter(**told))
    places, kinds = list(Membership.objects.filter(**told)), list(Standing.objects.filter(**told))
    homes = [*(one.household_id for one in gone), *(row.household_id for row in places)]
    before = days_of(homes)
    rows: list[Membership | Standing] = [*places, *kinds]
    for row in rows:
        row.during, row.ended = (row.during.lower, None), None
        row.save(update_fields=["during", "ended"])
    for one in gone:
        put_back(one)
    _lives_where_she_belongs(card)
    return {"homes": steps(before, days_of(homes))}


def _lives_where_she_belongs(card: Member) -> None:
    """The card says again what its open membership says, whatever was put right on it meanwhile."""
    home = Membership.objects.get(member=card, during__endswith=None).household_id
    if card.household_id != home:
        card.household_id, card.role = home, ""  # her role was told of the other household
    card.active = True
    card.save(update_fields=["active", "household", "role"])


def put_back(one: Vanished) -> None:
    """A row that had begun and ended on one day stands again."""
    told = {"member_id": one.member_id, "during": (one.day, None), "record": one.record}
    if one.unit_id:
        Membership.objects.create(unit_id=one.unit_id, household_id=one.household_id, **told)
    else:
        Standing.objects.create(kind=one.kind, **told)
    one.delete()


def was_ended_by(card: Member, deed: UUID) -> set[str]:
    """What she was when a deed ended it."""
    kept = Standing.objects.filter(member=card, ended=deed).values_list("kind", flat=True)
    aside = Vanished.objects.filter(member=card, ended=deed, unit=None).values_list("kind", flat=True)
    return {*kept, *aside}
