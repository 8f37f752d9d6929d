"""All measures in this process: there are some hundreds, every figure asks for them, they change when declarations are
loaded. The database keeps a token that changes with them (migrations/declared.sql); each time the token alone is asked.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import UUID

from sohoi.ledger.models import Measure
from sohoi.ledger.totals import sql
from sohoi.statements import prepared

Known = Mapping[str, Measure]

KEPT = 4  # as they were told last: a declaration that is rolled back brings an older token back
_told: dict[UUID, Known] = {}


def all_measures() -> Known:
    """code -> measure, with `base`, `over` and `under` at hand. Not to be changed: all requests share them."""
    token = _token()
    known = _told.get(token)
    if known is None:
        known = _told[token] = _read()
        for old in list(_told)[:-KEPT]:
            _told.pop(old, None)  # another thread may have been first
    return known


def measures_named(codes: Iterable[str]) -> dict[str, Measure]:
    """code -> measure of those that there are, each once, in the order asked."""
    known = all_measures()
    return {code: known[code] for code in codes if code in known}


def _token() -> UUID:
    """The same as long as no measure was declared, changed or removed. Read first, then the measures: they are at
    least as new as it."""
    found: UUID = prepared(sql("declared.sql"))[0][0]
    return found


def _read() -> Known:
    """All of them; each names its others by the very same objects."""
    rows = {row.pk: row for row in Measure.objects.order_by("room", "label", "pk")}
    for row in rows.values():
        for name in ("base", "over", "under"):
            key = getattr(row, f"{name}_id")
            if key is not None:
                setattr(row, name, rows[key])
    return MappingProxyType({row.code: row for row in rows.values()})
