"""The language of regular reports (báo cáo định kỳ): who writes which form for which periods, what stands in it.

A form is data: tables of figures with their days, sections of text, checks, the words of its head (docs/forms.md). A
folder `<code>` or `<code>@<version>` holds form.toml and perhaps a layout of its own; the newest version whose `since`
has come is in force. No formulas, no conditions: who needs more writes a measure.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from sohoi.periods import Period, between, month_first, month_index, month_last, parse
from sohoi.refusal import Refusal
from sohoi.reports.checks import Check, read_checks
from sohoi.reports.table import Style
from sohoi.units.models import Level

FOLDER = Path(__file__).parent / "forms"
PERIODS = {"month": 1, "quarter": 3, "half": 6, "nine-months": 9, "year": 12, "days": 0}
STYLES = ("state", "party", "plain")
COLUMNS = {
    "period": "Trong kỳ", "year": "Từ đầu năm", "term": "Từ đầu nhiệm kỳ", "day": "Đến cuối kỳ",
    "before": "Kỳ trước", "last-year": "Cùng kỳ năm trước", "late": "Phát sinh sau kỳ chốt",
}  # fmt: skip
CONTENTS = ("", "text", "tasks", "ahead", "late", "units", "targets")
KEYS = {
    "code", "label", "since", "version", "levels", "period", "style", "title", "subject", "type", "body", "signer",
    "recipients", "merges", "term_first", "wide", "section", "table", "check",
}  # fmt: skip
NEEDED = {"code", "label", "since", "levels", "period", "title", "subject", "section"}
SECTION_KEYS = {"code", "heading", "level", "content", "from", "optional"}
TABLE_KEYS = {"section", "title", "columns", "row", "note"}
ROW_KEYS = {"measure", "label", "group"}


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
    """A row of a table: a measure, or the words of a group across it."""

    measure: str
    label: str
    group: str = ""


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
    """All regular forms by code, the oldest version first."""
    found: dict[str, list[RegularForm]] = {}
    for folder in (FOLDER, *map(Path, settings.FORM_FOLDERS)):
        for path in sorted(folder.glob("*/form.toml")):
            body = _body(path)
            if "period" in body:
                form = read_regular(body, path)
                found.setdefault(form.code, []).append(form)
    return {code: sorted(forms, key=lambda form: form.since) for code, forms in found.items()}


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
    _known(body, KEYS, where)
    _has(body, NEEDED, where)
    _one_of(body["period"], PERIODS, "period", where)
    _one_of(body.get("style", "state"), STYLES, "style", where)
    for level in body["levels"]:
        _one_of(level, Level.values, "levels", where)
    parts = tuple(_part(one, where) for one in body["section"])
    codes = [part.code for part in parts]
    if len(set(codes)) < len(codes):
        raise Refusal(f"{where}: hai mục cùng mang mã “{max(codes, key=codes.count)}”. Đổi một mã.", where)
    grids = tuple(_grid(one, codes, where) for one in body.get("table", []))
    return RegularForm(
        body["code"], body["label"], _day(body["since"], where), int(body.get("version", 1)), tuple(body["levels"]),
        body["period"], body.get("style", "state"), tuple(body["title"]), body["subject"], body.get("type", "BC"),
        body.get("body", ""), body.get("signer", ""), tuple(body.get("recipients", [])), body.get("merges", ""),
        bool(body.get("wide", False)), parts, grids, read_checks(body.get("check", []), where),
        path.parent / "layout.docx", _kept(body),
    )  # fmt: skip


def read_file(path: Path) -> RegularForm:
    """One form file, checked."""
    return read_regular(_body(path), path)


def _body(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        where = f"{path.parent.name}/{path.name}"
        raise Refusal(f"{where}: không đọc được tệp này ({error}).", where) from error


def _part(body: dict[str, Any], where: str) -> Part:
    _known(body, SECTION_KEYS, where)
    _has(body, {"code", "heading"}, where)
    _one_of(body.get("content", ""), CONTENTS, "content", where)
    return Part(
        body["code"], body["heading"], int(body.get("level", 1)), body.get("content", ""),
        tuple(body.get("from", [])), bool(body.get("optional", False)),
    )  # fmt: skip


def _grid(body: dict[str, Any], sections: list[str], where: str) -> Grid:
    _known(body, TABLE_KEYS, where)
    _has(body, {"section", "title", "columns", "row"}, where)
    _one_of(body["section"], sections, "section", where)
    for column in body["columns"]:
        _one_of(column, COLUMNS, "columns", where)
    rows = []
    for one in body["row"]:
        _known(one, ROW_KEYS, where)
        rows.append(Line(one.get("measure", ""), one.get("label", ""), one.get("group", "")))
    return Grid(body["section"], body["title"], tuple(body["columns"]), tuple(rows), body.get("note", ""))


def _known(body: dict[str, Any], keys: set[str], where: str) -> None:
    strange = sorted(set(body) - keys)
    if strange:
        raise Refusal(f"{where}: không hiểu khóa “{strange[0]}”. Các khóa: {', '.join(sorted(keys))}.", where)


def _has(body: dict[str, Any], keys: set[str], where: str) -> None:
    missing = sorted(keys - set(body))
    if missing:
        raise Refusal(f"{where}: thiếu khóa “{missing[0]}”.", where)


def _one_of(value: Any, known: Any, key: str, where: str) -> None:
    if value not in known:
        raise Refusal(
            f"{where}: “{key}” không nhận “{value}”. Chọn một trong: {', '.join(filter(None, known))}.", where
        )


def _day(value: Any, where: str) -> date:
    if not isinstance(value, date):
        raise Refusal(f"{where}: “since” phải là một ngày, viết 2018-01-01.", where)
    return value


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
            found.append(_named(form, end - months + 1, end))
    return found


def _named(form: RegularForm, start: int, end: int) -> Period:
    days = between(month_first(start), month_last(end))
    return parse(key_of(form, days))
