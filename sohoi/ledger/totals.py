"""The caches of the ledger: fold the queue into totals, make them anew, prove that they say what entries say."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection, transaction

from sohoi.statements import statement
from sohoi.units.read import map_is_stale
from sohoi.units.write import rebuild_closure

sql = partial(statement, __file__)  # the .sql files of this drawer


@dataclass(frozen=True)
class Difference:
    """A stored number that is not what the entries say: `n` and `amount` are entries minus stored."""

    what: str
    view: int
    unit_id: int
    at: int
    measure_id: int
    n: int
    amount: int


def fold(most: int | None = None) -> int:
    """Add what is queued to the totals, all of it or at most so many lines; returns how many were folded.

    Safe beside writers and readers: a line is in the queue or in the totals, never in both.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql("lock.sql"))
        cursor.execute(sql("fold.sql"), {"most": most})
        lines: int = cursor.fetchone()[0]
        cursor.execute(sql("fold_distinct.sql"), {"most": most})
        return lines + int(cursor.fetchone()[0])


def rebuild() -> int:
    """Drop the totals and make them anew from the entries, in one transaction; returns the lines folded."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql("lock.sql"))
        cursor.execute(sql("rebuild.sql"))
        return fold()


def refresh_map(today: date) -> bool:
    """Make closure and totals anew when the day has passed a change of the map; True when it had."""
    if not map_is_stale(today):
        return False
    with transaction.atomic():
        rebuild_closure(today)
        rebuild()
    return True


def prove() -> list[Difference]:
    """Re-sum every entry and compare with what is stored and queued. An empty list is the proof."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql("prove.sql"))
        return [Difference(row[0], row[1], row[2], row[3], row[4], int(row[5]), int(row[6])) for row in cursor]


def queue_length() -> tuple[int, float]:
    """(lines waiting, age of the oldest in seconds): what a health check watches."""
    with connection.cursor() as cursor:
        cursor.execute(sql("queue_length.sql"))
        lines, age = cursor.fetchone()
        return int(lines), float(age)
