"""What a Word file of a unit holds, by the sections of its form; whose it is, as far as it says so itself. Pure.

Nothing is lost: a line stands in a section that is merged, in a loose part that people may still give to one, or is
left out with the reason.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sohoi.reports.narrative.headings import HEAD, SIGNATURE, Heading, outline
from sohoi.reports.narrative.letters import Printed, tidy
from sohoi.reports.narrative.likeness import SAME, likeness
from sohoi.reports.narrative.match import Placement, lines_of, place
from sohoi.reports.narrative.numbers import Known, alike, find
from sohoi.reports.regular import RegularForm
from sohoi.units.models import Unit
from sohoi.vietnamese import plain

Line = dict[str, Any]
_WORD = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True)
class Asked(Known):
    """A measure that a text may speak of; what the ledger says of it is asked when the page is opened."""

    code: str


@dataclass(frozen=True)
class Contents:
    """One file, ready to be kept."""

    sections: dict[str, list[Line]] = field(default_factory=dict)
    unplaced: list[dict[str, Any]] = field(default_factory=list)
    folded: list[dict[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    left_out: list[dict[str, str]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)

    @property
    def head(self) -> list[str]:
        """Lines that say whose report it is: those above the first heading, then those of the signature."""
        return [one["text"] for why in (HEAD, SIGNATURE) for one in self.left_out if one["why"] == why]


def contents(
    lines: Sequence[Printed], form: RegularForm, merged: Collection[str], measures: Sequence[Asked]
) -> Contents:
    """A file in the sections of `form`; `merged` are those that the report above is made from."""
    headings = [Heading.printed(part.code, part.heading, part.level) for part in form.parts]
    put = place(outline(lines, headings), headings)
    sections = {code: [as_line(line) for line in told] for code, told in put.sections.items() if code in merged}
    loose = [*_loose(put), *_not_merged(put, form, merged)]
    wanted = {part.code: part.heading for part in form.written if not part.optional}
    told = [*sections.values(), *(part["lines"] for part in loose)]
    return Contents(
        sections, loose, [{"name": part.name, "section": code} for part, code in put.folded],
        [wanted[heading.code] for heading in put.missing if heading.code in wanted],
        [{"text": tidy(one.line.text), "why": one.why} for one in put.left_out],
        [figure for lines in told for line in lines for figure in _figures(line["text"], measures)],
    )  # fmt: skip


def as_line(line: Printed) -> Line:
    """A line as it is kept."""
    kept: Line = {"text": tidy(line.text), "at": line.at}
    if line.number:
        kept["number"] = line.number
    if line.cell:
        kept["cell"] = list(line.cell)
    return kept


def as_printed(line: Line) -> Printed:
    """The same line, to be merged."""
    cell = line.get("cell")
    return Printed(line["text"], line["at"], line.get("number", ""), cell=(cell[0], cell[1], cell[2]) if cell else None)


def _loose(put: Placement) -> list[dict[str, Any]]:
    """Parts like no section, with none above."""
    return [{"name": part.name, "lines": list(map(as_line, lines_of(part))), "section": ""} for part in put.unplaced]


def _not_merged(put: Placement, form: RegularForm, merged: Collection[str]) -> list[dict[str, Any]]:
    """Lines under a heading that the report above takes nothing from: the first text section under it is proposed."""
    headings = {part.code: part.heading for part in form.parts}
    return [
        {"name": headings[code], "lines": [as_line(line) for line in lines], "section": _under(form, code, merged)}
        for code, lines in put.sections.items() if code not in merged
    ]  # fmt: skip


def _under(form: RegularForm, code: str, merged: Collection[str]) -> str:
    """The first merged section of a lower level under a heading, "" without one."""
    codes = [part.code for part in form.parts]
    at = codes.index(code)
    for part in form.parts[at + 1 :]:
        if part.level <= form.parts[at].level:
            break
        if part.code in merged:
            return part.code
    return ""


def _figures(text: str, measures: Sequence[Asked]) -> Iterator[dict[str, Any]]:
    """The figures of a line that name one of our measures, or several as well; their values exact."""
    for found in find(text):
        if like := alike(found, measures):
            yield {
                "written": found.written, "value": str(found.value), "around": found.around,
                "measures": list(dict.fromkeys(one.code for one in like)),
            } | ({"span": [str(end) for end in found.span]} if found.span else {})  # fmt: skip


def whose(name: str, head: Sequence[str], units: Sequence[Unit]) -> Unit | None:
    """The unit that the head of a file names, or else its own name; None when there is none, or more than one."""
    for text in (*head, name.rpartition(".")[0] or name):
        named = _longest([unit for unit in units if _holds(_words(text), _words(unit.name))])
        if len(named) == 1:
            return named[0]
    like = [unit for unit in units if any(_alike(text, unit.name) for text in head)]
    return like[0] if len(like) == 1 else None


def _words(text: str) -> list[str]:
    """Words and numbers without marks; "ch 03" and "chihoi3" are "chi hoi 3"."""
    said = _WORD.findall(plain(text))
    told = " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in said)
    return re.sub(r"\b(?:ch|chihoi)\b", "chi hoi", told).split()


def _holds(text: list[str], name: list[str]) -> bool:
    """Whether the words of a name stand in a text, one after the other."""
    return any(text[at : at + len(name)] == name for at in range(len(text) - len(name) + 1))


def _longest(units: list[Unit]) -> list[Unit]:
    """Of "Chi hội Ấp Một" and "Chi hội Ấp Một A" the one that says more."""
    most = max((len(_words(unit.name)) for unit in units), default=0)
    return [unit for unit in units if len(_words(unit.name)) == most]


def _alike(text: str, name: str) -> bool:
    """Nearly the same words, and the same numbers."""
    numbers = [word for word in _words(name) if word.isdigit()]
    return likeness(text, name) >= SAME and numbers == [word for word in _words(text) if word.isdigit()]
