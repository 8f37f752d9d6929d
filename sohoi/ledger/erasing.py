"""Erasing a woman, at her request or when her time is over, the ledger's side: free text goes from her records, choices
and counts stay, entries are in ink."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from sohoi.ledger.kinds import read_kind
from sohoi.ledger.models import Record
from sohoi.people.models import DataRequest, Member
from sohoi.people.read.overdue import CARD
from sohoi.people.write.erasure import erase
from sohoi.people.write.retention import SOME, Reached, clear_rows, forget_women
from sohoi.rights.models import Account


@transaction.atomic
def erase_woman(request: DataRequest, *, by: Account) -> Member:
    """Do what she asked: erase her from the register and from the records about her. No figure changes.

    Raises Refusal as `people.write.erasure.erase` does; then nothing has changed.
    """
    return erase(request, WAYS, by=by)


@dataclass(frozen=True)
class Round:
    """What one round of forgetting did: how many women, how many rows of which table, and where the next one goes on;
    None when nothing is left."""

    women: int
    rows: dict[str, int]
    reached: Reached | None


def forget(today: date, most: int = SOME, after: Reached | None = None, rows: int = SOME) -> Round:
    """What has been kept for its whole time goes: at most so many women who left long ago, and when none of them is
    left at most so many rows of other tables. No figure changes."""
    after, women = after or Reached(), 0
    if after.model == CARD:
        looked = forget_women(today, WAYS, most, after.last)
        if looked.cards == most:
            return Round(looked.women, {}, Reached(CARD, looked.last))
        after, women = Reached(), looked.women
    return Round(women, *clear_rows(today, WAYS, rows, after))


def without_texts(record: Record) -> dict[str, Any]:
    """The answers of a record without what was written freely; the number of a transfer names a row and stays."""
    texts = {field.code for field in read_kind(record.kind.body, record.kind.code).fields if field.type == "text"}
    return {code: value for code, value in record.values.items() if code not in texts or _is_number(value)}


WAYS = {"texts": without_texts}


def _is_number(value: Any) -> bool:
    """Whether a text is the number of a row."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
