"""Whom and what the bench asks: units of the real tree, periods, measures by their way to add.

And how: the statements that the product itself sends are taken down once and replayed beside the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from bench.databases import read
from bench.load import LAST, ON
from bench.timing import Answer, Question
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period, between
from sohoi.units.models import Level, Unit
from sohoi.units.read import centre, children

HALF = between(date(2024, 1, 1), LAST)  # thirty months across the reform: a half term
SIX = between(date(2026, 1, 1), LAST)
BEFORE = between(date(2024, 1, 1), date(2024, 6, 30))
MONTH = between(date(2026, 3, 1), date(2026, 3, 31))
BROKEN = between(date(2024, 1, 15), date(2026, 6, 15))
PROVINCE, COMMUNE = "92@2025-07-01", "31684@2025-07-01"  # Cần Thơ and phường Mỹ Xuyên of today

Statements = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class Asked:
    """Units and measures, the same in every database of the bench."""

    nation: Unit
    province: Unit
    commune: Unit
    branch: Unit
    flows: list[Measure]
    balances: list[Measure]
    distincts: list[Measure]

    @property
    def measures(self) -> list[Measure]:
        return [*self.flows, *self.balances, *self.distincts]


def asked() -> Asked:
    """Read them from the database at hand."""
    unit = {u.code: u for u in Unit.objects.filter(code__in=[PROVINCE, COMMUNE])}
    takes = [list(Measure.objects.filter(take=take).order_by("pk")) for take in (Take.SUM, Take.BALANCE, Take.DISTINCT)]
    return Asked(centre(), unit[PROVINCE], unit[COMMUNE], below(unit[COMMUNE])[0], *takes)


def below(unit: Unit) -> list[Unit]:
    """The children of today."""
    return [placement.unit for placement in children(unit, ON, ON)]


def communes() -> list[Unit]:
    """All communes of today."""
    return list(Unit.objects.filter(level=Level.BASE, placements__during__contains=ON).order_by("pk"))


def sent(ask: Callable[[], Any]) -> Statements:
    """The statements that the product sends for one question, in order."""
    found: Statements = []

    def note(execute: Callable[..., Any], statement: str, arguments: Any, many: bool, context: Any) -> Any:
        found.append((statement, arguments))
        return execute(statement, arguments, many, context)

    with connection.execute_wrapper(note):
        ask()
    return found


def replay(link: psycopg.Connection[Any], statements: Statements) -> Question:
    """The same statements on a connection of our own; all rows are fetched."""
    cursor = psycopg.ClientCursor(link)

    def ask() -> list[tuple[Any, ...]]:
        return [row for statement, arguments in statements for row in cursor.execute(statement, arguments)]

    return Question(ask, lambda: added(ask()))


def in_the_server(link: psycopg.Connection[Any], statements: Statements, columns: str) -> Callable[[], Any]:
    """The same, timed without its client: two ways of keeping data compete, and reading rows costs both the same."""
    cursor, shell = psycopg.ClientCursor(link), sql.SQL(read("in_the_server.sql"))
    summed = [
        (shell.format(statement=sql.SQL(statement), columns=sql.SQL(columns)), arguments)
        for statement, arguments in statements
    ]
    return lambda: [cursor.execute(statement, arguments).fetchall() for statement, arguments in summed]


def added(rows: list[tuple[Any, ...]]) -> Answer:
    """Rows of (unit, measure, n, amount) as an answer; rows of another shape (a date, a name) are no figures."""
    answer: Answer = {}
    for row in rows:
        if len(row) == 4:
            unit, measure, n, amount = row
            before = answer.get((unit, measure), (0, 0))
            answer[unit, measure] = (before[0] + int(n), before[1] + int(amount))
    return {key: value for key, value in answer.items() if value != (0, 0)}


def months(period: Period) -> list[str]:
    """The months of a period as DHIS2 writes them."""
    return [f"{month // 12}{month % 12 + 1:02d}" for month in period.months]
