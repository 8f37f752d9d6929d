"""Targets 1, 2, 3 and 6: a unit's report through the product, against SQL by hand, against DHIS2's table, and
the same figures on both maps."""

from functools import partial
from typing import Any

import psycopg

from bench import dhis2
from bench.asking import BEFORE, HALF, ON, SIX, Asked, Statements, added, below, communes, replay, sent
from bench.databases import Databases, read
from bench.sheet import AT_LEAST, AT_MOST, Sheet
from bench.timing import Answer, Question, compare
from sohoi.figures.breakdown import Breakdown, breakdown
from sohoi.figures.rollup import figures
from sohoi.ledger.models import Measure
from sohoi.periods import Period
from sohoi.units.models import Unit, View


def by_hand(sheet: Sheet, databases: Databases, name: str, whom: Asked, judged: bool) -> None:
    """Target 1: `breakdown`, with its states and lines, at most half as much again as the bare SQL."""
    with databases.connect(name) as link, databases.product_on(name):
        for words, unit, statement in (
            ("cả nước", whom.nation, "hand.sql"),
            ("một tỉnh", whom.province, "hand.sql"),
            ("một xã", whom.commune, "hand_commune.sql"),
        ):
            took = compare({"sản phẩm": _report(unit, whom.measures), "SQL": _hand(link, statement, unit, whom)})
            what = f"báo cáo {words}, {len(whom.measures)} đầu số liệu, 30 tháng: sản phẩm so với SQL viết tay"
            sheet.judge(1, what, took["sản phẩm"] / took["SQL"], AT_MOST, 1.5, took, judged=judged)


def _report(unit: Unit, measures: list[Measure]) -> Question:
    """The product's table of a unit and its children, on today's map."""
    return Question(lambda: breakdown(unit, measures, HALF, View.TODAY, ON), _told)


def _told(table: Breakdown) -> Answer:
    """Its figures; own deeds as unit 0; the line of the rest has no unit."""
    answer: Answer = {}
    for figure in table.total:
        answer[figure.unit.pk, figure.measure.pk] = (figure.raw.n, figure.raw.amount)
    for line in table.lines:
        for figure in line.figures if line.unit else []:
            answer[0 if line.own else figure.unit.pk, figure.measure.pk] = (figure.raw.n, figure.raw.amount)
    return {key: value for key, value in answer.items() if value != (0, 0)}


def _hand(link: psycopg.Connection[Any], statement: str, unit: Unit, whom: Asked) -> Question:
    """The same by hand."""
    ids = {"flows": whom.flows, "balances": whom.balances, "distincts": whom.distincts}
    keys = {key: [m.pk for m in chosen] for key, chosen in ids.items()}
    arguments = {"unit": unit.pk, "on": ON, "children": True, **keys}
    text, cursor = read(statement), psycopg.ClientCursor(link)
    return Question(lambda: cursor.execute(text, arguments).fetchall(), added)


def against_dhis2(sheet: Sheet, databases: Databases, name: str, whom: Asked, judged: bool) -> None:
    """Targets 2 and 3: the product's statements against the analytics table, amounts of all flows."""
    with databases.connect(name) as link, databases.product_on(name):
        for words, unit, level, sense, limit in (
            ("cả nước theo tỉnh", whom.nation, 1, AT_LEAST, 30),
            ("một tỉnh theo xã", whom.province, 2, AT_LEAST, 8),
            ("một xã theo chi hội", whom.commune, 3, AT_MOST, 1.3),
            ("một chi hội", whom.branch, 4, AT_MOST, 1.3),
        ):
            units = below(unit) or [unit]
            ours = sent(partial(figures, units, whom.flows, HALF, View.TODAY))
            theirs = dhis2.report(link, unit, f"uidlevel{level}", f"uidlevel{min(level + 1, 4)}", units, whom.flows)
            took = compare({"DHIS2": theirs, "sản phẩm": _amounts(link, ours)})
            _said(sheet, 2, f"{words}, 30 tháng", took, sense, limit, judged)
        units, most_used = communes(), whom.flows[:1]
        ours = sent(lambda: figures(units, most_used, HALF, View.TODAY))
        theirs = dhis2.report(link, whom.nation, "uidlevel1", "uidlevel3", units, most_used)
        took = compare({"DHIS2": theirs, "sản phẩm": _amounts(link, ours)})
        _said(sheet, 3, "xếp hạng mọi xã, 30 tháng", took, AT_LEAST, 15, judged)


def _amounts(link: psycopg.Connection[Any], statements: Statements) -> Question:
    """The product's statements, of whose answer only the amounts are compared."""
    question = replay(link, statements)
    return Question(question.ask, lambda rows: {key: (0, amount) for key, (_, amount) in added(rows).items() if amount})


def _said(
    sheet: Sheet, target: int, words: str, took: dict[str, float], sense: str, limit: float, judged: bool
) -> None:
    """Faster: theirs over ours. Not slower: ours over theirs."""
    faster = took["DHIS2"] / took["sản phẩm"]
    ratio = faster if sense == AT_LEAST else 1 / faster
    how = "nhanh gấp bao nhiêu lần" if sense == AT_LEAST else "lâu bằng bao nhiêu lần"
    sheet.judge(target, f"{words}: {how} bảng kiểu DHIS2", ratio, sense, limit, took, judged=judged)


def both_maps(sheet: Sheet, databases: Databases, name: str, whom: Asked, judged: bool) -> None:
    """Target 6: the nation by province on today's map against the map of the time; equal in total."""
    with databases.product_on(name):
        for words, period in (
            ("6 tháng trước sắp xếp", BEFORE),
            ("30 tháng qua lần sắp xếp", HALF),
            ("6 tháng sau", SIX),
        ):
            took = compare({"hiện nay": _map(whom, period, View.TODAY), "khi đó": _map(whom, period, View.WAS)})
            what = f"cả nước theo tỉnh, {words}: bản đồ hiện nay so với bản đồ khi đó"
            sheet.judge(6, what, took["hiện nay"] / took["khi đó"], AT_MOST, 1.2, took, judged=judged)


def _map(whom: Asked, period: Period, view: View) -> Question:
    """The product's table on one map; what all its lines add up to must not depend on the map."""

    def whole(table: Breakdown) -> Answer:
        answer: Answer = {}
        for line in table.lines:
            for figure in line.figures:
                n, amount = answer.get((0, figure.measure.pk), (0, 0))
                answer[0, figure.measure.pk] = (n + figure.raw.n, amount + figure.raw.amount)
        return answer

    return Question(lambda: breakdown(whom.nation, whom.flows, period, view, ON), whole)
