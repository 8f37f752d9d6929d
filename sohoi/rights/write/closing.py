"""Accounts are closed, never deleted: what she recorded keeps her name. A closed one can be opened again."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.rights.models import Account, Office, Turn
from sohoi.rights.write.accounts import answered_for, held_still, new_password
from sohoi.rights.write.offices import end_by, held_from
from sohoi.rights.write.turns import note, note_office


@transaction.atomic
def close_account(account: Account, *, by: Account) -> None:
    """Nobody logs in by it any more, whoever is inside is out at once. Its offices end with yesterday, and those that
    begin today or later are taken away: opened again today it holds nothing."""
    held, yesterday = answered_for(account, by), timezone.localdate() - timedelta(days=1)
    if not held.is_active:
        raise Refusal("Tài khoản này đã đóng.")
    held.is_active = False
    held.save(update_fields=["is_active"])
    note(Turn.CLOSED, held, by)
    for office in held_still(held, yesterday + timedelta(days=1)):
        try:
            with transaction.atomic():
                end_by(office, yesterday, by)
        except Refusal:  # it begins today or later and somebody gave it work: it stays, for its first day alone
            _end_as_it_begins(office, by)


def _end_as_it_begins(office: Office, by: Account) -> None:
    """An office that must stay ends on its first day; nobody can log in to hold it."""
    note_office(Turn.ENDED, office, by, office.first, office.last)
    office.during = held_from(office.first, office.first)
    office.save(update_fields=["during"])


@transaction.atomic
def open_account(account: Account, *, by: Account) -> str:
    """A closed account opens again, with a new first password, returned once; its offices stay ended."""
    held = answered_for(account, by)
    if held.is_active:
        raise Refusal("Tài khoản này đang mở.")
    held.is_active = True
    return new_password(held, Turn.OPENED, by)
