"""Papers and the codes on them: the review of a resolution on a form, what a code printed on paper opens."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from sohoi.goals.models import Resolution
from sohoi.goals.read import assigned, resolutions, review
from sohoi.ledger.known import all_measures
from sohoi.ledger.models import Measure
from sohoi.periods import month_first, month_index, month_last
from sohoi.refusal import Refusal
from sohoi.reports.codes import clean, known
from sohoi.reports.forms import Form, form_named, forms
from sohoi.reports.models import FigureCode
from sohoi.reports.read.asked import final_review_months
from sohoi.reports.read.wanted import by_units, term_figures, wanted_measures
from sohoi.reports.review import Writer
from sohoi.reports.sentences import BY_UNITS, VIEWS, Link, Pen
from sohoi.reports.table import Address, Cell, Paper
from sohoi.units.models import Level, Unit, View
from sohoi.units.read import find, path
from sohoi.vietnamese import date as say_date

LEVELS = {level.value: f" (riêng {level.label.lower()})" for level in Level} | {BY_UNITS: " (chia theo đơn vị)"}
NO_BREAK = "\u00a0"
TYPES = (
    "Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Huyện", "Quận", "Phường", "Xã",
)  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A form that can be written for a unit now: its resolution, and the day proposed."""

    form: Form
    resolution: Resolution
    on: date


def offers(scope: QuerySet[Unit], today: date) -> list[Offer]:
    """Which papers can be written for the units in the scope; one per form and resolution. The review of a term is
    offered in its last months alone, as many as the regime says."""
    found = list(resolutions(scope.values_list("pk", flat=True), today))
    months = final_review_months((r.unit_id for r in found), today)
    return [
        Offer(form, r, min((r.term_last if form.final else r.cut_off) or today, today))
        for form in forms().values()
        for r in found
        if form.fits(r.term_first, r.term_last)
        and (not form.final or today >= months_before(r.term_last, months[r.unit_id]))
    ]


def months_before(last: date, months: int) -> date:
    """The first of the last so many months that end on a day: three before 30 June begin on 1 April."""
    end = last + timedelta(days=1)
    begin = month_first(month_index(end) - months)
    return begin.replace(day=min(end.day, month_last(month_index(begin)).day))


def resolution_of(unit: Unit, on: date | None) -> Resolution:
    """The unit's resolution in force on a day, its newest without one; Refusal when it has none."""
    for found in resolutions([unit.pk], on or date.max):
        if on is None or found.term_last >= on:
            return found
    raise Refusal(f"{unit.name} không có nghị quyết nào đang thực hiện. Nạp nghị quyết bằng lệnh loadresolution trước.")


def review_paper(
    resolution: Resolution, on: date, view: int = View.WAS, *, form: str = "giua-nhiem-ky", link: Link | None = None
) -> Paper:
    """The sơ kết of a resolution on a day: every figure computed, each with its code (and link on a page)."""
    chosen = form_named(form)
    seen = review(resolution, on, view=view)
    pen = Pen(resolution.leading_zeros, link)
    others = tuple(review(one, on, resolution.unit, view) for one in assigned(resolution.unit, on))
    figures = term_figures(wanted_measures(chosen, seen), seen)
    writer = Writer(chosen, seen, pen, figures, others, by_units(chosen, seen))
    body = tuple(writer.blocks())
    unit = resolution.unit
    return Paper(
        title_lines=chosen.title,
        subject=chosen.subject.replace("{resolution}", _kept_together(resolution.title, short_name(unit))),
        issuer_above=above_of(unit, on),
        issuer=unit.full_name.upper(),
        number=chosen.number,
        place=short_name(unit),
        day=on,
        body=body,
        signer_title=chosen.signer_title,
        signer_name="",
        recipients=chosen.recipients,
        codes=tuple(_codes(cell for block in body for cell in block.cells)),
    )


def above_of(unit: Unit, on: date) -> str:
    """The superior body on that day, in capitals."""
    above = [u for u in path(unit, on) if u.pk != unit.pk]
    return above[-1].full_name.upper() if above else ""


def short_name(unit: Unit) -> str:
    """The name of the place without its type: Mỹ Xuyên, Quận 1 (a number keeps its type)."""
    if unit.level == Level.CENTRE:
        return "Hà Nội"
    for word in TYPES:
        rest = unit.name.removeprefix(f"{word} ")
        if rest != unit.name:
            return unit.name if rest.isdigit() else rest
    return unit.name


def _kept_together(title: str, name: str) -> str:
    """No line ends inside the name of the place or inside "2021 - 2026"."""
    glued = title.replace(name, name.replace(" ", NO_BREAK))
    return re.sub(r"(\d{4}) - (\d{4})", rf"\1{NO_BREAK}-{NO_BREAK}\2", glued)


def _codes(cells: Iterable[Cell]) -> Iterable[tuple[str, str]]:
    """(code, what it shows) for the annex, each code once, in the order of the paper."""
    shown: dict[str, str] = {}
    measures, told = all_measures(), list(cells)
    wholes = {cell.code: f": {cell.whole}" for cell in told if cell.whole}
    for cell in told:
        if cell.code and cell.address and cell.code not in shown:
            a = cell.address
            view = View.WAS.label if a.view == VIEWS[View.WAS] else View.TODAY.label
            level, whole = LEVELS.get(a.level, ""), wholes.get(cell.code, "")
            shown[cell.code] = (
                f"{measures[a.measure].label}{level}, từ {say_date(a.first)} đến {say_date(a.last)}, {view}{whole}"
            )
    return shown.items()


def address_of(code: str) -> FigureCode | None:
    """What a code printed on paper opens; None for a code that was never printed."""
    return known([clean(code)]).get(clean(code))


def figure_behind(address: Address) -> tuple[Measure, Unit]:
    """The measure and unit of an address; Refusal when one is not known here."""
    measure = all_measures().get(address.measure)
    if measure is None:
        raise Refusal(f"Không có đầu số liệu “{address.measure}”.")
    return measure, find(address.unit, address.last)
