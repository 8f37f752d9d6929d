"""The line that each act about an account or an office leaves."""

from datetime import date

from sohoi.rights.models import Account, Office, OfficeChange, Turn


def note(what: Turn, account: Account, by: Account | None) -> OfficeChange:
    """An act about the account itself; `by` is None for a command on the server."""
    return OfficeChange.objects.create(what=what, account=account, by=by)


def note_office(
    what: Turn, office: Office, by: Account | None, last: date | None, before: date | None = None, *, made: bool = False
) -> OfficeChange:
    """An act about an office: its last day now, and the one until then; `made` when her account was made with it."""
    return OfficeChange.objects.create(
        what=what, account=office.account, by=by, unit=office.unit, role=office.role,
        first=office.first, last=last, before=before, made=made,
    )  # fmt: skip
