"""A record as people read it: each answer in words, and the whole deed in one line. Reads the kind it was made on."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from sohoi.ledger.kinds import Field, KindBody, read_kind
from sohoi.ledger.models import Kind, Record
from sohoi.people.masking import WHEN_NEEDED
from sohoi.people.read.names import MOVED, kept_in, name_in
from sohoi.units.models import Level, Placement, Unit
from sohoi.vietnamese import date, money, number

KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


ADDRESSES = ("chị", "anh", "cô", "chú", "bác")


def called(name: str) -> str:
    """The name short, for the bar at the top: "Hương", and "Chị Nga" of whom is written so. An account does not say
    whether it is a woman's: nobody is addressed by guess. What is no name of a person stays whole: "Quản trị tỉnh"."""
    words = [word for word in name.split() if word[0].isalpha()]
    if len(words) < 2 or words[0].lower() in ADDRESSES:
        return " ".join(words) or name
    return words[-1] if all(word[0].isupper() for word in words) else name


def greeted(name: str) -> str:
    """The name whole, as a greeting goes on with it: "Nguyễn Thị Hương", and "chị Nga" of whom is written "Chị Nga"."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in ADDRESSES else name


def body_of(kind: Kind) -> KindBody:
    """The checked body of a kind row."""
    return read_kind(kind.body, kind.code)


def answer(field: Field, value: Any) -> str:
    """One answer as people read it."""
    if field.type == "money":
        return money(value)
    if field.type == "number":
        return "có" if field.filled and value == 1 else number(value)  # the register counts her as one; people say yes
    if field.type == "date":
        return date(datetime.date.fromisoformat(value))
    return str(field.say(value))


def answers(record: Record, whole: bool = False) -> list[tuple[str, str]]:
    """(question, answer) of what was told, in the order of the kind; what is masked only with `whole`. What the
    register filled in and counts for nothing is left out."""
    values, body = record.values, body_of(record.kind)
    hidden = frozenset() if whole else _masked(record, body)
    told = [field for field in body.fields if field.code in values and not _is_key(values[field.code])]
    told = [field for field in told if not field.filled or values[field.code] != 0]
    return [(f.label, WHEN_NEEDED if f.code in hidden else answer(f, values[f.code])) for f in told]


def _is_key(value: Any) -> bool:
    """Whether an answer is a key by which the program finds another row: a person reads nothing in it."""
    return isinstance(value, str) and KEY.fullmatch(value) is not None


def _masked(record: Record, body: KindBody) -> frozenset[str]:
    """Questions whose answers are masked: by the record's own version of the kind, or by today's (`name_women`)."""
    now: frozenset[str] = getattr(record, "masked_now", frozenset())
    return now | {field.code for field in body.fields if field.masked}


def _mask_as_today(rows: list[Record]) -> None:
    """Give records of older versions of a kind what its current version masks; one query, when there are any."""
    old = {row.kind.code for row in rows if not row.kind.current}
    kinds = [body_of(kind) for kind in Kind.objects.filter(current=True, code__in=old)] if old else []
    masks = {body.code: frozenset(field.code for field in body.fields if field.masked) for body in kinds}
    for row in rows:
        row.masked_now = masks.get(row.kind.code, frozenset())  # type: ignore[attr-defined]  # read by `_masked`


def name_women(records: Iterable[Record], scope: QuerySet[Unit]) -> list[Record]:
    """The same records, each with `whose`: the woman it is about, by name where the reader's units keep her card (one
    query for all). Elsewhere she may bear another name by now, and that is not for who knew her before."""
    rows = list(records)
    _mask_as_today(rows)
    near = kept_in(scope, [row.member for row in rows])
    for row in rows:
        row.whose = name_in(row.member, near) if row.member else ""  # type: ignore[attr-defined]  # read by the templates
    return rows


def place_under(records: Iterable[Record], scope: QuerySet[Unit]) -> list[Record]:
    """The same records, each with `under`: the name of the unit above its own on its day, and with `whose` (one query
    for each, however many records)."""
    rows = name_women(records, scope)
    placements = Placement.objects.filter(unit__in={row.unit_id for row in rows}).select_related("parent")
    placed: dict[int, list[Placement]] = {}
    for placement in placements:
        placed.setdefault(placement.unit_id, []).append(placement)
    for row in rows:
        there = [p for p in placed.get(row.unit_id, []) if row.day in p.during]
        above = there[0].parent if there else None
        row.under = above.name if above and above.level != Level.CENTRE else ""  # type: ignore[attr-defined]
    return rows


def subject(record: Record) -> str:
    """For whom it was done, when it was done for one woman or one household; her name once `name_women` allowed it."""
    if record.member:
        return getattr(record, "whose", MOVED)
    return record.household.label if record.household else record.person


def summary(record: Record) -> str:
    """The deed in one line, without its kind: "Số tổ 2, Rèn luyện sức khỏe"; at most three answers, of what people
    told and not of what the register filled in, nor of what is masked."""
    body = body_of(record.kind)
    hidden = _masked(record, body)
    told = [(f, record.values[f.code]) for f in body.asked if f.code in record.values and f.code not in hidden]
    told = [(field, value) for field, value in told if not _is_key(value)]
    said = [subject(record)] if subject(record) else []
    for field, value in told[:3]:
        named = field.type in ("number", "money", "yes-no", "date")
        said.append(f"{field.label}: {answer(field, value)}" if named else answer(field, value))
    return "; ".join(said)
