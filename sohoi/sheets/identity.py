"""The id of a row's deed: the same words for the same branch are the same deed, in whatever file they come again."""

import json
from typing import Any
from uuid import UUID, uuid5

from sohoi.units.models import Unit

SPACE = UUID("5b0b6d5e-6f0c-4a53-9d0e-7a0f4b1c9a11")


def draft_id(branch: Unit, kind: str, answers: dict[str, Any], told_before: int) -> UUID:
    """`told_before`: how often this deed was told and taken back."""
    said = json.dumps([branch.code, kind, answers, told_before], sort_keys=True, ensure_ascii=False)
    return uuid5(SPACE, said)
