"""Who may change the register of a branch at the same moment, held to the transaction's end (decision 0019).

What locks the cards it names, then their households, each in the order of their numbers, waits for nobody crosswise:
such deeds share the register. What locks more, or in several steps (taking back, erasing, merging, moving to another
household, several verbs in one batch), has it alone.
"""

from collections.abc import Collection, Iterable
from functools import partial

from django.db import connection

from sohoi.many import array
from sohoi.people.deeds import Deed
from sohoi.people.models import Member
from sohoi.statements import statement

sql = partial(statement, __file__)  # the .sql files of this drawer
MOST = 100  # branches whose registers are locked one by one: all locks stand in one table of the server (0019)
HOME, ANOTHER = "home", "kept"  # answers in which a deed about a card names a household, or another card


def hold_registers(units: Iterable[int | None], cards: Iterable[int | None] = (), *, alone: bool = True) -> None:
    """The registers of these branches, and of those that keep these cards, to the end of the transaction. After the
    units (`ledger.holding`), before any row of the register or of the ledger is locked; whoever shares them must not
    ask for them alone afterwards."""
    branches, numbers = {pk for pk in units if pk}, {pk for pk in cards if pk}
    if branches or numbers:
        with connection.cursor() as cursor:
            told: dict[str, str | bool | int] = {
                "units": array(branches),
                "cards": array(numbers),
                "alone": alone,
                "most": MOST,
            }
            cursor.execute(sql("holding.sql"), told)


def hold_cards(cards: Iterable[Member], units: Iterable[int | None] = ()) -> None:
    """For whoever changes all that is kept of a woman: the branches that keep her cards, and these."""
    hold_registers(units, [card.pk for card in cards])


def hold_for(deeds: Collection[Deed], *, alone: bool) -> None:
    """For the gate: the registers that these deeds change; `alone` in any case, or only where one of them moves a woman
    to another household or names another card."""
    named = [deed.values.get(ANOTHER) for deed in deeds]  # of a kind of one's own perhaps something else
    cards = [*(deed.member for deed in deeds), *(pk for pk in named if type(pk) is int)]
    far = any(deed.values.keys() & {HOME, ANOTHER} for deed in deeds if deed.member)
    hold_registers((deed.unit.pk for deed in deeds), cards, alone=alone or far)
