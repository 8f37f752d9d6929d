"""The tasks that a regular report speaks of: those of its period, and those that the next one owes."""

from dataclasses import dataclass
from datetime import timedelta

from sohoi.periods import between
from sohoi.reports.read.filling import Filling
from sohoi.work.read import for_report


@dataclass(frozen=True)
class Told:
    """One task as a sentence."""

    sentence: str


def told_of(filling: Filling) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """(what was to be done in the period, what is due in as many days after it), where the form has places for them."""
    contents = {part.content for part in filling.form.parts}
    tasks: tuple[Told, ...] = ()
    ahead: tuple[Told, ...] = ()
    if "tasks" in contents:
        reported = for_report(filling.unit, filling.period)
        tasks = (
            *(Told(f"{one.sentence}.") for one in reported.own),
            *(Told(f"{one.sentence}.") for one in reported.given),
        )
    if "ahead" in contents:
        following = between(
            filling.period.last + timedelta(days=1), filling.period.last + timedelta(days=filling.period.days)
        )
        ahead = tuple(Told(f"{one.sentence}.") for one in for_report(filling.unit, following).own)
    return tasks, ahead
