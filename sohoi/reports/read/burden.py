"""What a form asks: how many boxes people fill in by hand, of how many units, how often in a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from sohoi.reports.regular import PERIODS, RegularForm
from sohoi.units.models import Closure, Unit, View
from sohoi.vietnamese import number


@dataclass(frozen=True)
class Burden:
    """A form's cost in a year."""

    written: int
    computed: int
    units: int
    times: int

    @property
    def boxes(self) -> int:
        """Boxes written by hand in a year, all units together."""
        return self.written * self.units * self.times

    @property
    def sentence(self) -> str:
        """As whoever issues the form reads it."""
        often = f"{number(self.times)} lần mỗi năm" if self.times else "mỗi lần được yêu cầu"
        year = f" Cả năm: {number(self.boxes)} mục phải viết." if self.times else ""
        return (
            f"Mỗi đơn vị viết {number(self.written)} mục chữ, {number(self.computed)} ô số tự điền; "
            f"{number(self.units)} đơn vị, {often}.{year}"
        )


def burden(form: RegularForm, unit: Unit, on: date) -> Burden:
    """What the form asks of the units at or under one, as the map of a day is."""
    return burdens([form], unit, on)[0]


def burdens(forms: Iterable[RegularForm], unit: Unit, on: date) -> list[Burden]:
    """The cost of each form, in one statement for all of them."""
    rows = Closure.objects.filter(view=View.WAS, ancestor=unit, since__lte=on, until__gt=on)
    there: dict[str, int] = dict(rows.values_list("descendant__level").annotate(Count("descendant", distinct=True)))
    return [_burden(form, there) for form in forms]


def _burden(form: RegularForm, there: dict[str, int]) -> Burden:
    """One form's cost; `there`: how many units each level has."""
    computed = sum(len(grid.columns) * sum(bool(row.measure) for row in grid.rows) for grid in form.grids)
    units = sum(there.get(level, 0) for level in form.levels)
    times = {0: 0, 9: 1}.get(PERIODS[form.period], 12 // (PERIODS[form.period] or 1))
    return Burden(len(form.written), computed, units, times)
