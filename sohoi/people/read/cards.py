"""What one card says, in words, and what has happened to it: where she belonged, as what, corrections, moves, twins."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sohoi.people.models import Correction, Link, Member, Membership, Role, Standing, Transfer
from sohoi.people.particulars import FLAGS, TEXTS
from sohoi.people.read.transfers import visible
from sohoi.units.models import Unit

SEALED = ("id-number", "religion")
TOLD = "có"  # of a sealed answer only this is said, and kept


def sayings(card: Member) -> dict[str, str]:
    """What the card says by question ("born", "id-number"), as people write it; of what is sealed only "có"."""
    home = card.household.label if card.household else ""
    said = {
        "name": card.name, "born": born(card), "man": "Có" if card.man else "", "phone": card.phone,
        "id-number": TOLD if card.id_sealed else "", "religion": TOLD if card.religion_sealed else "",
        "home": home, "role": Role(card.role).label if card.role else "",
    }  # fmt: skip
    said |= {code: getattr(card, code) for code in TEXTS}
    return said | {code: yes_no(getattr(card, column)) for code, column in FLAGS.items()}


def born(card: Member) -> str:
    """12/3/1985, or the year alone when no more is known."""
    day = card.birth_date
    return f"{day.day}/{day.month}/{day.year}" if day else str(card.birth_year or "")


def yes_no(told: bool | None) -> str:
    """Có, Không, or nothing when it was not told."""
    return {True: "Có", False: "Không"}.get(told, "")  # type: ignore[arg-type]


@dataclass(frozen=True)
class Past:
    """All that the register keeps of what happened to one card; what the ledger knows comes from there."""

    memberships: list[Membership]
    standings: list[Standing]
    corrections: list[Correction]
    transfers: list[Transfer]
    links: list[Link]


def past(card: Member, scope: QuerySet[Unit]) -> Past:
    """What happened to the card, in five statements; of links those whose two cards may be seen, of moves those that
    were this reader's: what another branch refused is its own."""
    mine = Q(kept__unit__in=scope) & Q(twin__unit__in=scope)
    links = Link.objects.filter(mine, Q(kept=card) | Q(twin=card), same=True)
    return Past(
        list(Membership.objects.filter(member=card).select_related("unit").order_by("during")),
        list(Standing.objects.filter(member=card).order_by("during")),
        list(Correction.objects.filter(member=card).select_related("by").order_by("at", "pk")),
        list(visible(scope).filter(member=card)),
        list(links.select_related("kept", "twin", "by", "cut_by")),
    )


def open_standings(card: Member) -> list[Standing]:
    """What she is now."""
    return list(Standing.objects.filter(member=card, during__endswith=None).order_by("during", "kind"))


def household_members(homes: Iterable[int]) -> list[Member]:
    """Who is in these households now, by given name; the head first."""
    rows = Member.objects.filter(household__in=list(homes), active=True, same_as=None).select_related("unit")
    return sorted(rows, key=lambda card: (card.role != Role.HEAD, card.sort))
