"""How like two titles are, from nought to one: without marks, in any order, shortened or drawn out. Pure."""

from collections import Counter
from functools import lru_cache

from sohoi.reports.narrative.letters import title_words

SAME, LIKE, NUMBERED = 0.85, 0.55, 0.3  # surely the same; like enough; like enough with the same number


@lru_cache(maxsize=100_000)
def likeness(title: str, other: str) -> float:
    """Words in common against all; a title that the other begins with, or holds whole, is nearly the same."""
    one, two = title_words(title), title_words(other)
    if not one or not two:
        return 0.0
    common = (Counter(one) & Counter(two)).total()
    dice = 2 * common / (len(one) + len(two))
    shorter = min(len(one), len(two))
    held = common / shorter if shorter >= 3 else 0.0
    begins = one[:shorter] == two[:shorter] and shorter >= 2
    return max(dice, 0.8 * held, 0.9 if begins and shorter * 3 >= max(len(one), len(two)) else 0.0)
