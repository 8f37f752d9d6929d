"""Where SQL lies: in a .sql file beside the module that runs it, read once; and how what every page asks is run."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor  # type: ignore[attr-defined]  # not in the stubs


@cache
def statement(module: str, name: str) -> str:
    """The words of a .sql file beside a module, given by its `__file__`; a drawer binds its own with `partial`."""
    return (Path(module).parent / name).read_text("utf-8")


class _Prepared(ServerBindingCursor):
    """Keeps the statement's plan in the server as long as the connection lasts."""

    def execute(self, query: str, params: Any = None, **more: Any) -> Any:
        return super().execute(query, params, **more | {"prepare": True})


def prepared(text: str, arguments: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """The rows of a small statement that nearly every page asks: to plan it anew costs more than to run it. Not for one
    whose plan depends on its arguments: the server may keep one plan for all (decision 0020)."""
    connection.close_if_health_check_failed()  # as Django's own cursor does: a kept connection may have died
    connection.ensure_connection()
    logged = connection.queries_logged  # Django writes down what a client's cursor sent, with its arguments
    with connection.cursor() if logged else connection.make_cursor(_Prepared(connection.connection)) as asked:
        asked.execute(text, arguments)
        rows: list[tuple[Any, ...]] = asked.fetchall()
        return rows
