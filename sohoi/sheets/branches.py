"""Which branch a row means by its words: "Ấp 1", "CHI HỘI ẤP MỘT", a code; within the unit that the file is for."""

import re
from collections.abc import Iterable
from datetime import date

from sohoi.sheets.understanding.columns import bare
from sohoi.units.models import Level, Unit
from sohoi.units.read import below

WORDS = ["khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"]
DIGITS = {str(digit): word for digit, word in enumerate(WORDS)}


def branches_of(unit: Unit, day: date) -> list[Unit]:
    """The branches that stand at or under the unit on a day, by name."""
    return list(below(unit, day, Level.BRANCH).order_by("plain", "pk"))


def branch_key(words: str) -> str:
    """What makes two ways to write a branch's name one: marks, "chi hội", digits or words."""
    named = re.sub(r"^(chi hoi )?(phu nu )?", "", bare(words))
    return " ".join(DIGITS.get(word.lstrip("0") or "0", word) for word in named.split())


class Branches:
    """The branches of a batch by any of their names; two of one name are told by no name."""

    def __init__(self, units: Iterable[Unit], chosen: dict[str, str], for_all: str) -> None:
        self.units = {unit.code: unit for unit in units}
        self.named: dict[str, Unit | None] = {}
        for unit in self.units.values():
            key = branch_key(unit.name)
            self.named[key] = None if key in self.named else unit
        self.chosen = chosen
        self.for_all = self.units.get(for_all) or (next(iter(self.units.values())) if len(self.units) == 1 else None)

    def find(self, words: str) -> Unit | None:
        """The branch that these words mean; the one for all rows when there are none."""
        if not words:
            return self.for_all
        key = branch_key(words)
        return self.units.get(self.chosen.get(key, "")) or self.named.get(key) or self.units.get(words)
