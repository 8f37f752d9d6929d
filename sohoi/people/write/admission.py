"""Writing a woman down: a new member, or one who was a member before the register came; and taking it back."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sohoi.among import among
from sohoi.people.addressing import addressed
from sohoi.people.deeds import Answer, Deed, Steps, Told, Undone, writes, writes_after
from sohoi.people.models import Consent, Member, Membership, Standing, Transfer
from sohoi.people.models.members import name_columns
from sohoi.people.particulars import Particulars, read_particulars
from sohoi.people.read.privacy import erased
from sohoi.people.registry import purposes
from sohoi.people.write.belonging import locked
from sohoi.people.write.clearing import clear_cards
from sohoi.people.write.homes import Spans, days_of, steps, total
from sohoi.people.write.households import homes_named
from sohoi.people.write.numbers import KnownNumber, answered
from sohoi.people.write.rows import write_cards
from sohoi.refusal import Refusal

MOVED_ON = "Sau lần kết nạp này chị đã chuyển, nghỉ hoặc trở lại. Hủy việc sau trước, rồi hủy việc này."
RECOGNISED = "Sau lần kết nạp này chị đã được công nhận thêm, hoặc gộp thẻ. Hủy việc sau trước."
MOVING = "Đang có đề nghị chuyển chị sang chi hội khác. Trả lời hoặc rút đề nghị ấy trước, rồi hủy việc này."
ONCE_HERE = "Người này từng có thẻ ở chi hội này: ghi “Hội viên trở lại sinh hoạt”."


class Newcomer(NamedTuple):
    """A woman to be written down: the deed, its particulars, and the columns of her card as the database takes them."""

    deed: Deed
    told: Particulars
    columns: dict[str, Any]

    @property
    def id_index(self) -> bytes:
        """The blind index of her ID number, empty when none was told."""
        return self.told.id_index or b""


def read_newcomer(values: dict[str, Any], day: date) -> tuple[Particulars, dict[str, Any]]:
    """Her particulars and the columns of her card, sealed and plain; raises Refusal naming the field. Pure."""
    told = read_particulars(values, day)
    columns = {column: _plainly(value) for column, value in told.columns().items()}
    return told, columns | name_columns(told.name)


@writes_after(read_newcomer)
def admit(deeds: Sequence[Deed]) -> dict[UUID, Answer]:
    """Write newcomers down with their membership and standing, all deeds in a handful of statements.

    Fills in `homes`: 1 where she is the first member of her household. Refuses what cannot be (born tomorrow, a man
    as ordinary member, both by `read_newcomer`; a number that is in the register already, or of a woman who was erased
    at her request and has not agreed anew): the sentence names the field.
    """
    answers: dict[UUID, Answer] = {}
    told = [Newcomer(deed, *deed.read) for deed in deeds]
    met = _taken(told) | _erased(told)
    taken = [one for one in told if one.deed.id in met]
    answers |= {one.deed.id: KnownNumber(one.id_index) for one in taken}
    answers |= dict.fromkeys(_once_here(taken), Refusal(ONCE_HERE, "id-number"))
    answers |= _written([one for one in told if one.deed.id not in met] if met else told)
    return answered(answers, deeds[0].by)


def _written(wanted: list[Newcomer]) -> dict[UUID, Answer]:
    """Their cards, and what is told of them; the number of one without a card was told by somebody a moment ago."""
    named, made = homes_named((one.deed.unit, one.told.household) for one in wanted if one.told.household)
    homes = [named.get((one.deed.unit.id, one.told.household)) for one in wanted]
    days = days_of(homes, made)
    cards = write_cards(map(_row, wanted, homes))
    answers: dict[UUID, Answer] = {}
    for one, home in zip(wanted, homes, strict=True):
        card = cards.get(one.deed.id)
        if card is None:
            answers[one.deed.id] = KnownNumber(one.id_index)
        else:
            met = _home_met(one.deed.day, home, days)
            answers[one.deed.id] = Told(card, {"homes": total(met)}, {"homes": met})
    _agreed([one.deed for one in wanted if one.deed.values.get("agreed-again")], cards)
    return answers


def _erased(told: list[Newcomer]) -> set[UUID]:
    """Deeds that would bring back a woman who was erased at her own request, unless she agreed anew."""
    gone = erased(one.id_index for one in told)
    if not gone:
        return set()
    return {one.deed.id for one in told if one.id_index in gone and not one.deed.values.get("agreed-again")}


def _taken(told: list[Newcomer]) -> set[UUID]:
    """Deeds whose ID number stands in the register already, or twice among themselves; the same deed is no repeat."""
    numbered = sorted((one for one in told if one.id_index), key=lambda one: one.deed.id.int)
    there = Member.objects.filter(id_index__in=among({one.id_index for one in numbered}))
    seen = {bytes(index): origin for index, origin in there.values_list("id_index", "origin") if index}
    return {one.deed.id for one in numbered if seen.setdefault(one.id_index, one.deed.id) != one.deed.id}


def _once_here(met: list[Newcomer]) -> list[UUID]:
    """Deeds of these whose number has a woman who left this very branch."""
    cards = Member.objects.select_related("same_as").filter(id_index__in=[one.id_index for one in met])
    left = {(bytes(card.id_index or b""), (card.same_as or card).unit_id) for card in cards
            if not (card.same_as or card).active}  # fmt: skip
    return [one.deed.id for one in met if (one.id_index, one.deed.unit.id) in left]


def _row(one: Newcomer, home: int | None) -> dict[str, Any]:
    """The new card as a row, with her membership and standing."""
    deed, told, columns = one
    return {
        "origin": deed.id.hex, "unit_id": deed.unit.id, "household_id": home, "day": deed.day.isoformat(),
        "standing": told.standing, "role": told.role, **columns,
    }  # fmt: skip


def _plainly(value: Any) -> Any:
    """Bytes or a day as JSON carries it to the database."""
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    return value.isoformat() if isinstance(value, date) else value


def _home_met(day: date, home: int | None, days: Spans) -> Steps:
    """What one deed more changes in the days of its household; `days` as they were before, and then with it."""
    if home is None:
        return []
    before = days[home]
    days[home] = [*before, (day, None)]
    return steps({home: before}, {home: days[home]}) if before else [(day, 1)]


def _agreed(deeds: list[Deed], cards: dict[UUID, int]) -> None:
    """She agreed anew after an erasure: written down as a consent, in today's words."""
    words = purposes()["membership"].wording
    Consent.objects.bulk_create(
        Consent(member_id=cards[d.id], purpose="membership", wording=words, given_on=d.day, taken_by=d.by)
        for d in deeds if d.id in cards
    )  # fmt: skip


