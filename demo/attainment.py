"""Mỹ Xuyên's table of attainment as aligned text for the terminal; every figure in it is computed."""

from textwrap import wrap

from sohoi.goals.models import Rank, Resolution, Shape
from sohoi.goals.read import NO_GOAL, Attainment, Review, review
from sohoi.ledger.models import Take
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number, percent

WIDTHS = (4, 48, 17, 7, 21, 15)
HEADS = ("TT", "Chỉ tiêu, tiêu chí", "Kết quả", "Giao", "Mức đạt", "Đánh giá")
ASIDE = "Kết quả khác, không thuộc chỉ tiêu nào"
Line = tuple[str, ...]


def table(code: str) -> str:
    """The table of one resolution on the day of its review, and its N/M line."""
    resolution = Resolution.objects.select_related("unit").get(code=code)
    seen = review(resolution, resolution.cut_off or resolution.term_last)
    lines = [HEADS, tuple("-" * (width - 2) for width in WIDTHS)]
    loose = [clause for clause in seen.clauses if clause.clause.rank == Rank.CRITERION]
    for clause in seen.clauses:
        lines += [] if clause in loose else _lines(clause)
    lines += [(), ("", ASIDE)] if loose else []
    for clause in loose:
        lines += _lines(clause)
    title = f"{resolution.title} - đến ngày {say_date(seen.on)}"
    return "\n".join([title, "", *(_row(line) for line in lines), "", said(seen)])


def said(seen: Review) -> str:
    """ "Đạt, vượt 5/8 chỉ tiêu." """
    return f"Đạt, vượt {number(seen.met)}/{number(seen.count)} chỉ tiêu."


def _lines(a: Attainment) -> list[Line]:
    """A target with its criteria (one line when it has only one); nothing for breakthroughs and key tasks."""
    if a.clause.rank in (Rank.BREAKTHROUGH, Rank.KEY_TASK):
        return []
    if a.clause.rank == Rank.CRITERION:
        return _wrapped(_criterion("", f"- {a.clause.label}", a))
    if len(a.children) == 1:
        return _wrapped(_criterion(a.clause.number, a.children[0].clause.label, a.children[0]))
    head = (a.clause.number, a.clause.label, "", "", "", _state(a))
    return [*_wrapped(head), *(line for child in a.children for line in _lines(child))]


def _criterion(head: str, label: str, a: Attainment) -> Line:
    """The cells of one criterion."""
    return (head, label, _result(a), _goal(a), a.words, _state(a))


def _wrapped(line: Line) -> list[Line]:
    """The label goes on in lines of its own when it is long."""
    first, *rest = wrap(line[1], WIDTHS[1] - 2, subsequent_indent="  " if line[1].startswith("-") else "") or [""]
    return [(line[0], first, *line[2:]), *(("", more) for more in rest)]


def _row(line: Line) -> str:
    """The cells side by side."""
    return "".join(cell.ljust(width) for cell, width in zip(line, WIDTHS, strict=False)).rstrip()


def _result(a: Attainment) -> str:
    """ "23 tổ", "165 hộ/năm", "100%", or the word for its absence."""
    assert a.result is not None
    assert a.clause.measure is not None
    plain = a.clause.shape == Shape.TOTAL and a.clause.measure.take != Take.RATIO
    if a.result.value is None or not plain or a.clause.measure.count == "đồng":
        return a.result.text
    every = "/năm" if a.yearly_met else ""
    return f"{a.result.text} {a.clause.measure.count}{every}"


def _goal(a: Attainment) -> str:
    """The goal, or a dash where none was given."""
    if a.goal is None or a.clause.measure is None:
        return "-"
    rate = a.clause.measure.take == Take.RATIO or a.clause.shape != Shape.TOTAL
    return percent(a.goal) if rate or a.goal.denominator != 1 else number(int(a.goal))


def _state(a: Attainment) -> str:
    """The state, where there is a goal to judge by."""
    return "" if a.state == NO_GOAL else a.state_text
