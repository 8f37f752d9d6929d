"""The gate: the only way in. A draft becomes a record and its entries in one transaction, or a sentence why not.

Refuses what has no right, no kind, no place on its day; never changes or deletes what is written.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sohoi.among import among
from sohoi.ledger import writers
from sohoi.ledger.ahead import Ahead
from sohoi.ledger.checks import Checked, Checker
from sohoi.ledger.draft import Draft
from sohoi.ledger.holding import hold_alone, hold_open
from sohoi.ledger.kinds import REGISTER
from sohoi.ledger.known import all_measures
from sohoi.ledger.lines import Taken, opposites, posted
from sohoi.ledger.models import Closing, Confirmation, Kind, Record, Voiding
from sohoi.ledger.read import OpenDays
from sohoi.ledger.totals import sql
from sohoi.ledger.undoing import taken_back_by
from sohoi.many import told_many
from sohoi.people.deeds import Deed
from sohoi.people.write.holding import hold_for
from sohoi.people.write.households import household_named
from sohoi.refusal import Noted, Refusal
from sohoi.rights.may import may, scope
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.vietnamese import clean_text

SAME_ID = "Mã này đã dùng cho một việc khác. Nếu là việc mới, hãy ghi lại thành việc mới."
NOT_YOURS = "Tài khoản này không có quyền hủy việc của đơn vị này."
GONE_ALREADY = "Việc này đã được hủy trước đó."
Answers = dict[UUID, Checked | Refusal]
ACCEPTED, KNOWN, REFUSED = "accepted", "known", "refused"


class Outcome(NamedTuple):
    """What became of one draft: accepted, known (told before, counted once) or refused with a reason."""

    draft: Draft
    state: str
    reason: str = ""
    where: str = ""
    note: str = ""
    noted: bool = False  # the refusal itself was written down


def accept(draft: Draft, *, by: Account, door: str = "desk", not_before: date = date.min) -> Outcome:
    """One draft through the gate; raises Refusal where `accept_many` would return a refused outcome."""
    with transaction.atomic():
        outcome = accept_many([draft], by=by, door=door, not_before=not_before)[0]
        if outcome.state == REFUSED and not outcome.noted:
            transaction.set_rollback(True)  # so that a refusal leaves nothing, not even the name of a household
    if outcome.state == REFUSED:
        raise Refusal(outcome.reason, outcome.where)
    return outcome


def accept_many(
    drafts: Sequence[Draft], *, by: Account, door: str, not_before: date = date.min, ahead: Ahead | None = None
) -> list[Outcome]:
    """Many drafts through the same gate: the good ones are written together, the bad ones come back with reasons.

    The rule it guards: a sender's id counts once however often it is sent; the same id with another body is
    refused and never taken for a repeat (house §6). `not_before`: they count on this day at the earliest.
    `ahead`: what was read of some of them before (`ahead.read_all`); not used when a kind was loaded anew since.
    """
    with transaction.atomic():
        hold_open(d.unit for d in drafts)
        told = dict(Record.objects.filter(pk__in=among(d.id for d in drafts)).values_list("pk", "body_hash"))
        checker = Checker([d for d in drafts if d.id not in told], by, not_before, ahead)
        checked = [_repeat(draft, told) if draft.id in told else _check(draft, checker) for draft in drafts]
        good: dict[UUID, Checked] = {}
        for item in checked:
            if isinstance(item, Checked):
                good.setdefault(item.draft.id, item)
        writers.hold(good.values(), by)
        answers = writers.told(_write_households(list(good.values())), by)
        named = sorted((one for one in answers.values() if isinstance(one, Checked)), key=_in_order)
        written = _write_records(named, by, door)
        _post([item for item in named if item.draft.id in written], checker.open_days)
        first = {item.draft.id for item in named} - written if len(written) < len(named) else set()
        there = Record.objects.filter(pk__in=first)  # another sender of the same id was first
        stand = dict.fromkeys(first) | dict(there.values_list("pk", "body_hash"))
        return [item if isinstance(item, Outcome) else _outcome(item, answers, written, stand) for item in checked]


def _check(draft: Draft, checker: Checker) -> Checked | Outcome:
    """A draft that may go in, or the reason why not."""
    try:
        return checker.check(draft)
    except Refusal as refusal:
        return Outcome(draft, REFUSED, str(refusal), refusal.where)


def _repeat(draft: Draft, told: dict[UUID, Any]) -> Outcome:
    """A draft whose id stands already: known, whatever has changed since, unless it is another deed."""
    if draft.told_as(bytes(told[draft.id])):
        return Outcome(draft, KNOWN)
    return Outcome(draft, REFUSED, SAME_ID, "id")


def _outcome(item: Checked, answers: Answers, written: set[UUID], stand: dict[UUID, Any]) -> Outcome:
    """Accepted when this call wrote it, known when the same body stands already, else refused."""
    answer = answers[item.draft.id]
    if isinstance(answer, Refusal):
        return Outcome(item.draft, REFUSED, str(answer), answer.where, noted=isinstance(answer, Noted))
    stands = bytes(stand[item.draft.id]) if item.draft.id in stand else answer.body_hash
    if stands != item.body_hash and not item.draft.told_as(stands):
        return Outcome(item.draft, REFUSED, SAME_ID, "id")
    if item.draft.id in written:
        written.discard(item.draft.id)  # the same draft again in this very list is a repeat
        return Outcome(item.draft, ACCEPTED, note=item.note)
    return Outcome(item.draft, KNOWN)


def _write_households(good: list[Checked]) -> list[Checked]:
    """Give each draft that names a household its row, written down when it is met for the first time."""
    named = [(item.unit, item.new_household) for item in good if item.new_household]
    if not named:
        return good
    names = household_named(named)
    return [
        item._replace(subject=names[item.unit.pk, item.new_household]) if item.new_household else item for item in good
    ]


def _write_records(items: list[Checked], by: Account, door: str) -> set[UUID]:
    """Insert records whose id is new; concurrent senders of the same id wait for each other in the database."""
    rows = [
        {
            "id": item.draft.id.hex, "kind_id": item.kind_id, "unit_id": item.unit.id,
            "day": item.draft.day.isoformat(), "booked": item.booked.isoformat(),
            "values": item.body.kept(item.values), "member_id": _member(item),
            "household_id": item.subject if item.body.subject == "household" else None, "person": item.draft.person,
            "tags": list(item.draft.tags), "note": item.note, "by_id": by.id, "door": door,
            "body_hash": "\\x" + item.body_hash.hex(),
        }
        for item in items
    ]  # fmt: skip
    return {row[0] for row in told_many(sql("record.sql"), rows)}


def _in_order(item: Checked) -> int:
    """One order for all senders, so that two of them never wait for each other crosswise."""
    return item.draft.id.int


def _member(item: Checked) -> int | None:
    """The member that a record is about: the one it names, or the one that its writer wrote down."""
    return item.subject if item.body.subject in REGISTER else item.draft.member


def _post(items: list[Checked], open_days: OpenDays) -> None:
    """Write the entries of accepted records."""
    known = all_measures()
    lines = []
    for item in items:
        lines += posted(item, known, partial(open_days.first_open, item.unit.id))
    _insert_entries(lines)


def _insert_entries(lines: list[dict[str, Any]]) -> None:
    """Write lines in ink, in one statement so that the queue gets them in one statement too."""
    told_many(sql("entry.sql"), lines)


@transaction.atomic
def void(record: Record, reason: str, *, by: Account) -> Voiding:
    """Take a record back: each line gets its opposite; the record and both lines stay. Raises Refusal where
    `void_many` would answer one."""
    answer = void_many([record], reason, by=by)[record.pk]
    if isinstance(answer, Refusal):
        raise answer
    return answer


@transaction.atomic
def void_many(
    records: Sequence[Record], reason: str, *, by: Account, not_before: date = date.min
) -> dict[UUID, Voiding | Refusal]:
    """Take many records back together; one without the right, taken back before, or that something followed stays as
    it is and is answered by the reason.

    Raises Refusal when nobody says why. The opposite counts on the line's own day, or on the first open day when that
    month is closed: closed months stay what they were. `not_before`: it counts on this day at the earliest.
    """
    reason = clean_text(reason, lines=True).strip()
    if not reason:
        raise Refusal("Chưa nêu lý do hủy. Viết một câu ngắn rồi hủy lại.", "reason")
    mine = scope(by, "void").in_bulk({record.unit_id for record in records})
    hold_open(units=mine)
    about = [row for row in records if row.unit_id in mine and (row.member_id or row.household_id)]
    bodies = taken_back_by(Kind.objects.filter(pk__in={row.kind_id for row in records if row.unit_id in mine}))
    hold_for([writers.held(bodies[row.kind_id], _told(row, mine[row.unit_id], by)) for row in about], alone=True)
    ids = among(record.pk for record in records if record.unit_id in mine)
    there = {row.pk: row for row in Record.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    before = set(Voiding.objects.filter(record__in=ids).values_list("record", flat=True))
    answers: dict[UUID, Voiding | Refusal] = {record.pk: Refusal(NOT_YOURS) for record in records}
    answers |= {pk: Refusal(GONE_ALREADY) for pk in before}
    left = [row for pk, row in there.items() if pk not in before]
    said = writers.undone((bodies[row.kind_id], _told(row, mine[row.unit_id], by)) for row in left)
    taken = [Taken(row, bodies[row.kind_id], steps) for row in left if not isinstance(steps := said[row.pk], Refusal)]
    answers |= {pk: refusal for pk, refusal in said.items() if isinstance(refusal, Refusal)}
    gone = Voiding.objects.bulk_create(Voiding(record=one.record, by=by, reason=reason) for one in taken)
    _insert_entries(opposites(taken, all_measures(), OpenDays({one.record.unit_id for one in taken}, not_before)))
    return answers | {one.record_id: one for one in gone}


def _told(record: Record, unit: Unit, by: Account) -> Deed:
    """A record as the opposite of its writer takes it."""
    return Deed(record.pk, unit, record.day, record.values, record.member_id, record.household_id, by)


def confirm_month(unit: Unit, month: date, *, by: Account) -> Confirmation:
    """Say that a unit's month is complete: what was not entered is zero from now on. Idempotent."""
    if not may(by, "confirm", unit):
        raise Refusal("Tài khoản này không có quyền xác nhận tháng của đơn vị này.")
    row, _ = Confirmation.objects.get_or_create(unit=unit, month=month.replace(day=1), defaults={"by": by})
    return row


