"""Targets: the resolutions a reader may see, one as a tree with its attainment, one criterion down to its units.

A resolution of a unit above is open too, for the reader's own units only. A sensitive criterion has no page.
"""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from sohoi.desk.addresses import NAMES
from sohoi.desk.asked import Asked, no_longer, review_day
from sohoi.desk.attained import node, nodes, opened, unmet_first
from sohoi.desk.clauses import growth, parts_of, why, year_period
from sohoi.goals.models import Clause, Rank, Resolution, Target
from sohoi.goals.read import Attainment, Review, review, walk
from sohoi.periods import elapsed
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Closure, Level, Unit, View
from sohoi.vietnamese import date as written
from sohoi.vietnamese import decimal

PLAIN = (Rank.BREAKTHROUGH, Rank.KEY_TASK)


def open_to(scope: QuerySet[Unit]) -> QuerySet[Resolution]:
    """Resolutions of units in the scope, and of units above them on any map."""
    binding = Resolution.objects.values("unit")
    above = Closure.objects.filter(descendant__in=scope, ancestor__in=binding).values("ancestor")
    return Resolution.objects.filter(Q(unit__in=scope) | Q(unit__in=above)).select_related("unit")


@right("see")
def listing(request: Visit) -> HttpResponse:
    """The resolutions open to her: her units' own first, then those from above; the newest terms first."""
    today = timezone.localdate()
    rows = list(open_to(request.scope).order_by("-term_first", "title"))
    own = set(request.scope.filter(pk__in=[row.unit_id for row in rows]).values_list("pk", flat=True))
    shown = [(row, row.unit_id in own, _passed(row, today)) for row in rows]
    return render(request, "desk/goals/listing.html", {"rows": sorted(shown, key=lambda row: not row[1])})


def _passed(resolution: Resolution, today: date) -> str:
    """How much of the term has gone by, as a whole percentage for a bar."""
    return decimal(elapsed(resolution.term_first, resolution.term_last, today) * 100, 0)


@right("see")
def one(request: Visit, code: str) -> HttpResponse:
    """A resolution for a unit on a day and a map; `sort=unmet` lists its targets, the unmet first."""
    asked, found = reviewed(request, code)
    tree = nodes(found, found.clauses)
    unmet = request.GET.get("sort") == "unmet"
    plain = [at for at in tree if at.clause.rank in PLAIN]
    context = {
        **_frame(request, found, asked),
        "breakthroughs": [at for at in plain if at.clause.rank == Rank.BREAKTHROUGH],
        "key_tasks": [at for at in plain if at.clause.rank == Rank.KEY_TASK],
        "tree": unmet_first(tree) if unmet else [at for at in tree if at.clause.rank not in PLAIN],
        "unmet_first": unmet,
        "notes": _notes(found),
    }
    return render(request, "desk/goals/goal.html", context, status=asked.status)


def _notes(found: Review) -> list[tuple[str, list[Clause]]]:
    """What the software set in place of the resolution: each reason once, with the clauses it is the reason of."""
    reasons: dict[str, list[Clause]] = {}
    for at in walk(found.clauses):
        if at.clause.note and at.clause.rank not in PLAIN:
            reasons.setdefault(at.clause.note, []).append(at.clause)
    return list(reasons.items())


@right("see")
def clause(request: Visit, code: str, clause: str) -> HttpResponse:
    """One criterion: its result and goal, its growth, the units that made it up and what is missing."""
    asked, found = reviewed(request, code)
    line = _lineage(found.clauses, clause)
    if not line or line[-1].clause.measure is None or line[-1].clause.measure.sensitive:
        raise Http404
    one = line[-1]
    year, period = year_period(one, request.GET.get("nam", ""), found.period)
    parts = parts_of(found, one.clause, period, request.scope, timezone.localdate())
    context = {
        **_frame(request, found, asked),
        "node": node(found, one),
        "opened": opened(found, one),
        "above": line[:-1],
        "growth": growth(found, one),
        "why": why(found, one, parts),
        "parts": parts,
        "has_goals": parts is not None and any(part.goal for part in parts.parts),
        "year": year,
        "period": period,
        "branch_level": Level.BRANCH,
        "level_words": Level(one.clause.level).label.lower() if one.clause.level else "",
    }
    return render(request, "desk/goals/clause.html", context, status=asked.status)


def reviewed(request: Visit, code: str) -> tuple[Asked, Review]:
    """The review that the address asks for: unit, day and map; 404 outside the scope."""
    resolution = get_object_or_404(open_to(request.scope), code=code)
    asked = Asked(request.GET)
    unit = asked.unit("unit", request.scope, highest(resolution, request.scope))
    bound = Closure.objects.filter(ancestor=resolution.unit, descendant=unit)
    if not bound.exists():
        raise Http404
    on = asked.day("on", review_day(resolution, timezone.localdate()))
    return asked, review(resolution, on, unit, asked.view("view"))


def highest(resolution: Resolution, scope: QuerySet[Unit]) -> Unit:
    """The resolution's unit when it is in the scope, else the highest unit of the scope that it binds."""
    bound = Closure.objects.filter(ancestor=resolution.unit, descendant__in=scope).values("descendant")
    for level in Level.values:
        found = Unit.objects.filter(pk__in=bound, level=level).order_by("plain", "pk").first()
        if found is not None:
            return found
    raise Http404


def _lineage(tree: tuple[Attainment, ...], code: str) -> list[Attainment]:
    """The clauses from the top down to the one with this code; empty when there is none."""
    for top in tree:
        if top.clause.code == code:
            return [top]
        below = _lineage(top.children, code)
        if below:
            return [top, *below]
    return []


def _frame(request: Visit, found: Review, asked: Asked) -> dict[str, object]:
    """What both pages show on top: unit, day, map, and the units to choose from."""
    given = Target.objects.filter(clause__resolution=found.resolution, unit__in=request.scope).values("unit")
    units = Unit.objects.filter(Q(pk__in=given) | Q(pk=found.unit.pk)).order_by("plain", "pk")
    today = timezone.localdate()
    days = [("Hôm nay", today)] if today <= found.resolution.term_last else []
    if found.resolution.cut_off:
        days.append((f"Ngày chốt {written(found.resolution.cut_off)}", found.resolution.cut_off))
    if found.resolution.term_last <= today:
        days.append(("Cuối nhiệm kỳ", found.resolution.term_last))
    keep = {key: request.GET[key] for key in ("sort", "nam") if key in request.GET}
    return {
        "found": found,
        "given": any(at.goal is not None for at in walk(found.clauses)),
        "resolution": found.resolution,
        "unit": found.unit,
        "units": units,
        "on": found.on,
        "view": NAMES[found.view],
        "heirs": no_longer(found.unit, found.view),
        "view_words": View(found.view).label,
        "days": days,
        "keep": [("unit", found.unit.code), ("view", NAMES[found.view]), *keep.items()],
        "problems": asked.problems,
    }
