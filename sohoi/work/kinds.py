"""The kinds of meetings, read from meetings.toml: a new one needs no code. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class MeetingKind:
    """A kind of meeting: what lists call it, and what papers call it."""

    code: str
    label: str
    name: str


@cache
def meeting_kinds() -> dict[str, MeetingKind]:
    """All kinds by code, in the order of the file."""
    body = tomllib.loads((Path(__file__).parent / "meetings.toml").read_text("utf-8"))
    return {code: MeetingKind(code, told["label"], told["name"]) for code, told in body.items()}
