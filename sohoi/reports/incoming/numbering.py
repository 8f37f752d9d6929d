"""Styles and automatic numbers of a Word file: "II." or "a)" that Word counts and the text does not hold."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from sohoi.reports.incoming.parsing import Attributes, Elements, is_on, value, whole

PLACE = re.compile(r"%([1-9])")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
DEEPEST = 10  # styles based on styles


@dataclass
class Style:
    """What a style says of its paragraphs; None where it says nothing."""

    based_on: str = ""
    bold: bool | None = None
    centred: bool | None = None
    outline: int | None = None
    num: str | None = None
    level: int | None = None


class Styles(Elements):
    """All styles of a file by their ids, each with what it takes over."""

    def __init__(self, xml: bytes) -> None:
        super().__init__()
        self.styles: dict[str, Style] = defaultdict(Style)
        self.now = Style()
        if xml:
            self.read(xml)

    def start_style(self, attributes: Attributes) -> None:
        self.now = self.styles[value(attributes, "styleId")]

    def start_basedOn(self, attributes: Attributes) -> None:
        self.now.based_on = value(attributes)

    def start_b(self, attributes: Attributes) -> None:
        self.now.bold = is_on(attributes)

    def start_jc(self, attributes: Attributes) -> None:
        self.now.centred = value(attributes) == "center"

    def start_outlineLvl(self, attributes: Attributes) -> None:
        self.now.outline = whole(value(attributes), 9)

    def start_numId(self, attributes: Attributes) -> None:
        self.now.num = value(attributes)

    def start_ilvl(self, attributes: Attributes) -> None:
        self.now.level = whole(value(attributes), 0)

    def of(self, name: str) -> Style:
        """A style with all that it takes over from those it is based on."""
        found, seen = Style(), 0
        while name in self.styles and seen < DEEPEST:
            style, seen = self.styles[name], seen + 1
            for key in ("bold", "centred", "outline", "num", "level"):
                if getattr(found, key) is None:
                    setattr(found, key, getattr(style, key))
            name = style.based_on
        return found


@dataclass
class Level:
    """How one level of a list is counted."""

    start: int = 1
    format: str = "decimal"
    text: str = ""


@dataclass
class List:
    """An abstract list, its levels and where each stands."""

    levels: dict[int, Level] = field(default_factory=lambda: defaultdict(Level))
    counts: dict[int, int] = field(default_factory=dict)


class Numbering(Elements):
    """The lists of a file; `next` counts on, as Word does from the first page to the last."""

    def __init__(self, xml: bytes) -> None:
        super().__init__()
        self.abstract: dict[str, List] = defaultdict(List)
        self.abstract_of: dict[str, str] = {}
        self.overrides: dict[tuple[str, int], int] = {}
        self.level, self.num, self.overridden, self.now = Level(), "", 0, List()
        self.begun: set[str] = set()
        if xml:
            self.read(xml)

    def start_abstractNum(self, attributes: Attributes) -> None:
        self.now = self.abstract[value(attributes, "abstractNumId")]

    def start_lvl(self, attributes: Attributes) -> None:
        self.level = self.now.levels[whole(value(attributes, "ilvl"), 0)] if not self.num else Level()

    def start_start(self, attributes: Attributes) -> None:
        self.level.start = whole(value(attributes), 1)

    def start_numFmt(self, attributes: Attributes) -> None:
        self.level.format = value(attributes)

    def start_lvlText(self, attributes: Attributes) -> None:
        self.level.text = value(attributes)

    def start_num(self, attributes: Attributes) -> None:
        self.num = value(attributes, "numId")

    def end_num(self) -> None:
        self.num = ""

    def start_abstractNumId(self, attributes: Attributes) -> None:
        if self.num:
            self.abstract_of[self.num] = value(attributes)

    def start_lvlOverride(self, attributes: Attributes) -> None:
        self.overridden = whole(value(attributes, "ilvl"), 0)

    def start_startOverride(self, attributes: Attributes) -> None:
        self.overrides[self.num, self.overridden] = whole(value(attributes), 1)

    def next(self, num: str, level: int) -> str:
        """The number that the next paragraph of a list shows; "-" for any bullet, nothing for an unknown list."""
        if num not in self.abstract_of:
            return ""
        listed = self.abstract[self.abstract_of[num]]
        self._count(listed, num, level)
        if listed.levels[level].format == "bullet":
            return "-"
        return PLACE.sub(lambda found: self._shown(listed, int(found[1]) - 1), listed.levels[level].text).strip()

    def _count(self, listed: List, num: str, level: int) -> None:
        """One further at its level, and all below begin anew; an override begins anew where its list is first met."""
        if num not in self.begun:
            self.begun.add(num)
            for (of, at), start in self.overrides.items():
                if of == num:
                    listed.counts[at] = start - 1
        listed.counts[level] = listed.counts.get(level, listed.levels[level].start - 1) + 1
        listed.counts = {at: count for at, count in listed.counts.items() if at <= level}

    def _shown(self, listed: List, level: int) -> str:
        """One level's number in its own way of writing."""
        count = listed.counts.get(level, listed.levels[level].start)
        return written(count, listed.levels[level].format)


def written(count: int, how: str) -> str:
    """4 as "4", "04", "IV", "iv", "D" or "d"."""
    if how == "decimalZero":
        return f"{count:02d}"
    if how.endswith("Roman"):
        return roman(count).upper() if how.startswith("upper") else roman(count)
    if how.endswith("Letter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 % 9 + 1)
        return letter.upper() if how.startswith("upper") else letter
    return str(count)


def roman(count: int) -> str:
    """4 -> "iv"; what is too large for us stays in our digits."""
    if not 0 < count < 4000:
        return str(count)
    letters = ""
    for worth, sign in ROMAN:
        letters += sign * (count // worth)
        count %= worth
    return letters
