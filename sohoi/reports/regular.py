"""The language of regular reports (báo cáo định kỳ): who writes which form for which periods, what stands in it.

A form is data: tables of figures with their days, sections of text, checks, the words of its head (docs/forms.md). A
folder `<code>` or `<code>@<version>` holds form.toml and perhaps a layout of its own; the newest version whose `since`
has come is in force. No formulas, no conditions: who needs more writes a measure.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from sohoi.ledger.holes import PLACES
from sohoi.ledger.shapes import Table, code, shown, table, title
from sohoi.periods import Period, month_first, month_index, month_last, named, parse
from sohoi.refusal import Refusal
from sohoi.reports.checks import Check, read_checks
from sohoi.reports.forms import FOLDER, is_review, lined, own_paths, toml
from sohoi.reports.models.numbers import DocumentType
from sohoi.reports.table import Style
from sohoi.units.models import Level
from sohoi.vietnamese import SCALES

PERIODS = {"month": 1, "quarter": 3, "half": 6, "nine-months": 9, "year": 12, "days": 0}
STYLES = ("state", "party", "plain")
COLUMNS = {
    "period": "Trong kỳ", "year": "Từ đầu năm", "term": "Từ đầu nhiệm kỳ", "day": "Đến cuối kỳ",
    "before": "Kỳ trước", "last-year": "Cùng kỳ năm trước", "late": "Phát sinh sau kỳ chốt",
}  # fmt: skip
CONTENTS = ("", "text", "tasks", "ahead", "late", "units", "targets")
KEYS = {
    "code", "label", "since", "version", "levels", "period", "style", "title", "subject", "type", "body", "signer",
    "recipients", "merges", "wide", "section", "table", "check",
}  # fmt: skip
NEEDED = ("code", "label", "since", "levels", "period", "title", "subject", "section")
SECTION_KEYS = {"code", "heading", "level", "content", "from", "optional"}
TABLE_KEYS = {"section", "title", "columns", "row", "note"}
ROW_KEYS = {"measure", "label", "group", "scale", "places"}


@dataclass(frozen=True)
class Part:
    """A heading of the paper. `content`: "text" is written by the unit, from the children's sections `merged`."""

    code: str
    heading: str
    level: int
    content: str
    merged: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Line:
    """A row of a table: a measure, or the words of a group across it. `scale`: its money is said in tỷ or triệu."""

    measure: str
    label: str
    group: str = ""
    scale: str = ""
    places: int = PLACES


@dataclass(frozen=True)
class Grid:
    """A table of figures in a section: rows are measures, columns are days (COLUMNS)."""

    section: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class RegularForm:
    """One version of a form, read and checked; `source` is the file's body as a version keeps it."""

    code: str
    label: str
    since: date
    version: int
    levels: tuple[str, ...]
    period: str
    style: Style
    title: tuple[str, ...]
    subject: str
    type: str
    body: str
    signer: str
    recipients: tuple[str, ...]
    merges: str
    wide: bool
    parts: tuple[Part, ...]
    grids: tuple[Grid, ...]
    checks: tuple[Check, ...]
    layout: Path
    source: dict[str, Any] = field(compare=False, repr=False, default_factory=dict)

    @property
    def measures(self) -> list[str]:
        """Codes of all measures in its tables, each once."""
        return list(dict.fromkeys(row.measure for grid in self.grids for row in grid.rows if row.measure))

    @property
    def written(self) -> tuple[Part, ...]:
        """The sections that people write."""
        return tuple(part for part in self.parts if part.content == "text")

    def part(self, code: str) -> Part:
        """A section of text by its code; Refusal for one that the form does not have."""
        for part in self.written:
            if part.code == code:
                return part
        raise Refusal(f"Biểu mẫu “{self.label}” không có mục “{code[:40]}” để viết.", "section")


@cache
def versions() -> dict[str, list[RegularForm]]:
    """All regular forms by code, the oldest version first. One of an own folder that cannot be read is left out and
    named (own_forms.py); the shipped ones must be right. No shipped version follows one of an own folder."""
    own = [form for form in own_forms().values() if isinstance(form, RegularForm)]
    since = own_since()
    shipped = [form for form in shipped_forms() if form.since < since.get(form.code, date.max)]
    found: dict[str, list[RegularForm]] = {}
    for form in (*shipped, *own):
        found.setdefault(form.code, []).append(form)
    return {code: sorted(forms, key=lambda form: form.since) for code, forms in found.items()}


def shipped_forms() -> list[RegularForm]:
    """The regular forms of the program."""
    bodies = [(path, toml(path)) for path in sorted(FOLDER.glob("*/form.toml"))]
    return [read_regular(body, path) for path, body in bodies if not is_review(body)]


def own_since() -> dict[str, date]:
    """From which day on a code is an own folder's: a newer shipped version must not replace a province's unasked."""
    found: dict[str, date] = {}
    for form in own_forms().values():
        if isinstance(form, RegularForm):
            found[form.code] = min(form.since, found.get(form.code, date.max))
    return found


def own_forms() -> dict[Path, RegularForm | Refusal]:
    """The forms of the folders that a province named itself; for one that cannot be read why not."""
    found: dict[Path, RegularForm | Refusal] = {}
    for path in own_paths():
        try:
            body = toml(path)
            if not is_review(body):
                found[path] = read_regular(body, path)
        except Refusal as refusal:
            found[path] = refusal
    return found


