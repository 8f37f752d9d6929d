"""Requests to move from one branch to another, as each side may see them; which branches there are to move to.

Who is asked to receive a woman sees her name, year of birth and branch until she answers; refused or taken back, the
request is hers no more, and whoever she has left reads no name. Who asked by number sees her own request and
nothing of the register, whether the number stands there or not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from sohoi.people.models import NumberRequest, Transfer
from sohoi.people.read.names import MOVED, kept_in, name_in
from sohoi.units.models import Level, Placement, Unit
from sohoi.vietnamese import plain

MOST, KEPT_DAYS, MOST_COMMUNES, MOST_BRANCHES = 50, 90, 8, 40


@dataclass(frozen=True)
class Inbox:
    """What waits for an answer of mine, for one of theirs, and what was answered lately."""

    mine: list[Transfer]
    theirs: list[Transfer]
    numbers: list[tuple[NumberRequest, Transfer | None]]
    answered: list[Transfer]


def visible(scope: QuerySet[Unit]) -> QuerySet[Transfer]:
    """The requests that may be opened: of her own women; of others while they are offered to her, or have come."""
    offered = Q(new__in=scope) & (Q(asked_by_old=True, accepted=None) | Q(accepted=True))
    rows = Transfer.objects.filter(Q(old__in=scope) | offered)
    return rows.select_related("member", "old", "new", "asked_by", "answered_by", "undone_by")


def named(rows: Iterable[Transfer], scope: QuerySet[Unit]) -> list[Transfer]:
    """The same requests, each with `whose` and `born`: her name and year as they may be told, one query for all."""
    listed = list(rows)
    near = kept_in(scope, [row.member for row in listed])
    for row in listed:
        offered = row.accepted is None and row.member.unit_id == row.old_id
        row.whose = name_in(row.member, near | {row.old_id} if offered else near)  # type: ignore[attr-defined]  # for the page
        row.born = None if row.whose == MOVED else row.member.birth_year  # type: ignore[attr-defined]
    return listed


def waiting(scope: QuerySet[Unit]) -> QuerySet[Transfer]:
    """The open requests that this side is to answer."""
    mine = Q(new__in=scope, asked_by_old=True) | Q(old__in=scope, asked_by_old=False)
    return Transfer.objects.filter(mine, accepted=None)


def inbox(scope: QuerySet[Unit]) -> Inbox:
    """Everything about moves that one side is to know, in six statements."""
    rows = visible(scope)
    mine = rows.filter(pk__in=waiting(scope).values("pk")).order_by("asked_at")[:MOST]
    theirs = rows.filter(old__in=scope, asked_by_old=True, accepted=None).order_by("asked_at")[:MOST]
    lately = timezone.now() - timedelta(days=KEPT_DAYS)
    answered = rows.filter(answered_at__gt=lately).order_by("-answered_at")[:MOST]
    asked = list(
        NumberRequest.objects.filter(new__in=scope, at__gt=lately).select_related("new", "by").order_by("-at")[:MOST]
    )
    found = Transfer.objects.in_bulk([row.pk for row in asked])
    told = {row.pk: row for row in named([*mine, *theirs, *answered], scope)}
    of_mine, of_theirs, of_answered = ([told[row.pk] for row in rows] for rows in (mine, theirs, answered))
    return Inbox(of_mine, of_theirs, [(row, found.get(row.pk)) for row in asked], of_answered)


def branches_named(text: str, on: date) -> list[Placement]:
    """Branches of the whole country that stand on the day, by the name of their commune; a part before a comma
    narrows them by their own name: "ấp hai, mỹ xuyên"."""
    own, _, commune = map(plain, text.rpartition(","))
    if len(commune) < 2:
        return []
    communes = Placement.objects.filter(unit__level=Level.BASE, unit__plain__contains=commune, during__contains=on)
    wanted = list(communes.order_by("unit__plain", "unit_id").values_list("unit_id", flat=True)[:MOST_COMMUNES])
    rows = Placement.objects.filter(parent__in=wanted, unit__level=Level.BRANCH, during__contains=on)
    if own:
        rows = rows.filter(unit__plain__contains=own)
    return list(rows.select_related("unit", "parent").order_by("parent__plain", "unit__plain")[:MOST_BRANCHES])
