"""The folder at work beside the writers: a few lines at a time while somebody records, many when nobody does."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.db import transaction

from sohoi.ledger.totals import queue_length, sql
from sohoi.statements import prepared

PAUSE = 0.5  # seconds between two looks at an empty queue
LOOK = 1.0  # seconds between two looks at how many lines wait: counting them is work too
BITE = 10  # lines of each queue at a time while somebody records: some ten milliseconds of one processor
MOUTHFUL = 500  # and when nobody does: a line costs less among many
LONG = 100_000  # lines waiting from which it eats without manners: figures add them up at each question


@dataclass
class Pace:
    """How many lines to take at a time: by the lines that came since the last look, and by those that wait."""

    most: int
    waiting: int | None = None
    folded: int = 0
    looked: float = 0.0

    def after(self, folded: int, now: float) -> None:
        """So many lines were folded; once in a while, look what has come meanwhile."""
        self.folded += folded
        if now - self.looked < LOOK:
            return
        waiting = queue_length()[0]
        somebody_records = self.waiting is None or waiting > self.waiting - self.folded
        self.most = BITE if somebody_records and waiting < LONG else MOUTHFUL
        self.waiting, self.folded, self.looked = waiting, 0, now


def fold_gently(stopped: Callable[[float], object]) -> None:
    """Fold until `stopped(seconds)`, which waits that long, says so.

    On a small machine whoever records waits for the processor that the folder holds, so while lines come in it takes a
    bite and rests twice as long as the bite took; in a rush the queue grows for a while. When none came for a second,
    or LONG lines wait, it takes a mouthful after the other. Reading stays exact meanwhile.
    """
    pace, rest = Pace(BITE), 0.0
    while not stopped(rest):
        began = monotonic()
        lines, subjects = _bite(pace.most)
        rest = 2 * (monotonic() - began) if pace.most == BITE else 0.0
        if max(lines, subjects) < pace.most:
            rest = PAUSE
        pace.after(lines, monotonic())


def _bite(most: int) -> tuple[int, int]:
    """At most so many of either queue in one transaction, by plans that are kept; how many of each."""
    with transaction.atomic():
        prepared(sql("lock_gently.sql"))
        return tuple(prepared(sql(name), {"most": most})[0][0] for name in ("fold.sql", "fold_distinct.sql"))
