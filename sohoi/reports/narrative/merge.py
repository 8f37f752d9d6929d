"""Texts of many units merged section by section: each sentence once, with all who wrote it. Pure.

Every sentence of every source stands in exactly one line, as its text or as a repeat of it. Words that say nothing are
gathered in one line of the section. Best examples are proposed, never chosen: people decide what stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sohoi.reports.narrative.emptiness import is_empty
from sohoi.reports.narrative.examples import best
from sohoi.reports.narrative.headings import CELLS, Heading
from sohoi.reports.narrative.letters import Printed, tidy
from sohoi.reports.narrative.repeats import groups
from sohoi.reports.narrative.sentences import split
from sohoi.vietnamese import join_list

EXAMPLES = 3  # proposed in a section, each of another unit


@dataclass(frozen=True)
class Origin:
    """Whose sentence it is, and where it stood: in a version of her report or in a file."""

    unit: str
    name: str
    report: int | None = None
    version: int | None = None
    file: str = ""
    place: int | None = None  # line of the file or text, counted from nought


@dataclass(frozen=True)
class Source:
    """A unit's text by section. `sections` is None when the unit has sent nothing."""

    unit: str
    name: str
    sections: Mapping[str, Sequence[str | Printed]] | None
    report: int | None = None
    version: int | None = None
    file: str = ""


@dataclass(frozen=True)
class Repeat:
    """A further sentence that says the same as its line, in the words of its own source."""

    text: str
    origin: Origin
    exact: bool


@dataclass(frozen=True)
class Line:
    """A sentence with all its sources; `example` when it is proposed as one, `empty` when it says nothing."""

    text: str
    sources: tuple[Origin, ...]
    repeats: tuple[Repeat, ...] = ()
    example: bool = False
    empty: bool = False

    @property
    def names(self) -> list[str]:
        """Who wrote it, each unit once."""
        return list(dict.fromkeys(origin.name for origin in self.sources))


@dataclass
class _Gathered:
    """A line while others are added to it."""

    text: str
    origins: list[Origin] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    empty: bool = False


def merge(sources: Sequence[Source], headings: Sequence[Heading]) -> dict[str, list[Line]]:
    """Section code -> lines in the order of the sources, for every section of the form, empty ones too.

    Sections that the form does not have come after its own, so that nothing is lost.
    """
    told: dict[str, list[tuple[str, Origin]]] = {heading.code: [] for heading in headings}
    for source in sources:
        for code, lines in (source.sections or {}).items():
            told.setdefault(code, []).extend(_sentences(source, lines))
    return {code: _merged(sentences) for code, sentences in told.items()}


def not_sent(sources: Sequence[Source]) -> list[str]:
    """The names of units that sent nothing, in their order."""
    return [source.name for source in sources if source.sections is None]


def not_sent_sentence(sources: Sequence[Source]) -> str:
    """One sentence that names them; "" when all have sent."""
    names = not_sent(sources)
    return f"Chưa gửi phần lời: {join_list(names)} ({len(names)} đơn vị)." if names else ""


def silent(sources: Sequence[Source], code: str) -> list[str]:
    """The names of units that sent a text without a word in this section."""
    return [s.name for s in sources if s.sections is not None and not s.sections.get(code)]


def _sentences(source: Source, lines: Sequence[str | Printed]) -> list[tuple[str, Origin]]:
    """Each sentence of a unit's section with its origin."""
    found = []
    for at, line in enumerate(lines):
        printed = line if isinstance(line, Printed) else Printed(line, at)
        text = f"{printed.number} {printed.text}" if printed.number else printed.text
        origin = Origin(source.unit, source.name, source.report, source.version, source.file, printed.at)
        whole = printed.cell and CELLS in text  # a row of a table
        found += [(sentence, origin) for sentence in ([tidy(text)] if whole else split(text))]
    return found


def _merged(sentences: list[tuple[str, Origin]]) -> list[Line]:
    """One section: the first of those that say the same is the line, the rest are its repeats."""
    gathered: dict[int, _Gathered] = {}
    empty = -1  # the place of the line that gathers what says nothing
    for at, first in enumerate(groups([text for text, _ in sentences])):
        text, origin = sentences[at]
        if is_empty(text):
            empty = at if empty < 0 else empty
            first = empty
        _add(gathered, first, text, origin)
        gathered[first].empty = first == empty
    lines = [Line(one.text, _once(one.origins), tuple(one.repeats), empty=one.empty) for one in gathered.values()]
    return _with_examples(lines)


def _add(gathered: dict[int, _Gathered], first: int, text: str, origin: Origin) -> None:
    """A line begins, or a sentence is added to one that is there."""
    if first in gathered:
        gathered[first].repeats.append(Repeat(text, origin, exact=text == gathered[first].text))
    else:
        gathered[first] = _Gathered(text)
    gathered[first].origins.append(origin)


def _once(origins: list[Origin]) -> tuple[Origin, ...]:
    """Each place once."""
    return tuple(dict.fromkeys(origins))


def _with_examples(lines: list[Line]) -> list[Line]:
    """The best ones marked, at most one of each unit."""
    single = {at: (line.text, line.sources[0].unit) for at, line in enumerate(lines) if not line.empty}
    chosen = best(single, EXAMPLES)
    return [
        Line(line.text, line.sources, line.repeats, at in chosen, line.empty) if at in chosen else line
        for at, line in enumerate(lines)
    ]
