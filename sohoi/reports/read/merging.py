"""The words of the reports below, merged into the sections of the one above: each sentence once, with its sources."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import connection

from sohoi.reports.models import SentFile, Version
from sohoi.reports.narrative.headings import Heading
from sohoi.reports.narrative.letters import words as words_in
from sohoi.reports.narrative.merge import Line, Source, merge
from sohoi.reports.read.children import Child
from sohoi.reports.read.files import Files, words
from sohoi.reports.regular import Part
from sohoi.statements import statement

_sql = partial(statement, __file__)  # the .sql files of this drawer

Texts = dict[int, dict[str, list[dict[str, Any]]]]  # version id -> section -> lines


@dataclass(frozen=True)
class Proposed:
    """What a section could say: its lines, who has not sent, who had nothing to say."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)


def proposed(part: Part, children: Sequence[Child], files: Files, texts: Texts | None = None) -> Proposed:
    """The lines that the signed reports of `children` bring to one section; none where nothing is merged.

    `files` are Word files by unit: they speak for units that have signed nothing. `texts` is what `texts_signed` said
    of the children, for whoever asks for several sections.
    """
    if not part.merged:
        return Proposed()
    said = texts_signed(children) if texts is None else texts
    sources = [source for child in children for source in _sources(child, part, said, files.get(child.unit.pk, []))]
    own = {child.unit.pk for child in children}  # a quarter is made from the unit's months, its files come from below
    sources += [source for unit, sent in files.items() if unit not in own for source in _from_files(part, sent)]
    merged = merge(sources, [Heading(part.code, "", part.heading, part.level)])
    lines = merged[part.code]
    empty = [name for line in lines if line.empty for name in line.names]
    told = [as_line(line) for line in lines if not line.empty]
    silent = [child.name for child in children if not child.sent and child.unit.pk not in files]
    return Proposed(told, silent, empty)


def texts_signed(children: Iterable[Child]) -> Texts:
    """version id -> section -> lines: one statement for all versions, which leaves the rest of each where it is."""
    ids = [child.version.pk for child in children if child.version and child.sent]
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_sql("texts.sql"), {"versions": ids})
        return {version: json.loads(texts) for version, texts in cursor.fetchall()}


def _sources(child: Child, part: Part, said: Texts, files: Sequence[SentFile]) -> list[Source]:
    """What one child said in the sections that this one is made from: its signed report, or else each of its files."""
    code, name = child.unit.code, child.unit.name
    if not child.sent or child.version is None or child.report is None:
        return _from_files(part, files)
    texts = said[child.version.pk]
    told = [line["text"] for code in part.merged for line in texts.get(code, []) if line["kept"]]
    return [Source(code, name, {part.code: told}, child.report, child.version.number)]


def _from_files(part: Part, files: Iterable[SentFile]) -> list[Source]:
    """What each file said in the sections that this one is made from."""
    said = [(one, {part.code: words(one, part.merged)}) for one in files]
    return [Source(one.unit.code, one.unit.name, told, file=one.name) for one, told in said if one.unit]


def since_left(left: Sequence[dict[str, Any]] | None, fresh: Proposed, newest: dict[int, int]) -> list[dict[str, Any]]:
    """A section's lines with a `key` each: as they were left, then those that came from below since (`new`).

    A line left from a version that its unit has replaced is `stale` when the newer one does not say it: it is shown as
    not kept until somebody decides. `newest`: report id -> the number of its newest version.
    """
    if left is None:
        return [{**line, "key": _key(line)} for line in fresh.lines]
    now = {origin for line in fresh.lines for source in line["sources"] for origin in _origins(source, line["text"])}
    found = []
    for at, line in enumerate(left):
        gone = [source for source in line["sources"] if _replaced(source, line, newest, now)]
        stale = bool(gone) and len(gone) == len(line["sources"])
        found.append({**line, "key": f"l{at}", "stale": stale, "kept": line["kept"] and not stale})
    there = {origin for line in left for source in line["sources"] for origin in _origins(source, line["text"])}
    came = [
        {**line, "new": True, "key": _key(line)} for line in fresh.lines
        if not all(there & set(_origins(source, line["text"])) for source in line["sources"])
    ]  # fmt: skip
    return [*found, *came]


def unseen(left: Sequence[dict[str, Any]], fresh: Proposed, newest: dict[int, int]) -> int:
    """How many lines came from below, or were replaced there, since somebody left the section so."""
    return sum(bool(line.get("new") or line.get("stale")) for line in since_left(left, fresh, newest))


def _key(line: dict[str, Any]) -> str:
    """What names a fresh line on a page: its words and where they came from."""
    text = json.dumps([line["text"], line["sources"]], sort_keys=True, ensure_ascii=False)
    return "n" + sha256(text.encode()).hexdigest()[:16]


def _origins(source: dict[str, Any], text: str) -> list[tuple[Any, ...]]:
    """What makes a line from below the same line: its report or file with its place; or its unit with its words, for
    a report may come after the file, or a version after the version, that said the same."""
    place = tuple(source.get(key) for key in ("unit", "report", "version", "file", "place"))
    return [place, (source.get("unit"), *words_in(source.get("said", text)))]


def _replaced(source: dict[str, Any], line: dict[str, Any], newest: dict[int, int], now: set[tuple[Any, ...]]) -> bool:
    """Whether the source's report has a newer version than its line was settled with, and it does not say this."""
    report = source.get("report")
    settled = max(source.get("version") or 0, line.get("settled", {}).get(str(report), 0))
    return report in newest and newest[report] > settled and not now & set(_origins(source, line["text"])[1:])


def newest_numbers(children: Iterable[Child]) -> dict[int, int]:
    """report id -> the number of its newest version, of the children that are sent."""
    return {child.report: child.version.number for child in children if child.report and child.version}


def said_by(version: Version) -> dict[str, Any]:
    """What a version says."""
    body: dict[str, Any] = json.loads(version.body)
    return body


def as_line(line: Line) -> dict[str, Any]:
    """A merged line as a passage keeps it: every source with its own words where these were others."""
    said = {repeat.origin: repeat.text for repeat in line.repeats if not repeat.exact}
    sources = [asdict(origin) | ({"said": said[origin]} if origin in said else {}) for origin in line.sources]
    return {"text": line.text, "sources": sources, "kept": True, "edited": False, "example": line.example}


def merged_texts(parts: Iterable[Part], children: Sequence[Child], files: Files) -> dict[str, list[dict[str, Any]]]:
    """section -> its proposed lines, for sections that nobody has opened yet."""
    parts = list(parts)
    texts = texts_signed(children) if any(part.merged for part in parts) else {}
    return {part.code: proposed(part, children, files, texts).lines for part in parts}
