"""The one sanctioned call by name: what a kind file can reach in another room.

Only functions in a `write` drawer that are marked with `people.deeds.writes`, and what reads answers for them.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from sohoi.people.deeds import Reader
from sohoi.refusal import Refusal


@cache
def named(name: str) -> Callable[..., Any]:
    """The marked function of this dotted name; raises Refusal when there is none."""
    module, _, function = name.rpartition(".")
    try:
        found = getattr(import_module(module), function, None)
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise  # the drawer is there and something that it needs is not: our fault, not the file's
        found = None
    if not getattr(found, "writes", False):
        raise Refusal(f"Không có hàm ghi sổ “{name}”. Kiểm tra lại “writer”, “undo” của loại việc.", "writer")
    return found  # type: ignore[return-value]  # None is not marked either


def reader(name: str) -> Reader | None:
    """What reads the answers for this writer without the register (`people.deeds.writes_after`); none for most."""
    return getattr(named(name), "reads", None) if name else None
