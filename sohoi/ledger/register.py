"""The proof that register and ledger are of one mind: who belongs to a branch, and what its entries add up to."""

from dataclasses import dataclass

from django.db import connection

from sohoi.ledger.totals import sql


@dataclass(frozen=True)
class Disagreement:
    """A branch of which two places say different numbers. `what`: members, core, regular, homes by rows of the
    register against entries; or cards (active cards) against memberships."""

    what: str
    unit_id: int
    register: int
    other: int


def prove_register() -> list[Disagreement]:
    """Compare every branch, as it is now. An empty list is the proof."""
    with connection.cursor() as cursor:
        cursor.execute(sql("prove_register.sql"))
        return [Disagreement(*row) for row in cursor]
