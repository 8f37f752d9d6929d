"""On which days a household has a member, and what a deed changes in them: lines for households with members.

Days, not counters: deeds come in any order and are taken back in any order, and each posts the difference that it
makes to the days of its household, so the figure of every day is what the rows say (decision 0015).
"""

from collections.abc import Collection, Iterable
from datetime import date

from sohoi.among import among
from sohoi.people.deeds import Steps
from sohoi.people.models import Household, Membership

Span = tuple[date, date | None]
Spans = dict[int, list[Span]]


def days_of(homes: Iterable[int | None], made: Collection[int] = ()) -> Spans:
    """household id -> the days of the memberships lived there. The households stay locked until the transaction ends:
    two women who join one at once are not both its first; nobody of another branch waits. Those that this transaction
    `made` have no days yet, and nobody else sees them."""
    found: Spans = {home: [] for home in homes if home}
    stood = sorted(found.keys() - set(made))
    if not stood:
        return found
    locked = Household.objects.select_for_update(of=("self",)).filter(pk__in=among(stood))
    list(locked.order_by("pk").values_list("pk"))
    lived = Membership.objects.filter(household_id__in=among(stood))
    for home, during in lived.values_list("household_id", "during"):
        if home and during.lower:
            found[home].append((during.lower, during.upper))
    return found


def steps(before: Spans, after: Spans) -> Steps:
    """The days on which the number of households with members changes otherwise than before, each with by how many."""
    found: dict[date, int] = {}
    for sign, spans in ((-1, before), (1, after)):
        for one in spans.values():
            for day, step in covered(one):
                found[day] = found.get(day, 0) + sign * step
    return [(day, step) for day, step in sorted(found.items()) if step]


def covered(spans: list[Span]) -> Steps:
    """(day, +1) where a time with members begins, (day, -1) where it ends; times that touch are one."""
    turns: dict[date, int] = {}
    for since, until in spans:
        turns[since] = turns.get(since, 0) + 1
        if until:
            turns[until] = turns.get(until, 0) - 1
    found, there = [], 0
    for day in sorted(turns):
        was, there = there, there + turns[day]
        if bool(was) != bool(there):
            found.append((day, 1 if there else -1))
    return found


def total(told: Steps) -> int:
    """By how many the households with members of today change."""
    return sum(step for _, step in told)
