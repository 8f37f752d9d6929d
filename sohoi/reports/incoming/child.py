"""The child that reads Word files which somebody sent (sohoi/limited.py says what it may).

A question is a JSON line {"name", "skip"} and the bytes of one .docx or of a .zip of them. Answers: ["files", how
many], then for each ["file", index, name], its lines and notes, and ["done"], or ["no", sentence].
"""

import codecs
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sohoi.limited import grant, serve
from sohoi.refusal import Refusal
from sohoi.reports.incoming import container
from sohoi.reports.incoming.body import lines

for alphabet in ("cp437", "latin-1", "utf-8", "ascii", "utf-16-le"):
    codecs.lookup(alphabet)  # now: once the child is confined no file can be opened


def answer(question: bytes) -> Iterator[list[Any]]:
    """All files of a question from `skip` on; one that is refused does not hold up the next."""
    head, _, data = question.partition(b"\n")
    asked = json.loads(head)
    del question
    found = _files(asked["name"], data)
    yield ["files", len(found)]
    for at, (name, take) in enumerate(found):
        if at >= asked["skip"]:
            yield ["file", at, name]
            yield from _one(take)


def _files(name: str, data: bytes) -> list[tuple[str, Callable[[], bytes]]]:
    """Names, and how to get the bytes of each when its turn comes."""
    if not container.is_collection(data):
        return [(name, lambda: data)]
    archive = zipfile.ZipFile(io.BytesIO(data))
    inside = container.members(archive)
    return [(_named(member), partial(container.taken_out, archive, member)) for member in inside]


def _named(member: zipfile.ZipInfo) -> str:
    """A name as its sender wrote it: many zip programs forget to say that a name is UTF-8."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _one(take: Callable[[], bytes]) -> Iterator[list[Any]]:
    """One file's lines up to the end, or why there are none."""
    grant()
    try:
        yield from lines(container.Package(take()))
        yield ["done"]
    except Refusal as refusal:
        yield ["no", str(refusal)]


def main() -> None:
    """Until nobody asks any more."""
    serve(answer, at_once="file")


if __name__ == "__main__":
    main()
