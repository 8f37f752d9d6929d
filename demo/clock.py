"""The program's clock, set to the day of a story: its reports are signed in time or late by the program's own rules.

Only the made-up months of demo/twelve_months.py are lived this way, and the terminal says so. Deeds keep the moment in
which the database took them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.utils import timezone

OFFICE_HOUR = time(9, 30)


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """What is done inside is done on the morning of that day."""
    moment, real = timezone.make_aware(datetime.combine(day, OFFICE_HOUR)), timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
