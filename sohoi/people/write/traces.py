"""What of a woman stands in rows that are not hers: her name as that of a household where others live, in deeds and
corrections of those women, in saved lists, in sessions, in what officers wrote. When she is erased it goes too."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from sohoi.people.blotting import Blots
from sohoi.people.models import Correction, Household, Member, Membership, Transfer, Vanished
from sohoi.people.registry import Column, Her, Named, Table, named, tables
from sohoi.people.sealing import opened
from sohoi.units.models import Closure
from sohoi.vietnamese import plain

OWN = ("people.Member", "people.Household", "people.Photo", "work.Attendance")  # say of another woman who she is
MESSAGES = "_messages"  # what Django keeps there is JSON by itself


@dataclass(frozen=True)
class Around:
    """What surrounds her before she is erased: households she ever lived in, which of them bear her name, who else
    lives or lived there, the units that kept her card with all above, and what must not stand anywhere."""

    homes: list[int]
    hers: list[Household]
    mates: list[int]
    units: set[int]
    blots: Blots


def around(cards: list[Member], mark: str) -> Around:
    """Look around her; to be asked before anything of her is erased."""
    ids = [card.pk for card in cards]
    lived = Membership.objects.filter(member__in=ids).values_list("unit_id", "household_id")
    passed = Vanished.objects.filter(member__in=ids).values_list("unit_id", "household_id")
    moved = Transfer.objects.filter(member__in=ids).values_list("old_id", "new_id")
    places = {*lived, *passed, *((card.unit_id, card.household_id) for card in cards)}
    units = {unit for unit, _ in places if unit} | {unit for pair in moved for unit in pair}
    names = {card.name for card in cards} | _earlier(ids, "name")
    hers = _bearing_her_name(cards, {home for _, home in places if home}, units, {plain(name) for name in names})
    homes = sorted({home for _, home in places if home} | {home.pk for home in hers})
    names |= {home.label for home in hers}
    numbers = {card.phone for card in cards} | _earlier(ids, "phone")
    numbers |= {opened(bytes(card.id_sealed), "id") for card in cards if card.id_sealed}
    above = Closure.objects.filter(descendant__in=units).values_list("ancestor_id", flat=True)
    return Around(
        homes, hers, _mates(ids, homes, {plain(name) for name in names}), units | set(above),
        Blots(tuple(sorted(names)), tuple(sorted(filter(None, numbers))), mark),
    )  # fmt: skip


def _earlier(cards: list[int], column: str) -> set[str]:
    """What stood in a column of her card before it was put right."""
    rows = Correction.objects.filter(member__in=cards, column=column).values_list("before", "after")
    return {said for pair in rows for said in pair if said}


def _bearing_her_name(cards: list[Member], lived: set[int], units: set[int], bare: set[str]) -> list[Household]:
    """Households that are called by her name: where she is the head, and in her units those with her very name, unless
    another woman who lives there has it too."""
    headed = [card.household_id for card in cards if card.role == "head" and card.household_id]
    called = Q(plain__in=bare) & (Q(pk__in=lived) | Q(unit__in=units))
    found = list(Household.objects.filter(called | Q(pk__in=headed)).order_by("pk"))
    rest = Member.objects.filter(household__in=[home.pk for home in found], erased_on=None)
    others = rest.exclude(pk__in=[card.pk for card in cards]).values_list("household_id", "plain")
    namesakes = {home for home, name in others if name in bare}
    return [home for home in found if home.pk not in namesakes or home.pk in headed]


def _mates(cards: list[int], homes: list[int], bare: set[str]) -> list[int]:
    """Those who live or lived in these households, without whoever has the same name: what is said there is hers."""
    told = [
        Membership.objects.filter(household__in=homes).values("member"),
        Vanished.objects.filter(household__in=homes).values("member"),
    ]
    found = Member.objects.filter(Q(household__in=homes) | Q(pk__in=told[0]) | Q(pk__in=told[1]))
    return sorted(found.exclude(pk__in=cards).exclude(plain__in=bare).values_list("pk", flat=True))


def alone(homes: Iterable[int], cards: list[int]) -> list[int]:
    """Those of the households in which nobody else of the register lives: what is said of them is said of her."""
    others = Member.objects.filter(household__in=homes, erased_on=None).exclude(pk__in=cards)
    shared = set(others.values_list("household_id", flat=True))
    return [home for home in homes if home not in shared]


def blot_out(seen: Around) -> None:
    """Take her out of rows that are not hers, wherever she was named."""
    whom = Her(seen.mates, [], seen.homes)
    for table in tables().values():
        if table.model not in OWN and (table.find or table.home):
            _blot(table.rows(whom), [one.name for one in table.columns if one.erase != "keep"], seen.blots, table)
    for place in named():
        _blot(_rows_of(place, seen), list(place.columns), seen.blots)
    _blot_sessions(seen.blots)


def _rows_of(place: Named, seen: Around) -> QuerySet[Any]:
    """Rows about nobody in which she may be named, by a coarse look of the database."""
    rows = apps.get_model(place.model)._default_manager.order_by("pk")
    rows = rows.filter(**{f"{way}__isnull": True for way in place.nobody})
    if place.unit:
        rows = rows.filter(**{f"{place.unit}__in": seen.units})
    texts = {f"{name}_text": Cast(name, TextField()) for name in place.columns}
    signs = list(seen.blots.signs())
    asked = [reduce(and_, [_any(name, pair) for pair in pairs], Q()) for pairs in signs for name in texts]
    return rows.alias(**texts).filter(reduce(or_, asked)) if asked else rows.none()


def _any(column: str, pair: Iterable[str]) -> Q:
    return reduce(or_, [Q((f"{column}__icontains", sign)) for sign in pair])


def _blot(rows: QuerySet[Any], columns: list[str], blots: Blots, table: Table | None = None) -> None:
    """Blot her out of these columns of these rows; a row in which she was not named is not written."""
    sealed = {one.name: one for one in table.columns if one.sealed} if table else {}
    for row in rows.iterator(chunk_size=500):
        changed = [name for name in columns if _blotted(row, name, blots, sealed.get(name))]
        if changed:
            row.save(update_fields=changed)


def _blotted(row: Model, name: str, blots: Blots, sealed: Column | None) -> bool:
    """Blot her out of one column; whether she was there. What is sealed cannot be written anew: it is emptied."""
    said = getattr(row, name)
    if said is None or not (sealed or isinstance(row._meta.get_field(name), TextField | JSONField)):
        return False
    found = opened(said, sealed.sealed) if sealed else said
    clean = blots.out_of(found)
    if clean != found:
        setattr(row, name, None if sealed else clean)
    return bool(clean != found)


def _blot_sessions(blots: Blots) -> None:
    """What officers asked of lists a moment ago; sessions that have ended are cleared away."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    store = SessionStore()
    for row in Session.objects.order_by("pk").iterator(chunk_size=500):
        said = row.get_decoded()
        clean = {key: _message(one, blots) if key == MESSAGES else blots.out_of(one) for key, one in said.items()}
        if clean != said:
            row.session_data = store.encode(clean)
            row.save(update_fields=["session_data"])


def _message(said: Any, blots: Blots) -> Any:
    """What waits to be told to an officer."""
    return json.dumps(blots.out_of(json.loads(said))) if isinstance(said, str) else blots.out_of(said)
