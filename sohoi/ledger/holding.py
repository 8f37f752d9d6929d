"""Who may write and who may close a month at the same moment: a lock for each unit, held to the transaction's end.

Writers share the units that their entries may go to and all above them; whoever closes, opens or signs has its own unit
alone and shares those above. So she waits for writers at or below her unit and only they wait for her (decision 0019).
"""

from collections.abc import Iterable

from django.db import connection

from sohoi.ledger.totals import sql

MOST = 100  # units that are locked one by one; the server keeps all locks in one table of some thousand places


def hold_open(codes: Iterable[str] = (), units: Iterable[int] = ()) -> None:
    """For a writer, before anything is read that closings decide: no month that binds these units, named by their
    codes as drafts do or by their keys, is closed or opened before the transaction ends."""
    codes, units = {code for code in codes if code}, set(units)
    with connection.cursor() as cursor:
        if len(codes) + len(units) > MOST:
            cursor.execute(sql("hold_all.sql"))
        else:
            cursor.execute(sql("hold.sql"), {"codes": list(codes), "units": list(units), "alone": False})


def hold_alone(units: Iterable[int]) -> None:
    """For whoever closes, opens or signs months of these units: from here to the end of the transaction nobody else
    writes at or below them, closes or opens there. Call it before writing: it cannot be had over what others share."""
    with connection.cursor() as cursor:
        cursor.execute(sql("hold_closing.sql"))
        cursor.execute(sql("hold.sql"), {"codes": [], "units": list(units), "alone": True})
