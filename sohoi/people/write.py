"""What may change in the register; thin for now: a household is written down when a deed first names it."""

from collections.abc import Iterable

from sohoi.people.models import Household
from sohoi.units.models import Unit
from sohoi.vietnamese import plain


def household_named(wanted: Iterable[tuple[Unit, str]]) -> dict[tuple[int, str], Household]:
    """Households by (unit id, name of the head as given); missing ones are made. Marks and case do not matter."""
    pairs = {(unit.pk, name): plain(name) for unit, name in wanted}
    if not pairs:
        return {}
    rows = Household.objects.filter(unit__in={pk for pk, _ in pairs}, plain__in=set(pairs.values()))
    known = {(row.unit_id, row.plain): row for row in rows}
    missing = {(pk, text): name for (pk, name), text in pairs.items() if (pk, text) not in known}
    for row in Household.objects.bulk_create(
        Household(unit_id=pk, label=name, plain=text) for (pk, text), name in missing.items()
    ):
        known[(row.unit_id, row.plain)] = row
    return {(pk, name): known[(pk, text)] for (pk, name), text in pairs.items()}
