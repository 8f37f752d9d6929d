"""Figures: a table of units and measures for any period and map, its chart and map, and the records behind a number.

All is asked within the reader's scope. Sensitive measures are not offered here, and have no records for anyone.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from sohoi.desk import choosing, workbook
from sohoi.desk.addresses import NAMES, address_url, figure_url
from sohoi.desk.asked import DAYS, Asked, asked_code, no_longer
from sohoi.desk.country import country
from sohoi.desk.covered import cover
from sohoi.desk.grid import Grid, chart, grid, most_told
from sohoi.desk.origins import MOST_LISTED, Origin, amounts, origin, places
from sohoi.desk.searching import find
from sohoi.desk.shell import held
from sohoi.desk.words import name_women
from sohoi.figures.breakdown import breakdown
from sohoi.figures.read import figure as figure_of
from sohoi.figures.read import figures_of
from sohoi.ledger.models import Measure
from sohoi.periods import Period
from sohoi.reports.explain import tell
from sohoi.reports.read.comparisons import comparisons
from sohoi.reports.sentences import Pen, address_of
from sohoi.reports.table import Cell, Piece
from sohoi.rights.marks import Visit, right
from sohoi.rights.may import scope
from sohoi.units.models import Level, Unit, View
from sohoi.units.read import path
from sohoi.vietnamese import date as written

A_PAGE = 50
FIRST_SHOWN = 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Wanted:
    """One table, as its address asks for it."""

    asked: Asked
    unit: Unit
    measures: list[Measure]
    kind: str
    period: Period
    view: int
    grid: Grid | None


def wanted(request: Visit) -> Wanted:
    """Read the address: `m` measures, `u` unit, `k` `y` or `a` `z` the period, `v` the map."""
    asked = Asked(request.GET)
    unit = asked.unit("u", request.scope, own_unit(request))
    kind, period = asked.period()
    view = asked.view("v")
    measures = choosing.chosen(request.GET.getlist("m"))
    if not measures:
        said = figures_of([unit], list(choosing.open_measures()), period, view)
        measures = most_told(list(said.values()), FIRST_SHOWN)
    if len(measures) > choosing.MOST_MEASURES:
        asked.problems.append(
            f"Một bảng xem được {choosing.MOST_MEASURES} đầu số liệu. Bỏ bớt {len(measures) - choosing.MOST_MEASURES}."
        )
        measures = measures[: choosing.MOST_MEASURES]
    table = None
    if measures:
        parts = breakdown(unit, measures, period, view, timezone.localdate())
        table = grid(unit, measures, parts, period, request.scope)
    return Wanted(asked, unit, measures, kind, period, view, table)


def own_unit(request: Visit) -> Unit:
    """The unit of her first office that may see figures."""
    reached = request.scope.filter(pk__in=[office.unit_id for office in held(request)])
    unit = reached.order_by("pk").first()
    if unit is None:
        raise Http404
    return unit


@right("see")
def table(request: Visit) -> HttpResponse:
    """The table with its chart and, for today's provinces, the map."""
    words = request.GET.get("tim", "").strip()
    if request.headers.get("HX-Request"):
        return render(request, "desk/figures/found.html", {"found": find(request.scope, words), "tim": words})
    want = wanted(request)
    bars, left = chart(want.grid) if want.grid else ([], 0)
    context = {
        "want": want,
        "tim": words,
        "found": find(request.scope, words) if words else None,
        "view_words": View(want.view).label,
        "silent": want.grid.silent if want.grid else 0,
        "problems": want.asked.problems,
        "rooms": choosing.rooms(choosing.open_measures(), want.measures),
        "near": choosing.near(want.unit, path(want.unit, min(want.period.last, timezone.localdate())), request.scope),
        "periods": choosing.periods(),
        "view": NAMES[want.view],
        "unit": want.unit,
        "heirs": no_longer(want.unit, want.view),
        "bars": bars,
        "left": left,
        "country": country(want.grid) if want.grid else None,
        "whole": len(want.grid.children) if want.grid else 0,
        "branch": want.unit.level == Level.BRANCH,
    }
    return render(request, "desk/figures/table.html", context, status=want.asked.status)


