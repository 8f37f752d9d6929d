"""What the page of sent Word files shows: each file with its unit, what is to be looked at in it, where it differs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sohoi.refusal import Refusal
from sohoi.reports.models import Report, SentFile
from sohoi.reports.read.children import Child, children_of, form_of, period_of
from sohoi.reports.read.files import COLUMNS, Differing, differing, followed
from sohoi.reports.read.filling import windows
from sohoi.reports.regular import RegularForm
from sohoi.units.models import Unit


@dataclass(frozen=True)
class Looked:
    """A file beside what is known of its unit."""

    file: SentFile
    signed: bool  # its unit's own report is signed: the file is not merged
    again: bool  # another file of the same unit is there
    differing: Sequence[Differing]

    @property
    def loose(self) -> int:
        """Parts that stand in no section."""
        return sum(not part["section"] for part in self.file.unplaced)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to say of it."""
        file = self.file
        told = (file.refused, self.signed, self.again, self.loose, self.differing, file.missing, file.notes)
        return not any(told)


@dataclass(frozen=True)
class Around:
    """The report that files are sent to, the form they follow, the units they may be of."""

    report: Report
    form: RegularForm
    lower: RegularForm
    merged: set[str]
    units: list[Unit]
    children: list[Child]

    @property
    def signed(self) -> set[int]:
        """Units whose own signed report is merged."""
        return {child.unit.pk for child in self.children if child.sent}

    @property
    def sections(self) -> list[tuple[str, str]]:
        """(code, heading) of the sections that are merged."""
        return [(part.code, part.heading) for part in self.lower.parts if part.code in self.merged]


def around(report: Report) -> Around:
    """All that the pages of files need to know of a report."""
    form = form_of(report)
    way = followed(form, report.unit, report.last)
    if way is None:
        raise Refusal(f"“{form.label}” không gộp lời báo cáo của đơn vị khác.")
    children = children_of(form, report.unit, period_of(report))
    units = [child.unit for child in children if not child.own] or way.units(report.unit, report.last)
    return Around(report, form, way.form, way.merged(form), units, children)


def looked(at: Around, files: Sequence[SentFile]) -> list[Looked]:
    """Each file with what is to be said of it; the number of statements does not grow with them."""
    tied = Counter(file.unit_id for file in files)
    units = [unit for unit in at.units if tied[unit.pk]]
    days = windows(at.lower, at.report.unit, period_of(at.report))
    asked = dict.fromkeys(days[column] for column in COLUMNS if days.get(column))
    differ = differing(files, units, at.lower, [one for one in asked if one])
    signed = at.signed
    return [
        Looked(file, file.unit_id in signed, bool(file.unit_id) and tied[file.unit_id] > 1, differ[file.pk])
        for file in files
    ]
