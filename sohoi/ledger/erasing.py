"""Erasing a woman, at her request or when her time is over, the ledger's side: free text goes from her records, choices
and counts stay, entries are in ink."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from sohoi.ledger.kinds import read_kind
from sohoi.ledger.models import Record
from sohoi.people.models import DataRequest, Member
from sohoi.people.write.erasure import erase
from sohoi.people.write.retention import SOME, clear_rows, forget_women
from sohoi.rights.models import Account


@transaction.atomic
def erase_woman(request: DataRequest, *, by: Account) -> Member:
    """Do what she asked: erase her from the register and from the records about her. No figure changes.

    Raises Refusal as `people.write.erasure.erase` does; then nothing has changed.
    """
    return erase(request, WAYS, by=by)


def forget(today: date, most: int = SOME) -> tuple[int, dict[str, int]]:
    """What has been kept for its whole time goes: at most so many women who left long ago, then the rows of each table.
    Returns how many women, and how many rows of which table; with fewer women than `most` nothing is left. No figure
    changes."""
    women = forget_women(today, WAYS, most)
    return women, clear_rows(today, WAYS) if women < most else {}


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
