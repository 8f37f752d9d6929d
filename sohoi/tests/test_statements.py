"""Statements whose plan the server keeps: they answer as any other, on a connection that is looked after like any."""

import pytest
from django.db import connections

from sohoi.statements import prepared

pytestmark = pytest.mark.django_db


def test_a_kept_connection_is_looked_at_before_the_first_statement_of_a_request_whichever_that_is(monkeypatch):
    connection = connections["default"]
    monkeypatch.setattr(connection, "health_check_enabled", True)
    monkeypatch.setattr(connection, "health_check_done", False)
    looked = []
    monkeypatch.setattr(connection, "is_usable", lambda: looked.append(1) or True)
    assert prepared("select %s::int", [7]) == prepared("select %(n)s::int", {"n": 7}) == [(7,)]
    assert looked == [1]
