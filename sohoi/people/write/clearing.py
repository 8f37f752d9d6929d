"""Emptying the cards of people whom undone deeds wrote down: as the registry says, all of them in a few statements."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import Q

from sohoi.among import among
from sohoi.people.models.members import name_columns
from sohoi.people.registry import Table, tables

UNDONE = "(thẻ đã hủy)"
CARD = "people.Member"
HERS = (CARD, "people.Photo", "people.Consent", "people.Correction", "people.Transfer")
EMPTY = {"null": None, "blank": "", "replace": UNDONE}


def clear_cards(wanted: Collection[int]) -> None:
    """Nobody reaches these cards any more, so nothing of what was told stays on them, no picture, consent or
    correction, and no words of a move that was asked. Their numbers stay, for the deeds' history."""
    for model in HERS:
        table, key = tables()[model], "pk" if model == CARD else "member"
        rows = apps.get_model(model)._default_manager.filter(Q((f"{key}__in", among(wanted))))
        if any(column.erase == "row" for column in table.columns):
            rows.delete()
        else:
            rows.update(**_emptied(table))


def _emptied(table: Table) -> dict[str, Any]:
    """The columns of a cleared row; what is made of her name is made of the words that stand there now."""
    told = {one.name: EMPTY[one.erase] for one in table.columns if one.erase != "keep"}
    return told | (name_columns(UNDONE) | {"match": ""} if table.model == CARD else {})
