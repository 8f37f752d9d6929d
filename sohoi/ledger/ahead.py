"""What can be read of drafts without asking the register, done by a second hand while the database writes.

Of a batch of a thousand newcomers a third of the time is to clean answers, seal numbers and make sort keys: none of
it asks the database. Pure: it touches no connection, so a thread may do it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sohoi.ledger.answers import checked_values
from sohoi.ledger.draft import Draft
from sohoi.ledger.kinds import KindBody
from sohoi.ledger.reached import reader
from sohoi.refusal import Refusal

Item = TypeVar("Item")
Made = TypeVar("Made")


class Ready(NamedTuple):
    """A draft's answers, typed and clean; what its writer reads in them; the hash of the draft."""

    values: dict[str, Any]
    read: Any
    body_hash: bytes


class Ahead(NamedTuple):
    """Drafts read, or why one cannot go in, by the kinds of that moment."""

    bodies: Mapping[str, KindBody]
    found: Mapping[UUID, Ready | Refusal]


def ready(draft: Draft, body: KindBody) -> Ready:
    """One draft read; raises Refusal naming the field."""
    values = checked_values(body, draft.values)
    reads = reader(body.writer)
    return Ready(values, reads(values, draft.day) if reads else None, draft.body_hash())


def read_all(drafts: Iterable[Draft], bodies: Mapping[str, KindBody]) -> Ahead:
    """Drafts of these kinds read, or why one cannot go in. Left to the gate are those of other kinds, and those whose
    id comes twice, perhaps with two bodies."""
    found: dict[UUID, Ready | Refusal] = {}
    drafts = list(drafts)
    often = Counter(draft.id for draft in drafts)
    for draft in drafts:
        if draft.kind in bodies and often[draft.id] == 1:
            try:
                found[draft.id] = ready(draft, bodies[draft.kind])
            except Refusal as refusal:
                found[draft.id] = refusal
    return Ahead(bodies, found)


def in_turn(items: Iterable[Item], make: Callable[[Item], Made]) -> Iterator[tuple[Item, Made]]:
    """Each item with what `make` makes of it; while the caller works with one, a thread makes the next. Items are asked
    for in the caller's thread, one ahead; what `make` raises is raised when its item's turn comes."""
    with ThreadPoolExecutor(1) as hand:
        waiting: tuple[Item, Future[Made]] | None = None
        for item in items:
            coming = (item, hand.submit(make, item))
            if waiting is not None:
                yield waiting[0], waiting[1].result()
            waiting = coming
        if waiting is not None:
            yield waiting[0], waiting[1].result()
