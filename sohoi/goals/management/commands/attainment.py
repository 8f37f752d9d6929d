"""attainment: a resolution's targets as they stand on a day, in words or as JSON."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.goals.models import Rank, Resolution, Shape
from sohoi.goals.read import Attainment, Review, overall, review
from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.units.models import View
from sohoi.units.read import find
from sohoi.units.younger import left_out
from sohoi.vietnamese import decimal, percent

VIEWS = {"was": View.WAS, "today": View.TODAY}


class Command(BaseCommand):
    """The same attainment as in the review (docs/formats.md)."""

    help = "In mức đạt của một nghị quyết: attainment MÃ_NGHỊ_QUYẾT [--on 2024-05-11] [--unit MÃ] [--json]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Resolution, day, unit, view."""
        parser.add_argument("resolution")
        parser.add_argument("--on", type=str)
        parser.add_argument("--unit")
        parser.add_argument("--view", choices=VIEWS, default="was")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        with said_plainly():
            found = Resolution.objects.select_related("unit").filter(code=options["resolution"]).first()
            if found is None:
                raise Refusal(f"Không có nghị quyết “{options['resolution']}”. Nạp bằng lệnh loadresolution trước.")
            on = found.day_asked(read_day(options["on"]) if options["on"] else None, timezone.localdate())
            unit = find(options["unit"], on) if options["unit"] else None
            seen = review(found, on, unit, VIEWS[options["view"]])
        self.stdout.write(json.dumps(as_json(seen), ensure_ascii=False, indent=2) if options["json"] else as_text(seen))


def read_day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"Không đọc được ngày “{text}”. Viết theo mẫu 2024-05-11.", "on") from error


def as_json(seen: Review) -> dict[str, Any]:
    """A review for programs; exact numbers only."""
    return {
        "resolution": seen.resolution.code, "unit": seen.unit.code, "on": seen.on.isoformat(),
        "met": seen.met, "count": seen.count, **_counted(seen), "clauses": [_clause(a) for a in seen.clauses],
    }  # fmt: skip


def _counted(seen: Review) -> dict[str, Any]:
    """What else is counted: those exceeded and those met before the end of the term; N and M of groups and criteria."""
    whole, groups, criteria = (seen.tally(rank) for rank in (Rank.TARGET, Rank.GROUP, Rank.CRITERION))
    said = {"exceeded": whole.exceeded, "early": whole.early, "reach": [str(share) for share in whole.most]}
    return said | {"groups": [groups.met, groups.count], "criteria": [criteria.met, criteria.count]}


def _clause(a: Attainment) -> dict[str, Any]:
    """One clause with those below it."""
    result = a.result
    value = result.value if result else None
    return {
        "code": a.clause.code, "rank": a.clause.rank, "number": a.clause.number, "label": a.clause.label,
        "state": a.state, "result": None if value is None else str(value), "text": result.text if result else "",
        "goal": None if a.goal is None else str(a.goal), "words": a.words, "due": a.due,
        "change": a.change, "before": None if a.before is None else str(a.before),
        "years": {year: f.text for year, f in result.years} if result else {},
        "children": [_clause(child) for child in a.children],
    }  # fmt: skip


def as_text(seen: Review) -> str:
    """A review as lines: targets with their criteria below."""
    found = overall(seen) if seen.count else "không giao chỉ tiêu bằng số"
    lines = [f"{seen.resolution.title} - {seen.unit.name} - {found}"]
    if note := left_out(seen.unit, seen.resolution.term_first, seen.view):
        lines.append(note)
    for a in seen.clauses:
        lines += _lines(a, 0)
    return "\n".join(lines)


def _goal(a: Attainment) -> str:
    """The goal as the result beside it is written: 55, 80%, 3/4."""
    share = a.clause.shape != Shape.TOTAL or (a.clause.measure is not None and a.clause.measure.is_percent)
    return percent(a.goal or 0) if share else decimal(a.goal or 0)


def _lines(a: Attainment, depth: int) -> list[str]:
    """One clause and those below it."""
    if a.clause.rank in (Rank.BREAKTHROUGH, Rank.KEY_TASK):
        return []
    text = f": {a.result.text}" if a.result else ""
    goal = "" if a.goal is None else f"/{_goal(a)}"
    words = "".join(f", {one}" for one in (a.words, a.change) if one)
    head = f"{'  ' * depth}{a.clause.number + '. ' if a.clause.number else ''}{a.clause.label}"
    return [
        f"{head}{text}{goal}{words} [{a.state_text}{a.share}]",
        *(line for c in a.children for line in _lines(c, depth + 1)),
    ]
