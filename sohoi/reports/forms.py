"""The language of report forms: which headings a paper has, and which sentences carry which figures.

A form is a folder with form.toml and layout.docx; a sentence names measures in braces (docs/forms.md). Pure.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from sohoi.goals.declare import exact
from sohoi.ledger.holes import OWN, codes, measures, sentence
from sohoi.ledger.shapes import cleaned, table, title
from sohoi.plainly import cause
from sohoi.refusal import Refusal
from sohoi.units.models import Level

FOLDER = Path(__file__).parent / "forms"
KEYS = {
    "code", "label", "title", "subject", "number", "signer_title", "recipients", "section", "sentence", "final", "term",
}  # fmt: skip
NEEDED = KEYS - {"sentence", "final", "term"}
SECTION_KEYS = {"code", "heading", "level", "content"}
SENTENCE_KEYS = {"section", "text", "measure", "level", "threshold"}
CONTENTS = ("", "general", "table", "breakthroughs", "key-tasks", "unmet", "ahead")
A_YEAR = 366  # days


@dataclass(frozen=True)
class Section:
    """A heading and what the program writes under it; "" means only sentences."""

    code: str
    heading: str
    level: int
    content: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of a section; printed when at least one of its figures was reported. One with a threshold tells how
    many units of a level reach it in a measure."""

    section: str
    text: str
    measure: str = ""
    level: str = ""
    threshold: Fraction | None = None

    @property
    def measures(self) -> list[str]:
        """The measures it names, in their order."""
        return [*measures(self.text), *filter(None, [self.measure])]


@dataclass(frozen=True)
class Form:
    """A form file, read and checked."""

    code: str
    label: str
    title: tuple[str, ...]
    subject: str
    number: str
    signer_title: str
    recipients: tuple[str, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    layout: Path
    final: bool = False  # of the whole term: offered towards its end
    term: str = ""  # for terms of at most a "year", or of more "years"

    @property
    def plain(self) -> list[Sentence]:
        """The sentences of the unit's own figures."""
        return [one for one in self.sentences if not one.measure]

    @property
    def of_units(self) -> list[Sentence]:
        """The sentences of how many units reach a threshold."""
        return [one for one in self.sentences if one.measure]

    def fits(self, first: date, last: date) -> bool:
        """Whether it is written for a term of these days."""
        return not self.term or (self.term == "year") == ((last - first).days < A_YEAR)


@cache
def forms() -> dict[str, Form]:
    """All forms of reviews by code; one of an own folder stands in place of the shipped one of its code."""
    shipped = [read_form(path) for path in sorted(FOLDER.glob("*/form.toml")) if is_review(toml(path))]
    own = [form for form in own_reviews().values() if isinstance(form, Form)]
    return {form.code: form for form in (*shipped, *own)}


def own_reviews() -> dict[Path, Form | Refusal]:
    """The forms of reviews in the folders that a province named itself; for one that cannot be read why not."""
    found: dict[Path, Form | Refusal] = {}
    for path in own_paths():
        try:
            if is_review(toml(path)):
                found[path] = read_form(path)
        except Refusal as refusal:
            found[path] = refusal
    return found


def own_paths() -> list[Path]:
    """The form files of own folders, of either sort."""
    return [path for folder in settings.FORM_FOLDERS for path in sorted(Path(folder).glob("*/form.toml"))]


def toml(path: Path) -> dict[str, Any]:
    """A form file's body; Refusal when it is not TOML or cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        where = f"{path.parent.name}/{path.name}"
        raise Refusal(f"{where}: không đọc được tệp này ({cause(error)}).", where) from error


def is_review(body: dict[str, Any]) -> bool:
    """Whether a file is a review's; a regular report's has a language of its own (regular.py)."""
    return not {"period", "levels", "since"} & set(body)


def form_named(code: str) -> Form:
    """The form of that code; Refusal lists those there are."""
    if code not in forms():
        raise Refusal(f"Không có biểu mẫu “{code}” về nghị quyết. Các biểu mẫu: {', '.join(sorted(forms()))}.", "form")
    return forms()[code]


def read_form(path: Path) -> Form:
    """Check one form file; raises Refusal naming the file and the key."""
    where = f"{path.parent.name}/{path.name}"
    told = table(lined(toml(path), "signer_title", where), KEYS, NEEDED, where)
    sections = tuple(_section(one, where) for one in told.tables("section"))
    sentences = tuple(_sentence(one, {s.code for s in sections}, where) for one in told.tables("sentence"))
    return Form(
        told.code("code"), told.text("label"), told.texts("title"), told.text("subject"), told.text("number"),
        told.text("signer_title"), told.texts("recipients"), sections, sentences, path.parent / "layout.docx",
        told.flag("final"), told.one_of("term", ("", "year", "years")),
    )  # fmt: skip


def lined(body: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    """The same body, every text composed; only what stands above the signature may have lines."""
    tidy: dict[str, Any] = cleaned({name: value for name, value in body.items() if name != key}, where)
    if key in body:
        said = body[key]
        lines = cleaned(said.split("\n"), f"{where}, “{key}”") if isinstance(said, str) else None
        tidy[key] = "\n".join(lines) if lines else said
    return tidy


def _section(body: dict[str, Any], where: str) -> Section:
    """One heading."""
    told = table(body, SECTION_KEYS, ("code", "heading"), f"{where}, mục “{title(body)}”")
    level = told.whole("level", 1, 2) or 1
    return Section(told.code("code"), told.text("heading"), level, told.one_of("content", CONTENTS))


def _sentence(body: dict[str, Any], sections: set[str], where: str) -> Sentence:
    """One sentence, standing in a section that exists."""
    told = table(body, SENTENCE_KEYS, ("section", "text"), f"{where}, [[sentence]]")
    if told.text("section") not in sections:
        raise Refusal(f"{where}: câu “{told.text('text')[:40]}…” nêu mục “{body['section']}” không có.", where)
    text, of_units = sentence(told, "text"), ("measure", "level", "threshold")
    given, named = [key in told for key in of_units], set(codes(text)) & set(OWN)
    if any(given) != all(given) or bool(named) != all(given):
        said = f"câu về số đơn vị cần cả {', '.join(of_units)}, và một chỗ trống trong {', '.join(OWN)}"
        raise Refusal(f"{where}, câu “{text[:40]}…”: {said}.", where)
    if not named:
        return Sentence(told.text("section"), text)
    least = exact(body["threshold"], f"{told.where}, “threshold”")
    return Sentence(told.text("section"), text, told.code("measure"), told.one_of("level", Level.values), least)
