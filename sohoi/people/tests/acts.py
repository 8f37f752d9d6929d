"""Acts of the register for tests: the kinds of members loaded, a woman admitted through the gate, a figure asked."""

from datetime import date
from pathlib import Path
from uuid import uuid4

from django.apps import apps
from django.db import connection

from sohoi.ledger.declare import load_folders
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Entry, Kind, Measure, Record
from sohoi.ledger.write import accept, void
from sohoi.people.models import Household, Link, Member, Membership, Standing, Transfer

SPRING = date(2026, 3, 1)


_LOADED: dict[str, tuple[list[Measure], list[Kind]]] = {}


def load_member_kinds():
    """The kinds of the register, once a test: read from their files once a database, then put back row by row."""
    if Kind.objects.filter(code="member-admitted").exists():
        return
    rows = _LOADED.get(connection.settings_dict["NAME"])
    if rows:
        Measure.objects.bulk_create(rows[0])
        Kind.objects.bulk_create(rows[1])
        return
    load_folders([("movement", Path(apps.get_app_config("movement").path))])
    mine = {"room": "movement"}
    measures = list(Measure.objects.filter(**mine).order_by("over", "base", "pk"))
    _LOADED[connection.settings_dict["NAME"]] = measures, list(Kind.objects.filter(**mine))


def admit(unit, name, by, day=SPRING, id=None, kind="member-admitted", **told):
    """A woman written down through the gate; `told` are her particulars, with _ for -."""
    key = id or uuid4()
    values = {"name": name, "standing": "ordinary"} | {code.replace("_", "-"): value for code, value in told.items()}
    accept(Draft(key, kind, unit.code, day, values), by=by)
    return Member.objects.get(origin=key)


def do(kind, unit, by, member, day=None, **values):
    """A deed about a member through the gate; returns the draft."""
    draft = Draft(uuid4(), kind, unit.code, day or SPRING, values, member=member.pk)
    accept(draft, by=by)
    return draft


def counted(code, **where):
    """The sum of the entries of a measure, narrowed."""
    return sum(Entry.objects.filter(measure__code=code, **where).values_list("amount", flat=True))


FIGURES = (
    "new-members", "registered-members", "homes-with-members", "core-members", "members-left", "members-returned",
    "members-moved-in", "members-moved-out",
)  # fmt: skip


def figures(unit):
    """The figures of a branch that are not nought."""
    said = {code: counted(code, unit=unit) for code in FIGURES}
    return {code: amount for code, amount in said.items() if amount}


def state():
    """Everything that a deed could leave behind."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Member, Membership, Standing, Household, Transfer, Link, Record)
    ] + [Entry.objects.count()]


def take_back(draft_or_key, by):
    void(Record.objects.get(pk=getattr(draft_or_key, "id", draft_or_key)), "ghi nhầm", by=by)
