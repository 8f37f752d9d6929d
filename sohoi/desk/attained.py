"""A resolution as the desk says it: each clause with its result, its goal, its progress and where to go from it.

It words what goals/read.py answers and judges nothing itself. A sensitive criterion gets no address.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from urllib.parse import urlencode

from django.urls import reverse

from sohoi.desk.addresses import NAMES, figure_url
from sohoi.goals.models import Clause, Rank, Shape
from sohoi.goals.read import MET, NO_DATA, UNMET, Attainment, Review
from sohoi.goals.saying import reached
from sohoi.ledger.amounts import amount
from sohoi.ledger.models import Take
from sohoi.units.models import Level
from sohoi.vietnamese import date, decimal, percent

ORDER = {UNMET: 0, NO_DATA: 1, MET: 2}


@dataclass(frozen=True)
class Year:
    """One complete calendar year of a yearly criterion."""

    year: int
    text: str
    met: bool | None
    url: str | None


@dataclass(frozen=True)
class Node:
    """A clause of the tree with what is said beside it; `url` is its own page, None when it has none."""

    attainment: Attainment
    result: str
    goal: str
    due: str
    url: str | None
    behind: str | None
    years: tuple[Year, ...]
    children: tuple["Node", ...]

    @property
    def clause(self) -> Clause:
        """The clause itself."""
        return self.attainment.clause


def nodes(found: Review, attainments: tuple[Attainment, ...]) -> tuple[Node, ...]:
    """The clauses under one parent, ready to be shown."""
    return tuple(node(found, one) for one in attainments)


def node(found: Review, one: Attainment) -> Node:
    """One clause, ready to be shown."""
    clause = one.clause
    measure = clause.measure
    result = one.result
    behind = figure_url(result.figure) if result and not clause.yearly and clause.shape == Shape.TOTAL else None
    return Node(
        one,
        counted(result.text, clause, known=result.value is not None) if result else "",
        goal_text(clause, one.goal) if one.goal is not None else "",
        _due(found, one),
        clause_url(found, clause) if measure is not None and not measure.sensitive else None,
        behind,
        _years(one),
        nodes(found, one.children),
    )


def opened(found: Review, one: Attainment) -> Node:
    """A clause on its own page: there its number leads on to the records."""
    said = node(found, one)
    whole = one.result is not None and one.clause.shape == Shape.TOTAL
    return replace(said, url=figure_url(one.result.figure) if whole and one.result else None)


def counted(text: str, clause: Clause, *, known: bool = True) -> str:
    """A number with what it counts: "23 tổ"; money, percentages, shares of units and words stand alone."""
    measure = clause.measure
    if measure is None or not known or clause.shape != Shape.TOTAL or measure.count in ("đồng", "%"):
        return text
    return f"{text} {measure.count}"


def goal_text(clause: Clause, goal: Fraction) -> str:
    """What was promised: "55 tổ", "65%", "65% số đơn vị cấp cơ sở"."""
    if clause.measure is None:
        return decimal(goal)
    if clause.shape == Shape.TOTAL:
        most = "không quá " if clause.at_most else ""
        return most + amount(clause.measure, goal) + (" mỗi năm" if clause.yearly else "")
    least = amount(clause.measure, Fraction(clause.threshold))
    who = f"đơn vị {Level(clause.level).label.lower()}" if clause.level else "đơn vị"
    return f"{percent(goal)} {who} có từ {least} trở lên"


def _due(found: Review, one: Attainment) -> str:
    """Progress and nothing else: what a steady pace would have brought by this day."""
    measure = one.clause.measure
    if one.due is None or measure is None or measure.take == Take.RATIO:
        return ""
    return f"đến {date(found.on)} cần {amount(measure, Fraction(one.due))}"


def _years(one: Attainment) -> tuple[Year, ...]:
    """Each complete year of a yearly criterion."""
    if one.result is None:
        return ()
    return tuple(
        Year(
            year,
            counted(figure.text, one.clause, known=figure.value is not None),
            None if figure.value is None or one.goal is None else reached(Fraction(figure.value), one.goal, one.clause),
            figure_url(figure),
        )
        for year, figure in one.result.years
    )


def clause_url(found: Review, clause: Clause) -> str:
    """The page of a clause, for the same unit, day and map."""
    return f"{reverse('clause', args=[found.resolution.code, clause.code])}?{urlencode(asked(found))}"


def asked(found: Review) -> dict[str, str]:
    """The query that shows this very review again."""
    return {"unit": found.unit.code, "on": found.on.isoformat(), "view": NAMES[found.view]}


def unmet_first(tree: tuple[Node, ...]) -> tuple[Node, ...]:
    """All chỉ tiêu whatever group they stand in (loose criteria too), the unmet first, each with its criteria."""
    flat: list[Node] = []
    waiting = list(tree)
    while waiting:
        at = waiting.pop(0)
        if at.clause.rank == Rank.GROUP:
            waiting[:0] = at.children
        elif at.clause.rank in (Rank.TARGET, Rank.CRITERION):
            flat.append(at)
    return tuple(sorted(flat, key=lambda at: ORDER.get(at.attainment.state, 3)))
