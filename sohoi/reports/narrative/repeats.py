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

    @property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Its runs of three words; a shorter sentence is one run."""
        if len(self.key) < RUN:
            return frozenset([self.key])
        return frozenset(zip(*(self.key[at:] for at in range(RUN)), strict=False))


def said(sentence: str) -> Said:
    """Without the dash or number that it begins with."""
    text = _BEGINNING.sub("", sentence, count=1) or sentence
    key = tuple(words(text))
    return Said(key, tuple(FIGURE.findall(text)), tuple(sorted(word for word in key if word in DENIALS)))


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
    runs = {at: one.runs for at, one in distinct}
    often = Counter(run for of in runs.values() for run in of)
    index: dict[tuple[object, ...], list[int]] = defaultdict(list)
    found: dict[int, int] = {}
    for at, one in distinct:
        ordered = sorted(runs[at], key=lambda run: (often[run], run))
        rarest = ordered[: len(ordered) - ceil(THRESHOLD * len(ordered)) + 1]
        keys = [(one.figures, one.denials, run) for run in rarest]
        found[at] = _like(at, runs, [other for key in keys for other in index[key]])
        if found[at] == at:
            for key in keys:
                index[key].append(at)
    return found


def _like(at: int, runs: dict[int, frozenset[tuple[str, ...]]], others: list[int]) -> int:
    """The most like of some candidates, or itself when none reaches the threshold."""
    mine, best, most = runs[at], at, THRESHOLD
    for other in list(dict.fromkeys(others))[:CANDIDATES]:
        common = len(mine & runs[other])
        likeness = common / (len(mine) + len(runs[other]) - common)
        if likeness >= most and (best == at or likeness > most):
            best, most = other, likeness
    return best
