"""The test database, made once a run: the first process that asks for it makes it, the others copy what it made.

Making it takes as long as hundreds of tests, copying a moment. What is copied is called as the test database with
`_made` behind, and says which run made it, so that nobody takes what a run that was cut off left there.
"""

import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import setup_databases, teardown_databases

Made = list[tuple[Any, str, bool]]  # what Django needs to know to take it away


def own_database(run: str, fill: Callable[[], None]) -> Made:
    """The database of this process, with what `fill` puts in; `run` is the same in all processes of a run."""
    process = os.environ.get("PYTEST_XDIST_WORKER")
    if process is None:
        return _make(fill)
    with connection._nodb_cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext(%s))", [name := _made(process)])
        cursor.execute(
            "select from pg_database where datname = %s and shobj_description(oid, 'pg_database') = %s", [name, run]
        )
        if cursor.fetchone() is not None:
            return _copy(cursor, name)
        made = _make(fill)
        connection.close()
        cursor.execute(f'drop database if exists "{name}" with (force)')
        cursor.execute(f'create database "{name}" template "{connection.settings_dict["NAME"]}"')
        cursor.execute(f"comment on database \"{name}\" is '{run}'")
        return made


def take_away(made: Made) -> None:
    """Drop the database of this process, and what others of this run could have copied."""
    teardown_databases(made, verbosity=0)
    process = os.environ.get("PYTEST_XDIST_WORKER")
    if process is not None:
        with connection._nodb_cursor() as cursor:
            cursor.execute("select pg_advisory_lock(hashtext(%s))", [name := _made(process)])
            cursor.execute(f'drop database if exists "{name}" with (force)')


def _made(process: str) -> str:
    """The name of what is copied."""
    return f"{connection.creation._get_test_db_name().removesuffix(f'_{process}')}_made"


def _make(fill: Callable[[], None]) -> Made:
    """By the migrations, then filled."""
    made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    fill()
    return made


def _copy(cursor: CursorWrapper, original: str) -> Made:
    """A copy under the name that Django would have given."""
    name, before = connection.creation._get_test_db_name(), connection.settings_dict["NAME"]
    connection.close()
    cursor.execute(f'drop database if exists "{name}" with (force)')
    cursor.execute(f'create database "{name}" template "{original}"')
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    return [(connection, before, True)]
