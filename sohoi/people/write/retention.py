"""What has been kept for as long as the registry allows goes: women who left so long ago, and rows of each table.

One woman or a few hundred rows at a time, each in its own transaction, so that it may stop anywhere and go on.
"""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from sohoi.people.models import Ending, Member
from sohoi.people.read.lists import years_before
from sohoi.people.read.overdue import CARD, cards_past, rows_past
from sohoi.people.read.privacy import own_cards
from sohoi.people.registry import FORGOTTEN, Table, tables
from sohoi.people.write.erasure import Way, clear, forget_cards
from sohoi.refusal import Refusal

SOME = 500
log = logging.getLogger(__name__)


def forget_women(today: date, ways: Mapping[str, Way], most: int) -> int:
    """Erase women who left so long ago, at most so many; returns how many. Each is a line in the log: the number of her
    card, no name."""
    done = 0
    for pk in list(cards_past(today).values_list("pk", flat=True)[:most]):
        try:
            done += _forget(pk, today, ways)
        except Refusal as refusal:  # a number sealed with another key, say: the next woman does not wait for that
            log.error("card %s not erased: %s", pk, refusal)
    return done


@transaction.atomic
def _forget(pk: int, today: date, ways: Mapping[str, Way]) -> int:
    """One woman, unless she has come back or somebody else did it meanwhile. What is kept longer than her card (deeds,
    who looked, her requests) stays until its own time."""
    if not Member.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).exists():
        return 0
    card = cards_past(today).filter(pk=pk).first()
    if card is None:
        return 0
    limit = tables()[CARD].years
    wanted = [table for table in tables().values() if table.since == "left" and table.years <= limit]
    forget_cards(own_cards(card), ways, wanted)
    log.info("card %s: kept for %s years after she left, erased", pk, limit)
    return 1


def clear_rows(today: date, ways: Mapping[str, Way]) -> dict[str, int]:
    """Clear rows of every table that are past their time; returns how many of which table."""
    done: dict[str, int] = {}
    for table, rows in rows_past(today):
        count = _clear_table(table, rows, ways)
        if count:
            done[table.label] = count
            Ending.objects.create(model=table.model, until=years_before(today, table.years), rows=count)
            log.info("%s: %s rows past their time", table.model, count)
    return done


def _clear_table(table: Table, rows: QuerySet[Any], ways: Mapping[str, Way]) -> int:
    """Some rows at a time, by their numbers."""
    wanted, model = list(rows.values_list("pk", flat=True)), apps.get_model(table.model)
    for at in range(0, len(wanted), SOME):
        with transaction.atomic():
            some = model._default_manager.filter(pk__in=wanted[at : at + SOME])
            if table.goes:
                some.delete()
            else:
                for row in some:
                    clear(row, table, ways, FORGOTTEN)
    return len(wanted)
