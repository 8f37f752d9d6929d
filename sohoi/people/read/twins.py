"""Two cards that may be of one woman: asked while one types, and by a scan of the units one holds.

A card of a unit where she holds no right is never shown, nor said to exist; of a number that stands elsewhere only
the gate's own sentence is said, and such questions are counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from sohoi.people.likeness import Likeness, likeness, likeness_typed
from sohoi.people.matching import match_key
from sohoi.people.models import Link, Member
from sohoi.people.particulars import read_birth, read_number, read_phone
from sohoi.people.sealing import blind
from sohoi.refusal import Refusal
from sohoi.statements import statement
from sohoi.units.models import Closure, Level, Unit, View

_sql = partial(statement, __file__)  # the .sql files of this drawer

FEW = 5  # candidates shown while one types
WARNED = 25  # while one types less is known, so less is needed to say so
BLOCK = 60  # cards of one name looked at while one types
MOST = 2000  # pairs that a scan brings back


@dataclass(frozen=True)
class Candidate:
    """A card that may be hers, and why."""

    card: Member
    likeness: Likeness
    same_number: bool = False


@dataclass(frozen=True)
class Pair:
    """Two cards that may be of one woman, and why; the first is the better one to keep."""

    kept: Member
    twin: Member
    likeness: Likeness


def while_typing(
    scope: QuerySet[Unit], name: str, born: str = "", phone: str = "", number: str = ""
) -> tuple[list[Candidate], bytes | None]:
    """Cards within the scope that may be hers, the likeliest first; and the index of a number that no such card has.

    What was typed may be half of it, or wrong: what cannot be read is left out.
    """
    typed = _typed(name, born, phone)
    index = _index(number)
    near = Q(match=typed.match, birth_year=typed.birth_year) | Q(match=typed.match, birth_year=None)
    if typed.birth_year is None:
        near = Q(match=typed.match)
    wanted = [near] if typed.match else []
    wanted += [Q(phone=typed.phone)] if typed.phone else []
    found: dict[int, Member] = {}
    for one in [*([Q(id_index=index)] if index else []), *wanted]:
        rows = Member.objects.within(scope).filter(one, erased_on=None).select_related("unit").order_by("pk")
        found |= {row.pk: row for row in rows[:BLOCK]}
    every = [_candidate(typed, card, index) for card in found.values()]
    likely = sorted((one for one in every if one.same_number or one.likeness.score >= WARNED), key=_rank)[:FEW]
    return likely, None if any(one.same_number for one in every) else index


def _candidate(typed: Member, card: Member, index: bytes | None) -> Candidate:
    """A card against what is typed."""
    same = bool(index and card.id_index and bytes(card.id_index) == index)
    return Candidate(card, likeness_typed(typed, card), same)


def _rank(one: Candidate) -> tuple[bool, int, int]:
    return (not one.same_number, -one.likeness.score, one.card.pk)


def _typed(name: str, born: str, phone: str) -> Member:
    """What is typed so far, as a card that is never saved."""
    card = Member(name=" ".join(name.split()), match=match_key(name) if len(name.split()) > 1 else "")
    try:
        card.birth_year, card.birth_date = read_birth(born, timezone.localdate()) if born.strip() else (None, None)
    except Refusal:
        card.birth_year = None
    try:
        card.phone = read_phone(phone) if phone.strip() else ""
    except Refusal:
        card.phone = ""
    return card


def _index(number: str) -> bytes | None:
    """The blind index of a whole number, or none while it is half typed."""
    digits = "".join(sign for sign in number if sign.isdigit())
    try:
        read = read_number(number, None, man=len(digits) == 12 and int(digits[3]) % 2 == 0) if digits else ""
    except Refusal:
        return None
    return blind(read) if read else None


def elsewhere(index: bytes) -> Member | None:
    """The card that has this number, wherever it is: for the sentence that names no place, never for a page."""
    return Member.objects.filter(id_index=index, erased_on=None).first()


def scan(scope: QuerySet[Unit]) -> list[Pair]:
    """Pairs of cards of these units that may be of one woman, the likeliest first; never those said to be two women."""
    units = list(scope.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_sql("twins.sql"), {"units": units, "most": MOST})
        ids = cursor.fetchall()
    cards = _cards({pk for pair in ids for pk in pair})
    communes = _communes({card.unit_id for card in cards.values() if card.unit_id})
    pairs = [_pair(cards[one], cards[other], communes) for one, other in ids if one in cards and other in cards]
    return sorted(
        (pair for pair in pairs if pair.likeness.likely), key=lambda pair: (-pair.likeness.score, pair.kept.pk)
    )


def pair_of(one: Member, other: Member) -> Pair:
    """Two given cards as a pair."""
    return _pair(one, other, _communes({one.unit_id or 0, other.unit_id or 0}))


def _pair(one: Member, other: Member, communes: dict[int, int]) -> Pair:
    """The card that belongs now, has a number and tells more is the one to keep; else the older one."""
    first, second = sorted((one, other), key=lambda card: (not card.active, not card.id_index, -_told(card), card.pk))
    return Pair(first, second, likeness(first, second, communes))


TELLING = ("birth_year", "birth_date", "phone", "address", "household_id", "ethnicity", "occupation", "schooling")


def _told(card: Member) -> int:
    """How much the card tells."""
    return sum(bool(getattr(card, name)) for name in TELLING)


def _cards(wanted: Iterable[int]) -> dict[int, Member]:
    """Cards that have belonged somewhere: one whose admission was taken back is nobody's twin."""
    rows = Member.objects.filter(pk__in=wanted, memberships__isnull=False).select_related("unit", "household")
    return {row.pk: row for row in rows.distinct()}


def _communes(units: Iterable[int]) -> dict[int, int]:
    """branch id -> its commune on today's map."""
    rows = Closure.objects.filter(view=View.TODAY, descendant__in=list(units), ancestor__level=Level.BASE)
    return dict(rows.values_list("descendant_id", "ancestor_id"))


def merged(scope: QuerySet[Unit], since: date) -> QuerySet[Link]:
    """Merges since a day that stand, both of whose cards are in the scope; the last first."""
    rows = Link.objects.filter(same=True, cut_at=None, kept__unit__in=scope, twin__unit__in=scope, at__date__gte=since)
    return rows.select_related("kept__unit", "twin__unit", "by").order_by("-at", "-pk")
