"""What has been kept for as long as the registry allows goes: women who left so long ago, and rows of each table.

One woman or a few hundred rows at a time, each in its own transaction, so that it may stop anywhere and go on.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
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
from sohoi.people.write.erasure import Way, clear, forget_cards, hold_hers
from sohoi.refusal import Refusal

SOME = 500
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reached:
    """How far a round came: in which table, after which row, and how many of its rows were past their time so far."""

    model: str = CARD
    last: Any = None
    rows: int = 0


@dataclass(frozen=True)
class Looked:
    """How many cards were looked at, how many women of them erased, and which card was the last."""

    cards: int
    women: int
    last: int | None


def forget_women(today: date, ways: Mapping[str, Way], most: int, after: int | None = None) -> Looked:
    """Erase women who left so long ago, after that card, at most so many. Each is a line in the log: the number of her
    card, no name."""
    past = cards_past(today).filter(pk__gt=after or 0)
    wanted, done = list(past.values_list("pk", flat=True)[:most]), 0
    for pk in wanted:
        try:
            done += _forget(pk, today, ways)
        except Refusal as refusal:  # a value sealed with another key, say: the next woman does not wait for that
            log.error("card %s not erased: %s", pk, refusal)
    return Looked(len(wanted), done, wanted[-1] if wanted else after)


@transaction.atomic
def _forget(pk: int, today: date, ways: Mapping[str, Way]) -> int:
    """One woman, unless she has come back or somebody else did it meanwhile. What is kept longer than her card (deeds,
    who looked, her requests) stays until its own time."""
    hold_hers(own_cards(Member.objects.get(pk=pk)))
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


def clear_rows(
    today: date, ways: Mapping[str, Way], most: int, after: Reached
) -> tuple[dict[str, int], Reached | None]:
    """Clear at most so many rows that are past their time, table by table, going on after what was reached; returns
    how many of which table, and what was reached, or None when nothing is left."""
    done: dict[str, int] = {}
    begun = after.model == CARD
    for table, rows in rows_past(today):
        begun = begun or table.model == after.model
        if not begun:
            continue
        at = after if table.model == after.model else Reached(table.model)
        wanted = _clear_some(table, rows, ways, most, at.last)
        at, most = Reached(table.model, wanted[-1] if wanted else at.last, at.rows + len(wanted)), most - len(wanted)
        if wanted:
            done[table.label] = len(wanted)
            log.info("%s: %s rows past their time", table.model, len(wanted))
        if not most:
            return done, at
        if at.rows:
            Ending.objects.create(model=table.model, until=years_before(today, table.years), rows=at.rows)
    return done, None


def _clear_some(table: Table, rows: QuerySet[Any], ways: Mapping[str, Way], most: int, last: Any) -> list[Any]:
    """At most so many rows after the last, all or none; returns their numbers."""
    later = rows if last is None else rows.filter(pk__gt=last)
    wanted = list(later.values_list("pk", flat=True)[:most])
    some = apps.get_model(table.model)._default_manager.filter(pk__in=wanted)
    with transaction.atomic():
        if table.goes:
            some.delete()
        else:
            for row in some.order_by("pk"):
                clear(row, table, ways, FORGOTTEN)
    return wanted
