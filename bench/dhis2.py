"""The competitor: the analytics table that DHIS2 would keep, built beside our own, and its questions.

It knows today's map only, whole months, amounts; it is fresh until the next entry. It gets its best shape: the
years of the report alone, an index on every column that is asked by, whole years asked by year.
"""

import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg import sql

from bench.asking import HALF, in_the_server
from bench.databases import Databases, read
from bench.timing import Answer, Question
from sohoi.ledger.models import Measure
from sohoi.units.models import Unit

YEARS = range(HALF.first.year, HALF.last.year + 1)
READY = "set work_mem = '256MB'; set synchronous_commit = off"


def build(databases: Databases, name: str) -> None:
    """Make the table, two years at a time."""
    with databases.connect(name) as link:
        link.execute(read("dhis2.sql"))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda year: _year(databases, name, year), YEARS))


def _year(databases: Databases, name: str, year: int) -> None:
    """One part; its statements one by one, for the last one (vacuum) stands alone."""
    part = sql.Identifier(f"bench_analytics_{year}")
    with databases.connect(name) as link:
        link.execute(READY)
        for statement in read("dhis2_year.sql").split(";\n"):
            if statement.strip():
                link.execute(sql.SQL(statement).format(part=part, year=sql.Literal(year)))


def uid(kind: str, key: int) -> str:
    """Eleven letters for a unit or a measure, the same that dhis2.sql makes."""
    return hashlib.md5(f"{kind}{key}".encode(), usedforsecurity=False).hexdigest()[:11]


def report(
    link: psycopg.Connection[Any], unit: Unit, parent: str, child: str, units: Iterable[Unit], measures: list[Measure]
) -> Question:
    """The half term of a unit by the units of the column `child`, all measures at once."""
    shape = sql.SQL(read("dhis2_report.sql"))
    statement = shape.format(parent=sql.Identifier(parent), child=sql.Identifier(child)).as_string(link)
    arguments = {
        "unit": uid("unit", unit.pk),
        "measures": [uid("measure", m.pk) for m in measures],
        "parts": list(YEARS),
        "years": [str(year) for year in HALF.years],
        "halves": [f"{HALF.last.year}S1"],
    }
    of_unit = {uid("unit", u.pk): u.pk for u in units}
    of_measure = {uid("measure", m.pk): m.pk for m in measures}

    def answer() -> Answer:
        rows = psycopg.ClientCursor(link).execute(statement, arguments).fetchall()
        return {(of_unit[u], of_measure[m]): (0, int(value)) for u, m, value in rows if value}

    return Question(in_the_server(link, [(statement, arguments)], "unit, measure, amount"), answer)
