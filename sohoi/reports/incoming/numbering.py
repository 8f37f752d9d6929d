"""Styles and automatic numbers of a Word file: "II." or "a)" that Word counts and the text does not hold."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from sohoi.reports.incoming.parsing import is_on, local, of_tree, root_of, whole

PLACE = re.compile(r"%([1-9])")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
ROOT = re.compile(rb"<(\w+):styles\b")
OF_TABLES = re.compile(rb"\btype=[\"'](?:table|numbering)[\"']")
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


class Styles:
    """All styles of a file by their ids, each with what it takes over."""

    def __init__(self, xml: bytes) -> None:
        root = root_of(_of_paragraphs(xml))
        self.styles = {of_tree(one, "styleId"): _style(one) for one in root if local(one) == "style"}
        self.whole: dict[str, Style] = {}

    def of(self, name: str) -> Style:
        """A style with all that it takes over from those it is based on."""
        if name not in self.whole:
            self.whole[name] = self._taken_over(name)
        return self.whole[name]

    def _taken_over(self, name: str) -> Style:
        found, seen = Style(), 0
        while name in self.styles and seen < DEEPEST:
            style, seen = self.styles[name], seen + 1
            for key in ("bold", "centred", "outline", "num", "level"):
                if getattr(found, key) is None:
                    setattr(found, key, getattr(style, key))
            name = style.based_on
        return found


def _of_paragraphs(xml: bytes) -> bytes:
    """Styles of tables and the list of dormant styles cut out before parsing: they are nine tenths of many files."""
    root = ROOT.search(xml[:4000])
    if not root:
        return xml
    begin, end = b"<" + root[1] + b":style ", b"</" + root[1] + b":style>"
    first, *others = xml.split(begin)
    dormant, closing = first.find(b"<" + root[1] + b":latentStyles"), b"</" + root[1] + b":latentStyles>"
    if dormant >= 0 and closing in first:
        first = first[:dormant] + first[first.index(closing) + len(closing) :]
    kept = [begin + one for one in others if end not in one or not OF_TABLES.search(one, 0, one.find(b">") + 1)]
    last = others[-1].partition(end)[2] if others and begin + others[-1] not in kept else b""
    return first + b"".join(kept) + last


def _style(element: Element) -> Style:
    """What one style says itself; a table's styles for single rows and cells are not ours."""
    style = Style()
    for part in element:
        name = local(part)
        if name == "basedOn":
            style.based_on = of_tree(part)
        elif name in ("pPr", "rPr"):
            for one in part.iter():
                _take(style, local(one), of_tree(one))
    return style


def _take(style: Style, name: str, said: str) -> None:
    """One property."""
    if name == "b":
        style.bold = is_on(said)
    elif name == "jc":
        style.centred = said == "center"
    elif name == "outlineLvl":
        style.outline = whole(said, 9)
    elif name == "numId":
        style.num = said
    elif name == "ilvl":
        style.level = whole(said, 0)


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


class Numbering:
    """The lists of a file; `next` counts on, as Word does from the first page to the last."""

    def __init__(self, xml: bytes) -> None:
        self.abstract: dict[str, List] = {}
        self.abstract_of: dict[str, str] = {}
        self.overrides: dict[tuple[str, int], int] = {}
        self.begun: set[str] = set()
        for one in root_of(xml):
            if local(one) == "abstractNum":
                self.abstract[of_tree(one, "abstractNumId")] = _list(one)
            elif local(one) == "num":
                self._take(of_tree(one, "numId"), one)

    def _take(self, num: str, element: Element) -> None:
        """Which list a number belongs to, and where it begins anew."""
        for one in element:
            if local(one) == "abstractNumId":
                self.abstract_of[num] = of_tree(one)
            for start in one:
                if local(start) == "startOverride":
                    self.overrides[num, whole(of_tree(one, "ilvl"), 0)] = whole(of_tree(start), 1)

    def next(self, num: str, level: int) -> str:
        """The number that the next paragraph of a list shows; "-" for any bullet, nothing for an unknown list."""
        listed = self.abstract.get(self.abstract_of.get(num, ""))
        if listed is None:
            return ""
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


def _list(element: Element) -> List:
    """The levels of an abstract list."""
    found = List()
    for level in element:
        if local(level) == "lvl":
            told = {local(one): of_tree(one) for one in level}
            at = whole(of_tree(level, "ilvl"), 0)
            found.levels[at] = Level(
                whole(told.get("start", ""), 1), told.get("numFmt", "decimal"), told.get("lvlText", "")
            )
    return found


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
