"""Cells and faults as they are kept: JSON, sealed (people.sealing), opened for those who may see the batch."""

import json
from typing import Any

from sohoi.people.sealing import opened, seal

CELLS, FAULTS, SHEETS = "sheet cells", "sheet faults", "sheet headings"
Sealed = bytes | memoryview | None
Faults = list[tuple[int | None, str]]


def sealed(value: Any, column: str) -> bytes:
    """A value as only we can read it."""
    return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), column)


def unsealed(kept: Sealed, column: str) -> Any:
    """The value again; an empty list when it has been cleared away."""
    return json.loads(opened(bytes(kept), column)) if kept else []
