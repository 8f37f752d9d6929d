"""One figure month by month, for a chart of how a result grew. Reads only.

It adds up flows (take = sum) alone: balances, declared levels, distinct counts and ratios are no sum of months.
"""

from django.db import connection

from sohoi.figures.rollup import sql
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period, split
from sohoi.refusal import Refusal
from sohoi.units.models import Unit


def by_month(measure: Measure, unit: Unit, period: Period, view: int, level: str = "") -> dict[int, int]:
    """Month index -> what was added in that month of the period; months without a line are left out.

    With `level` only deeds that units of that level did themselves. Raises Refusal for a sensitive measure and
    for one that is no flow.
    """
    if measure.sensitive:
        raise Refusal(f"“{measure.label}” không xem theo tháng, để giữ kín chuyện của người được giúp.")
    if measure.take != Take.SUM:
        raise Refusal(f"“{measure.label}” không cộng dồn theo tháng được. Xem số đến từng ngày trong mục Số liệu.")
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
