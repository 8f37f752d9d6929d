"""The language of reporting regimes: which form is owed by when (docs/forms.md). Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sohoi.periods import Period
from sohoi.refusal import Refusal

KEYS = {"code", "label", "since", "until", "owed"}
OWED_KEYS = {"form", "due"}
LONGEST_DUE = 366


@dataclass(frozen=True)
class Owed:
    """A form that is owed, `due` days after the last day of its period (before it when negative)."""

    form: str
    due: int

    def due_on(self, period: Period) -> date:
        """The last day on which it is in time."""
        return period.last + timedelta(days=self.due)


@dataclass(frozen=True)
class RegimeBody:
    """A regime file, read and checked."""

    code: str
    label: str
    since: date
    until: date | None
    owed: tuple[Owed, ...]


def read_regime(body: dict[str, Any], where: str) -> RegimeBody:
    """Check a regime; raises Refusal naming the file and the key."""
    strange = sorted(set(body) - KEYS)
    if strange:
        raise Refusal(f"{where}: không hiểu khóa “{strange[0]}”. Các khóa: {', '.join(sorted(KEYS))}.", where)
    missing = sorted({"code", "label", "since", "owed"} - set(body))
    if missing:
        raise Refusal(f"{where}: thiếu khóa “{missing[0]}”.", where)
    owed = tuple(_owed(one, where) for one in body["owed"])
    return RegimeBody(body["code"], body["label"], _day(body["since"], where),
                      _day(body["until"], where) if body.get("until") else None, owed)  # fmt: skip


def _owed(body: dict[str, Any], where: str) -> Owed:
    if set(body) != OWED_KEYS:
        raise Refusal(f"{where}: mỗi [[owed]] cần đúng hai khóa “form”, “due”.", where)
    due = body["due"]
    if type(due) is not int or abs(due) > LONGEST_DUE:
        raise Refusal(f"{where}: “due” là số ngày sau ngày cuối kỳ, từ -{LONGEST_DUE} đến {LONGEST_DUE}.", where)
    return Owed(str(body["form"]), due)


def _day(value: Any, where: str) -> date:
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if not isinstance(value, date):
        raise Refusal(f"{where}: “since”, “until” phải là một ngày, viết 2018-01-01.", where)
    return value


def load(path: Path) -> dict[str, Any]:
    """The body of a regime file as it is kept; Refusal when it cannot be read."""
    try:
        body = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path.name}: không đọc được tệp này ({error}).", path.name) from error
    read_regime(body, path.name)
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in body.items()}
