"""What takes a record back: the opposite that its own version of the kind names, or that the current version lends it.

A kind that learned to be taken back would else never take back what was told before.
"""

from collections.abc import Iterable
from dataclasses import replace

from sohoi.ledger.kinds import KindBody, read_kind
from sohoi.ledger.models import Kind


def taken_back_by(kinds: Iterable[Kind]) -> dict[int, KindBody]:
    """kind id -> its body, with an `undo` wherever there is one; one statement more when a version has none itself."""
    bodies = {kind.pk: read_kind(kind.body, kind.code) for kind in kinds}
    without = {pk: body for pk, body in bodies.items() if body.writer and not body.undo}
    if without:
        rows = Kind.objects.filter(current=True, code__in={body.code for body in without.values()})
        now = {kind.code: read_kind(kind.body, kind.code) for kind in rows}
        bodies |= {pk: replace(body, undo=now[body.code].undo) for pk, body in without.items() if _lends(now, body)}
    return bodies


def can_be_taken_back(kinds: Iterable[Kind]) -> bool:
    """Whether records of all these versions can be taken back: they changed no register, or it can be changed back."""
    return all(body.undo or not body.writer for body in taken_back_by(kinds).values())


def why_it_stays(kind: Kind) -> str:
    """Why records of this version cannot be taken back, as the gate says it; empty when they can."""
    body = taken_back_by([kind])[kind.pk]
    return stays(body) if body.writer and not body.undo else ""


def stays(body: KindBody) -> str:
    """What is said of a record that changed the register for good."""
    return f"“{body.label}” đã đổi sổ hội viên, không hủy được. Ghi việc ngược lại thay vì hủy."


def _lends(now: dict[str, KindBody], old: KindBody) -> bool:
    """Whether the current opposite understands a record of the old version: the same writer told it, its answers are
    still asked in the same way, and what is asked since then may be missing."""
    new = now.get(old.code)
    if new is None or new.writer != old.writer:
        return False
    types = {field.code: field.type for field in old.fields}
    known = {field.code: field.type for field in new.fields}
    return types.items() <= known.items() and all(field.optional or field.code in types for field in new.fields)
