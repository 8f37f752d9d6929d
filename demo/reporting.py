"""What both stories of reports share: a branch writes, closes and signs its month; a chair edits merged lines."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sohoi.periods import Period
from sohoi.reports.models import Report, Version
from sohoi.reports.read.filling import filled
from sohoi.reports.regular import form_in_force
from sohoi.reports.write.cycle import approve, open_report, submit
from sohoi.reports.write.regime import SAMPLE, load_regime
from sohoi.reports.write.signing import sign
from sohoi.reports.write.texts import write_lines
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.units.read import centre

BRANCH_FORM, COMMUNE_FORM = "chi-hoi-thang", "xa-thang"
Texts = Mapping[str, Iterable[str]]  # section -> its sentences


def load_the_regime() -> None:
    """The sample regime, for the whole country; its days are ours and mau.toml says so."""
    load_regime(SAMPLE, centre())


def signed(unit: Unit, form: str, period: Period) -> int:
    """How many versions of a report are signed."""
    return Version.objects.filter(
        report__unit=unit, report__form=form, report__first=period.first, report__last=period.last
    ).count()


def opened(unit: Unit, form: str, period: Period, by: Account) -> Report:
    """The report of a unit, opened."""
    return open_report(form_in_force(form, period.last), unit, period, by=by)


def send_branch(unit: Unit, period: Period, texts: Texts, by: Account, on: date | None = None) -> Version:
    """A branch writes its month, closes it and signs, all by its head; `on` is the day of the paper."""
    report = opened(unit, BRANCH_FORM, period, by)
    say(report, texts, by)
    submit(report, by=by)
    approve(report, by=by)
    return sign(report, by=by, on=on)


def say(report: Report, texts: Texts, by: Account) -> None:
    """Leave these sentences in the sections."""
    for section, sentences in texts.items():
        write_lines(report, section, [line(text) for text in sentences], by=by)


def edit(report: Report, section: str, by: Account, *, more: str, reworded: Mapping[str, str] | None = None) -> None:
    """The chair goes over a merged section: some sentences reworded, one of her own added; the sources stay."""
    told = reworded or {}
    lines = [
        {**one, "text": told.get(one["text"], one["text"]), "edited": one["edited"] or one["text"] in told}
        for one in filled(report).texts[section]
    ]
    write_lines(report, section, [*lines, line(more)], by=by)


def line(text: str) -> dict[str, Any]:
    """A sentence of one's own."""
    return {"text": text, "sources": [], "kept": True, "edited": True}


def next_month(period: Period, day: int) -> date:
    """A day of the month after the period."""
    at = period.last
    return date(at.year + at.month // 12, at.month % 12 + 1, day)
