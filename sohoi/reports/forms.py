"""The language of report forms: which headings a paper has, and which sentences carry which figures.

A form is a folder with form.toml and layout.docx; a sentence names measures in braces (docs/forms.md). Pure.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sohoi.refusal import Refusal

FOLDER = Path(__file__).parent / "forms"
KEYS = {"code", "label", "title", "subject", "number", "signer_title", "recipients", "section", "sentence", "final"}
SECTION_KEYS = {"code", "heading", "level", "content"}
SENTENCE_KEYS = {"section", "text"}
CONTENTS = ("", "general", "table", "breakthroughs", "key-tasks", "unmet", "ahead")
HOLE = re.compile(r"\{([a-z0-9-]+)\}")


@dataclass(frozen=True)
class Section:
    """A heading and what the program writes under it; "" means only sentences."""

    code: str
    heading: str
    level: int
    content: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of a section; printed when at least one of its figures was reported."""

    section: str
    text: str

    @property
    def measures(self) -> list[str]:
        """The measures it names, in their order."""
        return HOLE.findall(self.text)


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


@cache
def forms() -> dict[str, Form]:
    """All forms of reviews by code."""
    read = [read_form(path) for path in sorted(FOLDER.glob("*/form.toml")) if not _regular(path)]
    return {form.code: form for form in read}


def _regular(path: Path) -> bool:
    """Whether the file is a regular report's, which has a language of its own (regular.py)."""
    return re.search(r"^period\s*=", path.read_text("utf-8"), re.MULTILINE) is not None


def form_named(code: str) -> Form:
    """The form of that code; Refusal lists those there are."""
    if code not in forms():
        raise Refusal(f"Không có biểu mẫu “{code}”. Các biểu mẫu: {', '.join(sorted(forms()))}.", "form")
    return forms()[code]


def read_form(path: Path) -> Form:
    """Check one form file; raises Refusal naming the file and the key."""
    where = f"{path.parent.name}/{path.name}"
    try:
        body = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise Refusal(f"{where}: không đọc được tệp này ({error}).", where) from error
    _known(body, KEYS, where)
    missing = sorted(KEYS - set(body) - {"sentence", "final"})
    if missing:
        raise Refusal(f"{where}: thiếu khóa “{missing[0]}”.", where)
    sections = tuple(_section(s, where) for s in body["section"])
    sentences = tuple(_sentence(s, {s.code for s in sections}, where) for s in body.get("sentence", []))
    return Form(
        body["code"], body["label"], tuple(body["title"]), body["subject"], body["number"],
        body["signer_title"], tuple(body["recipients"]), sections, sentences, path.parent / "layout.docx",
        body.get("final") is True,
    )  # fmt: skip


def _known(body: dict[str, Any], keys: set[str], where: str) -> None:
    """Refuse keys that the language does not have."""
    strange = sorted(set(body) - keys)
    if strange:
        raise Refusal(f"{where}: không hiểu khóa “{strange[0]}”. Các khóa: {', '.join(sorted(keys))}.", where)


def _section(body: dict[str, Any], where: str) -> Section:
    """One heading."""
    _known(body, SECTION_KEYS, where)
    content = body.get("content", "")
    if content not in CONTENTS:
        raise Refusal(f"{where}: content phải là một trong: {', '.join(CONTENTS[1:])}.", where)
    return Section(body["code"], body["heading"], int(body.get("level", 1)), content)


def _sentence(body: dict[str, Any], sections: set[str], where: str) -> Sentence:
    """One sentence, standing in a section that exists."""
    _known(body, SENTENCE_KEYS, where)
    if body["section"] not in sections:
        raise Refusal(f"{where}: câu “{body['text'][:40]}…” nêu mục “{body['section']}” không có.", where)
    return Sentence(body["section"], body["text"])
