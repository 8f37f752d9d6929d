"""What a form asks: how many boxes people fill in by hand, of how many units, how often in a year."""

from dataclasses import dataclass
from datetime import date

from sohoi.reports.regular import PERIODS, RegularForm
from sohoi.units.models import Unit
from sohoi.units.read import below
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
    computed = sum(len(grid.columns) * sum(bool(row.measure) for row in grid.rows) for grid in form.grids)
    units = sum(below(unit, on, level).count() for level in form.levels)
    times = {0: 0, 9: 1}.get(PERIODS[form.period], 12 // (PERIODS[form.period] or 1))
    return Burden(len(form.written), computed, units, times)
