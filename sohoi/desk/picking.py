"""What may be chosen while one records: kinds by room, units near at hand or found by name, members, households.

Everything is of the units where she may record, and standing on the day of the deed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sohoi.desk.choosing import room_name
from sohoi.ledger.kinds import REGISTER, KindBody
from sohoi.ledger.models import Kind, Record
from sohoi.people.models import Household, Member, Membership
from sohoi.people.read.names import MOVED, kept_in
from sohoi.people.write.households import ADDRESSES, household_key
from sohoi.rights.models import Account, Office
from sohoi.units.models import Closure, Level, Placement, Unit, View
from sohoi.units.read import ORDER, by_level, paths
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import name_key, plain, sort_key

MOST_UNITS, MOST_MEMBERS, MOST_SORTED = 20, 30, 500
MOST_HOUSEHOLDS, FEW_HOUSEHOLDS = 12, 6
RECENT_RECORDS, RECENT_KINDS = 60, 5


@dataclass(frozen=True)
class Option:
    """One thing to choose: its value, its name, and what tells it from others of the same name."""

    value: str
    name: str
    more: str = ""


@dataclass(frozen=True)
class KindGroup:
    """The kinds of one room, under its Vietnamese name."""

    name: str
    kinds: list[Kind]


def reachable(body: dict[str, list[str]], offices: Iterable[Office]) -> bool:
    """Whether a kind is asked of any level that these offices reach."""
    levels = body.get("levels") or Level.values
    lowest = max(ORDER[level] for level in levels)
    return any(ORDER[office.unit.level] <= lowest for office in offices)


def in_register(body: dict[str, Any]) -> bool:
    """Whether a kind changes the card of a woman: it is told from her card or by its own screen, not from the list."""
    return "writer" in body and body["subject"] in ("member", *REGISTER)


def kind_groups(offices: list[Office]) -> list[KindGroup]:
    """All kinds that she may record somewhere, by room; rooms and kinds in the order of their names. What changes a
    card of the register has its own screens."""
    groups: dict[str, list[Kind]] = {}
    for kind in Kind.objects.filter(current=True):
        if reachable(kind.body, offices) and not in_register(kind.body):
            groups.setdefault(room_name(kind.room), []).append(kind)
    named = sorted(groups.items(), key=lambda group: sort_key(group[0]))
    return [KindGroup(name, sorted(kinds, key=lambda kind: sort_key(kind.label))) for name, kinds in named]


def recent_kinds(account: Account) -> list[str]:
    """Codes of the kinds she recorded last, the newest first; sensitive ones leave no trace here."""
    told = Record.objects.filter(by=account, kind__sensitive=False).order_by("-recorded_at")
    codes = told.values_list("kind__code", flat=True)[:RECENT_RECORDS]
    return list(dict.fromkeys(codes))[:RECENT_KINDS]


def fixed_unit(offices: list[Office]) -> Unit | None:
    """The unit that is known from her office: she heads one branch and holds nothing else."""
    if len(offices) == 1 and offices[0].unit.level == Level.BRANCH:
        return offices[0].unit
    return None


def own_branches(offices: list[Office]) -> bool:
    """Whether all her offices are in branches, so that there is nothing to search for."""
    return all(office.unit.level == Level.BRANCH for office in offices)


def near_units(
    account: Account, offices: list[Office], scope: QuerySet[Unit], body: KindBody, day: date
) -> list[Option]:
    """The units of her offices and those she recorded for last, as far as they stand and are asked this kind."""
    last = Record.objects.filter(by=account, unit__in=scope).order_by("-recorded_at")
    ids = [office.unit_id for office in offices] + list(last.values_list("unit_id", flat=True)[:RECENT_RECORDS])
    wanted = list(dict.fromkeys(ids))[: MOST_UNITS // 2]
    found = {option.pk: option for option in _standing(scope.filter(pk__in=wanted), body, day, MOST_UNITS)}
    return unit_options([found[pk] for pk in wanted if pk in found], day)


def found_units(scope: QuerySet[Unit], body: KindBody, day: date, text: str) -> list[Option]:
    """Units of the scope whose name has this text (marks do not matter), at most `MOST_UNITS` by name."""
    named = scope.filter(plain__contains=plain(text))
    return unit_options(_standing(named, body, day, MOST_UNITS), day)


def units_named(scope: QuerySet[Unit], levels: Iterable[str], text: str, day: date) -> list[Unit]:
    """Units of these levels that stand then, by name, one more than `MOST_UNITS` at most; a part before a comma is
    the unit's own name, the part behind it that of the unit above; a single part may be either."""
    own, comma, above = map(plain, text.replace("\x00", "")[:80].partition(","))
    found = Placement.objects.filter(during__contains=day, unit__in=scope, unit__level__in=set(levels))
    if comma:
        found = found.filter(unit__plain__contains=own, parent__plain__contains=above)
    elif own:
        found = found.filter(Q(unit__plain__contains=own) | Q(parent__plain__contains=own))
    found = found.select_related("unit").order_by(by_level("unit__level"), "unit__plain", "unit_id")
    return [row.unit for row in found[: MOST_UNITS + 1]]


