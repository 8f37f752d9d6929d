"""What the regimes ask of a unit: which form for which period, due when. The map, the regime and the form's version of
the period's last day decide, so that a new regime asks nothing of days before it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from sohoi.periods import Period
from sohoi.reports.models import Regime
from sohoi.reports.regimes import FINAL_REVIEW, Owed, read_regime
from sohoi.reports.regular import RegularForm, periods_between, versions
from sohoi.units.models import Closure, Unit, View
from sohoi.units.read import ORDER, path

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """A report that is asked of a unit; `due` is None when no regime asks for it."""

    unit: Unit
    form: RegularForm
    period: Period
    due: date | None


@dataclass(frozen=True)
class Rule:
    """A regime over a unit on the days in which both hold: what it asks, form by form; the nearest unit's has rank."""

    owed: dict[str, Owed]
    rank: tuple[int, date]
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        """Whether it is in force over the unit on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def regime_over(unit: Unit, on: date) -> dict[str, Owed]:
    """form code -> what is owed of it on a day: the regime of the nearest unit above decides for each form."""
    above = {u.pk: rank for rank, u in enumerate(path(unit, on))} or {unit.pk: 0}
    rows = Regime.objects.filter(unit__in=above, since__lte=on).filter(Q(until=None) | Q(until__gte=on))
    return _in_force([_rule(row, above[row.unit_id], row.since, row.until) for row in rows], on)


def final_review_months(units: Iterable[int], on: date) -> dict[int, int]:
    """unit id -> in how many months before its end a term is reviewed as a whole: the regime of the nearest unit that
    says it, else our own number; two statements for any units."""
    units = list(units)
    rows = Regime.objects.filter(since__lte=on, body__has_key="final_review").filter(Q(until=None) | Q(until__gte=on))
    told = {row.unit_id: read_regime(row.body, row.code).final_review for row in rows.order_by("since")}
    above = Closure.objects.filter(view=View.WAS, descendant__in=units, ancestor__in=told, since__lte=on, until__gt=on)
    found = dict.fromkeys(units, FINAL_REVIEW)
    pairs = above.values_list("descendant_id", "ancestor_id", "ancestor__level")
    for unit, over, _ in sorted(pairs, key=lambda one: ORDER[one[2]]):
        found[unit] = told[over] or FINAL_REVIEW
    return found


def asked_of(unit: Unit, first: date, last: date) -> list[Asked]:
    """What is asked of one unit for periods that ended within these days, in two statements."""
    rules = _rules(unit)
    return [
        Asked(unit, form, period, owed.due_on(period))
        for form, period in _periods(unit.level, first, last)
        if (owed := _in_force(rules, period.last).get(form.code))
    ]


def _periods(level: str, first: date, last: date) -> Iterator[tuple[RegularForm, Period]]:
    """Each form of a level with its periods, each in the version that was valid on its last day."""
    for forms in versions().values():
        ends = [form.since - A_DAY for form in forms[1:]]
        for form, end in zip(forms, [*ends, last], strict=True):
            if level in form.levels:
                days = max(first, form.since), min(last, end)
                yield from ((form, period) for period in periods_between(form, *days))


def _rules(unit: Unit) -> list[Rule]:
    """All regimes of the units over this one, each on the days in which it stood there."""
    stood = Closure.objects.filter(view=View.WAS, descendant=unit).select_related("ancestor")
    spans = [(row.ancestor_id, ORDER[row.ancestor.level], row.since, row.until) for row in stood]
    regimes = list(Regime.objects.filter(unit__in={ancestor for ancestor, *_ in spans}))
    return [
        _rule(row, rank, max(row.since, since), min(row.until or date.max, until - A_DAY))
        for row in regimes
        for ancestor, rank, since, until in spans
        if ancestor == row.unit_id
    ]


def _rule(row: Regime, rank: int, since: date, until: date | None) -> Rule:
    body = read_regime(row.body, row.code)
    owed = {owed.form: owed for owed in body.owed if owed.form in versions()}
    return Rule(owed, (rank, row.since), since, until)


def _in_force(rules: list[Rule], on: date) -> dict[str, Owed]:
    """Of the rules that hold on a day the nearest and newest say the last word, for each form apart."""
    found: dict[str, Owed] = {}
    for rule in sorted((rule for rule in rules if rule.holds(on)), key=lambda rule: rule.rank):
        found |= rule.owed
    return found
