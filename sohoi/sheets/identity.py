"""The id of a row's deed: the same words for the same branch are the same deed, in whatever file they come again.

It stands in addresses and is kept for ever, and it is made of all that the row says: so it is keyed, and confirms no
guess. Rows loaded before it was keyed are known by name and birth, or by number, when their file comes again.
"""

import json
from typing import Any
from uuid import UUID

from sohoi.people.sealing import keyed
from sohoi.units.models import Unit


def draft_id(branch: Unit, kind: str, answers: dict[str, Any], told_before: int) -> UUID:
    """`told_before`: how often this deed was told and taken back."""
    said = json.dumps([branch.code, kind, answers, told_before], sort_keys=True, ensure_ascii=False)
    return UUID(bytes=keyed("row of a file", said)[:16], version=4)
