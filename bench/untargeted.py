"""Questions that have no target and are asked in life: noted, so that nobody takes the ratios for the whole truth.

A term that begins and ends in the middle of a month; balances on a past day, on the map of that day.
"""

from datetime import date
from functools import partial

from bench.asking import BROKEN, Asked, below
from bench.databases import Databases
from bench.sheet import Sheet, written
from bench.timing import turns
from sohoi.figures.rollup import figures
from sohoi.periods import between
from sohoi.units.models import View

EVE = between(date(2025, 1, 1), date(2025, 6, 30))  # ends on the last day of the old map


def measure(sheet: Sheet, databases: Databases, name: str, whom: Asked) -> None:
    """Milliseconds, the median of a few."""
    with databases.product_on(name):
        provinces, nation = below(whom.nation), [whom.nation]
        for key, words, units, measures, period, view in (
            ("broken_flows", "cả nước theo tỉnh, kỳ lẻ tháng", provinces, whom.flows, BROKEN, View.TODAY),
            ("broken_households", "số hộ cả nước, kỳ lẻ tháng", nation, whom.distincts, BROKEN, View.TODAY),
            ("past_balances", "số dư cả nước ngày 30/6/2025, bản đồ khi đó", nation, whom.balances, EVE, View.WAS),
        ):
            ask = partial(figures, units, measures, period, view)
            took = turns({"": ask}, least=1, most=3)[""]
            sheet.note(key, f"[không có mục tiêu] {words}: {written(took)} ms", took)
