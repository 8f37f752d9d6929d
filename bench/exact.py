"""Target 9: a figure is exact the moment a line is written: what that costs while a thousand lines wait to be
folded, and that folding changes no sum."""

from functools import partial
from typing import Any

import psycopg

from bench.asking import SIX, Asked, below, replay, sent
from bench.databases import Databases, read
from bench.sheet import AT_MOST, Sheet
from bench.timing import Question, compare, same, turns
from sohoi.figures.rollup import figures
from sohoi.ledger import totals
from sohoi.units.models import View

WAITING = 1000


def beside_the_queue(sheet: Sheet, databases: Databases, name: str, whom: Asked, judged: bool) -> None:
    """The nation by province and a province by commune, six months, a thousand lines in the queue."""
    with databases.connect(name) as link, databases.product_on(name):
        asked = {}
        for words, unit in (("cả nước theo tỉnh", whom.nation), ("một tỉnh theo xã", whom.province)):
            units = below(unit)
            statements = sent(partial(figures, units, whom.flows, SIX, View.TODAY))
            stored = _stored(link, statements[0][1])
            asked[words] = {"kể cả hàng đợi": replay(link, statements), "chỉ số cộng": stored}
            compare(asked[words], seconds=0)  # nothing waits: both say the same
        psycopg.ClientCursor(link).execute(read("waiting.sql"), {"lines": WAITING, "first": SIX.first})
        lines, _ = totals.queue_length()
        before = {words: pair["kể cả hàng đợi"].answer() for words, pair in asked.items()}
        for words, pair in asked.items():
            took = turns({which: question.ask for which, question in pair.items()})
            ratio = took["kể cả hàng đợi"] / took["chỉ số cộng"]
            what = f"{words}, 6 tháng, {lines} dòng đang đợi: số chính xác so với chỉ số cộng"
            sheet.judge(9, what, ratio, AT_MOST, 2, took, judged=judged)
        totals.fold()
        for words, pair in asked.items():
            same(f"{words}, trước và sau khi gộp", before[words], pair["kể cả hàng đợi"].answer())
            same(f"{words}, số cộng sau khi gộp", before[words], pair["chỉ số cộng"].answer())
        sheet.say(f"[9] tổng trước và sau khi gộp {lines} dòng bằng nhau")


def _stored(link: psycopg.Connection[Any], arguments: dict[str, Any]) -> Question:
    """The same figures from the summary alone, by hand."""
    return replay(link, [(read("stored.sql"), arguments)])
