"""Comparing questions: first that they give the same answer, then turn by turn (A B A B), the median counts."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Answer = dict[tuple[int, int], tuple[int, int]]  # (unit id, measure id) -> (n, amount)
Times = dict[str, float]


class Differing(Exception):
    """Competing questions gave different answers: their times mean nothing."""


@dataclass(frozen=True)
class Question:
    """`ask` is timed; `answer` says what came out, which must be the same for all that compete."""

    ask: Callable[[], Any]
    answer: Callable[[], Answer]


def compare(questions: dict[str, Question], seconds: float = 12) -> Times:
    """Name -> median milliseconds, after checking the answers against each other (which also warms caches up)."""
    answers = {name: question.answer() for name, question in questions.items()}
    first, *others = answers
    for other in others:
        same(f"{first} / {other}", answers[first], answers[other])
    return turns({name: question.ask for name, question in questions.items()}, seconds=seconds)


def same(what: str, one: Answer, other: Answer) -> None:
    """Raise Differing with the first differences."""
    keys = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
    if keys:
        shown = "; ".join(f"{key}: {one.get(key)} khác {other.get(key)}" for key in keys[:3])
        raise Differing(f"{what}: {len(keys)} chỗ khác nhau, như {shown}")


def turns(asks: dict[str, Callable[[], Any]], least: int = 5, most: int = 21, seconds: float = 12) -> Times:
    """Name -> median milliseconds of the rounds that fit into `seconds`, at least `least` of them."""
    taken: dict[str, list[float]] = {name: [] for name in asks}
    gc.collect()
    gc.freeze()  # what is there already is nobody's litter
    begun = time.monotonic()
    for turn in range(most):
        if turn >= least and time.monotonic() - begun > seconds:
            break
        for name, ask in asks.items():
            gc.collect()  # nobody pays for another's litter
            before = time.perf_counter()
            ask()
            taken[name].append((time.perf_counter() - before) * 1000)
    gc.unfreeze()
    return {name: statistics.median(times) for name, times in taken.items()}
