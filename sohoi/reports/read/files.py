"""Word files that came beside the system: whose they are, what they bring to a section, where their figures differ."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sohoi.figures.read import UNREPORTED, Figure, figures_of
from sohoi.ledger.known import measures_named
from sohoi.ledger.models import Measure, Take
from sohoi.periods import Period
from sohoi.reports.models import Report, SentFile
from sohoi.reports.narrative.letters import Printed
from sohoi.reports.placing import as_printed
from sohoi.reports.read.children import form_of
from sohoi.reports.regular import RegularForm, versions
from sohoi.units.models import Unit, View
from sohoi.units.read import below

Files = dict[int, list[SentFile]]  # unit id -> its files
COLUMNS = ("period", "year", "day")  # what a report of a unit may mean by a figure


@dataclass(frozen=True)
class Followed:
    """The form that Word files sent to a report follow: that of the units below, also where the report is made from its
    own unit's shorter periods. `codes`: section of the merged form -> those of this one that end in it."""

    form: RegularForm
    codes: dict[str, tuple[str, ...]]

    def merged(self, form: RegularForm) -> set[str]:
        """Its sections that the report's own form is made from."""
        return {code for part in form.written for upper in part.merged for code in self.codes.get(upper, ())}

    def units(self, unit: Unit, on: date) -> list[Unit]:
        """Whose the files may be: the units below a unit that write this form."""
        return [one for level in self.form.levels for one in below(unit, on, level).order_by("plain", "pk")]


def followed(form: RegularForm, unit: Unit, on: date) -> Followed | None:
    """The first form down the way of merging that units of another level write; None where there is none, or none yet
    in force on that day."""
    found: RegularForm | None = form
    passed, codes = {form.code}, dict[str, tuple[str, ...]]()
    while found and found.merges not in passed and (found := _merged_by(found, on)):
        lower = found
        passed.add(lower.code)
        if len(passed) == 2:
            codes = {part.code: (part.code,) for part in lower.parts}
        if unit.level not in lower.levels:
            return Followed(lower, codes)
        deeper = {part.code: part.merged for part in lower.written}
        codes = {upper: tuple(one for code in ends for one in deeper.get(code, ())) for upper, ends in codes.items()}
    return None


def _merged_by(form: RegularForm, on: date) -> RegularForm | None:
    """The form that this one is made from, in its version of a day; None when there is none."""
    return next((one for one in reversed(versions().get(form.merges, ())) if one.since <= on), None)


def takes_files(form: RegularForm, unit: Unit, on: date) -> bool:
    """Whether words of units below end in a report of this form whose last day is `on`, and so their files too."""
    found = followed(form, unit, on)
    return found is not None and bool(found.merged(form))


def files_by_unit(report: Report) -> Files:
    """The files that are there and tied to a unit, as they came, under the sections of the form that the report merges;
    without what only their own page shows."""
    rows = SentFile.objects.filter(report=report, removed_at=None, refused="").exclude(unit=None)
    found: Files = {}
    for row in rows.select_related("unit").defer("folded", "missing", "left_out", "notes", "figures").order_by("pk"):
        assert row.unit_id is not None
        found.setdefault(row.unit_id, []).append(row)
    form = form_of(report)
    way = followed(form, report.unit, report.last) if found else None
    if way is not None and way.form.code != form.merges:
        for row in (row for rows in found.values() for row in rows):
            _renamed(row, way.codes)
    return found


def _renamed(row: SentFile, codes: dict[str, tuple[str, ...]]) -> None:
    """Put what was read in a file under the sections of the form above its own; in memory alone."""
    up = {code: upper for upper, ends in reversed(codes.items()) for code in ends}
    row.sections = {
        upper: [line for code in ends for line in row.sections.get(code, [])] for upper, ends in codes.items()
    }
    row.unplaced = [part | {"section": up.get(part["section"], "")} for part in row.unplaced]


def words(file: SentFile, sections: Collection[str]) -> list[Printed]:
    """The lines of a file under these sections of its form, loose parts that were given to one of them last."""
    placed = [line for code in sections for line in file.sections.get(code, [])]
    given = [line for part in file.unplaced if part["section"] in sections for line in part["lines"]]
    return [as_printed(line) for line in (*placed, *given)]


def asked_of_texts(form: RegularForm) -> list[Measure]:
    """The measures that texts are held against: shares are left alone, for a text rounds them; so is what is quiet."""
    named = measures_named(form.measures).values()
    return [m for m in named if not m.sensitive and m.take != Take.RATIO]


@dataclass(frozen=True)
class Differing:
    """A figure that a file states and the ledger has otherwise: a sentence, and the figure to open."""

    sentence: str
    figure: Figure


def differing(
    files: Iterable[SentFile], units: Sequence[Unit], form: RegularForm, windows: Iterable[Period]
) -> dict[int, list[Differing]]:
    """file id -> its figures that the unit's own are not, in any of the windows. Nothing is taken over.

    As many statements as windows.
    """
    measures = asked_of_texts(form)
    known: dict[tuple[int, str], list[Figure]] = {}
    for days in windows if units else ():
        for (unit, _), figure in figures_of(units, measures, days, View.WAS).items():
            known.setdefault((unit, figure.measure.code), []).append(figure)
    return {
        file.pk: [one for told in file.figures if (one := _differs(told, file.unit_id or 0, known)) is not None]
        for file in files
    }


def _differs(told: dict[str, Any], unit: int, known: dict[tuple[int, str], list[Figure]]) -> Differing | None:
    """None when one of the figures that it may mean is the same; what nobody has reported is held against as none."""
    figures = [figure for code in told["measures"] for figure in known.get((unit, code), [])]
    said = [(0 if one.state == UNREPORTED else one.value, one) for one in figures]
    values = [(value, one) for value, one in said if value is not None]
    least, most = map(Fraction, told.get("span") or [told["value"]] * 2)  # money said in tỷ, triệu rounds
    if not values or any(least <= value <= most for value, _ in values):
        return None
    return Differing(_sentence(told, values[0][1]), values[0][1])


def _sentence(told: dict[str, Any], figure: Figure) -> str:
    """What the file says, and what the ledger says of those days."""
    measure, days = figure.measure, figure.period.name
    count = "" if measure.count == "đồng" else f" {measure.count}"
    says = "chưa có việc nào được ghi" if figure.state == UNREPORTED else f"là {figure.text}{count}"
    return (
        f"Lời báo cáo ghi “{told['written']}” (… {told['around']} …); "
        f"trong sổ, “{measure.label}” {days[:1].lower()}{days[1:]} {says}."
    )
