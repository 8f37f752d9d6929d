"""What of a woman stands in rows that are not hers: her name as that of a household where others live, in deeds and
corrections of those women, in saved lists, in what officers of her branch and commune wrote. When she asks to be erased
it goes too, and nothing of anybody else; when only her time is over no row of others is touched."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import count
from operator import and_, or_
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from sohoi.people.blotting import DECOMPOSED, Blots, same_name
from sohoi.people.models import Correction, Household, Member, Membership, SavedList, Vanished
from sohoi.people.registry import Column, Her, Named, Table, named, tables
from sohoi.people.sealing import opened
from sohoi.rights.models import Office
from sohoi.units.models import Closure, Level
from sohoi.vietnamese import plain

OWN = ("people.Member", "people.Household", "people.Photo", "work.Attendance")  # say of another woman who she is
MESSAGES = "_messages"  # what Django keeps there is JSON by itself


@dataclass(frozen=True)
class Around:
    """What surrounds her before she is erased: households she ever lived in, which of them bear her name, who else
    lives or lived there, her branches with their communes, the units above these, and what must not stand anywhere."""

    homes: list[int]
    hers: list[Household]
    mates: list[int]
    near: set[int]
    above: set[int]
    blots: Blots


def lived_in(cards: list[Member]) -> set[int]:
    """Households in which she lives or ever lived."""
    return {home for _, home in places(cards) if home}


def around(cards: list[Member], mark: str) -> Around:
    """Look around her; to be asked before anything of her is erased."""
    ids, stood = [card.pk for card in cards], places(cards)
    names = {card.name for card in cards} | _earlier(ids, "name")
    branches, lived = {unit for unit, _ in stood if unit}, {home for _, home in stood if home}
    hers = _bearing_her_name(cards, lived, branches, names)
    homes = sorted(lived | {home.pk for home in hers})
    over = Closure.objects.filter(descendant__in=branches).values_list("ancestor_id", "ancestor__level")
    near = branches | {unit for unit, level in over if level == Level.BASE}
    return Around(
        homes, hers, _mates(ids, homes, {plain(name) for name in names}), near, {unit for unit, _ in over} - near,
        Blots(tuple(sorted(names)), tuple(sorted(filter(None, _numbers(cards)))), mark),
    )  # fmt: skip


def places(cards: list[Member]) -> set[tuple[int | None, int | None]]:
    """The branches that kept her cards, with her household there."""
    ids = [card.pk for card in cards]
    lived = Membership.objects.filter(member__in=ids).values_list("unit_id", "household_id")
    passed = Vanished.objects.filter(member__in=ids).values_list("unit_id", "household_id")
    return {*lived, *passed, *((card.unit_id, card.household_id) for card in cards)}


def _numbers(cards: list[Member]) -> set[str]:
    """Her telephones and ID numbers, those of before too."""
    ids = [card.pk for card in cards]
    former = Correction.objects.filter(member__in=ids, column="id-number").exclude(before_sealed=None)
    sealed = [card.id_sealed for card in cards if card.id_sealed]
    sealed += [row.before_sealed for row in former if row.before_sealed]
    return {card.phone for card in cards} | _earlier(ids, "phone") | {opened(bytes(one), "id") for one in sealed}


def _earlier(cards: list[int], column: str) -> set[str]:
    """What stood in a column of her card before it was put right."""
    rows = Correction.objects.filter(member__in=cards, column=column).values_list("before", "after")
    return {said for pair in rows for said in pair if said}


def _bearing_her_name(cards: list[Member], lived: set[int], units: set[int], names: set[str]) -> list[Household]:
    """Households that are called by her name: where she is the head, and in her branches those with her very name,
    unless another woman who lives there has it too."""
    headed = [card.household_id for card in cards if card.role == "head" and card.household_id]
    bare = {plain(name) for name in names}
    called = Q(plain__in=bare) & (Q(pk__in=lived) | Q(unit__in=units))
    found = [
        home for home in Household.objects.filter(called | Q(pk__in=headed)).order_by("pk")
        if home.pk in headed or any(same_name(home.label, name) for name in names)
    ]  # fmt: skip
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


def never_shared(homes: Iterable[int], cards: list[int]) -> list[int]:
    """Those of the households in which nobody else who still has a name ever lived."""
    others = Q(household__in=homes, member__erased_on=None) & ~Q(member__in=cards)
    shared = set(Membership.objects.filter(others).values_list("household_id", flat=True))
    shared |= set(Vanished.objects.filter(others).values_list("household_id", flat=True))
    return [home for home in alone(homes, cards) if home not in shared]


def blot_out(seen: Around) -> None:
    """Take her out of rows that are not hers: her name and numbers out of those of her households, her branches and
    their communes, her numbers alone out of all others."""
    whom = Her(seen.mates, [], seen.homes)
    for table in tables().values():
        if table.model not in OWN and (table.find or table.home):
            _blot(table.rows(whom), [one.name for one in table.columns if one.erase != "keep"], seen.blots, table)
    numbers = replace(seen.blots, names=())
    for place in named():
        near, far = _near(place, seen)
        for which, blots in ((near, seen.blots), (far, numbers)):
            _blot(_rows_of(place, which, blots), list(place.columns), blots)
    _forget_in_sessions(seen.blots)


def _near(place: Named, seen: Around) -> tuple[Q, Q]:
    """Which rows of a table may name her: of her branches and their communes, or written by those who hold an office
    there; and in which others her numbers are looked for."""
    nobody, everywhere = Q(pk__in=[]), Q()
    if place.unit:
        return Q((f"{place.unit}__in", seen.near)), Q((f"{place.unit}__in", seen.above))
    if place.reach:
        could = Q((f"{place.reach}__in", seen.near | seen.above)) | Q((f"{place.reach}__isnull", True))
        return could, ~could
    if place.owner:
        could = _could_see(place, seen.near | seen.above)
        return could, ~could
    return nobody, everywhere


def _could_see(place: Named, units: set[int]) -> Q:
    """Rows of accounts that hold or once held an office in one of these units, or never any; and those that are shared
    with one of them."""
    offices = Office.objects.values("account")
    theirs, elsewhere = offices.filter(unit__in=units), offices.exclude(unit__in=units)
    could = Q((f"{place.owner}__in", theirs)) | ~Q((f"{place.owner}__in", elsewhere))
    return could | Q((f"{place.shared}__in", units), (f"{place.shared}__isnull", False)) if place.shared else could


def _rows_of(place: Named, which: Q, blots: Blots) -> QuerySet[Any]:
    """Rows about nobody in which she may be named, by a coarse look of the database."""
    rows = apps.get_model(place.model)._default_manager.order_by("pk")
    rows = rows.filter(which, **{f"{way}__isnull": True for way in place.nobody})
    texts = {f"{name}_text": Cast(name, TextField()) for name in place.columns}
    signs = list(blots.signs())
    asked = [reduce(and_, [_any(name, pair) for pair in pairs]) for pairs in signs for name in texts]
    asked += [Q((f"{name}__regex", DECOMPOSED)) for name in texts] if blots.named else []
    return rows.alias(**texts).filter(reduce(or_, asked)) if asked else rows.none()


def _any(column: str, pair: Iterable[str]) -> Q:
    return reduce(or_, [Q((f"{column}__icontains", sign)) for sign in pair])


def _blot(rows: QuerySet[Any], columns: list[str], blots: Blots, table: Table | None = None) -> None:
    """Blot her out of these columns of these rows; a row in which she was not named is not written."""
    sealed = {one.name: one for one in table.columns if one.sealed} if table else {}
    known = tables().get(rows.model._meta.label)
    hashes = [one.name for one in known.columns if one.erase == "random"] if known else []
    for row in rows.iterator(chunk_size=500):
        changed = [name for name in columns if _blotted(row, name, blots, sealed.get(name))]
        if not changed:
            continue
        for name in hashes:  # what was told with her name must not be guessed and confirmed
            setattr(row, name, os.urandom(32))
        if isinstance(row, SavedList):
            row.name = _unlike_others(row)
        row.save(update_fields=[*changed, *hashes])


def _unlike_others(row: SavedList) -> str:
    """The name of a list; of two of one officer that are called alike now the second has a number."""
    others = set(SavedList.objects.filter(by=row.by_id).exclude(pk=row.pk).values_list("name", flat=True))
    return next(name for at in count(1) if (name := f"{row.name} {at}" if at > 1 else row.name) not in others)


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


def _forget_in_sessions(blots: Blots) -> None:
    """What officers asked of lists a moment ago: whatever names her goes, in doubt too, for it is asked again in a
    moment; sessions that have ended are cleared away."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    store = SessionStore()
    for row in Session.objects.order_by("pk").iterator(chunk_size=500):
        said = row.get_decoded()
        clean = {key: _left(key, one, blots) for key, one in said.items()}
        if clean != said:
            row.session_data = store.encode(clean)
            row.save(update_fields=["session_data"])


def _left(key: str, said: Any, blots: Blots) -> Any:
    """What stays under one key of a session. Of several things kept there one that names her goes as a whole: with half
    of its conditions it would be another list."""
    if key == MESSAGES:
        return _message(said, blots)
    if isinstance(said, dict):
        return {word: one for word, one in said.items() if blots.out_of(one) == one}
    return blots.out_of(said)


def _message(said: Any, blots: Blots) -> Any:
    """What waits to be told to an officer."""
    return json.dumps(blots.out_of(json.loads(said))) if isinstance(said, str) else blots.out_of(said)
