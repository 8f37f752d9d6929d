"""Two cards side by side: each line of the one beside that of the other, and whether they differ, masked or not."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from sohoi.desk.cards import GROUPS
from sohoi.people.likeness import Likeness
from sohoi.people.masking import NOT_TOLD, hides, masked
from sohoi.people.models import Member, Membership
from sohoi.people.read.cards import born
from sohoi.people.read.twins import Pair
from sohoi.people.registry import card_column
from sohoi.units.models import Placement
from sohoi.vietnamese import date as say_date

DIFFERENT, ALIKE = "khác", "giống"


@dataclass(frozen=True)
class Line:
    """One answer of both cards; `word` says of masked ones too whether they differ."""

    label: str
    kept: str
    twin: str
    word: str


@dataclass(frozen=True)
class Sides:
    """A pair as the page draws it."""

    kept: Member
    twin: Member
    likeness: Likeness
    lines: list[Line]


def sides(pairs: list[Pair]) -> list[Sides]:
    """Pairs with their lines; when each card began to belong is asked once for all."""
    cards = [card for pair in pairs for card in (pair.kept, pair.twin)]
    since, above = _since({card.pk for card in cards}), _above({card.unit_id or 0 for card in cards})
    return [Sides(pair.kept, pair.twin, pair.likeness, _lines(pair, since, above)) for pair in pairs]


def _above(units: set[int]) -> dict[int, str]:
    """branch id -> the name of the unit above it today: two communes may each have a "Chi hội Ấp 1"."""
    rows = Placement.objects.filter(unit__in=units, during__contains=timezone.localdate())
    return dict(rows.values_list("unit_id", "parent__name"))


def _lines(pair: Pair, since: dict[int, date], above: dict[int, str]) -> list[Line]:
    """Every answer that one of the two has."""
    one, other = pair.kept, pair.twin
    here, there = (", ".join(filter(None, [str(card.unit), above.get(card.unit_id or 0)])) for card in (one, other))
    rows = [
        ("Họ và tên", one.name, other.name),
        ("Sinh hoạt", _belongs(one, since), _belongs(other, since)),
        ("Hộ", str(one.household or NOT_TOLD), str(other.household or NOT_TOLD)),
    ]
    lines = [Line(label, a, b, _word(a, b)) for label, a, b in rows]
    lines.insert(1, Line("Chi hội", here, there, ALIKE if one.unit_id == other.unit_id else DIFFERENT))
    day = _birth_word(one, other)
    lines.append(Line("Ngày sinh", born(one) or NOT_TOLD, born(other) or NOT_TOLD, day))
    for code, label in ((code, label) for _, group in GROUPS for code, label in group if code != "born"):
        a, b = masked(one, code).text, masked(other, code).text
        if a != NOT_TOLD or b != NOT_TOLD:
            lines.append(Line(label, a, b, _hidden_word(one, other, code) if hides(code) else _word(a, b)))
    return lines


def _word(one: str, other: str) -> str:
    """Whether two answers differ; of what only one card has, nothing is said."""
    if NOT_TOLD in (one, other):
        return ""
    return ALIKE if one == other else DIFFERENT


def _birth_word(one: Member, other: Member) -> str:
    """A year beside a whole day of that year is no difference."""
    if one.birth_year and one.birth_year == other.birth_year and not (one.birth_date and other.birth_date):
        return ALIKE if not (one.birth_date or other.birth_date) else ""
    return _word(born(one) or NOT_TOLD, born(other) or NOT_TOLD)


def _hidden_word(one: Member, other: Member, code: str) -> str:
    """The same for masked answers: numbers by their blind index, telephones as they are; of what is sealed or sensitive
    it is not told."""
    known = card_column(code)
    column = "id_index" if known and known.name == "id_sealed" else known.name if known else code
    if column not in ("id_index", "phone"):
        return ""
    a, b = getattr(one, column), getattr(other, column)
    return (ALIKE if a == b else DIFFERENT) if a and b else ""


def _belongs(card: Member, since: dict[int, date]) -> str:
    """Since when she belongs, or belonged."""
    day = f" từ {say_date(since[card.pk])}" if card.pk in since else ""
    return f"Đang sinh hoạt{day}" if card.active else f"Đã thôi sinh hoạt{f', vào{day}' if day else ''}"


def _since(cards: set[int]) -> dict[int, date]:
    """When each began to belong where she belongs (or last belonged)."""
    rows = Membership.objects.filter(member__in=cards).order_by("during")
    return {row.member_id: row.during.lower for row in rows}


def merge_day(card: Member, today: date) -> date:
    """The day on which a card is merged: today, or the last day on which it still counted."""
    if card.active:
        return today
    last = Membership.objects.filter(member=card).order_by("-during").first()
    ended = last.during.upper if last else None
    return ended - timedelta(days=1) if ended else today
