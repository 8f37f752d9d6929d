"""A kind's writer in another room changes what lives there, inside the gate: many deeds in one call."""

from collections.abc import Iterable
from uuid import UUID

from sohoi.ledger.checks import Checked
from sohoi.ledger.kinds import KindBody
from sohoi.ledger.reached import named
from sohoi.ledger.undoing import stays
from sohoi.people.deeds import Answer, Deed, Undone
from sohoi.people.write.holding import hold_for
from sohoi.refusal import Refusal
from sohoi.rights.models import Account


def told(items: Iterable[Checked], by: Account) -> dict[UUID, Checked | Refusal]:
    """Each checked draft with what its writer says: its subject and the filled fields, or why the register refuses.

    A writer gets all deeds that name it in one call, so that many cost no more queries than one.
    """
    answers: dict[UUID, Checked | Refusal] = {}
    groups: dict[str, list[Checked]] = {}
    for item in items:
        if item.body.writer:
            groups.setdefault(item.body.writer, []).append(item)
        else:
            answers[item.draft.id] = item
    for writer, own in groups.items():
        said = named(writer)([_deed(item, by) for item in own])
        for item in own:
            answers[item.draft.id] = _filled(item, said[item.draft.id])
    return answers


def hold(items: Iterable[Checked], by: Account) -> None:
    """The registers that these drafts change or speak of, before anything of them is written: several verbs at once, or
    one about several women, have them alone."""
    about = [item for item in items if item.body.writer or item.new_household or item.draft.member]
    verbs = {item.body.writer for item in about} - {""}
    several = len(verbs) > 1 or bool(verbs and len(about) > 1 and any(item.draft.member for item in about))
    hold_for([held(item.body, _deed(item, by)) for item in about], alone=several)


def held(body: KindBody, deed: Deed) -> Deed:
    """A deed as the register's locks read it: where no writer takes the answers, none names a household or a card."""
    return deed if body.writer else deed._replace(values={})


def _filled(item: Checked, answer: Answer) -> Checked | Refusal:
    """A checked draft with what its writer filled in."""
    if isinstance(answer, Refusal):
        return answer
    return item._replace(subject=answer.subject, values=item.values | answer.filled, steps=answer.steps)


def undone(taken: Iterable[tuple[KindBody, Deed]]) -> dict[UUID, Undone]:
    """Let the writers' opposites take back what records changed: by filled field the lines that stand instead of the
    opposites of what was posted for it, or why that cannot be.

    An opposite gets all deeds that name it in one call, so that many cost no more queries than one.
    """
    answers: dict[UUID, Undone] = {}
    groups: dict[str, list[Deed]] = {}
    for body, deed in taken:
        if not body.writer:
            answers[deed.id] = {}
        elif body.undo:
            groups.setdefault(body.undo, []).append(deed)
        else:
            answers[deed.id] = Refusal(stays(body))
    for undo, deeds in groups.items():
        answers |= named(undo)(deeds)
    return answers


def _deed(item: Checked, by: Account) -> Deed:
    """A checked draft as a writer takes it."""
    household = item.subject if item.body.subject == "household" else None
    return Deed(item.draft.id, item.unit, item.draft.day, item.values, item.draft.member, household, by, item.read)
