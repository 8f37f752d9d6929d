"""A demonstration database made before the register: its women and its counts become what a new one has.

Its cards were written without a deed, so each gets the deed that now writes her down; its admissions were counts, so
each is taken back with its reason before the women come by name. Nobody is there twice and no figure counts twice.
"""

from uuid import UUID

from django.db import transaction

from demo.branches import FOUNDED
from demo.members import Register
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Record
from sohoi.ledger.write import void
from sohoi.people.models import Membership, Standing
from sohoi.people.particulars import read_particulars
from sohoi.people.write.households import household_named
from sohoi.rights.models import Account

REASON = "Đã ghi lại bằng tên từng hội viên kết nạp, thay cho con số này."


def bring_up(found: Register, by: Account) -> tuple[int, int]:
    """Adopt old cards and take old counts back; returns how many of each. Nothing to do in a new database."""
    return adopt(found), take_back(found, by)


@transaction.atomic
def adopt(found: Register) -> int:
    """Cards of the district without a deed get theirs: what follows finds them written down already."""
    wanted = {(draft.unit, draft.values["name"]): draft for draft in found.enrolled.drafts}
    rows = Membership.objects.filter(record=None, member__origin=None, unit__code__in={code for code, _ in wanted})
    adopted = 0
    for row in rows.select_related("member", "unit"):
        draft = wanted.pop((row.unit.code, row.member.name), None)
        if draft is not None:
            _adopt(row, draft)
            adopted += 1
    return adopted


def _adopt(row: Membership, draft: Draft) -> None:
    """One card: hers from now on, with what the deed tells of her."""
    card, told = row.member, read_particulars(draft.values, FOUNDED)
    card.rename(told.name)
    card.origin, card.unit, card.active, card.role = draft.id, row.unit, True, told.role
    if told.household:
        card.household_id = household_named([(row.unit, told.household)])[(row.unit.pk, told.household)]
    for column, value in told.columns().items():
        setattr(card, column, value)
    card.save()
    row.record = draft.id
    row.save(update_fields=["record"])
    Standing.objects.create(member=card, kind=told.standing, during=row.during, record=draft.id)


def take_back(found: Register, by: Account) -> int:
    """Void the counts that named admissions replace."""
    counted: set[UUID] = {draft.id for draft in found.counted}
    told = Record.objects.filter(pk__in=counted, voiding=None).select_related("kind", "unit")
    for record in told:
        void(record, REASON, by=by)
    return len(told)
