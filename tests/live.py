"""A database of its own for tests that must commit: several connections at once, a browser on real pages.

It is a copy of the test database, made once a session; what a test leaves there stays, as in life, so such tests
look at differences and use ids of their own. Entries are never deleted, not even by a test.
"""

from collections.abc import Iterator

import pytest
from django.db import connection, connections
from pytest_django.live_server_helper import LiveServer


@pytest.fixture(scope="session")
def live_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The name of the copy."""
    name = f"{connection.settings_dict['NAME']}_live"
    with django_db_blocker.unblock():
        original = _closed()
        _beside(
            f'drop database if exists "{name}" with (force)',
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{original}'",
            f'create database "{name}" template "{original}"',
        )
    yield name
    with django_db_blocker.unblock():
        _beside(f'drop database if exists "{name}" with (force)')


def _closed() -> str:
    """The test database, left by everybody so that it can be copied."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    return name


def _beside(*statements: str) -> None:
    """Run statements from the server's own database, outside any transaction."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def live(live_database, django_db_blocker) -> Iterator[None]:
    """Commits are real, and happen in the copy."""
    settings = connections.settings["default"]
    before = settings["NAME"]
    connections.close_all()
    settings["NAME"] = connection.settings_dict["NAME"] = live_database
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    settings["NAME"] = connection.settings_dict["NAME"] = before


@pytest.fixture
def site(live) -> Iterator[str]:
    """The address of the desk, served on the copy; the browser and the test see the same rows."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()
