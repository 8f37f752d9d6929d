"""What the register, and the rows above in the same file, know of a woman in a row: known, a twin perhaps, or new."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from sohoi.people.models import Member
from sohoi.people.sealing import blind
from sohoi.people.write.numbers import sentences
from sohoi.rights.models import Account
from sohoi.sheets.keeping import Faults
from sohoi.sheets.models import Row, RowState
from sohoi.sheets.understanding.persons import Person, Reading
from sohoi.units.models import Unit
from sohoi.vietnamese import plain

Verdict = tuple[str, Faults]
NEW: Verdict = (RowState.NEW, [])


@dataclass(frozen=True)
class Known:
    """What is compared of a card, or of a row above."""

    name: str
    year: int | None
    born: date | None
    number: bytes | None


def _known(person: Person) -> Known:
    """A row for comparison."""
    number = person.answers.get("id-number")
    return Known(plain(person.plain_name), person.year, person.born, blind(number) if number else None)


def same_woman(one: Known, other: Known) -> bool | None:
    """True: the same; False: another; None: nobody can say. Both have one name, and belong to one branch or two."""
    if one.number and other.number:
        return one.number == other.number
    if one.born and other.born:
        return one.born == other.born
    if one.year and other.year:
        return one.year == other.year
    return True if one.year == other.year else None


class Register:
    """The cards that some rows may mean: a handful of statements, however many rows."""

    def __init__(self, persons: Sequence[Person], scope: QuerySet[Unit], by: Account) -> None:
        known = [_known(person) for person in persons]
        self.mine = set(scope.values_list("pk", flat=True)) if known else set()
        numbers = [one.number for one in known if one.number]
        self.by_number = {bytes(card.id_index or b""): card for card in _cards().filter(id_index__in=numbers)}
        self.said = sentences([index for index, card in self.by_number.items() if not self._here(card)], by=by)
        self.by_name: dict[str, list[Member]] = {}
        for card in _namesakes(known).filter(same_as=None, unit__in=scope):
            self.by_name.setdefault(card.plain, []).append(card)

    def compare(self, person: Person, branch: Unit | None, reading: Reading) -> tuple[str, Faults, int | None]:
        """What the register knows of her, and the number of the card within reach that it may be."""
        one = _known(person)
        card = self.by_number.get(one.number or b"")
        if card is not None:
            if self._here(card):
                return RowState.KNOWN, [(None, f"Đã có trong sổ, ở {card.unit}: trùng số định danh.")], card.pk
            return RowState.BAD, [(reading.column("id-number"), str(self.said[one.number or b""]))], None
        verdicts = [(*self._by_name(one, card, branch), card.pk) for card in self.by_name.get(one.name, [])]
        best = max(verdicts, key=lambda verdict: _WEIGHT[verdict[0]], default=(*NEW, None))
        return best if best[0] != RowState.NEW else (*NEW, None)

    def _here(self, card: Member) -> bool:
        """Whether she belongs to one of the units of whoever sent the file."""
        return card.active and card.unit_id in self.mine

    def _by_name(self, one: Known, card: Member, branch: Unit | None) -> Verdict:
        """What a card of the same name says."""
        number = bytes(card.id_index) if card.id_index else None
        same = same_woman(one, Known(card.plain, card.birth_year, card.birth_date, number))
        here = branch is not None and card.unit_id == branch.pk
        if same is False or (same is None and not here):
            return NEW
        if not card.active:
            if not here:
                return NEW
            said = "Từng có thẻ ở chi hội này, nay không sinh hoạt. Nếu nay trở lại, hãy ghi “Trở lại sinh hoạt”."
            return RowState.TWIN, [(None, said)]
        if same and here:
            return RowState.KNOWN, [(None, "Đã có trong sổ của chi hội này: trùng họ tên và ngày sinh.")]
        said = "của chi hội này" if here else f"ở {card.unit}"
        return RowState.TWIN, [(None, f"Cùng tên, có thể là một với hội viên {said}. Xem lại trước khi đưa vào.")]


_WEIGHT: dict[str, int] = {RowState.NEW: 0, RowState.TWIN: 1, RowState.KNOWN: 2}


def _cards() -> QuerySet[Member]:
    """Cards with what is compared."""
    return Member.objects.select_related("unit").only(
        "plain", "birth_year", "birth_date", "id_index", "active", "unit__name"
    )


def _namesakes(known: Sequence[Known]) -> QuerySet[Member]:
    """Cards of the same name that may be one of these women: not those whose year of birth is known and another. In a
    province a thousand women are called like one row, and some twenty were born in her year."""
    yearless = {one.name for one in known if one.year is None}
    named = Concat("plain", Value(" "), Cast("birth_year", TextField()), output_field=TextField())
    wanted = {f"{one.name} {one.year}" for one in known}
    of_an_age = Q(birth_year=None) | Q(plain__in=yearless) | Q(name_and_year__in=wanted)
    return _cards().alias(name_and_year=named).filter(of_an_age, plain__in={one.name for one in known})


@dataclass
class Seen:
    """The rows above in the same file."""

    drafts: dict[object, int] = field(default_factory=dict)
    numbers: dict[bytes, int] = field(default_factory=dict)
    names: dict[tuple[str, int | None], list[tuple[Known, int]]] = field(default_factory=dict)

    def compare(self, row: Row, person: Person, branch: Unit | None, reading: Reading) -> Verdict:
        """What the rows above say of this one; remembers it for those below. An empty state: nothing."""
        one = _known(person)
        above = self.drafts.setdefault(row.draft, row.number)
        if above != row.number:
            return RowState.KNOWN, [(None, f"Trùng hoàn toàn với dòng {above} của tệp.")]
        if one.number and (above := self.numbers.setdefault(one.number, row.number)) != row.number:
            return RowState.BAD, [(reading.column("id-number"), f"Trùng số định danh với dòng {above} của tệp.")]
        listed = self.names.setdefault((one.name, branch.pk if branch else None), [])
        twin = next((number for other, number in listed if same_woman(one, other)), None)
        listed.append((one, row.number))
        if twin:
            return RowState.TWIN, [(None, f"Cùng họ tên và ngày sinh với dòng {twin} của tệp. Xem lại hai dòng.")]
        return "", []
