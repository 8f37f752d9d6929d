"""Short codes of membership cards: what the QR of a card holds, and which card it opens. They say nothing of anybody.

Unlike the codes of figures they are drawn by chance: nobody can make out a card's code from its number, or the next.
"""

import secrets
from collections.abc import Iterable

from sohoi.people.models import Member
from sohoi.reports.codes import SIGNS, clean
from sohoi.reports.models import CardCode

LENGTH = 9  # 30^9: drawn for ten million cards, two hardly ever meet; where they do, the second is drawn again


def keep(cards: Iterable[Member]) -> dict[int, str]:
    """Member -> the code of her card, drawn once and kept; a handful of statements however many they are."""
    wanted = {card.pk for card in cards}
    codes = _known(wanted)
    while missing := wanted - codes.keys():
        rows = [CardCode(code=_drawn(), member_id=pk) for pk in sorted(missing)]
        CardCode.objects.bulk_create(rows, ignore_conflicts=True)
        codes = _known(wanted)
    return codes


def _known(wanted: set[int]) -> dict[int, str]:
    """The codes that were drawn already."""
    return dict(CardCode.objects.filter(member__in=wanted).values_list("member_id", "code"))


def _drawn() -> str:
    """One code."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def member_of(code: str) -> int | None:
    """The number in the register of the woman whose card bears the code; None for a code that was never drawn."""
    return CardCode.objects.filter(code=clean(code)).values_list("member_id", flat=True).first()
