"""The pictures of a list of women: how old they are, and how many the unit has had at the end of each month."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sohoi.desk.charts import Bar, Columns, Point, bar, columns
from sohoi.figures.series import balances
from sohoi.ledger.known import all_measures
from sohoi.people.models.members import MemberSet
from sohoi.people.read.lists import by_age
from sohoi.units.models import Unit
from sohoi.vietnamese import number, percent

COUNTED, MONTHS = "registered-members", 24


@dataclass(frozen=True)
class Band:
    """One band of ages: how many, which share of all, and its bar."""

    label: str
    count: int
    share: str
    bar: Bar


@dataclass(frozen=True)
class Growth:
    """Members at the end of each month, as a chart and as rows of a table: (month, how many, how many more)."""

    chart: Columns
    rows: list[tuple[str, str, str]]


def ages(rows: MemberSet, today: date) -> list[Band]:
    """The list by age, the oldest on top; nothing when nobody is on it."""
    found = by_age(rows, today)
    whole, most = sum(count for _, count in found), max((count for _, count in found), default=0)
    if not whole:
        return []
    return [Band(label, count, percent(Fraction(count, whole), 1), bar(count, most=most)) for label, count in found]


def growth(unit: Unit, today: date) -> Growth | None:
    """The unit's members month by month on today's map; none before anybody was told."""
    measure = all_measures().get(COUNTED)
    stood = balances(measure, unit, today, MONTHS) if measure else []
    if not any(many for _, many in stood):
        return None
    points = [
        Point(_month(day), Fraction(many), number(many), str(day.year) if _named(day, at) else "")
        for at, (day, many) in enumerate(stood)
    ]
    before = [many for _, many in stood]
    rows = [
        (_month(day), number(many), _more(many - before[at - 1]) if at else "") for at, (day, many) in enumerate(stood)
    ]
    return Growth(columns(points, named=[0, -1]), rows[::-1])


def _named(day: date, at: int) -> bool:
    """Whether the year stands under this month: under each January, and first, unless January is too near for both."""
    return day.month == 1 or (at == 0 and day.month < 9)


def _month(day: date) -> str:
    return f"{day.month:02d}/{day.year}" if day.month < 3 else f"{day.month}/{day.year}"


def _more(many: int) -> str:
    """+12, −3 or 0: what changed in the month."""
    if many < 0:
        return f"−{number(-many)}"
    return f"+{number(many)}" if many else "0"