@writes
def unadmit(deeds: Sequence[Deed]) -> dict[UUID, Undone]:
    """Take admissions back, all in a handful of statements: she belongs nowhere; of her card only its number stays, for
    whoever looks the deed up.

    Answers a Refusal where something followed (she left, moved, was recognised, is asked to move): that must be taken
    back first.
    """
    cards = locked(deed.member for deed in deeds)
    past = _Past(cards)
    answers: dict[UUID, Undone] = {}
    good: list[tuple[Deed, Membership]] = []
    for deed in deeds:
        row = past.alone(cards[deed.member or 0], deed)
        if isinstance(row, Refusal):
            answers[deed.id] = row
        else:
            good.append((deed, row))
    days = days_of(row.household_id for _, row in good)
    for deed, row in good:
        answers[deed.id] = {"homes": _home_left(row, days)}
    gone = [row.member_id for _, row in good]
    Standing.objects.filter(member__in=among(gone)).delete()
    Membership.objects.filter(member__in=among(gone)).delete()
    clear_cards(gone)  # nobody could read them, put them right or erase them any more; their numbers may be told again
    Member.objects.filter(pk__in=among(gone)).update(active=False, unit=None, household=None)
    return answers


class _Past:
    """Where the women of some cards belonged, as what, with which cards merged into theirs, and who is to move."""

    def __init__(self, cards: Collection[int]) -> None:
        self.places: dict[int, list[Membership]] = {}
        for row in Membership.objects.filter(member__in=among(cards)):
            self.places.setdefault(row.member_id, []).append(row)
        self.standings: dict[int, set[UUID | None]] = {}
        for member, record in Standing.objects.filter(member__in=among(cards)).values_list("member", "record"):
            self.standings.setdefault(member, set()).add(record)
        twins = Member.objects.filter(same_as__in=among(cards))
        self.kept = set(twins.values_list("same_as", flat=True))
        asked = Transfer.objects.filter(member__in=among(cards), accepted=None)
        self.moving = set(asked.values_list("member", flat=True))

    def alone(self, card: Member, deed: Deed) -> Membership | Refusal:
        """The membership that a deed began, if nothing has followed it."""
        rows = self.places.get(card.pk, [])
        if [row.record for row in rows] != [deed.id] or rows[0].during.upper or not card.active:
            return Refusal(addressed(MOVED_ON, card.man))
        if self.standings.get(card.pk, set()) - {deed.id} or card.pk in self.kept:
            return Refusal(addressed(RECOGNISED, card.man))
        if card.pk in self.moving:  # else the other side would agree to a card that says nothing
            return Refusal(addressed(MOVING, card.man))
        return rows[0]


def _home_left(row: Membership, days: Spans) -> Steps:
    """What one membership less changes in the days of its household; `days` as they were before, and then without."""
    home = row.household_id
    if home is None:
        return []
    before, left = days[home], list(days[home])
    left.remove((row.during.lower, row.during.upper))
    days[home] = left
    return steps({home: before}, {home: left})
