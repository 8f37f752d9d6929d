"""A part of a Word file as elements, without a tree: names without their namespaces, and no document type at all."""

import xml.etree.ElementTree as tree
import xml.parsers.expat as expat
from collections.abc import Callable, Mapping

from sohoi.refusal import Refusal
from sohoi.reports.incoming.container import DAMAGED

Attributes = Mapping[str, str]
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
OTHER = (
    "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/wordprocessingDrawing",
)
DEEPEST, LARGEST_TREE = 400, 5_000_000


class Elements:
    """Told of each element by its local name; a subclass has methods `start_<name>` and `end_<name>`, and `text`.

    `skip()` inside a start method leaves out all that the element holds; `skip_from` says from which depth.
    """

    def __init__(self) -> None:
        self.depth, self.skipping = 0, 0
        self._starts = self._methods("start_")
        self._ends = self._methods("end_")

    def _methods(self, prefix: str) -> dict[str, Callable[..., None]]:
        """Full name of an element -> what is to be done."""
        found: dict[str, Callable[..., None]] = {}
        for method in dir(self):
            if method.startswith(prefix):
                name = method.removeprefix(prefix)
                found |= {f"{space} {name}": getattr(self, method) for space in (*WORD, *OTHER)}
        return found

    def skip(self, depth: int = 0) -> None:
        """Leave out the rest of the element that just started, or of the one at a depth above it."""
        self.skipping = self.skipping or depth or self.depth

    def text(self, letters: str) -> None:
        """Letters between elements; most parts have none that matter."""

    def _start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refusal(DAMAGED)
        if not self.skipping and name in self._starts:
            self._starts[name](attributes)

    def _end(self, name: str) -> None:
        if self.skipping:
            if self.depth == self.skipping:
                self.skipping = 0
        elif name in self._ends:
            self._ends[name]()
        self.depth -= 1

    def _letters(self, letters: str) -> None:
        if not self.skipping:
            self.text(letters)

    def read(self, xml: bytes) -> None:
        """Go through one part. Raises Refusal when it is no proper XML or brings a document type of its own."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._letters
        parser.StartDoctypeDeclHandler = _no_doctype
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, LookupError, UnicodeError, ImportError) as error:
            raise Refusal(DAMAGED) from error


def root_of(xml: bytes) -> tree.Element:
    """A small part as a tree, which is faster where most of it is not wanted; an empty one for a part without letters.

    Raises Refusal when it is large, no proper XML, or brings a document type.
    """
    if len(xml) > LARGEST_TREE or b"<!DOCTYPE" in xml or b"\0" in xml[:400]:
        raise Refusal(DAMAGED)
    try:
        return tree.fromstring(xml) if xml else tree.Element("none")
    except (tree.ParseError, LookupError, ValueError) as error:
        raise Refusal(DAMAGED) from error


def local(element: tree.Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def of_tree(element: tree.Element, name: str = "val") -> str:
    """An attribute of Word's own namespace, nothing when it is not there."""
    return element.get(f"{{{WORD[0]}}}{name}") or element.get(f"{{{WORD[1]}}}{name}") or ""


def _no_doctype(*told: object) -> None:
    """Word writes none; who does wants to define entities."""
    raise Refusal(DAMAGED)


def value(attributes: Attributes, name: str = "val") -> str:
    """An attribute of Word's own namespace, nothing when it is not there."""
    return attributes.get(f"{WORD[0]} {name}") or attributes.get(f"{WORD[1]} {name}") or ""


def is_on(said: str) -> bool:
    """The value of a switch such as <w:b/>: on unless it says that it is off."""
    return said not in ("0", "false", "off", "none")


def whole(text: str, otherwise: int) -> int:
    """A small whole number of an attribute."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
