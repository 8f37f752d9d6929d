"""Targets 1, 2, 3 and 6: a unit's report through the product, against SQL by hand, against DHIS2's table, and
the same figures on both maps."""

from functools import partial
from typing import Any

import psycopg

from bench import dhis2
from bench.asking import BEFORE, HALF, ON, SIX, Asked, Statements, below, communes, in_the_server, replay, sent
from bench.databases import Databases, read
from bench.sheet import AT_LEAST, AT_MOST, Sheet
from bench.timing import Answer, Question, compare
from sohoi.figures.breakdown import Breakdown, breakdown
from sohoi.figures.read import Figure, figures_of
from sohoi.figures.rollup import figures
from sohoi.ledger.models import Measure
from sohoi.periods import Period
from sohoi.units.models import Unit, View


def by_hand(sheet: Sheet, databases: Databases, name: str, whom: Asked, judged: bool) -> None:
    """Target 1: a unit's report of all measures with its states, at most half as much again as the bare SQL.

    Judged: the unit by itself (what a report in words asks) and the nation with its provinces. Only measured:
    tables whose every cell becomes an object (a province's 103 communes), or whose children have no totals.
    """
    some = [*whom.flows[:8], *whom.balances[:2], *whom.distincts[:2]]  # as many as one page of the product shows
    with databases.connect(name) as link, databases.product_on(name):
        for words, unit in (("cả nước", whom.nation), ("một tỉnh", whom.province), ("một xã", whom.commune)):
            pair = {"sản phẩm": _own(unit, whom.measures), "SQL": _hand(link, "hand.sql", unit, whom.measures, False)}
            _against_hand(sheet, f"{words}, {len(whom.measures)} đầu số liệu", pair, judged)
        for words, unit, statement, measures in (
            ("cả nước theo tỉnh", whom.nation, "hand.sql", whom.measures),
            ("một tỉnh theo xã", whom.province, "hand.sql", whom.measures),
            ("một tỉnh theo xã", whom.province, "hand.sql", some),
            ("một xã theo chi hội", whom.commune, "hand_commune.sql", some),
        ):
            pair = {"sản phẩm": _table(unit, measures), "SQL": _hand(link, statement, unit, measures, True)}
            whole = unit is whom.nation
            _against_hand(sheet, f"{words}, {len(measures)} đầu số liệu", pair, judged and whole)


def _against_hand(sheet: Sheet, words: str, pair: dict[str, Question], judged: bool) -> None:
    """One line of target 1."""
    took = compare(pair)
    what = f"{words}, 30 tháng: sản phẩm so với SQL viết tay"
    sheet.judge(1, what, took["sản phẩm"] / took["SQL"], AT_MOST, 1.5, took, judged=judged)


def _own(unit: Unit, measures: list[Measure]) -> Question:
    """The product's figures of a unit by itself, on today's map."""
    ask = partial(figures_of, [unit], measures, HALF, View.TODAY)
    return Question(ask, lambda: _told(list(ask().values())))


def _table(unit: Unit, measures: list[Measure]) -> Question:
    """The product's table of a unit and its children, on today's map; own deeds as unit 0."""
    ask = partial(breakdown, unit, measures, HALF, View.TODAY, ON)

    def answer() -> Answer:
        table = ask()
        answer = _told([*table.total, *(f for line in table.lines if line.unit and not line.own for f in line.figures)])
        own = [_told(line.figures) for line in table.lines if line.own]
        return answer | {(0, measure): raw for told in own for (_, measure), raw in told.items()}

    return Question(ask, answer)


def _told(figures: list[Figure]) -> Answer:
    """What figures say, without those of which nothing was told."""
    return {(f.unit.pk, f.measure.pk): (f.raw.n, f.raw.amount) for f in figures if f.raw.n or f.raw.amount}


def _hand(
    link: psycopg.Connection[Any], statement: str, unit: Unit, measures: list[Measure], with_children: bool
) -> Question:
    """The same by hand."""
    arguments: dict[str, Any] = {"unit": unit.pk, "on": ON, "children": with_children}
    for key, take in (("flows", "sum"), ("balances", "balance"), ("distincts", "distinct")):
        arguments[key] = [m.pk for m in measures if m.take == take]
    return replay(link, [(read(statement), arguments)])


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
    told = replay(link, statements).answer
    return Question(
        in_the_server(link, statements, "unit, measure, n, amount"),
        lambda: {key: (0, amount) for key, (_, amount) in told().items() if amount},
    )


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
    ask = partial(breakdown, whom.nation, whom.flows, period, view, ON)
    return Question(ask, lambda: _whole(ask()))


def _whole(table: Breakdown) -> Answer:
    """All lines of a table added up."""
    answer: Answer = {}
    for figure in (figure for line in table.lines for figure in line.figures):
        n, amount = answer.get((0, figure.measure.pk), (0, 0))
        answer[0, figure.measure.pk] = (n + figure.raw.n, amount + figure.raw.amount)
    return answer
