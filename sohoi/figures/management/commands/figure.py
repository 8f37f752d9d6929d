"""figure: one figure of one unit in a period, in words or as JSON, perhaps with the parts that make it up."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sohoi.figures.breakdown import breakdown
from sohoi.figures.declared import COUNTED, DECLARED, compared
from sohoi.figures.read import Figure, figure
from sohoi.ledger.models import Measure
from sohoi.periods import parse
from sohoi.plainly import said_plainly
from sohoi.refusal import Refusal
from sohoi.units.models import View
from sohoi.units.read import find
from sohoi.units.younger import left_out

VIEWS = {"was": View.WAS, "today": View.TODAY}


class Command(BaseCommand):
    """The same figure as on the desk (docs/formats.md)."""

    help = "In một số liệu: figure ĐẦU_SỐ_LIỆU --unit MÃ --period 2024-H1 [--view today] [--parts] [--json]"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Measure, unit, period, view."""
        parser.add_argument("measure")
        parser.add_argument("--unit", required=True)
        parser.add_argument("--period", required=True)
        parser.add_argument("--view", choices=VIEWS, default="was")
        parser.add_argument("--parts", action="store_true", help="cả các đơn vị trực tiếp bên dưới")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        with said_plainly():
            period = parse(options["period"])
            unit = find(options["unit"], period.last, since=period.first)
            measure = measure_named(options["measure"])
            view = VIEWS[options["view"]]
            whole = figure(measure, unit, period, view)
            body = {"unit_name": unit.name, "period": period.name, **as_json(whole)}
            if options["parts"]:
                parts = breakdown(unit, [measure], period, view, timezone.localdate())
                body["parts"] = [{"label": line.label, **as_json(line.figures[0])} for line in parts.lines]
            beside = compared(unit, period.last) if measure.code in (DECLARED, COUNTED) else None
            if beside:
                body["compared"] = beside.text
        if options["json"]:
            self.stdout.write(json.dumps(body, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{measure.label} - {unit.name} - {period.name} ({View(view).label}): {whole.text}")
        if beside:
            self.stdout.write(f"  {beside.text}")
        if note := left_out(unit, period.first, view):
            self.stdout.write(f"  {note}")
        for part in body.get("parts", []):
            self.stdout.write(f"  {part['label']}: {part['text']}")


def measure_named(code: str) -> Measure:
    """A measure by its code, or a refusal."""
    found = Measure.objects.select_related("over", "under").filter(code=code).first()
    if found is None:
        raise Refusal(f"Không có đầu số liệu “{code}”. Xem danh sách trong mục Số liệu.", "measure")
    return found


def as_json(f: Figure) -> dict[str, Any]:
    """A figure for programs: an exact value is never a float (a ratio is numerator and denominator)."""
    value = f.value
    return {
        "measure": f.measure.code, "unit": f.unit.code, "first": f.period.first.isoformat(),
        "last": f.period.last.isoformat(), "view": "today" if f.view == View.TODAY else "was", "state": f.state,
        "value": value if isinstance(value, int) or value is None else [value.numerator, value.denominator],
        "text": f.text,
    }  # fmt: skip
