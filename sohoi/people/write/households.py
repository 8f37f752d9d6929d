"""What may change about households: written down when first named, what they are on which days, who is in them."""

from collections.abc import Iterable

from sohoi.people.write.rows import write_homes
from sohoi.units.models import Unit
from sohoi.vietnamese import nfc, plain, sort_key

ADDRESSES = {"hộ", "gia", "đình", "bà", "chị", "cô", "ông", "anh", "chú", "bác", "em"}  # before a name


def household_key(name: str) -> str:
    """What makes two names of a head the same in one unit: case, spaces and the old or new place of a tone mark
    (Hoà, Hòa) do not count, nor how one calls her ("Hộ bà"); the marks themselves do (Hoa is another woman)."""
    words = nfc(name).casefold().split()
    while len(words) > 2 and words[0] in ADDRESSES:
        words.pop(0)
    return sort_key(" ".join(words))


def household_named(wanted: Iterable[tuple[Unit, str]]) -> dict[tuple[int, str], int]:
    """Ids of households by (unit id, name of the head as given); missing ones are made, once whoever else asks."""
    return homes_named(wanted)[0]


def homes_named(wanted: Iterable[tuple[Unit, str]]) -> tuple[dict[tuple[int, str], int], set[int]]:
    """`household_named`, and which of these households this call made."""
    names = {(unit.id, name): household_key(name) for unit, name in wanted}
    labels = {(pk, key): (name, plain(name)) for (pk, name), key in reversed(names.items())}  # the first spelling
    found, made = write_homes(labels)
    return {(pk, name): found[pk, key] for (pk, name), key in names.items()}, made
