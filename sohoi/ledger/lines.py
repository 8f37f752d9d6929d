"""The lines of a record, and those that take it back: ready to be written in ink.

Most postings are one line on the day of the deed. Where the register answered steps (households with members), there
is a line for each day on which something changes; taken back, the register says anew which days change.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from sohoi.among import among
from sohoi.ledger.answers import postings
from sohoi.ledger.checks import Checked
from sohoi.ledger.kinds import KindBody
from sohoi.ledger.known import Known
from sohoi.ledger.models import Entry, Measure, Record, Take
from sohoi.ledger.read import OpenDays
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


class Taken(NamedTuple):
    """A record that is taken back, with the lines that its writer's opposite told instead of opposites."""

    record: Record
    body: KindBody
    steps: dict[str, Steps]


def opposites(taken: Sequence[Taken], measures: Known, open_days: OpenDays) -> list[Line]:
    """What takes records back: each line gets its opposite, which counts on the day of the line, or on the first open
    one."""
    entries: dict[UUID, list[Entry]] = {}
    for entry in Entry.objects.filter(record__in=among(one.record.pk for one in taken), n=1).order_by("pk"):
        entries.setdefault(entry.record_id, []).append(entry)
    codes = {measure.pk: code for code, measure in measures.items()}
    lines: list[Line] = []
    for one in taken:
        days = dict(_days(one.body, one.steps))
        stay = [entry for entry in entries.get(one.record.pk, []) if codes[entry.measure_id] not in days]
        booked = partial(open_days.first_open, one.record.unit_id)
        lines += [_opposite(entry, booked(one.record.day, one.record.booked)) for entry in stay]
        lines += [_changed(one.record, measures[code], day, booked(day), by) for code in days for day, by in days[code]]
    return lines


def _opposite(entry: Entry, booked: date) -> Line:
    """The opposite of a line."""
    return {
        "record_id": str(entry.record_id), "unit_id": entry.unit_id, "measure_id": entry.measure_id,
        "day": entry.day.isoformat(), "booked": booked.isoformat(), "n": -1, "amount": -entry.amount,
        "labels": entry.labels, "subject": entry.subject, "declared": entry.declared,
    }  # fmt: skip


def _changed(record: Record, measure: Measure, day: date, booked: date, amount: int) -> Line:
    """A line that the register told when the record was taken back."""
    return {
        "record_id": str(record.pk), "unit_id": record.unit_id, "measure_id": measure.pk, "day": day.isoformat(),
        "booked": booked.isoformat(), "n": -1, "amount": amount,
        "labels": {"tags": list(record.tags)} if record.tags else {}, "subject": record.member_id, "declared": False,
    }  # fmt: skip
