"""Papers that concern a reader and that she cannot open: whose they are, and which offices can.

A paper is of the unit whose resolution it tells of, with every unit below it taken apart; so it opens for offices of
that unit and of those above, and nobody is named here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sohoi.desk.shell import title
from sohoi.goals.models import Resolution
from sohoi.rights.may import roles
from sohoi.rights.models import Office
from sohoi.units.models import Closure, Unit, View
from sohoi.units.read import ORDER

NEAREST = 2


@dataclass(frozen=True)
class Closed:
    """A paper beyond her scope; `keepers` are offices that open it, the nearest first."""

    resolution: Resolution
    keepers: tuple[str, ...]


def closed(found: QuerySet[Resolution], scope: QuerySet[Unit], today: date) -> list[Closed]:
    """Of the resolutions that concern her, those whose papers are not hers to open."""
    rows = list(found.exclude(unit__in=scope).filter(term_first__lte=today).order_by("-term_first", "title"))
    keepers = _keepers({row.unit_id for row in rows}, today)
    return [Closed(row, keepers.get(row.unit_id, ())) for row in rows]


def _keepers(units: Iterable[int], today: date) -> dict[int, tuple[str, ...]]:
    """unit id -> offices that reach it and may see, in words, each once."""
    above = Closure.objects.filter(view=View.TODAY, descendant__in=units)
    pairs = list(above.values_list("descendant_id", "ancestor_id"))
    seeing = [role.code for role in roles().values() if "see" in role.rights]
    held = Office.objects.filter(unit__in={up for _, up in pairs}, role__in=seeing, during__contains=today)
    by_unit: dict[int, list[Office]] = {}
    for office in held.select_related("unit").order_by("pk"):
        by_unit.setdefault(office.unit_id, []).append(office)
    found: dict[int, list[Office]] = {}
    for unit, up in pairs:
        found.setdefault(unit, []).extend(by_unit.get(up, []))
    return {unit: _nearest(offices) for unit, offices in found.items()}


def _nearest(offices: list[Office]) -> tuple[str, ...]:
    """The offices of the lowest units, in words."""
    offices.sort(key=lambda office: -ORDER[office.unit.level])
    words = dict.fromkeys(f"{title(office)}, {office.unit.full_name}" for office in offices)
    return tuple(words)[:NEAREST]
