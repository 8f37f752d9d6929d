"""The geometry of charts: exact numbers in, SVG attributes out. It draws nothing and knows no page.

Widths and places across are percentages, so a chart fits a telephone and a desk alike and its letters keep
their size; heights are pixels. Every scale begins at zero; a target is a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

HEIGHT, HEAD, FOOT = 200, 26, 24  # pixels of the whole chart, above the tallest column, below the columns
GAP = Fraction(1, 4)  # of a column's place
WIDEST = Fraction(12, 100)  # of the chart: two years are two columns, not two walls


@dataclass(frozen=True)
class Bar:
    """One bar across: how far it reaches and where the target's line stands, in "41.82%"."""

    width: str
    goal: str = ""


@dataclass(frozen=True)
class Point:
    """What a column shows; `value` is None where nothing was told. Only points with a tick get a name below."""

    label: str
    value: Fraction | None
    text: str
    tick: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its place, and the middle of it for the letters."""

    point: Point
    x: str
    width: str
    middle: str
    y: int
    height: int
    named: bool


@dataclass(frozen=True)
class Columns:
    """A chart of columns; `goal_y` is the height of the target's line, None without a target."""

    columns: tuple[Column, ...]
    goal_y: int | None
    height: int = HEIGHT
    floor: int = HEIGHT - FOOT


def percent(share: Fraction) -> str:
    """A share of the whole as an SVG length with two decimals, between nought and all."""
    hundredths = round(min(max(share, Fraction(0)), Fraction(1)) * 10_000)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def bar(value: Fraction | int | None, goal: Fraction | int | None = None, most: Fraction | int | None = None) -> Bar:
    """A bar from zero on a scale that ends at the largest of value, goal and `most`."""
    reach = Fraction(value or 0)
    whole = max(reach, Fraction(goal or 0), Fraction(most or 0))
    if whole <= 0:
        return Bar("0.00%")
    return Bar(percent(reach / whole), percent(Fraction(goal) / whole) if goal else "")


def columns(points: Sequence[Point], goal: Fraction | None = None, *, named: Sequence[int] = ()) -> Columns:
    """Columns side by side; `named` are the places (negative from the end) whose value stands above them."""
    values = [max(point.value or Fraction(0), Fraction(0)) for point in points]
    whole = max([*values, goal or Fraction(0)], default=Fraction(0))
    room = HEIGHT - HEAD - FOOT
    step = Fraction(1, len(points)) if points else Fraction(1)
    speaking = {place % len(points) for place in named} if points else set()
    drawn = []
    for place, (point, value) in enumerate(zip(points, values, strict=True)):
        tall = round(value / whole * room) if whole else 0
        wide = min(step * (1 - GAP), WIDEST)
        left = place * step + (step - wide) / 2
        drawn.append(
            Column(point, percent(left), percent(wide), percent((place + Fraction(1, 2)) * step),
                   HEIGHT - FOOT - tall, tall, place in speaking)
        )  # fmt: skip
    line = HEIGHT - FOOT - round(goal / whole * room) if goal else None
    return Columns(tuple(drawn), line)


def quantiles(values: Sequence[Fraction], classes: int) -> list[Fraction]:
    """The upper ends of at most `classes` groups with about as many values in each; the last is the largest."""
    ordered = sorted(values)
    ends = [ordered[len(ordered) * at // classes - 1] for at in range(1, classes + 1) if len(ordered) * at >= classes]
    return sorted(set(ends))


def class_of(value: Fraction, ends: Sequence[Fraction]) -> int:
    """The number, from 1, of the group that a value falls into."""
    return next((at for at, end in enumerate(ends, start=1) if value <= end), len(ends))
