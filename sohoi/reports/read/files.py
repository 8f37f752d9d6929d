"""Word files that came beside the system: whose they are, what they bring to a section, where their figures differ."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sohoi.figures.read import UNREPORTED, Figure, figures_of
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period
from sohoi.reports.models import Report, SentFile
from sohoi.reports.narrative.letters import Printed
from sohoi.reports.narrative.numbers import Found, Known, compare
from sohoi.reports.placing import as_printed
from sohoi.reports.regular import RegularForm, form_in_force
from sohoi.units.models import Unit, View

Files = dict[int, list[SentFile]]  # unit id -> its files
COLUMNS = ("period", "year", "day")  # what a report of a unit may mean by a figure


def takes_files(form: RegularForm, unit: Unit) -> bool:
    """Whether a report is made from those of other units, and so from their files too."""
    lower = form.merges and form_in_force(form.merges, form.since)
    return bool(lower) and unit.level not in lower.levels


def files_by_unit(report: Report) -> Files:
    """The files that are there and tied to a unit, as they came; without what only their own page shows."""
    rows = SentFile.objects.filter(report=report, removed_at=None, refused="").exclude(unit=None)
    found: Files = {}
    for row in rows.defer("folded", "missing", "left_out", "notes", "figures").order_by("pk"):
        assert row.unit_id is not None
        found.setdefault(row.unit_id, []).append(row)
    return found


def words(file: SentFile, sections: Collection[str]) -> list[Printed]:
    """The lines of a file under these sections of its form, loose parts that were given to one of them last."""
    placed = [line for code in sections for line in file.sections.get(code, [])]
    given = [line for part in file.unplaced if part["section"] in sections for line in part["lines"]]
    return [as_printed(line) for line in (*placed, *given)]


@dataclass(frozen=True)
class OfLedger(Known):
    """A figure of the ledger as a text is held against it."""

    figure: Figure


@dataclass(frozen=True)
class Differing:
    """A figure that a file states and the ledger has otherwise: a sentence, and the figure to open."""

    sentence: str
    figure: Figure


def differing(
    files: Iterable[SentFile], units: Sequence[Unit], form: RegularForm, windows: Iterable[Period]
) -> dict[int, list[Differing]]:
    """file id -> its figures that the unit's own are not, in any of the windows. Nothing is taken over.

    As many statements as windows. Shares are left alone, for a text rounds them; so is what is kept quiet.
    """
    told = list(Measure.objects.filter(code__in=form.measures, sensitive=False).exclude(take=Take.RATIO))
    known: dict[int, list[OfLedger]] = {unit.pk: [] for unit in units}
    for days in windows if units else ():
        said = figures_of(units, told, days, View.WAS)
        for unit in units:
            known[unit.pk] += [one for m in told if (one := _known(said[unit.pk, m.pk])) is not None]
    return {file.pk: _of_one(file, known.get(file.unit_id or 0, [])) for file in files}


def _known(figure: Figure) -> OfLedger | None:
    """What the ledger says; what nobody has reported yet is held against as none."""
    value = 0 if figure.state == UNREPORTED else figure.value
    if value is None:
        return None
    return OfLedger(figure.measure.label, figure.measure.count, value, figure)


def _of_one(file: SentFile, known: list[OfLedger]) -> list[Differing]:
    found = []
    for one in compare([_found(told) for told in file.figures], known) if known else ():
        assert isinstance(one.known, OfLedger)
        figure = one.known.figure
        sentence = one.sentence if figure.state != UNREPORTED else (
            f"Lời báo cáo ghi “{one.found.written}” (… {one.found.around} …); "
            f"trong sổ, “{figure.measure.label}” {figure.period.name.lower()} chưa có việc nào được ghi."
        )  # fmt: skip
        found.append(Differing(sentence, figure))
    return found


def _found(told: dict[str, Any]) -> Found:
    """A figure of the text as it was kept."""
    value = Fraction(told["value"])
    exact = int(value) if value.denominator == 1 else value
    return Found(told["written"], exact, told["count"], told["kind"], told["around"], 0)