def close_month(unit: Unit, month: date, *, by: Account) -> Closing:
    """Close a month for a unit and all below it: later deeds are kept and count in the first open month. Idempotent
    while it is closed; raises Refusal as `close_months` does."""
    return close_months(unit, [month], by=by)[0]


@transaction.atomic
def close_months(unit: Unit, months: Iterable[date], *, by: Account, right: str = "close") -> list[Closing]:
    """Close months (named by any of their days) for a unit and all below it; returns their closings in order.

    A month that is closed stays as it is; one that was reopened gets a new closing. `right`: what she must hold in
    the unit ("sign" for the report that is being signed). Raises Refusal without it, or for a month that has not
    ended: its deeds are still to come. From here to the end of the transaction nobody else writes
    at the unit or below it.
    """
    if not may(by, right, unit):
        raise Refusal("Tài khoản này không có quyền chốt tháng của đơn vị này.")
    asked = sorted({month.replace(day=1) for month in months})
    if asked and asked[-1] >= timezone.localdate().replace(day=1):
        raise Refusal(f"Tháng {asked[-1].month}/{asked[-1].year} chưa hết. Chốt khi tháng đã qua.")
    hold_alone([unit.pk])
    closed = Closing.objects.binding().filter(unit=unit, month__in=asked).order_by("month")
    there = set(closed.values_list("month", flat=True))
    Closing.objects.bulk_create(Closing(unit=unit, month=month, by=by) for month in asked if month not in there)
    return list(closed.all())
