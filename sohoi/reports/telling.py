"""A regular report as a Paper: its headings with their sentences, tables, tasks and senders. Reads only."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sohoi.figures.read import Figure
from sohoi.reports.read.filling import Filling
from sohoi.reports.read.papers import above_of, short_name
from sohoi.reports.read.told import Told
from sohoi.reports.regular import COLUMNS, Grid, Line, Part
from sohoi.reports.sentences import Link, Pen
from sohoi.reports.signatures import signature
from sohoi.reports.table import Block, Cell, Column, Paper, Paragraph, Row, Table
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import money_in, number

NOTHING = {
    "tasks": "Không có việc nào được giao trong kỳ.",
    "ahead": "Chưa có việc nào được giao cho kỳ sau.",
    "targets": "Chưa có chỉ tiêu nào có số liệu để đánh giá.",
}
NUMBERED = re.compile(r"^\d+\.")
LABEL_MM, COUNT_MM, FIGURE_MM = 60, 16, 28


@dataclass(frozen=True)
class Head:
    """What only its signature gives a paper: number, day, who signs, the address of the whole."""

    day: date
    number: str = ""
    signer_title: str = ""
    signer_name: str = ""
    code: str = ""
    qr: str | None = None


@dataclass
class Teller:
    """One report being told; with a code of its own each figure gets its place in it as a code."""

    filling: Filling
    head: Head
    told: Told = field(default_factory=dict)
    link: Link | None = None
    codes: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def pen(self) -> Pen:
        """How its figures are written: their codes are the paper's own."""
        return Pen(link=self.link, coded=False)

    def paper(self) -> Paper:
        """The whole paper."""
        form, unit = self.filling.form, self.filling.unit
        body = tuple(self.blocks())  # first: it gives the figures their codes
        return Paper(
            title_lines=form.title,
            subject=form.subject.replace("{period}", _lowered(self.filling.period.name)),
            issuer_above=above_of(unit, self.filling.period.last),
            issuer=unit.full_name.upper(),
            number=self.head.number or f"…/{form.type}-{form.body}".rstrip("-"),
            place=short_name(unit),
            day=self.head.day,
            body=body,
            signer_title=self.head.signer_title or form.signer,
            signer_name=self.head.signer_name,
            recipients=form.recipients,
            codes=tuple(self.codes),
            style=form.style,
            qr=self.head.qr,
            wide=form.wide,
        )

    def blocks(self) -> Iterator[Block]:
        """Its sections in their order. An optional one with nothing in it is left out, and those of level 2 after it
        move up by one; the Roman numbers stay as the form has them."""
        number = 0
        for part in self.filling.form.parts:
            inside = [*self.section(part)]
            if not inside and part.optional:
                continue
            number = 0 if part.level == 1 else number + 1
            heading = part.heading if part.level == 1 else NUMBERED.sub(f"{number}.", part.heading)
            yield Paragraph((heading,), "heading1" if part.level == 1 else "heading2")
            yield from inside

    def section(self, part: Part) -> Iterable[Block]:
        """What stands under one heading: the program's own lines, what people wrote, then tables."""
        if part.content == "text":
            yield from self.text(part)
        elif part.content in NOTHING:
            told = self.told.get(part.content, ())
            yield from (Paragraph((sentence,), "item") for sentence in told)
            if not told and not part.optional:
                yield Paragraph((NOTHING[part.content],))
        elif part.content == "late":
            yield from self.late()
        elif part.content == "units":
            yield from self.units()
        for grid in self.filling.form.grids:
            if grid.section == part.code:
                yield self.table(grid)

    def text(self, part: Part) -> Iterable[Block]:
        """The lines that were kept, each as it was left."""
        for line in self.filling.texts.get(part.code, []):
            if line["kept"]:
                yield Paragraph((line["text"],), "item")

    def late(self) -> Iterable[Block]:
        """What counts in this period and happened before it, measure by measure."""
        told = [(m, self.filling.late.get(m.id, 0)) for m in self.filling.measures.values()]
        for measure, amount in told:
            if amount:
                count = "" if measure.count == "đồng" else f" {measure.count}"
                yield Paragraph((f"{measure.label}: {_signed(amount, measure.count)}{count}, phát sinh trước kỳ này "
                                 "và đã tính vào số trong kỳ.",), "item")  # fmt: skip
        yield from (Paragraph((sentence,), "item") for sentence in self.told.get("late", ()))
        if not any(amount for _, amount in told) and not self.told.get("late"):
            yield Paragraph(("Không có việc nào phát sinh sau kỳ chốt.",))

    def units(self) -> Iterable[Block]:
        """Who sent its report and who did not: a silent unit is named."""
        children = self.filling.children
        sent = [child for child in children if child.sent]
        yield Paragraph((f"Đã gửi: {number(len(sent))}/{number(len(children))} báo cáo.",))
        silent = "; ".join(child.name for child in children if not child.sent)
        if silent:
            yield Paragraph((f"Chưa gửi: {silent}.",))

    def table(self, grid: Grid) -> Table:
        """One table: its rows by its columns of days."""
        widths = [Column("Nội dung", LABEL_MM), Column("Đơn vị tính", COUNT_MM, "center")]
        widths += [Column(COLUMNS[column], FIGURE_MM, "right") for column in grid.columns]
        measures, rows = self.filling.measures, []
        for line in grid.rows:
            if line.group:
                rows.append(Row((Cell(line.group),), "group"))
                continue
            measure = measures[line.measure]
            cells = [self.cell(line, column) for column in grid.columns]
            rows.append(Row((Cell(line.label or measure.label), Cell(measure.count), *cells)))
        return Table(grid.title, tuple(widths), tuple(rows), grid.note)

    def cell(self, line: Line, column: str) -> Cell:
        """A figure with its link, and once signed with its code."""
        measure = line.measure
        if column == "late":
            row = self.filling.measures[measure]
            amount = self.filling.late.get(row.id, 0)
            return Cell(_signed(amount, row.count) if amount else "", amount, "number")
        figure = self.filling.figures.get((measure, column))
        if figure is None:
            return Cell("chưa có số liệu")
        if not figure.has_address:
            return Cell(figure.text)
        value, is_money = figure.value or 0, figure.measure.count.startswith("đồng")
        text = money_in(value, line.scale, line.places) if line.scale and is_money else figure.text
        cell = self.pen.cell(figure, text.removesuffix(" đồng"))  # the unit of count stands in a column of its own
        return self._coded(cell, figure) if self.head.code else cell

    def _coded(self, cell: Cell, figure: Figure) -> Cell:
        """The next code of this version: K7M2PQX-12 opens the twelfth figure as it stood at signing."""
        code = f"{self.head.code}-{len(self.codes) + 1}"
        days = f"từ {say_date(figure.period.first)} đến {say_date(figure.period.last)}"
        self.codes.append((code, f"{figure.measure.label}, {days}"))
        return cell._replace(code=code)


def _signed(amount: int, count: str) -> str:
    """A number with its sign when it takes something back."""
    said = number(abs(amount)) + (" đồng" if count == "đồng" else "")
    return f"giảm {said}" if amount < 0 else said


def _lowered(name: str) -> str:
    """ "Tháng 1 năm 2018" inside a sentence: the first letter small."""
    return name[:1].lower() + name[1:]


def signature_title(signer: str, title: str) -> str:
    """What stands above a signature: the form's lines when they end in her title; else the body that the form names
    with her own: a deputy signs for her chair, an officer without a title for the body alone."""
    lines = signer.split("\n") if signer else []
    if lines and lines[-1] == title:
        return signer
    body = lines[0].removeprefix("TM.").strip() if lines and lines[0].startswith("TM.") else ""
    if not title:
        return lines[0] if body else signer
    if title.startswith("PHÓ "):
        return signature(title, "KT", body, head=title.removeprefix("PHÓ "))
    return signature(title, "TM", body) if body else title
