"""The units on any day: the tree from the reader's own units, a search, one unit with its past and its heirs.

Only units of the reader's scope are opened; names beyond it (what a unit came out of) are said without a link.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sohoi.desk.asked import Asked, asked_code
from sohoi.desk.searching import MOST_FOUND, by_name, find, twins
from sohoi.figures.declared import compared
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import may
from sohoi.units.models import Act, Placement, Unit
from sohoi.units.read import Change, children_today, forebears, paths, place, successors
from sohoi.vietnamese import date as written


@dataclass(frozen=True)
class Branch:
    """A line of the tree: a unit under its name of the day, and how many stand directly under it.

    `open` when this reader may open it: on a past day a unit may stand here whose heirs are elsewhere today.
    """

    unit: Unit
    name: str
    below: int
    open: bool
    note: str


@dataclass(frozen=True)
class Turn:
    """A change on the unit's page; `act` in words; `open` when this reader may open the other unit."""

    change: Change
    act: str
    open: bool


@right("see")
def tree(request: Visit) -> HttpResponse:
    """The tree on a day. `nhanh` asks for the children of one unit only, `q` for units by name."""
    asked = Asked(request.GET)
    today = timezone.localdate()
    on = asked.day("on", today)
    if request.GET.get("nhanh"):
        unit = get_object_or_404(request.scope, code=asked_code(request.GET["nhanh"]))
        return render(request, "desk/units/branches.html", {"branches": below(unit, on, request.scope), "on": on})
    words = request.GET.get("q", "").strip()
    context = {
        "on": on,
        "problems": asked.problems,
        "q": words,
        "found": find(request.scope, words) if words else None,
        "most": MOST_FOUND,
        "most_slice": f":{MOST_FOUND}",
        "days": _days(today),
        "keep": [("q", words)] if words else [],
        **_shown(request.scope, on, words),
    }
    return render(request, "desk/units/tree.html", context, status=asked.status)


def _shown(scope: QuerySet[Unit], on: date, words: str) -> dict[str, object]:
    """The roots of the tree; a single one is opened at once. Nothing while a search is shown."""
    if words:
        return {"branches": None}
    tops = roots(scope, on)
    if len(tops) != 1:
        return {"branches": tops}
    return {"top": tops[0], "branches": below(tops[0].unit, on, scope)}


def _days(today: date) -> list[tuple[str, date]]:
    """Days near at hand: today, and the day before the map last changed by an act."""
    act = Act.objects.filter(day__lte=today).order_by("-day", "pk").first()
    before = act.day - timedelta(days=1) if act else None
    return [("Hôm nay", today)] + ([(written(before), before)] if before else [])


def roots(scope: QuerySet[Unit], on: date) -> list[Branch]:
    """The highest units of the scope on that day: those whose parent is not in it."""
    rows = Placement.objects.filter(during__contains=on, unit__in=scope).exclude(parent__in=scope)
    return _branches(rows.select_related("unit"), on, scope)


def below(unit: Unit, on: date, scope: QuerySet[Unit]) -> list[Branch]:
    """The units directly under one on that day."""
    return _branches(children_today(unit, on), on, scope)


def _branches(rows: Iterable[Placement], on: date, scope: QuerySet[Unit]) -> list[Branch]:
    """Lines of the tree with the number of units under each, in a fixed number of statements."""
    rows = sorted(rows, key=lambda row: by_name(row.name))
    ids = [row.unit_id for row in rows]
    counted = Placement.objects.filter(during__contains=on, parent__in=ids)
    numbers = dict(counted.values_list("parent_id").annotate(Count("pk")))
    opened = set(scope.filter(pk__in=ids).values_list("pk", flat=True))
    words = twins((row.name, row.unit) for row in rows)
    return [
        Branch(row.unit, row.name, numbers.get(row.unit_id, 0), row.unit_id in opened, words.get(row.unit_id, ""))
        for row in rows
    ]


@right("see")
def one(request: Visit, code: str) -> HttpResponse:
    """One unit on a day: its name, place and children then; what it came out of and went into."""
    unit = get_object_or_404(request.scope, code=asked_code(code))
    asked, today = Asked(request.GET), timezone.localdate()
    placements = list(Placement.objects.filter(unit=unit).select_related("parent").order_by("during"))
    on = asked.day("on", _last_day(placements))
    stood = place(unit, on)
    before, after = forebears(unit), successors(unit)
    above = paths([unit.pk], on).get(unit.pk, [])
    others = [change.unit.pk for change in (*before, *after)] + [u.pk for u in above]
    opened = set(request.scope.filter(pk__in=others).values_list("pk", flat=True))
    context = {
        "unit": unit,
        "on": on,
        "stood": stood,
        "path": [(up, up.pk in opened) for up in above[:-1]],
        "branches": below(unit, on, request.scope) if stood else [],
        "first": placements[0].during.lower if placements else None,
        "last": _ended(placements),
        "before": turns(before, opened),
        "after": turns(after, opened),
        "days": _days(today),
        "problems": asked.problems,
        "compared": compared(unit, on) if stood else None,
        "may_people": bool(stood) and may(request.user, "people", unit),
        "may_give": bool(stood) and may(request.user, "offices", unit),
    }
    return render(request, "desk/units/unit.html", context, status=asked.status)


def turns(changes: list[Change], opened: set[int]) -> list[Turn]:
    """Changes with the title of their acts; an act known only by its day has no number to print."""
    titles = dict(Act.objects.filter(number__in={c.act for c in changes}).values_list("number", "title"))
    words = {c.act: titles[c.act] if c.act == c.day.isoformat() else f"{titles[c.act]}, số {c.act}" for c in changes}
    return [Turn(change, words[change.act], change.unit.pk in opened) for change in changes]


def _ended(placements: list[Placement]) -> date | None:
    """The last day of a unit that has ended or will end."""
    upper = placements[-1].during.upper if placements else None
    return upper - timedelta(days=1) if upper else None


def _last_day(placements: list[Placement]) -> date:
    """Today, or the last day of a unit that has ended."""
    return min(timezone.localdate(), _ended(placements) or date.max)
