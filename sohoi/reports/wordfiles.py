"""Word files that were sent, many at once or in a .zip: their lines one file after the other, from a limited child.

Nothing of a file is opened in this process. A file that cannot be read costs one sentence, which names it; the rest go
on. `read_files` is an iterator, so that a page can say how far it is.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sohoi import limited
from sohoi.refusal import Refusal
from sohoi.reports.incoming.container import EMPTY, MOST_BYTES, MOST_ZIP, heavy
from sohoi.reports.narrative.letters import Printed

CHILD = "sohoi.reports.incoming.child"
TOO_HARD = (
    "đọc mãi không xong hoặc cần quá nhiều bộ nhớ. Chép riêng phần chữ sang một tệp Word mới, "
    "lưu dạng .docx rồi gửi lên."
)


@dataclass(frozen=True)
class Sent:
    """A file as it came: its size is known before a byte of it is read."""

    name: str
    size: int
    read: Callable[[], bytes]

    @classmethod
    def holding(cls, name: str, data: bytes) -> "Sent":
        """A file whose bytes are here already."""
        return cls(name, len(data), lambda: data)


@dataclass(frozen=True)
class WordFile:
    """What came of one file: its lines with notes on what was changed or left out, or why it was refused.

    `done` of `of` files are read; `of` grows when a .zip is opened. `sent` is the name of the file that was sent.
    """

    name: str
    sent: str
    lines: tuple[Printed, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""
    done: int = 0
    of: int = 0


@dataclass
class _Progress:
    """Files read, and files there are as far as we know."""

    of: int
    done: int = 0

    def told(self, name: str, sent: Sent, **found: Any) -> WordFile:
        """One more is done."""
        self.done += 1
        if refused := found.get("refused"):
            found["refused"] = f"“{name}”: {refused}"
        return WordFile(name, sent.name, done=self.done, of=max(self.of, self.done), **found)


@dataclass
class _Reader:
    """The child, started when it is first needed and again after it was lost."""

    child: limited.Child | None = None

    def ask(self, question: bytes) -> Iterator[list[Any]]:
        if self.child is None:
            self.child = limited.Child(limited.start(CHILD))
        return self.child.ask(question)

    def close(self) -> None:
        if self.child is not None:
            self.child.close()
            self.child = None


def read_files(files: Iterable[Sent]) -> Iterator[WordFile]:
    """Each file as it is read, in the order given, members of a .zip by their names; refused ones stand among them."""
    given = list(files)
    progress, reader = _Progress(len(given)), _Reader()
    try:
        for sent in given:
            yield from _read(sent, progress, reader)
    finally:
        reader.close()


def _read(sent: Sent, progress: _Progress, reader: _Reader) -> Iterator[WordFile]:
    """One .docx, or all that is in one .zip."""
    most = MOST_ZIP if sent.name.lower().endswith(".zip") else MOST_BYTES
    if not sent.size or sent.size > most:
        yield progress.told(sent.name, sent, refused=heavy(sent.size, most) if sent.size else EMPTY)
        return
    data, at = sent.read(), _Answer()
    while not at.ended:
        question = json.dumps({"name": sent.name, "skip": at.next}).encode() + b"\n" + data
        try:
            for line in reader.ask(question):
                if at.take(line):
                    progress.of += at.grown()
                    yield progress.told(at.name, sent, **at.found())
            at.ended = True
        except limited.Lost:
            reader.close()
            yield progress.told(at.name or sent.name, sent, refused=TOO_HARD)
            at.lost()
        except Refusal as refusal:
            at.ended = True
            yield progress.told(sent.name, sent, refused=str(refusal))


@dataclass
class _Answer:
    """The lines of the child, gathered file by file."""

    next: int = 0
    many: int = 1
    counted: int = 1
    name: str = ""
    ended: bool = False
    refused: str = ""
    lines: list[Printed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def take(self, line: list[Any]) -> bool:
        """True when a file is complete with this line."""
        what, *told = line
        if what == "line":
            text, number, bold, outline, centred, *cell = told
            place = (cell[0], cell[1], cell[2]) if cell[0] else None
            self.lines.append(Printed(text, len(self.lines), number, bold, outline, centred, place))
        elif what == "note":
            self.notes.append(told[0])
        elif what == "files":
            self.many = told[0]
        elif what == "file":
            self.next, self.name = told
            self.lines, self.notes, self.refused = [], [], ""
        elif what == "no":
            self.refused = told[0]
        done = what in ("done", "no")
        self.next += done
        return done

    def grown(self) -> int:
        """Files that we have only now learned of."""
        more, self.counted = self.many - self.counted, self.many
        return more

    def found(self) -> dict[str, Any]:
        """What is there to tell of the file that is complete; a refused one has no lines."""
        if self.refused:
            return {"refused": self.refused}
        return {"lines": tuple(self.lines), "notes": tuple(self.notes)}

    def lost(self) -> None:
        """The child ended on a file: go on after it, if there is one."""
        self.next += 1
        self.ended = not self.name or self.next >= self.many
        self.name = ""
