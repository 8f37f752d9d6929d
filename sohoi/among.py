"""Many keys at once: `filter(pk__in=among(keys))` sends them as one text that PostgreSQL unfolds.

A list in `__in` becomes one placeholder a key, each quoted, parsed and planned for itself; for a batch of a thousand
deeds that is dearer than the look-up.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import BigIntegerField, BinaryField, Func, TextField, UUIDField, Value

_UNFOLDED = "unnest(string_to_array(%(expressions)s, ','))"


def among(keys: Iterable[int | UUID | bytes]) -> Func | list[int]:
    """Whole numbers, UUIDs or bytes (all of one type) as a set of rows; none of them is an empty list, for which
    Django asks nothing."""
    found = list(keys)
    if not found:
        return []
    if isinstance(found[0], bytes):
        said = Value(",".join([key.hex() for key in found if isinstance(key, bytes)]), output_field=TextField())
        return Func(said, template=f"(select decode({_UNFOLDED}, 'hex'))", output_field=BinaryField())
    said = Value(",".join(map(str, found)), output_field=TextField())
    if isinstance(found[0], UUID):
        return Func(said, template=f"(select {_UNFOLDED}::uuid)", output_field=UUIDField())
    return Func(said, template=f"(select {_UNFOLDED}::bigint)", output_field=BigIntegerField())
