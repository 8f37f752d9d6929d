"""Attainment: results held against what was promised, in the words of the rule of print (handbook §3).

đạt / chưa đạt and N/M compare with the whole target; what is due by now is said only as progress.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil

from sohoi.goals.models import Clause, Rank, Resolution, Shape, Target
from sohoi.goals.results import Result, results_of, start_of
from sohoi.goals.saying import changed, in_sentence, reached, say, uncompared
from sohoi.goals.tally import Tally
from sohoi.ledger.models import Take
from sohoi.periods import Period, between, elapsed
from sohoi.units.models import Unit, View
from sohoi.units.read import path
from sohoi.vietnamese import number

GROWING = (Take.SUM, Take.DISTINCT)  # what comes together day by day, so that a part of it is due by now
MET, UNMET, NO_DATA, NO_GOAL = "met", "unmet", "no-data", "no-goal"
SAID = {MET: "Đạt", UNMET: "Chưa đạt", NO_DATA: "Chưa có số liệu", NO_GOAL: "Không giao số"}


@dataclass(frozen=True)
class Attainment:
    """A clause as it stands on a day. A target is met when all its criteria are (seed 002's 5/8), or `enough`."""

    clause: Clause
    state: str
    result: Result | None = None
    goal: Fraction | None = None
    target: Target | None = None
    due: int | None = None
    children: tuple["Attainment", ...] = field(default=())

    @property
    def state_text(self) -> str:
        """The state in a word."""
        return SAID[self.state]

    @property
    def met(self) -> int:
        """How many direct children are met."""
        return sum(child.is_met for child in self.children)

    @property
    def asked(self) -> list["Attainment"]:
        """Its direct children to which a number was given."""
        return numbered(self.children)

    @property
    def share(self) -> str:
        """ " (9/9 chỉ tiêu)" of a group; nothing for anything else."""
        asked = self.asked if self.clause.rank == Rank.GROUP else []
        return f" ({self.met}/{len(asked)} chỉ tiêu)" if asked else ""

    @property
    def is_met(self) -> bool:
        """Whether it counts among the N of N/M."""
        return self.state == MET

    @property
    def exceeded(self) -> bool:
        """More than its goal; a target or group is exceeded when it is met and one of its criteria is exceeded."""
        return self.is_met and bool(self.shares)

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """How far it came of its goal, for each criterion that went beyond."""
        if self.children:
            return tuple(share for child in self.children for share in child.shares)
        value = self.result.value if self.result else None
        beyond = value is not None and self.goal and value > self.goal and not self.clause.at_most
        return (value / self.goal,) if beyond and value is not None and self.goal else ()

    @property
    def grown(self) -> bool:
        """Met for good: what only grows towards the end of a term, with every criterion that has a goal."""
        if self.children:
            return bool(self.asked) and all(child.is_met and child.grown for child in self.asked)
        return self.due is not None

    @property
    def words(self) -> str:
        """ "đạt 41,82%", "vượt 113%"; a yearly criterion's words speak of its lowest year."""
        if self.goal is None or self.result is None or self.result.value is None:
            return ""
        return say(self.result.value, self.goal, self.clause) if self.goal or self.clause.at_most else ""

    @property
    def phrase(self) -> str:
        """Its words at the end of a sentence, the change since the term began after them."""
        return ", ".join(filter(None, (in_sentence(self.words, self.clause), self.change)))

    @property
    def before(self) -> Fraction | None:
        """The level on the eve of the term, where it compares with the result."""
        result = self.result
        if result is None or result.value is None or result.before is None or result.partial:
            return None
        return None if result.before.value is None else Fraction(result.before.value)

    @property
    def change(self) -> str:
        """ "tăng 980 mô hình so với đầu nhiệm kỳ", for a criterion that asks for it; which units are missing where not
        the same ones told both levels; nothing when either is unknown."""
        result = self.result
        if result is None or result.value is None or result.before is None or result.before.value is None:
            return ""
        if (short := result.partial) is not None:
            return uncompared(short.told, short.asked, result.since, at_start=short.at_start)
        return changed(Fraction(result.before.value), result.value, self.clause, result.since)

    @property
    def yearly_met(self) -> bool:
        """Whether "hằng năm" may be written: each complete year met the goal."""
        years = self.result.years if self.result else ()
        told = [Fraction(figure.value) for _, figure in years if figure.value is not None]
        if self.goal is None or not years or len(told) < len(years):
            return False
        return all(reached(value, self.goal, self.clause) for value in told)


@dataclass(frozen=True)
class Review:
    """A resolution as it stands for a unit on a day."""

    resolution: Resolution
    unit: Unit
    on: date
    view: int
    passed: Fraction
    clauses: tuple[Attainment, ...]

    def targets(self) -> list[Attainment]:
        """The chỉ tiêu that are counted, whatever group they stand in: those to which a number was given; a loose tiêu
        chí with one is a chỉ tiêu of its own."""
        return numbered([*self.of_rank(Rank.TARGET), *(a for a in self.clauses if a.clause.rank == Rank.CRITERION)])

    @property
    def unnumbered(self) -> int:
        """How many chỉ tiêu the resolution gave its own unit without a number: results are told, nothing is judged."""
        own = self.unit.pk == self.resolution.unit_id
        return sum(a.state == NO_GOAL for a in self.of_rank(Rank.TARGET)) if own else 0

    def criteria(self) -> dict[str, Attainment]:
        """All tiêu chí by code."""
        return {a.clause.code: a for a in walk(self.clauses) if a.clause.rank == Rank.CRITERION}

    def of_rank(self, rank: str) -> list[Attainment]:
        """Clauses of one rank."""
        return [a for a in walk(self.clauses) if a.clause.rank == rank]

    def tally(self, rank: str = Rank.TARGET) -> Tally:
        """N/M of chỉ tiêu, nhóm chỉ tiêu or tiêu chí: of those to which numbers were given."""
        asked = self.targets() if rank == Rank.TARGET else numbered(self.of_rank(rank))
        met = [a for a in asked if a.is_met]
        running = self.on < self.resolution.term_last
        shares = tuple(sorted(share for a in met for share in a.shares))
        exceeded, early = sum(a.exceeded for a in met), sum(running and a.grown for a in met)
        return Tally(len(met), len(asked), exceeded, early, shares)

    @property
    def met(self) -> int:
        """N of "đạt, vượt N/M chỉ tiêu"."""
        return self.tally().met

    @property
    def count(self) -> int:
        """M of "đạt, vượt N/M chỉ tiêu"."""
        return self.tally().count

    def among(self, *, closing: bool = False) -> str:
        """ "trong đó 8 chỉ tiêu vượt (đạt từ 110% đến 530%), 2 chỉ tiêu đạt" of those that were met; a review that
        closes the term, though written some days before its end, counts none as early."""
        whole = self.tally()
        parts = [f"{number(whole.exceeded)} chỉ tiêu vượt ({whole.reach})"] if whole.exceeded else []
        parts += [f"{number(whole.just)} chỉ tiêu đạt"] if whole.exceeded and whole.just else []
        early = f"có {number(whole.early)} chỉ tiêu hoàn thành trước thời hạn" if whole.early and not closing else ""
        said = "; ".join(filter(None, (", ".join(parts), early)))
        return f"trong đó {said}" if said else ""

    @property
    def period(self) -> Period:
        """From the first day of the term to the day asked."""
        return between(self.resolution.term_first, min(self.on, self.resolution.term_last))


def overall(seen: Review, targets: str = "chỉ tiêu", *, closing: bool = False) -> str:
    """ "đạt, vượt 10/10 chỉ tiêu, trong đó 8 chỉ tiêu vượt (đạt từ 110% đến 530%), 2 chỉ tiêu đạt"; groups before,
    where there are any, and criteria after, where they are not the same as the targets. `closing`: of a whole term."""
    whole, groups, criteria = (seen.tally(rank) for rank in (Rank.TARGET, Rank.GROUP, Rank.CRITERION))
    said = f"đạt, vượt {f'{groups.text} nhóm chỉ tiêu, ' if groups.count else ''}{whole.text} {targets}"
    if criteria.count != whole.count:
        said += f", {criteria.text} tiêu chí"
    among = seen.among(closing=closing)
    return f"{said}, {among}" if among else said


def numbered(clauses: Iterable[Attainment]) -> list[Attainment]:
    """The M of every N/M, of the whole and of a group: what was given a number, alone or in a part of it. Without one
    there is nothing to meet or miss; with one and without data it is counted, and not met."""
    return [a for a in clauses if a.state != NO_GOAL]


def walk(clauses: Iterable[Attainment]) -> list[Attainment]:
    """All clauses of a tree."""
    return [one for a in clauses for one in (a, *walk(a.children))]


def resolutions(unit_ids: Iterable[int], on: date) -> list[Resolution]:
    """Resolutions of these units whose term has begun by the day, the newest first."""
    rows = Resolution.objects.filter(unit__in=list(unit_ids), term_first__lte=on).select_related("unit")
    return list(rows.order_by("-term_first", "title"))


def resolution_over(unit: Unit, on: date) -> Resolution | None:
    """The newest resolution whose term had begun by the day, of the unit itself or else of the nearest above it."""
    above = [one.pk for one in path(unit, on)]
    found = resolutions(above, on)
    return max(found, key=lambda one: above.index(one.unit_id), default=None)


def assigned(unit: Unit, on: date) -> list[Resolution]:
    """The resolutions of units above that are in force on the day and gave this unit goals, the nearest first."""
    above = [one.pk for one in path(unit, on) if one.pk != unit.pk]
    found = resolutions(above, on)
    given = set(
        Target.objects.filter(unit=unit, clause__resolution__in=found).values_list("clause__resolution", flat=True)
    )
    own = [one for one in found if one.pk in given and one.term_last >= on]
    return sorted(own, key=lambda one: -above.index(one.unit_id))


def review(resolution: Resolution, on: date, unit: Unit | None = None, view: int = View.WAS) -> Review:
    """The resolution as it stands on a day for its unit, or for another unit below it (with that unit's goals).

    The number of statements depends on the shapes and years in the resolution, not on its clauses or records.
    """
    unit = unit or resolution.unit
    on = max(on, resolution.term_first)
    parts = ("measure", "measure__over", "measure__under")
    rows = list(Clause.objects.filter(resolution=resolution).select_related(*parts))
    targets = {t.clause_id: t for t in Target.objects.filter(clause__resolution=resolution, unit=unit)}
    period = between(resolution.term_first, min(on, resolution.term_last))
    results = results_of([c for c in rows if c.measure_id], unit, period, view, start_of(resolution))
    passed = elapsed(resolution.term_first, resolution.term_last, on)
    tree = _tree(rows, None, targets, results, passed)
    return Review(resolution, unit, on, view, passed, tree)


def _tree(
    rows: list[Clause], parent: int | None, targets: dict[int, Target], results: dict[int, Result], passed: Fraction
) -> tuple[Attainment, ...]:
    """The clauses under one parent, each with what is below it."""
    return tuple(
        _attain(c, targets.get(c.pk), results.get(c.pk), passed, _tree(rows, c.pk, targets, results, passed))
        for c in rows if c.parent_id == parent
    )  # fmt: skip


def _attain(
    clause: Clause, target: Target | None, result: Result | None, passed: Fraction, children: tuple[Attainment, ...]
) -> Attainment:
    """One clause: a criterion against its goal, anything else from its children."""
    if children:
        return Attainment(clause, _together(children, clause.enough), children=children)
    goal = _goal(clause, target)
    if result is None or goal is None:
        return Attainment(clause, NO_GOAL, result, goal, target)
    if result.value is None:
        return Attainment(clause, NO_DATA, result, goal, target)
    met = reached(result.value, goal, clause)
    grows = clause.measure is not None and clause.measure.take in GROWING and not clause.at_most
    due = ceil(goal * passed) if grows and clause.shape == Shape.TOTAL and not clause.yearly else None
    return Attainment(clause, MET if met else UNMET, result, goal, target, due)


def _goal(clause: Clause, target: Target | None) -> Fraction | None:
    """The goal; "each unit" means all of them."""
    if target is not None:
        return Fraction(target.goal)
    return Fraction(1) if clause.shape == Shape.EACH else None


def _together(children: tuple[Attainment, ...], enough: int | None) -> str:
    """Met when all that have a goal are met, or as many as are enough; while missing data could still make it so it
    is open, and else unmet."""
    states = [child.state for child in numbered(children)]
    if not states:
        return NO_GOAL
    needed = min(enough or len(states), len(states))
    if states.count(MET) >= needed:
        return MET
    return NO_DATA if states.count(MET) + states.count(NO_DATA) >= needed else UNMET
