"""The worker: takes the batches that wait, one at a time, in steps; killed at any moment, the next one goes on.

A batch is held by a lock of the database session, which ends with the worker. Progress is written outside the
transaction of the step, so that the page sees it. Each row's deed has its id, so a step told twice counts once.
"""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from sohoi.ledger.ahead import Ahead, in_turn, read_all
from sohoi.ledger.checks import Bodies, current_kinds
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Record
from sohoi.ledger.write import REFUSED, Outcome, accept_many, void_many
from sohoi.logs import without_rows
from sohoi.people.models import Member
from sohoi.refusal import Refusal
from sohoi.sheets.check import CHUNK as LOOK_CHUNK
from sohoi.sheets.check import Look, reading_of, rows_of
from sohoi.sheets.keeping import CELLS, FAULTS, Faults, sealed, unsealed
from sohoi.sheets.models import WORKING, Batch, Row, RowState, State
from sohoi.sheets.rows import sql, write_down
from sohoi.sheets.understanding.persons import Reading, read_person
from sohoi.sheets.write import wanted_states

CHUNK = 1_000
WHY = "Hoàn tác lần nhập tệp Excel."
FELL = "Việc xử lý tệp bị dừng vì một lỗi của chương trình. Báo người quản trị; có thể bấm làm lại."
log = logging.getLogger(__name__)


def work_off() -> int:
    """Do every job that waits and that no other worker has; returns how many were done."""
    done = 0
    waiting = Batch.objects.filter(state__in=WORKING, problem="").order_by("asked_at").values_list("pk", flat=True)
    for key in list(waiting):
        if _locked("try_lock.sql", key):
            try:
                done += _advance(key)
            finally:
                _locked("unlock.sql", key)
    return done


def _locked(name: str, key: UUID) -> bool:
    """Take or give back a batch."""
    with connection.cursor() as cursor:
        cursor.execute(sql(name), {"batch": str(key)})
        return bool(cursor.fetchone()[0])


def _advance(key: UUID) -> int:
    """The whole job of one batch. What goes wrong is told on its page and in the log, and stops no other batch."""
    batch = Batch.objects.select_related("unit", "account", "undone_by").get(pk=key)
    if batch.state not in WORKING:
        return 0  # another worker was quicker
    try:
        _JOBS[batch.state](batch)
    except Refusal as refusal:
        Batch.objects.filter(pk=key).update(problem=str(refusal))
    except Exception as error:
        log.error("batch %s stopped\n%s", key, without_rows(error))
        Batch.objects.filter(pk=key).update(problem=FELL)
    return 1


def _look(batch: Batch) -> None:
    """Look at each row; begun anew when it was cut off."""
    look, done = Look(batch), 0
    for rows in rows_of(batch, LOOK_CHUNK):
        look.chunk(rows)
        done += len(rows)
        Batch.objects.filter(pk=batch.pk).update(done=done)
    told = look.lines.told_total
    Batch.objects.filter(pk=batch.pk).update(state=State.CHECKED, told_total=told)


def _load(batch: Batch) -> None:
    """Bring the good rows in, some at a time; what is in already is not touched. While the database writes some, the
    next are opened and read."""
    reading, _ = reading_of(batch)
    rows = Row.objects.filter(batch=batch, sheet=batch.sheet, state__in=wanted_states(batch))
    read = partial(_drafts, batch, reading, current_kinds([batch.kind]))
    for some, (drafts, ahead) in in_turn(_in_chunks(rows), read):
        _load_some(batch, some, drafts, ahead, reading)
        left = rows.count()
        Batch.objects.filter(pk=batch.pk).update(done=max(batch.total - left, 0))
    Batch.objects.filter(pk=batch.pk).update(state=State.DONE, loaded_at=timezone.now())


def _in_chunks(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """Rows in their order, some at a time; each once, whatever becomes of it."""
    last = 0
    while some := list(rows.filter(number__gt=last).select_related("branch").order_by("number")[:CHUNK]):
        yield some
        last = some[-1].number


def _drafts(batch: Batch, reading: Reading, bodies: Bodies, rows: list[Row]) -> tuple[dict[int, Draft], Ahead]:
    """row id -> its deed, and what can be read of it without the register. Asks no database: a thread does it."""
    drafts = {row.pk: _draft(batch, row, reading) for row in rows}
    return drafts, read_all(drafts.values(), bodies)


def _load_some(batch: Batch, rows: list[Row], drafts: dict[int, Draft], ahead: Ahead, reading: Reading) -> None:
    """One call of the gate, and what it said of each row; both in one transaction."""
    told = _told_elsewhere(batch, rows)
    drafts = {row.pk: drafts[row.pk] for row in rows if row.draft not in told}
    with transaction.atomic():
        outcomes = iter(accept_many(list(drafts.values()), by=batch.account, door="sheets", ahead=ahead))
        for row in rows:
            _told(row, next(outcomes) if row.pk in drafts else None, reading)
        cards = dict(Member.objects.filter(origin__in=[row.draft for row in rows]).values_list("origin", "pk"))
        for row in rows:
            row.member_id = cards.get(row.draft, row.member_id)
        write_down(rows)


def _told_elsewhere(batch: Batch, rows: list[Row]) -> set[Any]:
    """Deeds that another way has brought in since the look."""
    return set(Record.objects.filter(pk__in=[row.draft for row in rows]).values_list("pk", flat=True))


def _draft(batch: Batch, row: Row, reading: Reading) -> Draft:
    """The row's deed, as every door makes one."""
    assert row.branch is not None
    assert row.draft is not None
    person = read_person(unsealed(row.cells_sealed, CELLS), reading, checked=True)
    return Draft(row.draft, batch.kind, row.branch.code, person.day or batch.day, person.answers)


def _told(row: Row, outcome: Outcome | None, reading: Reading) -> None:
    """What became of the row."""
    faults: Faults = []
    if outcome is None:
        row.state, faults = RowState.KNOWN, [(None, "Dòng này đã được đưa vào sổ từ một tệp trước.")]
    elif outcome.state == REFUSED:
        row.state, faults = RowState.BAD, [(reading.column(outcome.where), outcome.reason)]
    else:
        row.state = RowState.ACCEPTED
    row.faults_sealed = sealed(faults, FAULTS) if faults else None


def _undo(batch: Batch) -> None:
    """Take back each record, some at a time; one that something followed stays, with the reason."""
    rows = Row.objects.filter(batch=batch, state=RowState.ACCEPTED)
    while some := list(rows.order_by("-number")[:CHUNK]):
        _undo_some(batch, some)
        Batch.objects.filter(pk=batch.pk).update(done=max(batch.total - rows.count(), 0))
    Batch.objects.filter(pk=batch.pk).update(state=State.UNDONE, undone_at=timezone.now())


@transaction.atomic
def _undo_some(batch: Batch, rows: list[Row]) -> None:
    """One call of the gate, and what it said of each row. A record that somebody took back before is gone too."""
    assert batch.undone_by is not None
    records = Record.objects.filter(pk__in=[row.draft for row in rows], voiding=None)
    answers = void_many(list(records), WHY, by=batch.undone_by)
    for row in rows:
        answer = answers.get(row.draft) if row.draft else None
        row.state = RowState.KEPT if isinstance(answer, Refusal) else RowState.VOIDED
        row.faults_sealed = sealed([(None, str(answer))], FAULTS) if isinstance(answer, Refusal) else None
    write_down(rows)


_JOBS: dict[str, Callable[[Batch], None]] = {State.CHECKING: _look, State.LOADING: _load, State.UNDOING: _undo}
