"""The lines of a record, and those that take it back: ready to be written in ink.

Most postings are one line on the day of the deed. Where the register answered steps (households with members), there
is a line for each day on which something changes; taken back, the register says anew which days change.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sohoi.ledger.answers import postings
from sohoi.ledger.checks import Checked
from sohoi.ledger.kinds import KindBody
from sohoi.ledger.known import Known, measures_named
from sohoi.ledger.models import Entry, Measure, Record, Take
from sohoi.people.deeds import Steps

Booked = Callable[[date], date]  # the day that counts for a day: itself, or the first open one
Line = dict[str, Any]


def posted(item: Checked, measures: Known, booked: Booked) -> list[Line]:
    """What an accepted draft writes."""
    steps = item.steps or {}
    tags = {"tags": list(item.draft.tags)} if item.draft.tags else {}  # so that `where = { tags = […] }` counts
    days = dict(_days(item.body, steps))
    lines = [
        _line(item, measures[code], item.draft.day, item.booked, amount, labels | tags)
        for code, amount, labels in postings(item.body, item.values)
        if code not in days
    ]
    return lines + [
        _line(item, measures[code], day, booked(day), amount, tags)
        for code, told in days.items() for day, amount in told
    ]  # fmt: skip


def _days(body: KindBody, steps: dict[str, Steps]) -> Iterable[tuple[str, Steps]]:
    """(measure code, its lines) for each posting whose amount the register told day by day."""
    return ((line.code, steps[line.amount]) for line in body.measures if line.amount in steps)


def _line(item: Checked, measure: Measure, day: date, booked: date, amount: int, labels: dict[str, Any]) -> Line:
    """One line of an accepted draft."""
    return {
        "record_id": item.draft.id.hex, "unit_id": item.unit.id, "measure_id": measure.id, "day": day.isoformat(),
        "booked": booked.isoformat(), "n": 1, "amount": amount, "labels": labels, "subject": item.subject,
        "declared": measure.take == Take.LAST,
    }  # fmt: skip


def opposites(record: Record, body: KindBody, steps: dict[str, Steps], booked: Booked, counts_on: date) -> list[Line]:
    """What takes a record back. `counts_on`: the day on which the opposites of its own day count."""
    days = dict(_days(body, steps))
    entries = Entry.objects.filter(record=record, n=1).select_related("measure")
    lines = [
        {
            "record_id": str(record.pk), "unit_id": e.unit_id, "measure_id": e.measure_id, "day": e.day.isoformat(),
            "booked": counts_on.isoformat(), "n": -1, "amount": -e.amount, "labels": e.labels, "subject": e.subject,
            "declared": e.declared,
        }
        for e in entries if e.measure.code not in days
    ]  # fmt: skip
    measures = measures_named(days)
    tags = {"tags": list(record.tags)} if record.tags else {}
    return lines + [
        {
            "record_id": str(record.pk), "unit_id": record.unit_id, "measure_id": measures[code].pk,
            "day": day.isoformat(), "booked": booked(day).isoformat(), "n": -1, "amount": amount, "labels": tags,
            "subject": record.member_id, "declared": False,
        }
        for code, told in days.items() for day, amount in told
    ]  # fmt: skip
