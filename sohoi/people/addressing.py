"""How one speaks of somebody in the register: "chị" of a woman, "anh" of a man (honorary members may be men).

Sentences are written with "chị"; whoever knows the person lets them be said rightly. Never for words that somebody
typed. Pure: no database.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sohoi.refusal import Refusal

WORD = re.compile(r"\b([Cc])hị\b")
MAN = {"C": "Anh", "c": "anh"}


def addressed(words: str, man: bool) -> str:
    """A sentence about one person, in the word for that person."""
    return WORD.sub(lambda found: MAN[found[1]], words) if man else words


@contextmanager
def speaking_of(man: bool) -> Iterator[None]:
    """What is refused in here is said of a man, or of a woman."""
    try:
        yield
    except Refusal as refusal:
        refusal.args = (addressed(str(refusal), man), *refusal.args[1:])
        raise
