"""The words of the reports below, merged into the sections of the one above: each sentence once, with its sources."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from sohoi.reports.models import SentFile, Version
from sohoi.reports.narrative.headings import Heading
from sohoi.reports.narrative.merge import Line, Source, merge
from sohoi.reports.read.children import Child
from sohoi.reports.read.files import Files, words
from sohoi.reports.regular import Part

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
    merged = merge(sources, [Heading(part.code, "", part.heading, part.level)])
    lines = merged[part.code]
    empty = [name for line in lines if line.empty for name in line.names]
    told = [as_line(line) for line in lines if not line.empty]
    silent = [child.unit.name for child in children if not child.sent and child.unit.pk not in files]
    return Proposed(told, silent, empty)


def texts_signed(children: Iterable[Child]) -> Texts:
    """version id -> section -> lines: one statement for all versions, which leaves the rest of each where it is."""
    ids = [child.version.pk for child in children if child.version]
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_sql("texts.sql"), {"versions": ids})
        return {version: json.loads(texts) for version, texts in cursor.fetchall()}


@cache
def _sql(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


def _sources(child: Child, part: Part, said: Texts, files: Sequence[SentFile]) -> list[Source]:
    """What one child said in the sections that this one is made from: its signed report, or else each of its files."""
    code, name = child.unit.code, child.unit.name
    if child.version is None or child.report is None:
        return [Source(code, name, {part.code: words(one, part.merged)}, file=one.name) for one in files]
    texts = said[child.version.pk]
    told = [line["text"] for code in part.merged for line in texts.get(code, []) if line["kept"]]
    return [Source(code, name, {part.code: told}, child.report.pk, child.version.number)]


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
