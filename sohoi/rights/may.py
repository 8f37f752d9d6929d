"""May she? One question for a single unit, and its set form for lists; both read the same rows.

An office reaches every unit that counts for its unit on today's map, ended units included: the archive of a
commune goes where the commune went.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import QuerySet
from django.utils import timezone

from sohoi.rights.models import Account, Office
from sohoi.units.models import Closure, Unit, View
from sohoi.units.read import ORDER


@dataclass(frozen=True)
class Role:
    """A role of roles.toml: what people call it, and its rights."""

    code: str
    label: str
    rights: frozenset[str]
    title: str = ""  # what stands above her signature; none: only the body that she signs for
    at: frozenset[str] = frozenset()  # the levels of units where it is held
    gives: frozenset[str] = frozenset()  # the roles that it may give, with the right "offices"


@cache
def roles() -> dict[str, Role]:
    """All roles of roles.toml by code."""
    body = tomllib.loads((Path(__file__).parent / "roles.toml").read_text("utf-8"))
    return {
        code: Role(
            code, role["label"], frozenset(role["rights"]), role.get("title", ""), frozenset(role["at"]),
            frozenset(role.get("gives", [])),
        )
        for code, role in body.items()
    }  # fmt: skip


def role_said(code: str) -> str:
    """What people call a role; its code when roles.toml has it no more."""
    return roles()[code].label if code in roles() else code


def all_rights() -> frozenset[str]:
    """Every right that some role gives."""
    return frozenset().union(*(role.rights for role in roles().values()))


def offices(account: Account, right: str | None = None, on: date | None = None) -> QuerySet[Office]:
    """Her offices on a day (today), those that give `right` when it is named."""
    day = on or timezone.localdate()
    held = Office.objects.filter(account_id=account.pk, during__contains=day)
    if right is not None:
        held = held.filter(role__in=[role.code for role in roles().values() if right in role.rights])
    return held


def scope(account: Account, right: str) -> QuerySet[Unit]:
    """The units in which she holds the right today; use it with `QuerySet.within`."""
    reach = Closure.objects.filter(view=View.TODAY, ancestor__in=offices(account, right).values("unit_id")).values(
        "descendant_id"
    )
    return Unit.objects.filter(pk__in=reach)


def may(account: Account, right: str, unit: Unit) -> bool:
    """Whether she holds the right in this unit: the same rows as `scope`."""
    return scope(account, right).filter(pk=unit.pk).exists()


def counts_at(unit: Unit) -> Unit | None:
    """The unit whose offices write for it today: itself, or when it has ended the nearest that all its heirs have in
    common; None when it counts for nobody."""
    rows = Closure.objects.filter(view=View.TODAY, descendant=unit).select_related("ancestor")
    return max((row.ancestor for row in rows), key=lambda one: ORDER[one.level], default=None)


def holds(account: Account, right: str, unit: Unit) -> bool:
    """Whether she holds the right in an office of the unit's own level: whoever is above may look on and decide, but
    does not write or sign in the unit's name. A unit that was split, or whose level is gone, left its archive to the
    nearest unit that all its heirs have in common: an office there writes for it."""
    at = counts_at(unit)
    return at is not None and offices(account, right).filter(unit=at).exists()
