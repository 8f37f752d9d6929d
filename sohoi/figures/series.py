"""One figure month by month, for a chart of how a result grew. Reads only.

It adds up flows (take = sum): declared levels, distinct counts and ratios are no sum of months. A balance is followed
on today's map, where no unit moves between two months.
"""

from datetime import date

from django.db import connection

from sohoi.figures.rollup import NOTHING, figures, sql
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period, between, month_index, month_last, split
from sohoi.refusal import Refusal
from sohoi.units.models import Unit, View


def by_month(measure: Measure, unit: Unit, period: Period, view: int, level: str = "") -> dict[int, int]:
    """Month index -> what was added in that month of the period; months without a line are left out.

    With `level` only deeds that units of that level did themselves. Raises Refusal for a sensitive measure and
    for one that is no flow.
    """
    if measure.sensitive:
        raise Refusal(f"“{measure.label}” không xem theo tháng, để giữ kín chuyện của người được giúp.")
    if measure.take != Take.SUM:
        raise Refusal(f"“{measure.label}” không cộng dồn theo tháng được. Xem số đến từng ngày trong mục Số liệu.")
    return _by_month(measure, unit, period, view, level)


def balances(measure: Measure, unit: Unit, last: date, months: int) -> list[tuple[date, int]]:
    """(day, what stood in the book at its end) for the last days of so many months, the last one being `last`.

    Every deed counts where its unit stands on today's map. Raises Refusal for a measure that is no balance.
    """
    if measure.take != Take.BALANCE or measure.sensitive or measure.age:
        raise Refusal(f"“{measure.label}” không phải số dư, không xem được cuối từng tháng.")
    newest = month_index(last)
    ends = [month_last(newest - back) for back in range(months - 1, 0, -1)]
    stood = figures([unit], [measure], between(ends[0], ends[0]), View.TODAY).get((unit.pk, measure.pk), NOTHING).amount
    came = _by_month(measure, unit, between(ends[0] + date.resolution, last), View.TODAY, "")
    found = [(ends[0], stood)]
    for day in [*ends[1:], last]:
        found.append((day, found[-1][1] + came.get(month_index(day), 0)))
    return found


def _by_month(measure: Measure, unit: Unit, period: Period, view: int, level: str) -> dict[int, int]:
    """Month index -> what the lines of that month add up to."""
    stored = unit.keeps_totals and not level
    spans = split(period).spans if stored else [(period.first, period.last)]
    with connection.cursor() as cursor:
        cursor.execute(
            sql("series.sql"),
            {
                "unit": unit.pk, "measure": measure.pk, "view": view, "level": level,
                "months": list(period.months) if stored else [],
                "firsts": [first for first, _ in spans], "lasts": [last for _, last in spans],
            },
        )  # fmt: skip
        return {month: int(amount) for month, amount in cursor.fetchall()}
