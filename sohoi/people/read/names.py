"""Whose name may be told: a woman's name of today belongs to the units that keep her card, and to nobody she left."""

from collections.abc import Iterable

from django.db.models import QuerySet

from sohoi.people.models import Member
from sohoi.units.models import Unit

MOVED = "Hội viên đã chuyển đi"


def kept_in(scope: QuerySet[Unit], cards: Iterable[Member | None]) -> set[int | None]:
    """Of the branches that keep these cards those of the scope, one statement for all; a card that no branch keeps
    is told by everybody who told of it."""
    units = {card.unit_id for card in cards if card}
    return {None, *scope.filter(pk__in=units - {None}).values_list("pk", flat=True)}


def name_in(card: Member, units: set[int | None]) -> str:
    """Her name, when one of these branches keeps her card; else that she is no longer there."""
    return card.name if card.unit_id in units else MOVED
