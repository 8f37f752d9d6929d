"""The bench's own server and its databases: a template with the real tree, and one copy of it for each size.

The product speaks to one database; here its connection is pointed at one size after the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

from launcher import postgres
from sohoi.config.settings import database

ROOT = Path(__file__).resolve().parent.parent
TREE = "bench_tree"


def read(name: str) -> str:
    """A statement of the bench."""
    return (Path(__file__).parent / name).read_text("utf-8")


class Databases:
    """Databases of one server by name."""

    def __init__(self, server: postgres.Server) -> None:
        self.server = server
        with self.connect("postgres") as link:
            for (name,) in link.execute("select datname from pg_database where datname like 'bench%'").fetchall():
                link.execute(sql.SQL("drop database {}").format(sql.Identifier(name)))
        postgres.create_database(server, TREE)
        connections.databases["default"] |= database(server.url(TREE))

    def connect(self, name: str) -> psycopg.Connection[Any]:
        """A connection of our own, every statement a transaction."""
        return psycopg.connect(self.server.url(name), autocommit=True)

    def copy_tree(self, name: str) -> None:
        """A fresh copy of the tree's database."""
        self.copy(TREE, name)

    def copy(self, of: str, name: str) -> None:
        """A fresh copy of a database; one of that name is dropped before."""
        connections.close_all()
        with self.connect("postgres") as link:
            link.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
            link.execute(sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(of)))

    @contextmanager
    def product_on(self, name: str) -> Iterator[None]:
        """Inside, the product's own functions speak to this database (in this thread)."""
        if name not in connections.databases:
            connections.databases[name] = {**connections.databases["default"], "NAME": name, "CONN_MAX_AGE": None}
        before = connections["default"]
        connections["default"] = connections[name]
        try:
            yield
        finally:
            connections["default"] = before
