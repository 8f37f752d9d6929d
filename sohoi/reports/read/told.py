"""What a regular report tells beside figures and people's words: its tasks, those ahead, the targets of the term."""

from collections.abc import Iterator
from datetime import timedelta

from sohoi.goals.read import NO_DATA, NO_GOAL, assigned, overall, resolution_over, review
from sohoi.periods import between
from sohoi.reports.read.filling import Filling
from sohoi.reports.read.since import since_the_one_before
from sohoi.work.read import coming, for_report

Told = dict[str, tuple[str, ...]]  # content of a section -> its sentences


def told_of(filling: Filling) -> Told:
    """The sentences of each such section that the form has."""
    ways = {"tasks": _tasks, "ahead": _ahead, "targets": _targets, "late": _late}
    contents = {part.content for part in filling.form.parts}
    return {content: tuple(way(filling)) for content, way in ways.items() if content in contents}


def _tasks(filling: Filling) -> Iterator[str]:
    """What was to be done in the period: by the unit, and by the units to which it gave it."""
    reported = for_report(filling.unit, filling.period)
    yield from (f"{one.sentence}." for one in reported.own)
    yield from (f"{one.sentence}." for one in reported.given)


def _ahead(filling: Filling) -> Iterator[str]:
    """What is due in as many days after the period, as its last day sees it: nothing is overdue before its time."""
    begin = filling.period.last + timedelta(days=1)
    following = between(begin, begin + timedelta(days=filling.period.days - 1))
    yield from (f"{one.sentence}." for one in coming(filling.unit, following))


def _late(filling: Filling) -> Iterator[str]:
    """Of a form whose days somebody chooses: what came to the days of the one before after it was signed."""
    if filling.form.period == "days":
        yield from since_the_one_before(filling)


def _targets(filling: Filling) -> Iterator[str]:
    """How the nearest resolution in force stands for the unit on the last day: N/M, then each criterion in words."""
    found = resolution_over(filling.unit, filling.period.last)
    if found is None:
        return
    seen = review(found, filling.period.last, filling.unit)
    above = [one for one in assigned(filling.unit, filling.period.last) if one.pk != found.pk]
    for one in (seen, *(review(resolution, filling.period.last, filling.unit) for resolution in above)):
        if one.count:
            yield f"{one.resolution.title}: {overall(one)}."
    for a in seen.criteria().values():
        if a.state not in (NO_GOAL, NO_DATA) and a.result is not None:
            words = ", ".join(filter(None, (a.words or a.state_text.lower(), a.change)))
            yield f"{a.clause.label}: {a.result.text}, {words}."
