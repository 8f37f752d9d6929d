"""What the pages of regular reports show beside the paper: what she may do now, what checks found, who is how far."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse

from sohoi.desk.asked import Asked
from sohoi.ledger.reopening import may_reopen
from sohoi.refusal import Refusal
from sohoi.reports.models import WRITING, Report, State, Version
from sohoi.reports.read.asked import regime_over
from sohoi.reports.read.checking import Finding, found
from sohoi.reports.read.filling import Filling
from sohoi.reports.read.owed import Round, round_of
from sohoi.reports.read.since import Since, since_signed
from sohoi.reports.read.states import Standing, submitted_by
from sohoi.reports.regular import RegularForm, form_in_force, key_of, period_named, periods_between, versions
from sohoi.reports.table import Block, Cell, Paper, Table
from sohoi.rights.may import holds, may
from sohoi.rights.models import Account
from sohoi.units.models import Unit, View
from sohoi.units.read import ORDER

OFFERED = timedelta(days=400)


@dataclass(frozen=True)
class Acts:
    """Which steps she may take with a report as it stands."""

    write: bool = False
    send: bool = False
    alone: bool = False
    approve: bool = False
    waits_for_other: bool = False  # she sent it herself, somebody else approves
    give_back: bool = False
    withdraw: bool = False  # nobody has dealt with it yet
    sign: bool = False
    reopen: bool = False
    amend: bool = False


def acts_of(who: Account, report: Report, standing: Standing) -> Acts:
    """The steps that the newest one allows, as far as her rights reach."""
    unit, state = report.unit, standing.state
    if state in WRITING:
        writes = holds(who, "report", unit)
        return Acts(write=writes, send=writes, alone=writes and holds(who, "alone", unit))
    if state == State.SUBMITTED:
        approves = may(who, "approve", unit)
        own = submitted_by(report) == who.pk and not holds(who, "alone", unit)
        withdraw = holds(who, "report", unit)
        return Acts(
            approve=approves and not own, waits_for_other=own, give_back=approves and not own, withdraw=withdraw
        )
    if state == State.APPROVED:
        return Acts(sign=holds(who, "sign", unit), give_back=may(who, "approve", unit))
    return Acts(reopen=may_reopen(who, unit), amend=holds(who, "sign", unit))


def may_read_draft(who: Account, unit: Unit) -> bool:
    """Whether she reads a report that is not signed: in it stand sentences that its unit may still take back."""
    return may(who, "report", unit) or may(who, "approve", unit)


def found_by(filling: Filling) -> list[Finding]:
    """What the form's checks find in the report as it stands now."""
    return list(found(filling.form.checks, filling.unit, filling.period, View.WAS))


def forms_below(unit: Unit, today: date) -> list[RegularForm]:
    """The forms that units at or under this one write, with periods of the calendar."""
    forms = [form_in_force(code, today) for code in sorted(versions()) if versions()[code][0].since <= today]
    deepest = ORDER[unit.level]
    return [
        form for form in forms
        if form.period != "days" and any(ORDER[level] >= deepest for level in form.levels)
    ]  # fmt: skip


def choices(unit: Unit, today: date) -> list[tuple[RegularForm, list[tuple[str, str]]]]:
    """Each form with its periods of the last year, the newest first, as (key, name)."""
    return [
        (form, [(key_of(form, p), p.name) for p in reversed(periods_between(form, today - OFFERED, today))])
        for form in forms_below(unit, today)
    ]  # fmt: skip


def rounds(unit: Unit, asked: Asked, today: date) -> Round | None:
    """The round that the address asks for: `f` a form, `ky` a period; without, the newest of the first form owed."""
    forms = {form.code: form for form in forms_below(unit, today)}
    below = [form for form in forms.values() if unit.level not in form.levels] or list(forms.values())
    owed = regime_over(unit, today)
    below = [form for form in below if form.code in owed] or below
    code, key = asked.given.get("f", ""), asked.given.get("ky", "")
    form = forms.get(code) or (below[0] if below else None)
    if form is None:
        return None
    periods = periods_between(form, today - OFFERED, today)
    newest = periods[-1] if periods else None
    try:
        period = period_named(form, key) if key and code == form.code else newest
    except Refusal:  # the period that was chosen for another form
        period = newest
    return round_of(unit, form, period, today) if period else None


def came_since(version: Version, form: RegularForm) -> list[Since] | None:
    """What came to the days of a signed report since; None for forms of months, whose late deeds the next one tells."""
    return since_signed(version) if form.period == "days" else None


def leading(paper: Paper) -> Paper:
    """A signed paper on a page: each figure with a code leads to the rows behind it as they stood."""

    def cell(one: Cell) -> Cell:
        return one._replace(url=reverse("figure-code", args=[one.code])) if one.code else one

    def block(one: Block) -> Block:
        if isinstance(one, Table):
            return replace(one, rows=tuple(replace(row, cells=tuple(map(cell, row.cells))) for row in one.rows))
        return replace(one, pieces=tuple(cell(each) if isinstance(each, Cell) else each for each in one.pieces))

    return replace(paper, body=tuple(block(one) for one in paper.body))
