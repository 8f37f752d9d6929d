"""Spreading a published total over pieces, units and days: exactly, and the same at every run.

Pure: no database. Chance comes only from `dice`, whose seed is words, so nothing depends on the machine.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from uuid import UUID, uuid5

NAMESPACE = UUID("6f1d3f0a-51a5-5c0e-9d35-2f4d7a0b9c11")  # ours: all ids of the demonstration come from it
SUNDAY = 6


def dice(*words: str) -> Random:
    """A source of chance that gives the same numbers for the same words."""
    return Random("so-hoi/" + "/".join(words))


def draft_id(*words: str) -> UUID:
    """The id of a draft: the same words are the same deed, so a second run is known to the gate."""
    return uuid5(NAMESPACE, "/".join(words))


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts by weight (largest remainder); the parts add up to it exactly."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


def pieces(total: int, count: int, rng: Random, least: int = 1) -> list[int]:
    """`total` in `count` uneven whole parts of at least `least`. Raises ValueError when it is too small for that."""
    if count < 1 or total < count * least:
        raise ValueError(f"{total} không chia được thành {count} phần, mỗi phần ít nhất {least}.")
    extra = shares(total - count * least, [rng.randint(2, 9) for _ in range(count)])
    return [least + part for part in extra]


def days(count: int, first: date, last: date, rng: Random) -> list[date]:
    """`count` days from first to last, both counted in, in order; no Sundays."""
    open_days = _open_days(first, last)
    return sorted(rng.choice(open_days) for _ in range(count))


@cache
def _open_days(first: date, last: date) -> list[date]:
    """All days from first to last but Sundays; asked thousands of times for the same few terms."""
    every = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return [day for day in every if day.weekday() != SUNDAY]
