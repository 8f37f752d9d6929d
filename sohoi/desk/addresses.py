"""The address of a figure: one way to write it, so that page, paper and test open the same records.

It refuses an address to what nobody may ask about: sensitive measures, and figures that say no number.
"""

from datetime import date
from functools import cache, lru_cache
from urllib.parse import quote_plus, urlencode

from django.urls import get_script_prefix, reverse

from sohoi.figures.read import Figure
from sohoi.reports.sentences import BY_UNITS
from sohoi.reports.table import Address
from sohoi.units.models import View

VIEWS = {"was": View.WAS, "today": View.TODAY}
NAMES = {view.value: name for name, view in VIEWS.items()}


def figure_url(figure: Figure, level: str = "") -> str | None:
    """Where the records behind the figure are listed; `level` narrows them to what that level did itself."""
    if not figure.has_address:
        return None
    first, last, narrowed = figure.period.first, figure.period.last, level or figure.level
    return behind_url(figure.measure.code, figure.unit.code, first, last, NAMES[figure.view], narrowed)


def address_url(at: Address) -> str:
    """The same for the address that stands behind a cell."""
    return behind_url(at.measure, at.unit, at.first, at.last, at.view, at.level)


def behind_url(measure: str, unit: str, first: date, last: date, view: str, level: str = "") -> str:
    """The same from its parts; `view` is "was" or "today". A share of units opens the units with their values."""
    if level == BY_UNITS:
        asked = {"u": unit, "k": "D", "a": first.isoformat(), "z": last.isoformat(), "v": view, "m": measure}
        return f"{reverse('figures')}?{urlencode(asked)}"
    return f"{_page('behind', get_script_prefix())}?m={_quoted(measure)}{_around(unit, first, last, view, level)}"


@lru_cache(maxsize=256)
def _around(unit: str, first: date, last: date, view: str, level: str) -> str:
    """What all figures of a column have in common."""
    narrowed = f"&l={_quoted(level)}" if level else ""
    return f"&u={_quoted(unit)}&a={first.isoformat()}&z={last.isoformat()}&v={_quoted(view)}{narrowed}"


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """As part of an address; a paper has hundreds of figures of one unit."""
    return quote_plus(text)


@cache
def _page(name: str, prefix: str) -> str:
    """Where a page is; `prefix` is what stands before all pages of this server."""
    return reverse(name)
