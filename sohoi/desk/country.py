"""The map of the 34 provinces: which shape belongs to which row, and the five tones of a measure's figures.

The drawing is a vendored file (docs/vendored.md); it always shows Hoàng Sa and Trường Sa. Colour is never alone:
every tone has its words in the legend, and the table beside says the same.
"""

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from sohoi.desk.charts import class_of, quantiles
from sohoi.desk.grid import Grid, Row
from sohoi.figures.read import NUMBER, ZERO, Figure
from sohoi.ledger.amounts import written
from sohoi.ledger.models import Measure
from sohoi.units.models import Level

TONES = 5
FILE = Path(__file__).parent / "static" / "desk" / "map" / "provinces.json"


@cache
def drawing() -> dict[str, Any]:
    """The shapes, the frames of the two archipelagos, the view box and the credit that must be printed."""
    return json.loads(FILE.read_text("utf-8"))


@dataclass(frozen=True)
class Shape:
    """A province as drawn: its row, its tone's class, and what is said of it."""

    row: Row
    path: str
    tone: str
    says: str


@dataclass(frozen=True)
class Tone:
    """A line of the legend."""

    tone: str
    words: str


@dataclass(frozen=True)
class Country:
    """The whole map for one measure."""

    measure: Measure
    shapes: tuple[Shape, ...]
    legend: tuple[Tone, ...]
    islands: list[dict[str, Any]]
    view_box: str
    credit: str


def country(table: Grid) -> Country | None:
    """The map of the first measure when the rows are just today's provinces, else None."""
    rows = {row.unit.state_code: row for row in table.children if row.unit and row.unit.level == Level.PROVINCE}
    shapes = {shape["code"]: shape["path"] for shape in drawing()["provinces"]}
    if len(rows) != len(table.children) or set(rows) != set(shapes):
        return None
    figures = {code: row.cells[0].figure for code, row in rows.items()}
    ends = quantiles([Fraction(f.value or 0) for f in figures.values() if f.state == NUMBER], TONES)
    drawn = tuple(
        Shape(row, shapes[code], _tone(figures[code], ends), f"{row.label}: {_said(figures[code])}")
        for code, row in rows.items()
    )
    legend = _legend(table.measures[0], list(figures.values()), ends)
    return Country(table.measures[0], drawn, legend, drawing()["islands"], drawing()["viewBox"], drawing()["credit"])


def _tone(figure: Figure, ends: list[Fraction]) -> str:
    """The class of a shape: tone-1 (least) to tone-5, tone-zero, tone-none."""
    if figure.state == NUMBER:
        return f"tone-{class_of(Fraction(figure.value or 0), ends)}"
    return "tone-zero" if figure.state == ZERO else "tone-none"


def _said(figure: Figure) -> str:
    """The figure with what it counts."""
    bare = figure.value is None or figure.measure.count in ("%", "đồng")
    return figure.text if bare else f"{figure.text} {figure.measure.count}"


def _legend(measure: Measure, figures: list[Figure], ends: list[Fraction]) -> tuple[Tone, ...]:
    """What each tone means, from the figures that stand in it; then zero and not reported, when there are any."""
    groups: dict[int, list[Fraction]] = {}
    for figure in figures:
        if figure.state == NUMBER:
            value = Fraction(figure.value or 0)
            groups.setdefault(class_of(value, ends), []).append(value)
    lines = [Tone(f"tone-{at}", _range(measure, min(values), max(values))) for at, values in sorted(groups.items())]
    states = {figure.state for figure in figures}
    if ZERO in states:
        lines.append(Tone("tone-zero", "0: đã xác nhận là không có"))
    if states - {NUMBER, ZERO}:
        lines.append(Tone("tone-none", "chưa báo cáo"))
    return tuple(lines)


def _range(measure: Measure, least: Fraction, most: Fraction) -> str:
    """ "5 đến 12", or one number when both are the same."""
    low, high = written(measure, least), written(measure, most)
    return low if low == high else f"{low} đến {high}"
