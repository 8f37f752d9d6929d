"""How the gate tells the register what was done: deeds in, what the register knows out.

A kind names its writer ("sohoi.people.write.admission.admit"). The writer takes deeds that have passed the gate's
checks, changes the register, and answers each one: who it was about and what only the register can fill in, or a
Refusal. It runs inside the gate's transaction, so that register and ledger are never of two minds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import transaction

from sohoi.people.addressing import speaking_of
from sohoi.people.models import Member
from sohoi.refusal import Refusal
from sohoi.rights.models import Account
from sohoi.units.models import Unit


class Deed(NamedTuple):
    """One deed for a writer: `values` are typed and clean; `member`, `household` are numbers in the register."""

    id: UUID
    unit: Unit
    day: date
    values: dict[str, Any]
    member: int | None
    household: int | None
    by: Account
    read: Any = None  # what the writer's reader made of the values


Steps = list[tuple[date, int]]


@dataclass(frozen=True)
class Told:
    """What the register answers: the subject's number, and values for the kind's `filled` fields.

    `steps`: for a filled field that is posted, the lines to write instead of one: on which day, by how much the
    measure changes (signed, whatever the kind says of `less`).
    """

    subject: int
    filled: dict[str, Any] = field(default_factory=dict)
    steps: dict[str, Steps] = field(default_factory=dict)


Answer = Told | Refusal
Undone = dict[str, Steps] | Refusal  # by filled field the lines that stand for opposites; Refusal: something followed
Writer = Callable[[Sequence[Deed]], dict[UUID, Answer]]
Undoer = Callable[[Sequence[Deed]], dict[UUID, Undone]]

Reader = Callable[[dict[str, Any], date], Any]  # values and day of a deed; pure: it asks no database

Named = TypeVar("Named", bound=Callable[..., Any])


def writes(function: Named) -> Named:
    """Mark a function that a kind may name as its `writer` or `undo`: no other function can be reached by a file."""
    function.writes = True  # type: ignore[attr-defined]
    return function


def writes_after(reader: Reader) -> Callable[[Named], Named]:
    """Mark a writer whose deeds come read: `Deed.read` is what `reader` makes of the values and the day. It raises
    Refusal naming the field, and may run in a thread while the database writes other deeds."""

    def marked(function: Named) -> Named:
        function.reads = reader  # type: ignore[attr-defined]
        return writes(function)

    return marked


def undoes(verb: Callable[[Deed], dict[str, Steps] | None]) -> Undoer:
    """Mark a function that takes one deed back as the `undo` of a kind: it is called for each of many, in their order;
    one that is refused leaves nothing."""

    @wraps(verb)
    def _each_back(deeds: Sequence[Deed]) -> dict[UUID, Undone]:
        answers: dict[UUID, Undone] = {}
        for deed in deeds:
            try:
                with transaction.atomic(), speaking_of(_is_man(deed)):
                    answers[deed.id] = verb(deed) or {}
            except Refusal as refusal:
                answers[deed.id] = refusal
        return answers

    return writes(_each_back)


def _is_man(deed: Deed) -> bool:
    """Whether the deed is about a man."""
    return Member.objects.filter(pk=deed.member or 0, man=True).exists()
