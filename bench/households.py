"""Target 12: each household once, at every level by itself: equal to COUNT(DISTINCT) everywhere, and far faster."""

from typing import Any

import psycopg

from bench.asking import HALF, Asked, added, below, communes, replay, sent
from bench.databases import Databases, read
from bench.sheet import AT_LEAST, Sheet
from bench.timing import compare, same, turns
from sohoi.figures.rollup import figures
from sohoi.units.models import View


def once_each(sheet: Sheet, databases: Databases, name: str, whom: Asked, judged: bool) -> None:
    """All measures that count households, thirty months."""
    arguments: dict[str, Any] = {
        "measures": [m.pk for m in whom.distincts], "first": HALF.first, "last": HALF.last, "nation": whom.nation.pk,
        "from_month": HALF.months[0], "to_month": HALF.months[-1],
    }  # fmt: skip
    with databases.connect(name) as link, databases.product_on(name):
        cursor = psycopg.ClientCursor(link)
        units = [whom.nation, *below(whom.nation), *communes(), *below(whom.commune)]
        told = figures(units, whom.distincts, HALF, View.TODAY)
        counted = cursor.execute(read("counted.sql"), {**arguments, "units": [u.pk for u in units]}).fetchall()
        same("hộ ở mọi cấp", {key: (raw.n, raw.amount) for key, raw in told.items()}, added(counted))
        sheet.say(f"[12] {len(told)} số hộ của {len(units)} đơn vị ở bốn cấp bằng đúng COUNT(DISTINCT)")
        cursor.execute(read("visits.sql"), arguments)
        link.execute("vacuum analyze bench_visit")
        ours = replay(link, sent(lambda: figures([whom.nation], whom.distincts, HALF, View.TODAY)))
        lines = replay(link, [(read("count_lines.sql"), arguments)])
        visits = replay(link, [(read("count_visits.sql"), arguments)])
        took = compare({"COUNT(DISTINCT)": visits, "sản phẩm": ours}, seconds=20)
        same("trên bút toán", lines.answer(), ours.answer())
        took |= {"trên bút toán": turns({"": lines.ask}, least=1, most=3)[""]}
        ratio = took["COUNT(DISTINCT)"] / took["sản phẩm"]
        what = "số hộ cả nước, 30 tháng: nhanh gấp bao nhiêu lần COUNT(DISTINCT) trên bảng đã lọc trùng"
        sheet.judge(12, what, ratio, AT_LEAST, 20, took, judged=judged)
