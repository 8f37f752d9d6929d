"""Erasing a woman, the ledger's side: free text goes from her records, choices and counts stay, entries are in ink."""

from typing import Any
from uuid import UUID

from django.db import transaction

from sohoi.ledger.kinds import read_kind
from sohoi.ledger.models import Record
from sohoi.people.models import DataRequest, Member
from sohoi.people.write.erasure import erase
from sohoi.rights.models import Account


@transaction.atomic
def erase_woman(request: DataRequest, *, by: Account) -> Member:
    """Do what she asked: erase her from the register and from the records about her. No figure changes.

    Raises Refusal as `people.write.erasure.erase` does; then nothing has changed.
    """
    return erase(request, {"texts": without_texts}, by=by)


def without_texts(record: Record) -> dict[str, Any]:
    """The answers of a record without what was written freely; the number of a transfer names a row and stays."""
    texts = {field.code for field in read_kind(record.kind.body, record.kind.code).fields if field.type == "text"}
    return {code: value for code, value in record.values.items() if code not in texts or _is_number(value)}


def _is_number(value: Any) -> bool:
    """Whether a text is the number of a row."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
