"""What stands in a regular report: its figures by column, the lines of its sections, the reports it is made from.

Figures are never kept while a report is being written: whoever opens it sees the ledger of that moment.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from sohoi.figures.as_it_stood import late
from sohoi.figures.read import Figure, figures_over
from sohoi.goals.read import resolution_over
from sohoi.ledger.known import measures_named
from sohoi.ledger.models import Measure
from sohoi.periods import Period, a_year_before, between, previous
from sohoi.refusal import Refusal
from sohoi.reports.models import Report
from sohoi.reports.read.children import Child, children_of, form_of, period_of
from sohoi.reports.read.files import files_by_unit
from sohoi.reports.read.merging import merged_texts, newest_numbers, proposed, texts_signed, unseen
from sohoi.reports.regular import RegularForm
from sohoi.statements import prepared, statement
from sohoi.units.models import Unit, View

_sql = partial(statement, __file__)  # the .sql files of this drawer

Figures = dict[tuple[str, str], Figure]  # (measure code, column)
Texts = dict[str, list[dict[str, Any]]]  # section code -> lines


@dataclass(frozen=True)
class Filling:
    """A report filled in."""

    form: RegularForm
    unit: Unit
    period: Period
    measures: dict[str, Measure]
    figures: Figures
    late: dict[int, int]
    texts: Texts
    children: list[Child] = field(default_factory=list)


@dataclass(frozen=True)
class Words:
    """The words of a report as they stand: of each section, which sections nobody has opened, and how many lines came
    from below, or were replaced there, since somebody left one."""

    form: RegularForm
    texts: Texts
    unopened: tuple[str, ...]
    unseen: dict[str, int]

    @property
    def missing(self) -> list[str]:
        """Headings that the form asks for and nobody has written under."""
        return [
            part.heading for part in self.form.written
            if not part.optional and not any(line["kept"] for line in self.texts.get(part.code, []))
        ]  # fmt: skip


def words_in(report: Report) -> Words:
    """The words without a single figure added up; Refusal names a measure that is gone, as `filled` does."""
    form = form_of(report)
    measures_of(form)
    left = left_in(report, form)
    children, files = children_of(form, report.unit, period_of(report)), files_by_unit(report)
    signed, newest = texts_signed(children), newest_numbers(children)
    fresh = {part.code: proposed(part, children, files, signed) for part in form.written if part.merged}
    waiting = {code: unseen(left[code], one, newest) for code, one in fresh.items() if code in left}
    texts = {code: one.lines for code, one in fresh.items() if code not in left} | left
    unopened = tuple(part.code for part in form.written if part.code not in left)
    return Words(form, texts, unopened, {code: count for code, count in waiting.items() if count})


def digest(filling: Filling) -> str:
    """What the figures and words of a report come to (hex): the same as long as nothing in it changed. What silence
    means is left out: it changes when the months are confirmed by the signature."""
    figures = sorted([*key, one.raw.amount, one.raw.under] for key, one in filling.figures.items())
    words = {code: [line["text"] for line in lines if line["kept"]] for code, lines in filling.texts.items()}
    return sha256(json.dumps([figures, words], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def filled(report: Report) -> Filling:
    """The report as it would be signed now. A handful of statements, however many rows and children."""
    form, period = form_of(report), period_of(report)
    measures = measures_of(form)
    children = children_of(form, report.unit, period)
    return Filling(
        form, report.unit, period, measures, figures_in(form, report.unit, period, measures),
        late_in(report.unit, period, measures), texts_of(report, form, children), children,
    )  # fmt: skip


def drafted(form: RegularForm, unit: Unit, period: Period) -> Filling:
    """The report as it stands, or as it would stand when somebody opened it now; nothing is written down."""
    there = Report.objects.filter(unit=unit, form=form.code, first=period.first, last=period.last).first()
    if there is not None:
        return filled(there)
    measures, children = measures_of(form), children_of(form, unit, period)
    return Filling(
        form, unit, period, measures, figures_in(form, unit, period, measures), late_in(unit, period, measures),
        merged_texts(form.written, children, {}), children,
    )  # fmt: skip


def measures_of(form: RegularForm) -> dict[str, Measure]:
    """The measures of its tables by code; Refusal names one that is gone."""
    found = measures_named(form.measures)
    gone = [code for code in form.measures if code not in found]
    if gone:
        raise Refusal(
            f"Biểu mẫu “{form.label}” hỏi đầu số liệu “{gone[0]}” không còn trong sổ. "
            "Báo quản trị hệ thống sửa biểu mẫu, rồi mở lại báo cáo.", "form",
        )  # fmt: skip
    return found


def windows(form: RegularForm, unit: Unit, period: Period) -> dict[str, Period | None]:
    """The days that each column of the form's tables counts; None where they are not known."""
    wanted = dict.fromkeys(column for grid in form.grids for column in grid.columns)
    days: dict[str, Period | None] = {"period": period, "day": period, "late": None}
    days["year"] = between(date(period.last.year, 1, 1), period.last)
    if "before" in wanted:
        days["before"] = previous(period)
    if "last-year" in wanted:
        days["last-year"] = a_year_before(period)
    if "term" in wanted:
        days["term"] = _term(unit, period)
    return {column: days[column] for column in wanted}


def _term(unit: Unit, period: Period) -> Period | None:
    """From the first day of the term of the nearest resolution in force."""
    found = resolution_over(unit, period.last)
    return between(found.term_first, period.last) if found else None


def figures_in(form: RegularForm, unit: Unit, period: Period, measures: dict[str, Measure]) -> Figures:
    """Every figure of its tables; all columns are read together."""
    wanted: dict[str, list[str]] = {}
    for grid in form.grids:
        for column in grid.columns:
            wanted.setdefault(column, []).extend(row.measure for row in grid.rows if row.measure)
    days = {column: one for column, one in windows(form, unit, period).items() if one is not None}
    asked = [measures[code] for code in dict.fromkeys(code for codes in wanted.values() for code in codes)]
    told = figures_over(unit, asked, list(days.values()), View.WAS) if days else []
    return {
        (code, column): said[measures[code].id]
        for column, said in zip(days, told, strict=True) for code in wanted[column]
    }  # fmt: skip


def late_in(unit: Unit, period: Period, measures: dict[str, Measure]) -> dict[int, int]:
    """measure id -> what deeds of before the period add in it, without those of households and women kept quiet."""
    open_ones = [m for m in measures.values() if not m.sensitive]
    return {measure: raw.amount for (_, measure), raw in late([unit], open_ones, period).items()}


def left_in(report: Report, form: RegularForm) -> Texts:
    """section -> its lines as somebody left them last; sections that nobody has opened are not there."""
    rows = prepared(_sql("passages.sql"), [report.pk, [part.code for part in form.written]])
    return {section: json.loads(lines) for section, lines in rows}


def texts_of(report: Report, form: RegularForm, children: list[Child]) -> Texts:
    """section -> its lines as somebody left them last; one that nobody has opened says what came from below."""
    left = left_in(report, form)
    fresh = [part for part in form.written if part.code not in left]
    files = files_by_unit(report) if any(part.merged for part in fresh) else {}
    return merged_texts(fresh, children, files) | left
