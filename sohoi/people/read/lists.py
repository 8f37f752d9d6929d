"""Lists of women by any combination of what the register knows of them, in Vietnamese order, counted, cut by age."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Collate
from django.db.models.lookups import Contains

from sohoi.among import among
from sohoi.people.models import HouseholdStatus, Member, Membership, Standing, StandingKind, Status
from sohoi.people.models.members import MemberSet
from sohoi.units.models import Closure, Unit, View
from sohoi.vietnamese import plain

HERE, FORMER, EVERYBODY = "here", "former", "all"
KNOWN, UNKNOWN = "known", "unknown"
YES, NO, UNTOLD = "yes", "no", "untold"
BANDS = ((18, 30), (31, 40), (41, 50), (51, 60), (61, 70), (71, 80), (81, None))
SENSITIVE = ("ethnicity", "politics", "party", "homes")  # L3 in registry.toml: never in rows, logged when they narrow


@dataclass(frozen=True)
class Wanted:
    """What narrows a list; what is empty narrows nothing. Kept as JSON in sessions and saved lists."""

    unit: str = ""  # its code: the unit with all below it today
    belongs: str = HERE
    standings: tuple[str, ...] = ()  # any of these
    age_from: int | None = None
    age_to: int | None = None
    born_from: int | None = None  # years
    born_to: int | None = None
    birth: str = ""  # KNOWN: the day; "year": the year only; UNKNOWN: not even that
    ethnicity: str = ""
    occupation: str = ""
    schooling: str = ""  # trình độ văn hóa or chuyên môn
    politics: str = ""
    party: str = ""
    phone: str = ""
    home: str = ""  # how the household is called
    homes: tuple[str, ...] = ()  # statuses of households
    joined_from: date | None = None
    joined_to: date | None = None
    left_from: date | None = None
    left_to: date | None = None
    left_reason: str = ""  # known to the ledger only: whoever stands above it narrows by it

    def __bool__(self) -> bool:
        return self != Wanted()

    @property
    def sensitive(self) -> list[str]:
        """The sensitive columns that it asks."""
        return [column for column in SENSITIVE if getattr(self, column)]

    def written(self) -> dict[str, Any]:
        """As JSON: only what narrows."""
        told = {key: value for key, value in asdict(self).items() if value != getattr(_NOTHING, key)}
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}


_NOTHING = Wanted()
_DAYS = ("joined_from", "joined_to", "left_from", "left_to")


def read_wanted(body: dict[str, Any]) -> Wanted:
    """What `written` wrote; what an older program wrote and this one does not know is left out."""
    known = {field.name for field in fields(Wanted)}
    told: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in body.items() if key in known
    }
    return Wanted(**told | {key: date.fromisoformat(told[key]) for key in _DAYS if key in told})


def listed(scope: QuerySet[Unit], wanted: Wanted, today: date) -> MemberSet:
    """The cards of the scope that fit, in Vietnamese order."""
    return in_order(cards(scope).filter(condition(wanted, today)))


def in_order(rows: MemberSet) -> MemberSet:
    """By given name, as Vietnamese lists stand."""
    return rows.order_by(Collate("sort", "C"), "pk")


def cards(scope: QuerySet[Unit]) -> MemberSet:
    """All cards of the scope; the units go in as one array, which is planned well for one branch and for a province."""
    units = list(scope.values_list("pk", flat=True))
    return Member.objects.filter(unit_id__in=units, same_as=None, erased_on=None)


def counted(scope: QuerySet[Unit], lists: Iterable[Q]) -> list[int]:
    """How many cards fit each of several conditions: one statement, however many."""
    parts = {f"n{at}": Count("pk", filter=asked) for at, asked in enumerate(lists)}
    return list(cards(scope).aggregate(**parts).values()) if parts else []


def by_age(rows: MemberSet, today: date) -> list[tuple[str, int]]:
    """How many of these are of which age, the oldest first, and of how many neither day nor year is known."""
    named = [(f"{low}–{high} tuổi" if high else f"Trên {low - 1} tuổi", aged(low, high, today)) for low, high in BANDS]
    named = [("Dưới 18 tuổi", aged(None, 17, today)), *named]
    named = [("Chưa có năm sinh", Q(birth_year=None)), *named]
    parts = {f"n{at}": Count("pk", filter=band) for at, (_, band) in enumerate(named)}
    counts = rows.order_by().aggregate(**parts).values()
    found = [(label, count) for (label, _), count in zip(named, counts, strict=True)]
    return [row for row in reversed(found) if row[1] or row[0] not in ("Dưới 18 tuổi", "Chưa có năm sinh")]


def aged(low: int | None, high: int | None, today: date) -> Q:
    """Of an age between these, both counted: by the day of birth, or by the year where only that is known."""
    asked = Q()
    if low is not None:
        asked &= Q(birth_date__lte=years_before(today, low)) | Q(birth_date=None, birth_year__lte=today.year - low)
    if high is not None:
        after = years_before(today, high + 1)
        asked &= Q(birth_date__gt=after) | Q(birth_date=None, birth_year__gte=today.year - high)
    return asked


def years_before(today: date, years: int) -> date:
    """The same day so many years ago; for 29 February the day before 1 March."""
    year = max(today.year - years, 1)
    try:
        return today.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def condition(wanted: Wanted, today: date) -> Q:
    """Everything that narrows the list, as one condition on cards; `left_reason` excepted."""
    asked = _belonging(wanted, today) & _life(wanted, today) & _moves(wanted) & _home(wanted, today)
    if wanted.unit:
        below = Closure.objects.filter(view=View.TODAY, ancestor__code=wanted.unit).values("descendant_id")
        asked &= Q(unit__code=wanted.unit) | Q(unit__in=below)
    return asked


def _belonging(wanted: Wanted, today: date) -> Q:
    """Whether she belongs, and as what."""
    asked = {HERE: Q(active=True), FORMER: Q(active=False)}.get(wanted.belongs, Q())
    if wanted.standings:
        rows = Standing.objects.filter(member=OuterRef("pk"), kind__in=wanted.standings)
        asked &= Q(Exists(rows.filter(during__contains=today))) | Q(Exists(rows), active=False)
    return asked


def _life(wanted: Wanted, today: date) -> Q:
    """Birth, origin, work, learning, Party, telephone."""
    asked = aged(wanted.age_from, wanted.age_to, today)
    if wanted.born_from is not None:
        asked &= Q(birth_year__gte=wanted.born_from)
    if wanted.born_to is not None:
        asked &= Q(birth_year__lte=wanted.born_to)
    asked &= {
        KNOWN: ~Q(birth_date=None), "year": Q(birth_date=None) & ~Q(birth_year=None), UNKNOWN: Q(birth_year=None)
    }.get(wanted.birth, Q())  # fmt: skip
    asked &= {YES: Q(party=True), NO: Q(party=False), UNTOLD: Q(party=None)}.get(wanted.party, Q())
    asked &= {KNOWN: ~Q(phone=""), UNKNOWN: Q(phone="")}.get(wanted.phone, Q())
    if wanted.ethnicity:
        asked &= _says("ethnicity", wanted.ethnicity)
    if wanted.occupation:
        asked &= _says("occupation", wanted.occupation)
    if wanted.schooling:
        asked &= _says("schooling", wanted.schooling) | _says("qualification", wanted.schooling)
    if wanted.politics:
        asked &= _says("politics", wanted.politics)
    return asked


def _says(column: str, words: str) -> Q:
    """Whether a column holds these words, however marks and capitals are written: "lam ruong" finds "Làm ruộng"."""
    return Q(Contains(Func(F(column), function="bare", output_field=TextField()), plain(words)))


def _moves(wanted: Wanted) -> Q:
    """When she joined the branch that keeps her card, when she left it."""
    rows = Membership.objects.filter(member=OuterRef("pk"), unit=OuterRef("unit"))
    asked = Q()
    if wanted.joined_from or wanted.joined_to:
        asked &= Q(Exists(rows.filter(_between("during__startswith", wanted.joined_from, wanted.joined_to))))
    if wanted.left_from or wanted.left_to:
        asked &= Q(Exists(rows.filter(_between("during__endswith", wanted.left_from, wanted.left_to))))
    return asked


def _between(column: str, first: date | None, last: date | None) -> Q:
    """From one day to another, either may be open."""
    asked = Q(**{f"{column}__gte": first}) if first else Q(**{f"{column}__isnull": False})
    return asked & Q(**{f"{column}__lte": last}) if last else asked


def _home(wanted: Wanted, today: date) -> Q:
    """Her household: how it is called, what it is today."""
    asked = Q(household__plain__contains=plain(wanted.home)) if wanted.home else Q()
    if wanted.homes:
        rows = HouseholdStatus.objects.filter(household=OuterRef("household"), status__in=wanted.homes)
        asked &= Q(Exists(rows.filter(during__contains=today)))
    return asked


def standing_words(members: Iterable[int], today: date) -> dict[int, str]:
    """Member id -> what she is today ("Hội viên, nòng cốt"), one statement for all."""
    rows = Standing.objects.filter(member__in=among(members), during__contains=today).values_list("member_id", "kind")
    said: dict[int, list[str]] = {}
    for member, kind in sorted(rows, key=lambda row: StandingKind.values.index(row[1])):
        said.setdefault(member, []).append(StandingKind(kind).label)
    return {member: ", ".join([kinds[0], *map(_short, kinds[1:])]) for member, kinds in said.items()}


def _short(label: str) -> str:
    """ "Hội viên nòng cốt" after another way of belonging: "nòng cốt"."""
    return label.removeprefix("Hội viên ").lower()


def home_words(households: Iterable[int], today: date) -> dict[int, str]:
    """Household id -> what it is today ("Hộ nghèo"); one statement for all."""
    rows = HouseholdStatus.objects.filter(household__in=among(households), during__contains=today)
    said: dict[int, list[str]] = {}
    for household, status in rows.order_by("pk").values_list("household_id", "status"):
        said.setdefault(household, []).append(Status(status).label)
    return {household: ", ".join(words) for household, words in said.items()}
