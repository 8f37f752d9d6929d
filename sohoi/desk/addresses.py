"""The address of a figure: one way to write it, so that page, paper and test open the same records.

It refuses an address to what nobody may ask about: sensitive measures, and figures that say no number.
"""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from sohoi.figures.read import Figure
from sohoi.goals.models import Clause, Shape
from sohoi.units.models import View

VIEWS = {"was": View.WAS, "today": View.TODAY}
NAMES = {view.value: name for name, view in VIEWS.items()}


def figure_url(figure: Figure, level: str = "") -> str | None:
    """Where the records behind the figure are listed; `level` when it counts only what that level did itself."""
    if not figure.has_address:
        return None
    period = figure.period
    return behind_url(figure.measure.code, figure.unit.code, period.first, period.last, NAMES[figure.view], level)


def behind_url(measure: str, unit: str, first: date, last: date, view: str, level: str = "") -> str:
    """The same from its parts; `view` is "was" or "today"."""
    asked = {"m": measure, "u": unit, "a": first.isoformat(), "z": last.isoformat(), "v": view}
    if level:
        asked["l"] = level
    return f"{reverse('behind')}?{urlencode(asked)}"


def result_url(clause: Clause, figure: Figure) -> str | None:
    """The records behind a criterion's result: only those of its own level when it asks for one."""
    return figure_url(figure, clause.level if clause.shape == Shape.TOTAL else "")
