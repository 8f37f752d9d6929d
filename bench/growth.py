"""Target 4: ten times the entries must not make the national report slower.

By default per non-empty cell that the report reads (the cells still fill up between one and ten million
entries); strictly, time against time, between ten and a hundred million.
"""

from typing import Any

import psycopg

from bench.asking import HALF, MONTH, Asked, Statements, below, replay, sent
from bench.databases import Databases, read
from bench.sheet import AT_MOST, Sheet
from bench.timing import turns
from sohoi.figures.rollup import figures
from sohoi.ledger.models import Measure
from sohoi.periods import Period
from sohoi.units.models import View


def ten_times(
    sheet: Sheet, databases: Databases, small: str, large: str, whom: Asked, strict: bool, judged: bool
) -> None:
    """One month, thirty months, closing balances: the same statements on both databases, turn by turn."""
    with databases.connect(small) as one, databases.connect(large) as ten, databases.product_on(large):
        for words, measures, period in (
            ("báo cáo cả nước 1 tháng", whom.flows, MONTH),
            ("báo cáo cả nước 30 tháng", whom.flows, HALF),
            ("số dư cuối kỳ cả nước", whom.balances, HALF),
        ):
            statements = _statements(whom, measures, period)
            asks = {"nhỏ": replay(one, statements).ask, "gấp mười": replay(ten, statements).ask}
            for ask in asks.values():
                ask()
            took = turns(asks)
            cells = {"nhỏ": _cells(one, statements), "gấp mười": _cells(ten, statements)}
            growth = took["gấp mười"] / took["nhỏ"]
            ratio = growth if strict else growth * cells["nhỏ"] / cells["gấp mười"]
            per = "" if strict else ", tính trên mỗi ô có số"
            measured = {**took, **{f"ô {name}": float(count) for name, count in cells.items()}, "thô": growth}
            sheet.judge(4, f"{words}, gấp mười bút toán{per}", ratio, AT_MOST, 1.3, measured, judged=judged)


def _statements(whom: Asked, measures: list[Measure], period: Period) -> Statements:
    """What the product sends for the nation by province."""
    units = below(whom.nation)
    return sent(lambda: figures(units, measures, period, View.TODAY))


def _cells(link: psycopg.Connection[Any], statements: Statements) -> int:
    """Non-empty summary cells that the report reads."""
    arguments = next(arguments for _, arguments in statements if isinstance(arguments, dict))
    row = psycopg.ClientCursor(link).execute(read("cells.sql"), arguments).fetchone()
    return int(row[0]) if row else 0
