"""A document's parts put into the sections of a form: by likeness of title, in order, the number breaking ties. Pure.

Numbers decide little, because branches count on where a form skips (a form may have no III). A part that is like no
section stays with the part above it; what has no part above is listed as unplaced. No line is lost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sohoi.reports.narrative.headings import RANKS, Heading, LeftOut, Outline, Part
from sohoi.reports.narrative.letters import Printed, title_words
from sohoi.reports.narrative.likeness import LIKE, NUMBERED, SAME, likeness
from sohoi.reports.narrative.marks import DASH

DASHED = 0.7  # a line with a dash is a heading only when it is quite like one
TELLING = 6  # so many words more than the form's title, and the heading itself tells something


@dataclass
class Placement:
    """Where each line of a document stands: in a section, with a heading, unplaced, or left out."""

    sections: dict[str, list[Printed]] = field(default_factory=dict)
    heads: dict[str, list[Printed]] = field(default_factory=dict)  # the document's own headings of each section
    folded: list[tuple[Part, str]] = field(default_factory=list)  # parts like no section, given to the one above
    unplaced: list[Part] = field(default_factory=list)
    missing: list[Heading] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def place(document: Outline, headings: Sequence[Heading]) -> Placement:
    """Each part in its section. Sections come in the form's order, those without a line are not there."""
    parts = list(_all(document.parts))
    found = _in_order(parts, headings)
    _out_of_order(document.parts, headings, found)
    placement = Placement(left_out=list(document.left_out))
    for part in document.parts:
        rest = _put(part, "", found, placement)
        if rest:
            placement.unplaced.append(rest)
    met = {heading.code for heading in found.values()}
    placement.missing = [heading for at, heading in enumerate(headings) if not met & _with_below(headings, at)]
    told = placement.sections
    placement.sections = {heading.code: told[heading.code] for heading in headings if told.get(heading.code)}
    return placement


def lines_of(part: Part) -> list[Printed]:
    """Every line of a part and of those below, its heading first."""
    own = [part.head] if part.head else []
    return [*own, *part.lines, *(line for below in part.parts for line in lines_of(below))]


def _all(parts: Sequence[Part]) -> Iterator[Part]:
    """Parts in the order of the document, without the one that has no heading."""
    for part in parts:
        if part.head:
            yield part
        yield from _all(part.parts)


# ---- likeness in order ----------------------------------------------------------------------------


def _score(part: Part, heading: Heading) -> float:
    """How much speaks for it; 0 when it is not like enough to be this section."""
    like = max(likeness(part.title, heading.title), likeness(part.run_in[0], heading.title))
    same_number = part.number.strip(".") == heading.number.strip(" .)/") != ""
    same_rank = part.rank == RANKS[min(heading.level, 4)]
    if like < (DASHED if part.rank >= DASH else NUMBERED if same_number and same_rank else LIKE):
        return 0.0
    return like + 0.05 * same_number + 0.05 * same_rank


def _in_order(parts: list[Part], headings: Sequence[Heading]) -> dict[int, Heading]:
    """id of a part -> its section: the choice with the largest sum of scores in which nothing crosses."""
    scores = [[_score(part, heading) for heading in headings] for part in parts]
    best = [[0.0] * (len(headings) + 1) for _ in range(len(parts) + 1)]
    for i in range(len(parts) - 1, -1, -1):
        row, below, score = best[i], best[i + 1], scores[i]
        for j in range(len(headings) - 1, -1, -1):
            taken = score[j] + below[j + 1] if score[j] else 0.0
            row[j] = max(taken, below[j], row[j + 1])
    found, i, j = {}, 0, 0
    while i < len(parts) and j < len(headings):
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            found[id(parts[i])] = headings[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _out_of_order(
    parts: Sequence[Part], headings: Sequence[Heading], found: dict[int, Heading], above: Heading | None = None
) -> None:
    """What crosses or comes a second time is taken only when it is surely the same, under the same section."""
    for part in parts:
        if part.head and id(part) not in found:
            fitting = [h for h in headings if _above(headings, h) == above and _score(part, h) >= SAME]
            if fitting:
                found[id(part)] = max(fitting, key=lambda heading: _score(part, heading))
        _out_of_order(part.parts, headings, found, found.get(id(part), above))


def _above(headings: Sequence[Heading], heading: Heading) -> Heading | None:
    """The section of a higher level that a heading stands under."""
    at = headings.index(heading)
    return next((h for h in reversed(headings[:at]) if h.level < heading.level), None)


def _with_below(headings: Sequence[Heading], at: int) -> set[str]:
    """The codes of a section and of those under it."""
    codes = {headings[at].code}
    for heading in headings[at + 1 :]:
        if heading.level <= headings[at].level:
            break
        codes.add(heading.code)
    return codes


# ---- lines ----------------------------------------------------------------------------------------


def _put(part: Part, above: str, found: dict[int, Heading], placement: Placement) -> Part | None:
    """Give the lines of a part and of those below to their sections; answers what could be given to none."""
    heading = found.get(id(part))
    code = heading.code if heading else above
    if heading and part.head:
        placement.heads.setdefault(code, []).append(part.head)
        placement.sections.setdefault(code, []).extend(_told_by_heading(part, heading))
    elif above and part.head:
        placement.folded.append((part, above))
        placement.sections.setdefault(above, []).append(part.head)
    if code and part.lines:
        placement.sections.setdefault(code, []).extend(part.lines)
    rest = [left for left, _ in _below(part, code, found, placement) if left]
    if code or not (part.head or part.lines or rest):
        return None
    return replace(part, parts=rest)


def _below(part: Part, code: str, found: dict[int, Heading], placement: Placement) -> list[tuple[Part | None, str]]:
    """The parts below; lines with a dash after one that is a section of its own go on under that one."""
    given: list[tuple[Part | None, str]] = []
    dashed = code
    for below in part.parts:
        own = found.get(id(below))
        to = dashed if below.rank >= DASH and not own else code
        given.append((_put(below, to, found, placement), to))
        dashed = (own.code if below.rank >= DASH else code) if own else dashed
    return given


def _told_by_heading(part: Part, heading: Heading) -> list[Printed]:
    """What a heading's own line says beyond its title: text that runs on after it, or a title that is a sentence."""
    assert part.head
    title, rest = part.run_in
    if rest and likeness(title, heading.title) >= likeness(part.title, heading.title):
        return [replace(part.head, text=rest, number="")]
    if len(title_words(part.title)) >= len(title_words(heading.title)) + TELLING:
        return [part.head]
    return []
