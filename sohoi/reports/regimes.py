"""The language of reporting regimes: which form is owed by when (docs/forms.md). Pure."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sohoi.ledger.shapes import cleaned, table
from sohoi.periods import Period
from sohoi.plainly import cause
from sohoi.refusal import Refusal

KEYS = {"code", "label", "since", "until", "owed", "final_review"}
OWED_KEYS = ("form", "due")
LONGEST_DUE = 366
FINAL_REVIEW = 3  # ours: no rule was found; a regime says otherwise with `final_review`


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
    final_review: int | None = None  # months before the term's end from which the review of the term is offered


def read_regime(body: dict[str, Any], where: str) -> RegimeBody:
    """Check a regime; raises Refusal naming the file and the key."""
    told = table(cleaned(body, where), KEYS, ("code", "label", "since", "owed"), where)
    since, until = told.day("since"), told.day("until") if "until" in told else None
    if until is not None and until < since:
        raise told.refused("until", "một ngày không trước “since”")
    owed = tuple(_owed(one, where) for one in told.tables("owed"))
    twice = {one.form for one in owed if [other.form for other in owed].count(one.form) > 1}
    if twice:
        raise Refusal(f"{where}: biểu mẫu “{min(twice)}” đứng hai lần trong [[owed]]. Bỏ bớt một lần.", where)
    final = told.whole("final_review", 1, 60) if "final_review" in told else None
    return RegimeBody(told.code("code"), told.text("label"), since, until, owed, final)


def _owed(body: dict[str, Any], where: str) -> Owed:
    told = table(body, OWED_KEYS, OWED_KEYS, f"{where}, [[owed]]")
    due = told.whole("due", -LONGEST_DUE, LONGEST_DUE)
    assert due is not None  # the key is needed
    return Owed(told.code("form"), due)


def load(path: Path) -> dict[str, Any]:
    """The body of a regime file as it is kept; Refusal when it cannot be read."""
    try:
        body = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path.name}: không đọc được tệp này ({cause(error)}).", path.name) from error
    read_regime(body, path.name)
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in body.items()}
