"""A book of drafts for one place: it numbers them by kind, so that each has the same id at every run."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from demo.spread import draft_id
from sohoi.ledger.draft import Draft


class Book:
    """Drafts in the order in which they were told; nothing is sent from here."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.drafts: list[Draft] = []
        self._told: Counter[str] = Counter()

    def tell(
        self, kind: str, unit: str, day: date, values: dict[str, Any], *,
        member: int | None = None, household: str | None = None, tags: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """One deed more."""
        self._told[kind] += 1
        name = draft_id(self.place, kind, str(self._told[kind]))
        self.drafts.append(Draft(name, kind, unit, day, values, member, household, "", tuple(sorted(tags))))
