"""Made-up branches under the real communes: Mỹ Xuyên, Quận 1, and a few in each province of today.

Those of the two districts stand under the old commune until 30 June 2025 and under its successor since; where
an old ward was split, its branches go to one part or another. They are loaded as any branches are: from CSV.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.spread import dice
from sohoi.reports.read.papers import short_name
from sohoi.units.models import Level, Unit
from sohoi.units.read import below, centre, find, heirs
from sohoi.units.write import BRANCH_COLUMNS, REFORM, load_units

FOUNDED = date(2018, 1, 1)  # ours: before the first kind of record, so that any deed of the term finds its branch
EVE = REFORM - timedelta(days=1)
MADE_UP = "(mẫu)"
MY_XUYEN, QUAN_1 = "947@2015-01-01", "760@2015-01-01"
THUONG_THANH = "00115@2015-01-01"
WARD_BRANCHES = 5  # ours: how many there were in 2018 stands in no source
COMMUNES_A_PROVINCE, BRANCHES_A_COMMUNE = 2, 3


@dataclass(frozen=True)
class Branch:
    """A branch: its code and name, the commune of the old map ("" for one of today only) and that of today."""

    code: str
    name: str
    was: str
    now: str

    def rows(self) -> list[dict[str, str]]:
        """Its placements as rows of the CSV that load_units reads."""
        named = {"code": self.code, "name": self.name}
        since = REFORM.isoformat()
        today = {**named, "parent": self.now, "first": since, "last": ""}
        if not self.was:
            return [today]
        return [{**named, "parent": self.was, "first": FOUNDED.isoformat(), "last": EVE.isoformat()}, today]


@dataclass(frozen=True)
class District:
    """A district of the old map with its communes, in the order of their State codes, and its branches."""

    code: str
    communes: tuple[str, ...]
    branches: tuple[Branch, ...]

    def of(self, commune: str) -> list[Branch]:
        """The branches that stood under one of its communes."""
        return [branch for branch in self.branches if branch.was == commune]

    @property
    def today(self) -> list[str]:
        """The communes of today in which its branches stand."""
        return sorted({branch.now for branch in self.branches})


def my_xuyen() -> District:
    """Mỹ Xuyên: seven to ten hamlets in each of its eleven communes."""
    return _district(MY_XUYEN, "mx", "Chi hội Ấp", (7, 10))


def quan_1() -> District:
    """Quận 1: five to seven quarters in each of its ten wards."""
    return _district(QUAN_1, "q1", "Chi hội Khu phố", (5, 7))


def thuong_thanh() -> list[Branch]:
    """Phường Thượng Thanh of seed 003: its branches went to one or another of the wards that it was split into."""
    ward = find(THUONG_THANH, EVE)
    after = heirs(ward, REFORM)
    name = short_name(ward)
    return [
        Branch(f"tt-{ward.state_code}-{at:02}", f"Chi hội số {at} {name} {MADE_UP}", ward.code,
               after[at % len(after)].code)
        for at in range(1, WARD_BRANCHES + 1)
    ]  # fmt: skip


def _district(code: str, prefix: str, word: str, how_many: tuple[int, int]) -> District:
    """The branches of one district; each old commune's are dealt out to its heirs in turn."""
    rng = dice("branches", prefix)
    communes = sorted(below(find(code, EVE), EVE, Level.BASE), key=lambda unit: unit.state_code)
    branches = []
    for commune in communes:
        after = heirs(commune, REFORM)
        for at in range(1, rng.randint(*how_many) + 1):
            heir = after[at % len(after)].code
            branch = f"{prefix}-{commune.state_code}-{at:02}"
            name = f"{word} {at} {short_name(commune)} {MADE_UP}"  # with the commune: two of them merged in 2025
            branches.append(Branch(branch, name, commune.code, heir))
    return District(code, tuple(commune.code for commune in communes), tuple(branches))


def across_the_country() -> list[Branch]:
    """A few branches in a few communes of each province of today, so that the map of the country has colours."""
    found = []
    for province in sorted(below(centre(), REFORM, Level.PROVINCE), key=lambda unit: unit.state_code):
        rng = dice("branches", province.state_code)
        communes = sorted(below(province, REFORM, Level.BASE), key=lambda unit: unit.state_code)
        for commune in rng.sample(communes, COMMUNES_A_PROVINCE):
            for at in range(1, BRANCHES_A_COMMUNE + 1):
                code = f"tinh-{province.state_code}-{commune.state_code}-{at:02}"
                found.append(Branch(code, f"Chi hội số {at} {MADE_UP}", "", commune.code))
    return found


def load(branches: list[Branch]) -> int:
    """Load those that are missing through the same door as anybody's branches; returns how many were."""
    there = set(Unit.objects.filter(level=Level.BRANCH).values_list("code", flat=True))
    missing = [branch for branch in branches if branch.code not in there]
    if not missing:
        return 0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "branches.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, BRANCH_COLUMNS)
            writer.writeheader()
            writer.writerows(row for branch in missing for row in branch.rows())
        return load_units(path)[0]
