"""Which sentences say the same: equal once signs, capitals and the place of tones are set aside, or nearly equal. Pure.

Nearly equal: at least 0.8 of their runs of three words in common (Jaccard), and the same figures and the same words of
denial, for "tặng 5 suất quà" and "tặng 7 suất quà" are two deeds, and "đã xong" is not "chưa xong". Only sentences that
share one of their rarest runs are ever compared (prefix filter: none at the threshold is missed), at most CANDIDATES of
them, so that the work grows with the sentences and not with their square.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from sohoi.reports.narrative.letters import spoken, words

THRESHOLD, RUN, CANDIDATES = 0.8, 3, 64
FIGURE = re.compile(r"\d+(?:[.,/]\d+)*(?:\s*%)?")
_DENIALS = "không chưa chẳng hết tăng giảm thiếu thừa hơn kém"
DENIALS = frozenset(spoken(word) for word in _DENIALS.split())
_BEGINNING = re.compile(r"^\s*(?:[-–—+•*·▪●○◦➢✓→]\s*)*(?:(?:\d{1,2}|[a-zđ])[.)]\s+)?")


@dataclass(frozen=True)
class Said:
    """A sentence as it is compared."""

    key: tuple[str, ...]
    figures: tuple[str, ...]
    denials: tuple[str, ...]


def said(sentence: str) -> Said:
    """Without the dash or number that it begins with."""
    text = _BEGINNING.sub("", sentence, count=1) or sentence
    key = tuple(words(text))
    return Said(key, tuple(FIGURE.findall(text)), tuple(sorted(DENIALS.intersection(key))))


def groups(sentences: Sequence[str]) -> list[int]:
    """For each sentence the place of the first one that says the same; its own when there is none before it."""
    told = [said(sentence) for sentence in sentences]
    first: dict[Said, int] = {}
    for at, one in enumerate(told):
        first.setdefault(one, at)
    near = _near([(at, one) for one, at in first.items()])
    return [near[first[one]] for one in told]


def _near(distinct: list[tuple[int, Said]]) -> dict[int, int]:
    """Place -> place of the first that is nearly equal, among those that are not equal."""
    runs = _runs(distinct)
    often = Counter(run for of in runs.values() for run in of)
    index: dict[tuple[object, ...], list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    for at, one in distinct:
        ordered = sorted(runs[at], key=often.__getitem__)
        rarest = ordered[: len(ordered) - ceil(THRESHOLD * len(ordered)) + 1]
        keys = [(run, one.figures, one.denials) for run in rarest]
        found[at] = _like(at, runs, [other for key in keys for other in index.get(key, ())])
        if found[at] == at:
            for key in keys:
                index[key].append(at)
    return found


def _runs(distinct: list[tuple[int, Said]]) -> dict[int, frozenset[int]]:
    """Place -> its runs of three words, each run a number; a shorter sentence is one run."""
    numbers: dict[tuple[str, ...], int] = {}
    found = {}
    for at, one in distinct:
        key = one.key
        runs = zip(key, key[1:], key[2:], strict=False) if len(key) >= RUN else [key]
        found[at] = frozenset([numbers.setdefault(run, len(numbers)) for run in runs])
    return found


def _like(at: int, runs: dict[int, frozenset[int]], others: list[int]) -> int:
    """The most like of some candidates, or itself when none reaches the threshold."""
    mine, best, most = runs[at], at, THRESHOLD
    for other in list(dict.fromkeys(others))[:CANDIDATES]:
        common = len(mine & runs[other])
        likeness = common / (len(mine) + len(runs[other]) - common)
        if likeness >= most and (best == at or likeness > most):
            best, most = other, likeness
    return best
