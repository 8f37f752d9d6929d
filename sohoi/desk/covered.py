"""Records that say by standing behind a figure what their kind masks (that a household is poor): told there without a
name and without the way to one. Whose they are is asked one by one, with a reason that is kept.

The number of such a record is sealed: with it, its own page would give the name away.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.db.models import QuerySet

from sohoi.ledger.models import Measure, Record
from sohoi.ledger.read import masked_behind
from sohoi.people.sealing import opened, seal
from sohoi.refusal import Refusal
from sohoi.units.models import Unit

HERE = "a record behind a figure"


def cover(measure: Measure, rows: list[Record], reveal: QuerySet[Unit]) -> bool:
    """Mark those of the records that are told without a name (`covered`), with the sealed number (`key`) where this
    reader may ask whose they are; whether there are any."""
    kinds = masked_behind(measure)
    found = [row for row in rows if row.kind.code in kinds]
    if not found:
        return False
    open_to = set(reveal.filter(pk__in={row.unit_id for row in found}).values_list("pk", flat=True))
    for row in found:
        row.covered = True  # type: ignore[attr-defined]  # read by the templates
        row.key = sealed_number(row) if row.unit_id in open_to else ""  # type: ignore[attr-defined]  # as above
    return True


def sealed_number(record: Record) -> str:
    """The number of a record as an address may hold it, and nobody read it."""
    return urlsafe_b64encode(seal(str(record.pk), HERE)).decode().rstrip("=")


def number_of(key: str) -> UUID | None:
    """The number again; none for what was not sealed here."""
    try:
        return UUID(opened(urlsafe_b64decode(key + "=" * (-len(key) % 4)), HERE))
    except (ValueError, Refusal):
        return None