def form_in_force(code: str, on: date) -> RegularForm:
    """The newest version of the form that is valid on a day; Refusal lists the forms, or says since when."""
    if code not in versions():
        raise Refusal(f"Không có biểu mẫu “{code[:40]}”. Các biểu mẫu: {', '.join(sorted(versions()))}.", "form")
    valid = [form for form in versions()[code] if form.since <= on]
    if not valid:
        first = versions()[code][0]
        raise Refusal(f"Biểu mẫu “{first.label}” chỉ dùng từ ngày {first.since:%d/%m/%Y}.", "form")
    return valid[-1]


def read_regular(body: dict[str, Any], path: Path) -> RegularForm:
    """Check one form; raises Refusal naming the file and the key."""
    where = f"{path.parent.name}/{path.name}"
    told = table(lined(body, "signer", where), KEYS, NEEDED, where)
    parts = tuple(_part(one, where) for one in told.tables("section"))
    codes = [part.code for part in parts]
    if len(set(codes)) < len(codes):
        raise Refusal(f"{where}: hai mục cùng mang mã “{max(codes, key=codes.count)}”. Đổi một mã.", where)
    return RegularForm(
        told.code("code"), told.text("label"), told.day("since"), told.whole("version", 1, 999) or 1, _levels(told),
        told.one_of("period", tuple(PERIODS)), cast(Style, told.one_of("style", STYLES, "state")),
        _listed(told, "title"), told.text("subject"), told.one_of("type", DocumentType.values, "BC"),
        told.text("body", 20), told.text("signer"), told.texts("recipients"), told.code("merges"), told.flag("wide"),
        parts, tuple(_grid(one, codes, where) for one in told.tables("table")),
        read_checks(told.tables("check"), where), path.parent / "layout.docx", _kept(told.body),
    )  # fmt: skip


def _levels(told: Table) -> tuple[str, ...]:
    """The levels that write it, at least one."""
    levels = _listed(told, "levels")
    strange = [level for level in levels if level not in Level.values]
    if strange:
        raise told.refused("levels", f"các cấp trong: {', '.join(Level.values)} (có “{shown(strange[0])}”)")
    return levels


def _listed(told: Table, key: str) -> tuple[str, ...]:
    """A list with at least one word in it."""
    words = told.texts(key)
    if not words:
        raise told.refused(key, "danh sách có ít nhất một dòng")
    return words


def read_file(path: Path) -> RegularForm:
    """One form file, checked."""
    return read_regular(toml(path), path)


def _part(body: dict[str, Any], where: str) -> Part:
    where = f"{where}, mục “{title(body)}”"
    told = table(body, SECTION_KEYS, ("code", "heading"), where)
    merged = tuple(code(one, f"{where}, “from”") for one in told.texts("from"))
    return Part(
        told.code("code"), told.text("heading"), told.whole("level", 1, 2) or 1, told.one_of("content", CONTENTS),
        merged, told.flag("optional"),
    )  # fmt: skip


def _grid(body: dict[str, Any], sections: list[str], where: str) -> Grid:
    where = f"{where}, [[table]]"
    told = table(body, TABLE_KEYS, ("section", "title", "columns", "row"), where)
    columns = _listed(told, "columns")
    strange = [column for column in columns if column not in COLUMNS]
    if strange:
        raise told.refused("columns", f"các cột trong: {', '.join(COLUMNS)} (có “{shown(strange[0])}”)")
    rows = tuple(_line(one, where) for one in told.tables("row"))
    return Grid(told.one_of("section", sections), told.text("title"), columns, rows, told.text("note"))


def _line(body: dict[str, Any], where: str) -> Line:
    """A row: a measure, perhaps under other words, or a group alone."""
    told = table(body, ROW_KEYS, (), f"{where}, row")
    if ("measure" in told) == ("group" in told) or ("group" in told and len(told.body) > 1):
        raise told.refused("row", "dòng có “measure” (kèm “label”, “scale” nếu cần) hoặc chỉ có “group”")
    scale, places = told.one_of("scale", ("", *SCALES)), told.whole("places", 0, 3)
    if places is not None and not scale:
        raise told.refused("places", "số chữ số lẻ của “scale”, 0 đến 3; không có “scale” thì không nêu")
    places = PLACES if places is None else places
    return Line(told.code("measure"), told.text("label"), told.text("group"), scale, places)


def _kept(body: dict[str, Any]) -> dict[str, Any]:
    """The body as JSON can carry it."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in body.items()}


def period_named(form: RegularForm, text: str) -> Period:
    """A period as an address writes it ("2018-01", "2024-Q2"), of the length that the form asks."""
    period = parse(text)
    months = PERIODS[form.period]
    if months and (period.broken() or len(period.months) != months or (month_index(period.first) % 12) % months):
        raise Refusal(f"Biểu mẫu “{form.label}” không viết cho kỳ “{period.name}”.", "period")
    return period


def key_of(form: RegularForm, period: Period) -> str:
    """The period as an address writes it."""
    year, month = period.first.year, period.first.month
    said = {
        "month": f"{year}-{month:02d}", "quarter": f"{year}-Q{month // 3 + 1}", "half": f"{year}-H{1 + month // 7}",
        "nine-months": f"{year}-9M", "year": str(year),
    }  # fmt: skip
    return said.get(form.period, f"{period.first}..{period.last}")


def periods_between(form: RegularForm, first: date, last: date) -> list[Period]:
    """The periods of the form that ended within these days, the oldest first; none for days chosen at will."""
    months = PERIODS[form.period]
    found = []
    for end in range(month_index(first), month_index(last) + 1) if months else ():
        ends = month_last(end)
        whole = end % 12 == 8 if form.period == "nine-months" else (end + 1) % months == 0
        if whole and first <= ends <= last:
            found.append(named(month_first(end - months + 1), ends))
    return found