@right("see")
def file(request: Visit) -> HttpResponse:
    """The same table as an Excel file."""
    want = wanted(request)
    if want.grid is None:
        raise Http404
    heading = [f"Số liệu của {want.unit.full_name}", want.period.name, View(want.view).label.capitalize()]
    now = timezone.localtime()
    taken = f"{request.user} xuất lúc {now:%H:%M} ngày {written(now.date())} từ Sổ Hội."
    response = HttpResponse(workbook.write(want.grid, heading, taken), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="so-lieu-{want.period.first}-{want.period.last}.xlsx"'
    return response


@right("see")
def behind(request: Visit) -> HttpResponse:
    """What a figure is, and the records whose lines make it up: `m`, `u`, `a`, `z`, `v`, perhaps `l`."""
    measure = get_object_or_404(choosing.open_measures(), code=asked_code(request.GET.get("m", "")))
    asked = Asked(request.GET)
    unit = get_object_or_404(request.scope, code=asked_code(request.GET.get("u", "")))
    period = asked.span()
    level = request.GET.get("l", "")
    if level and level not in Level.values:
        raise Http404
    view = asked.view("v")
    readable = scope(request.user, "read")
    found = origin(measure, unit, period, view, level, readable)
    page = Paginator(found.records, A_PAGE).get_page(asked.page())
    rows = name_women(page.object_list, readable)
    covered = cover(measure, rows, scope(request.user, "reveal"))
    page.object_list = _with_amounts(found, rows)
    context = {
        "found": found,
        "said": _said(measure, unit, period, view, level),
        "measure": measure,
        "unit": unit,
        "period": period,
        "view": View(view).label,
        "level": Level(level).label.lower() if level else "",
        "take": choosing.taken(measure),
        "page": page,
        "covered": covered,
        "parts": _parts(measure, unit, period, view),
        "problems": asked.problems,
        "most": MOST_LISTED if found.all >= MOST_LISTED else None,
        "may_read": readable.exists(),
        "table": _table_url(measure, unit, period, view),
    }
    return render(request, "desk/figures/behind.html", context, status=asked.status)


def _said(measure: Measure, unit: Unit, period: Period, view: int, level: str) -> list[Piece]:
    """The figure in a sentence, every other number in it with its own address."""
    told = comparisons(unit, [measure], period, view, timezone.localdate(), level=level)[measure.pk]
    here = address_of(told.figure)
    pieces = tell(told, Pen(link=address_url))
    return [one._replace(url=None) if isinstance(one, Cell) and one.address == here else one for one in pieces]


def _table_url(measure: Measure, unit: Unit, period: Period, view: int) -> str:
    """The table that takes the figure apart by units."""
    days = {"k": DAYS, "a": period.first.isoformat(), "z": period.last.isoformat()}
    return f"{reverse('figures')}?{urlencode({'u': unit.code, 'm': measure.code, **days, 'v': NAMES[view]})}"


def _with_amounts(found: Origin, page: list) -> list:
    """Records of one page with what each adds to the figure, and where its branch stood."""
    told, stood = amounts(found.figure.measure, page, found.figure.period), places(page)
    return [(record, told.get(record.pk, 0), stood.get(record.pk, "")) for record in page]


def _parts(measure: Measure, unit: Unit, period: Period, view: int) -> list[tuple[str, object, str | None]]:
    """A ratio's numerator and denominator with their own addresses; none for other measures."""
    if measure.over is None or measure.under is None:
        return []
    both = [("Tử số", measure.over), ("Mẫu số", measure.under)]
    said = [(name, figure_of(part, unit, period, view)) for name, part in both]
    return [(name, figure, figure_url(figure)) for name, figure in said]
