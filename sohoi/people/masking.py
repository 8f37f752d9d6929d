"""What a page shows of a card before somebody asks for more: by class of the column, in this one place.

A name is shown; a telephone and an ID number keep their last three digits; what is sensitive is only said to be there.
"""

from dataclasses import dataclass
from typing import Any

from sohoi.people.models import HouseholdStatus, Member
from sohoi.people.registry import HOMES, card_column

WHEN_NEEDED = "••• (xem khi cần)"
NOT_TOLD = "chưa ghi"


@dataclass(frozen=True)
class Shown:
    """What stands on the page, and whether more is behind it."""

    text: str
    hidden: bool = False

    def __str__(self) -> str:
        return self.text


def masked(card: Member, name: str) -> Shown:
    """A column of the card (or the question that fills it) as every page shows it; of what her household is only that
    something was told."""
    if name == HOMES:
        told = card.household_id and HouseholdStatus.objects.filter(household=card.household_id).exists()
        return Shown(WHEN_NEEDED, hidden=True) if told else Shown(NOT_TOLD)
    known = card_column(name)
    column = known.name if known else name
    value = getattr(card, column)
    if value in (None, "", b""):
        return Shown(NOT_TOLD)
    if column == "phone":
        return Shown(masked_phone(value), hidden=True)
    if column == "id_sealed":
        return Shown(masked_number(card.id_tail), hidden=True)
    return Shown(WHEN_NEEDED, hidden=True) if known is None or known.hidden else Shown(_plainly(value))


def masked_phone(phone: str) -> str:
    """0905123456 -> 09•• ••• 456."""
    hidden = "•" * (len(phone) - 5)
    return f"{phone[:2]}{hidden[:2]} {hidden[2:]} {phone[-3:]}" if len(phone) > 7 else "•" * len(phone)


def masked_number(tail: str) -> str:
    """The last three digits of an ID number, the others hidden: •••••••••123."""
    return f"{'•' * 9}{tail}"


def hides(name: str) -> bool:
    """Whether an answer to this question (or of this column) is shown masked: in corrections, lists, differences."""
    known = card_column(name)
    return known is None or known.hidden


def _plainly(value: Any) -> str:
    return {True: "Có", False: "Không"}.get(value, str(value)) if isinstance(value, bool) else str(value)
