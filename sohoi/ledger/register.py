"""The proof that register and ledger are of one mind: who belongs to a branch, and what its entries add up to."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from sohoi.ledger.totals import sql


@dataclass(frozen=True)
class Disagreement:
    """A branch of which two places say different numbers. `what`: members, homes, each standing by rows of the
    register against entries (with -past: on the last day of the month before); cards (active cards) against
    memberships; places: active cards against those whose membership says the same branch and household."""

    what: str
    unit_id: int
    register: int
    other: int


def prove_register() -> list[Disagreement]:
    """Compare every branch, as it is now. An empty list is the proof."""
    with connection.cursor() as cursor:
        cursor.execute(sql("prove_register.sql"), {"past": timezone.localdate().replace(day=1) - timedelta(days=1)})
        return [Disagreement(*row) for row in cursor]
