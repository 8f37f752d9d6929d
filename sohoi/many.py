"""Many rows at once: a statement takes them as one JSON document and unfolds it by `json_to_recordset`; many numbers
as one array.

The document is bound by the server. Bound by the client, as Django does, it is quoted into the statement and parsed
with it, which for a batch of a thousand rows is dearer than the rows themselves.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor  # type: ignore[attr-defined]  # not in the stubs


def array(numbers: Iterable[int]) -> str:
    """Whole numbers as PostgreSQL writes an array: "{1,2,3}". One text is bound many times faster than a list, of which
    each number is adapted and quoted by itself."""
    return f"{{{','.join(map(str, numbers))}}}"


def told_many(statement: str, rows: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Run a statement whose one `%s` is rows, and return what it answers; without rows nothing is asked."""
    if not rows:
        return []
    with connection.cursor() as cursor:  # opens the connection where that is due
        cursor.cursor = ServerBindingCursor(connection.connection)
        cursor.execute(statement, [json.dumps(rows)])
        return cursor.fetchall() if cursor.description else []
