"""What may stand in a log: where a program failed and how, never the row of a woman that the database refused.

PostgreSQL tells the failing row ("DETAIL: Failing row contains (…)") in the text of its error, and some errors quote a
value in their first line. So of errors of the database only the type and the SQLSTATE are written, of all others all.
"""

import logging
import traceback

from django.db import Error


class WithoutRows(logging.Filter):
    """Writes the traceback of a record anew, without what the database said."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes; its traceback is ours."""
        if record.exc_info and record.exc_info[1]:
            record.exc_text = without_rows(record.exc_info[1])  # a formatter takes this text when it is there
        return True


def without_rows(error: BaseException) -> str:
    """The traceback with all that led to it, the first cause first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    own = "".join(traceback.format_tb(error.__traceback__)) + named(error)
    return f"{without_rows(before)}\n\n{own}" if before else own


def named(error: BaseException) -> str:
    """An error in one line: one of the database by its type and SQLSTATE, any other with its text."""
    state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    if state or isinstance(error, Error):
        return f"{type(error).__name__}: SQLSTATE {state or '?'}"
    return f"{type(error).__name__}: {error}"
