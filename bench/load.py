"""Loading: the real country with made-up branches, then entries of any number, then totals by `rebuild`.

Triggers and foreign keys sleep meanwhile and indexes are made afterwards, as at a first load; the lines are
the same in every run.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from bench.databases import Databases, read
from sohoi.ledger import totals
from sohoi.units.write import load_country, rebuild_closure

FIRST, LAST = date(2021, 7, 1), date(2026, 6, 30)  # sixty months; the reform is after the forty-eighth
ON = date(2026, 7, 1)  # "today" of the bench
BRANCHES = 110_000
ASLEEP = "set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'"
INDEXES = """select indexname, indexdef from pg_indexes
             where tablename = %s and indexname not in (select conname from pg_constraint) order by 1"""

Say = Callable[[str], None]


def load_tree(databases: Databases, say: Say) -> None:
    """The template: the product's tables, the whole country, branches, the closure, the measures."""
    call_command("migrate", verbosity=0, interactive=False)
    load_country()
    say("cây tổ chức thật đã nạp: hai bản đồ và phả hệ")
    with connection.cursor() as cursor:
        cursor.execute(ASLEEP)
        cursor.execute(read("branches.sql"), {"branches": BRANCHES})
        say(f"{BRANCHES} chi hội giả định dưới mọi xã")
        rebuild_closure(ON)
        cursor.execute(read("measures.sql"))
        cursor.execute(read("records.sql"))
        cursor.execute("vacuum (analyze)")
    connection.close()
    say("bảng quan hệ trên dưới và 300 đầu số liệu")


def load_entries(databases: Databases, name: str, lines: int, say: Say) -> None:
    """`lines` entries into a fresh copy of the tree, indexed, with totals, analysed."""
    databases.copy_tree(name)
    with databases.connect(name) as link:
        with indexed_afterwards(link, "ledger_entry"):
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda part: _fill(databases, name, part), _parts(lines)))
            say(f"{name}: {lines} bút toán")
        link.execute("vacuum (freeze, analyze)")
        say(f"{name}: chỉ mục")
    with databases.product_on(name):
        totals.rebuild()
    say(f"{name}: số cộng")
    with databases.connect(name) as link:
        link.execute("vacuum (freeze, analyze)")
    say(f"{name}: đã thống kê")


@contextmanager
def indexed_afterwards(link: psycopg.Connection[Any], table: str) -> Iterator[None]:
    """What is laid into a table inside is indexed at the end, as at a first load: many times faster."""
    indexes = link.execute(INDEXES, [table]).fetchall()
    link.execute(sql.SQL("drop index {}").format(sql.SQL(", ").join(sql.Identifier(name) for name, _ in indexes)))
    yield
    link.execute(ASLEEP)
    for _, made_by in indexes:
        link.execute(made_by.replace(" ON ONLY ", " ON "))


def _parts(lines: int) -> list[dict[str, Any]]:
    """The calendar years with their share of the lines."""
    days = (LAST - FIRST).days + 1
    parts, done = [], 0
    for year in range(FIRST.year, LAST.year + 1):
        first, last = max(FIRST, date(year, 1, 1)), min(LAST, date(year, 12, 31))
        upto = lines * ((last - FIRST).days + 1) // days
        parts.append({"first": first, "days": (last - first).days + 1, "from": done, "lines": upto - done})
        done = upto
    return parts


def _fill(databases: Databases, name: str, part: dict[str, Any]) -> None:
    """One year; its partition is emptied in the same transaction, so that nothing goes through the log."""
    year = sql.Identifier(f"ledger_entry_{part['first'].year}")
    with psycopg.ClientCursor(databases.connect(name)) as cursor:
        cursor.execute(ASLEEP)
        with cursor.connection.transaction():
            cursor.execute(sql.SQL("truncate {}").format(year))
            cursor.execute(read("entries.sql"), part)
        cursor.connection.close()