def unit_option(unit: Unit, day: date) -> Option:
    """One unit as a choice."""
    return unit_options([unit], day)[0]


def _standing(units: QuerySet[Unit], body: KindBody, day: date, most: int) -> list[Unit]:
    """Those that stand on the day and are asked this kind."""
    there = Placement.objects.filter(during__contains=day).values("unit_id")
    asked = units.filter(pk__in=there)
    if body.levels:
        asked = asked.filter(level__in=body.levels)
    return list(asked.order_by("plain", "pk")[:most])


def unit_options(units: list[Unit], day: date) -> list[Option]:
    """Units with where they stood on the day; the country is not said, everybody is in it."""
    above = paths([unit.pk for unit in units], day)
    return [
        Option(
            unit.code,
            unit.full_name,
            ", ".join(u.name for u in reversed(above.get(unit.pk, [])) if u.pk != unit.pk and u.level != Level.CENTRE),
        )
        for unit in units
    ]


def members_of(unit: Unit, day: date, text: str, scope: QuerySet[Unit]) -> list[Option]:
    """Women who on that day belonged to the unit or to a branch below it, by given name. Those whose card the reader's
    units no longer keep are found by no name, and come last without one."""
    below = Closure.objects.filter(view=View.WAS, ancestor=unit, since__lte=day, until__gt=day)
    rows = Membership.objects.filter(unit__in=below.values("descendant_id"), during__contains=day)
    if text:
        rows = rows.filter(member__plain__contains=plain(text), member__unit__in=scope)
    found = list(rows.select_related("member", "unit").order_by("member__plain")[:MOST_SORTED])
    near = kept_in(scope, [row.member for row in found])
    hers = sorted((row for row in found if row.member.unit_id in near), key=lambda row: name_key(row.member.name))
    gone = sorted((row for row in found if row.member.unit_id not in near), key=lambda row: row.during.upper or day)
    told = [Option(str(row.member_id), row.member.name, _known_by(row)) for row in hers]
    return (told + [Option(str(row.member_id), MOVED, _known_since(row)) for row in gone])[:MOST_MEMBERS]


def _known_since(row: Membership) -> str:
    """What tells her who moved away from another: what the branch itself knows of her time there."""
    until = f" đến trước {say_date(row.during.upper)}" if row.during.upper else ""
    return f"{row.unit.name}, từ {say_date(row.during.lower)}{until}"


def _known_by(row: Membership) -> str:
    """What tells her from another of the same name."""
    born = f"sinh năm {row.member.birth_year}, " if row.member.birth_year else ""
    return born + row.unit.name


def households_of(unit: Unit, text: str) -> tuple[list[Option], Household | None]:
    """Households of the unit with every word of the text (marks do not matter), one more than are shown; and the one
    that this very text names. Those known only from records taken back are not there, unless women live in them;
    nor are those of sensitive records."""
    told = Record.objects.within(Unit.objects.filter(pk=unit.pk)).filter(voiding=None, household=OuterRef("pk"))
    lived_in = Member.objects.filter(household=OuterRef("pk"), active=True, same_as=None)
    known = Household.objects.filter(Exists(told) | Exists(lived_in), unit=unit)
    same = known.filter(key=household_key(text)).first() if text else None
    fits = Q(*(("plain__contains", word) for word in _name_words(text)))
    others = known.exclude(pk=same.pk) if same else known
    rows = others.filter(fits).order_by("plain", "pk")
    most = MOST_HOUSEHOLDS if text else FEW_HOUSEHOLDS
    return [Option(row.label, row.label) for row in rows[: most + 1]], same


def _name_words(text: str) -> list[str]:
    """The words of a head's name, without marks and without how one calls her."""
    words = plain(text).split()
    while len(words) > 2 and words[0] in map(plain, ADDRESSES):
        words.pop(0)
    return words
