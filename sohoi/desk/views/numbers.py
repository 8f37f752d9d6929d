"""Sổ văn bản đi: the numbers a unit gave to its papers in a year; which units of hers keep such a register."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sohoi.desk.asked import EARLIEST, LATEST, Asked
from sohoi.desk.shell import held
from sohoi.reports.models import DocumentNumber, DocumentType
from sohoi.reports.read.numbers import numbers, registers, years
from sohoi.rights.marks import Visit, right
from sohoi.units.models import Unit

A_PAGE, OTHERS = 50, 100


@dataclass(frozen=True)
class Line:
    """One number as the page shows it."""

    row: DocumentNumber

    @property
    def type(self) -> str:
        """The type in words."""
        return DocumentType(self.row.type).label


@require_safe
@right("see")
def register(request: Visit) -> HttpResponse:
    """The register of one unit and year (`unit`, `y`): the unit of her office and this year when nothing is asked."""
    asked = Asked(request.GET)
    unit = asked.unit("unit", request.scope, _own(request))
    year = _year(asked)
    page = Paginator(numbers(unit, year), A_PAGE).get_page(asked.page())
    others = [row for row in registers(request.scope, year)[: OTHERS + 1] if row["unit__code"] != unit.code]
    context = {
        "unit": unit, "year": year, "years": sorted({*years(unit), year, timezone.localdate().year}, reverse=True),
        "page": page, "lines": [Line(row) for row in page.object_list], "problems": asked.problems,
        "others": others[:OTHERS], "more": len(others) > OTHERS,
    }  # fmt: skip
    return render(request, "desk/numbers/register.html", context, status=asked.status)


def _own(request: Visit) -> Unit:
    """The unit of the first office that lets her see figures."""
    mine = {office.unit_id: office.unit for office in held(request)}
    found = request.scope.filter(pk__in=mine).order_by("pk").first()
    return found or next(iter(mine.values()))


def _year(asked: Asked) -> int:
    """The year that was asked for; this one when it cannot be read, which is said."""
    text, this = asked.given.get("y", ""), timezone.localdate().year
    if not text:
        return this
    if text.isdecimal() and text.isascii() and len(text) == 4 and EARLIEST.year <= int(text) <= LATEST.year:
        return int(text)
    asked.problems.append(f"Không đọc được năm “{text[:10]}”. Đang hiện sổ năm {this}.")
    return this
