"""Questions about who works here: who holds which office in reach, what may be given where, what was done.

Who has the right "offices" answers for the offices of the roles that her own give, at her unit and below: these are
`handled`. An account is hers to handle when all that it ever held is, and when it was made for that.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from sohoi.rights.may import Role, counts_at, offices, roles
from sohoi.rights.models import Account, Office, OfficeChange, Turn
from sohoi.units.models import Closure, Unit, View
from sohoi.units.read import by_level
from sohoi.vietnamese import plain

MOST_PEOPLE = 20
RIGHT = "offices"


def _reach(account: Account) -> Q:
    """Rows with a unit and a role for which she answers: what her offices give, where they reach."""
    reach = Q(pk__in=[])
    for office in offices(account, RIGHT):
        below = Closure.objects.filter(view=View.TODAY, ancestor=office.unit_id).values("descendant_id")
        reach |= Q(role__in=roles()[office.role].gives, unit__in=below)
    return reach


def handled(account: Account) -> QuerySet[Office]:
    """The offices of any day that she may end or take back."""
    return Office.objects.filter(_reach(account)).exclude(account_id=account.pk)


def may_handle(by: Account, account: Account) -> bool:
    """Whether all that the account ever held is within her reach, some of it is, and it was made for that: who could
    set a password of an account that had another life would have it still when that life goes on."""
    reach = _reach(by)
    held = Office.objects.filter(account=account).exclude(account_id=by.pk)
    told = OfficeChange.objects.filter(account=account).exclude(unit=None)
    mine = held.filter(reach)
    if held.exclude(pk__in=mine.values("pk")).exists():
        return False
    if told.exclude(pk__in=OfficeChange.objects.filter(reach).values("pk")).exists():
        return False
    return _made_for(list(mine), list(told.filter(what=Turn.GIVEN)))


def _made_for(held: list[Office], given: list[OfficeChange]) -> bool:
    """Whether the account came with one of these offices: the line says so, or there is none, for it is older than the
    history. An account to which all was given when it was there already is somebody's from elsewhere."""
    if any(line.made for line in given):
        return bool(held)
    known = {(line.unit_id, line.role, line.first) for line in given}
    return any((one.unit_id, one.role, one.first) not in known for one in held)


def given_by(account: Account, unit: Unit) -> list[Role]:
    """The roles that she may give at a unit: those of its level, where her office reaches. A unit that has ended has
    none: what it did counts elsewhere now."""
    above = Closure.objects.filter(view=View.TODAY, descendant=unit).values("ancestor_id")
    codes = {code for one in offices(account, RIGHT).filter(unit__in=above) for code in roles()[one.role].gives}
    found = [role for role in roles().values() if role.code in codes and unit.level in role.at]
    return found if found and counts_at(unit) == unit else []


def all_given(account: Account) -> list[Role]:
    """The roles that she may give somewhere."""
    codes = {code for one in offices(account, RIGHT) for code in roles()[one.role].gives}
    return [role for role in roles().values() if role.code in codes]


NOW, NEVER, ENDED = "", "moi", "thoi"
STATES = {NOW: "Đang giữ", NEVER: "Chưa đăng nhập", ENDED: "Đã kết thúc"}


def in_reach(scope: QuerySet[Unit], state: str, today: date) -> QuerySet[Office]:
    """Offices held in these units, by level, unit, role and person: those that run or will, or those that ended."""
    after = Q(during__overlap=(today, None))
    found = {NOW: after, NEVER: after & Q(account__last_login=None), ENDED: ~after}[state]
    held = Office.objects.filter(found, unit__in=scope).select_related("account", "unit")
    return held.order_by(by_level("unit__level"), "unit__plain", "unit_id", "role", "account__full_name", "pk")


def within(scope: QuerySet[Unit], unit: Unit) -> QuerySet[Unit]:
    """The units of a scope that are this one or count for it today."""
    below = Closure.objects.filter(view=View.TODAY, ancestor=unit).values("descendant_id")
    return scope.filter(Q(pk=unit.pk) | Q(pk__in=below))


def known_in(scope: QuerySet[Unit]) -> QuerySet[Account]:
    """Accounts that hold or held an office in these units."""
    return Account.objects.filter(pk__in=Office.objects.filter(unit__in=scope).values("account_id"))


@dataclass(frozen=True)
class People:
    """Who was found by a name, the first of them, and how many there are."""

    rows: list[Account]
    count: int


def found_by_name(scope: QuerySet[Unit], text: str) -> People:
    """People of these units whose name has words that begin so (marks do not matter), or whose log-in begins so."""
    words = plain(text.replace("\x00", ""))[:120].split()
    if not words:
        return People([], 0)
    found = known_in(scope).filter(_fits(words))
    return People(list(found.order_by(Collate("sort", "C"), "pk")[:MOST_PEOPLE]), found.count())


def _fits(words: list[str]) -> Q:
    """Every word begins a word of the name, or the one word begins the log-in."""
    fits = Q()
    for word in words:
        fits &= Q(plain__startswith=word) | Q(plain__contains=f" {word}")
    return fits | Q(username__istartswith=words[0]) if len(words) == 1 else fits


def changes(scope: QuerySet[Unit]) -> QuerySet[OfficeChange]:
    """What was done to offices of these units and to the accounts of those who hold or held one there, newest first."""
    here = Q(unit__in=scope) | Q(unit=None, account__in=known_in(scope))
    return OfficeChange.objects.filter(here).select_related("by", "account", "unit").order_by("-at", "-pk")


def to_take_back(by: Account) -> QuerySet[OfficeChange]:
    """What was done to offices today, was the last thing done to each, is within her reach, and not done to her."""
    now = timezone.localtime()
    morning = now.replace(hour=0, minute=0, second=0, microsecond=0)
    later = OfficeChange.objects.filter(
        account=OuterRef("account"), unit=OuterRef("unit"), role=OuterRef("role"), pk__gt=OuterRef("pk")
    )
    done = OfficeChange.objects.filter(_reach(by), what__in=[Turn.GIVEN, Turn.ENDED], at__gte=morning)
    return done.filter(~Exists(later)).exclude(account_id=by.pk)
