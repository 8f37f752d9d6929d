"""What may change about households: written down when first named, what they are on which days, who is in them."""

from collections.abc import Iterable, Sequence

from sohoi.people.models import Household, Member
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


def household_named(wanted: Iterable[tuple[Unit, str]]) -> dict[tuple[int, str], Household]:
    """Households by (unit id, name of the head as given); missing ones are made, once whoever else asks meanwhile."""
    names = {(unit.pk, name): household_key(name) for unit, name in wanted}
    if not names:
        return {}
    labels = {(pk, key): name for (pk, name), key in names.items()}
    rows = [Household(unit_id=pk, label=label, key=key, plain=plain(label)) for (pk, key), label in labels.items()]
    Household.objects.bulk_create(rows, ignore_conflicts=True)
    found = Household.objects.filter(unit__in={pk for pk, _ in names}, key__in=set(names.values()))
    known = {(row.unit_id, row.key): row for row in found}
    return {(pk, name): known[(pk, key)] for (pk, name), key in names.items()}


def joined(cards: Sequence[Member]) -> dict[int, int]:
    """member id -> 1 where she is the first active member of her household, 0 where others were there before.

    Cards are already written. The households stay locked until the transaction ends, so that two women who join
    one household at once are not both the first; nobody of another branch waits.
    """
    first: dict[int, int] = {}
    for card, others in _company(cards):
        first[card.pk] = 0 if others else 1
    return first


def left(cards: Sequence[Member]) -> dict[int, int]:
    """member id -> 1 where she was the last active member of her household. Call it while she is still active."""
    return joined(cards)


def _company(cards: Sequence[Member]) -> list[tuple[Member, int]]:
    """Each card that has a household, with how many other active members were there; within `cards` in turn."""
    homes = sorted({card.household_id for card in cards if card.household_id})
    list(Household.objects.select_for_update().filter(pk__in=homes).order_by("pk"))
    mine = {card.pk for card in cards}
    rows = Member.objects.filter(household__in=homes, active=True, same_as=None).exclude(pk__in=mine)
    count: dict[int, int] = {}
    for home in rows.values_list("household_id", flat=True):
        count[home] = count.get(home, 0) + 1
    company = []
    for card in cards:
        if card.household_id:
            company.append((card, count.get(card.household_id, 0)))
            count[card.household_id] = count.get(card.household_id, 0) + 1
    return company
