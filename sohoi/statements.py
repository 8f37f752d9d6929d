"""Where SQL lies: in a .sql file beside the module that runs it, read once."""

from functools import cache
from pathlib import Path


@cache
def statement(module: str, name: str) -> str:
    """The words of a .sql file beside a module, given by its `__file__`; a drawer binds its own with `partial`."""
    return (Path(module).parent / name).read_text("utf-8")
