"""What a log says of an error: where it happened, never what the database quotes."""

import logging
import sys

import pytest
from django.db import DatabaseError, connection

from sohoi.logs import WithoutRows

HIDDEN = "Trần Thị Kín"


@pytest.mark.django_db
def test_a_row_that_the_database_refused_is_in_no_log(settings):
    settings.DEBUG = False
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"select cast('{HIDDEN}' as integer)")
    except DatabaseError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 1, "Lỗi %s", ("/",), sys.exc_info())
    assert WithoutRows().filter(record)
    text = logging.Formatter().format(record)
    assert HIDDEN not in text
    assert "DataError: SQLSTATE 22P02" in text
    assert "test_logs.py" in text


def test_other_errors_keep_their_words_and_their_causes():
    try:
        try:
            raise ValueError("một")
        except ValueError as error:
            raise KeyError("hai") from error
    except KeyError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "", (), sys.exc_info())
    WithoutRows().filter(record)
    text = logging.Formatter().format(record)
    assert "ValueError: một" in text
    assert "KeyError: 'hai'" in text
