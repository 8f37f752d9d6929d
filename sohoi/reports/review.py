"""The sơ kết as a Paper: what each section of the form says about a resolution on a day. Reads only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from sohoi.figures.read import NUMBER, WITHHELD, ZERO, Figure
from sohoi.goals.models import Rank, Shape
from sohoi.goals.read import NO_DATA, NO_GOAL, UNMET, Attainment, Review, overall, walk
from sohoi.ledger.amounts import written
from sohoi.ledger.holes import OF_UNITS, measures
from sohoi.ledger.models import Take
from sohoi.reports.forms import Form, Section, Sentence
from sohoi.reports.remedies import to_do
from sohoi.reports.sentences import BY_UNITS, Pen, kept_parts, sentence_case
from sohoi.reports.table import Block, Cell, Column, Paragraph, Piece, Row, Table
from sohoi.units.younger import left_out
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number, percent

SPOKEN = (NUMBER, ZERO, WITHHELD)  # states of a figure that says something


@dataclass(frozen=True)
class Writer:
    """One review being written on one form."""

    form: Form
    review: Review
    pen: Pen
    figures: dict[str, Figure]
    others: tuple[Review, ...] = ()  # of the units above, where they gave this unit goals
    by_units: tuple[Attainment, ...] = ()  # the form's sentences of how many units reach a threshold

    def blocks(self) -> list[Block]:
        """The sections in their order; a sub-heading under which nothing was reported is left out."""
        found: list[Block] = []
        number = 0
        for section in self.form.sections:
            body = list(self.section(section))
            if section.level == 1:
                number = 0
                found += [Paragraph((section.heading,), "heading1"), *body]
            elif body:
                number += 1
                found += [Paragraph((f"{number}. {section.heading}",), "heading2"), *body]
        return found

    @property
    def judged(self) -> bool:
        """Whether the resolution gave any goal in numbers."""
        return any(a.goal is not None for a in self.criteria())

    def section(self, section: Section) -> Iterable[Block]:
        """What stands under one heading: the program's own lines, then the sentences."""
        contents: dict[str, Callable[[], Iterable[Block]]] = {
            "general": self.general, "table": self.table, "breakthroughs": partial(self.plain, Rank.BREAKTHROUGH),
            "key-tasks": partial(self.plain, Rank.KEY_TASK), "unmet": self.unmet, "ahead": self.ahead,
        }  # fmt: skip
        if section.content:
            yield from contents[section.content]()
        for a in (*self.criteria(), *self._untold_yet()):
            if a.clause.say and self._place(a) == section.code and self._told(a):
                yield Paragraph(tuple(sentence_case(self.criterion(a))), "item")
        for sentence in self.form.plain:
            if sentence.section == section.code and self._wanted(sentence):
                cells = {code: self.pen.cell(self.figures[code]) for code in sentence.measures}
                text = kept_parts(sentence.text, self._silent(sentence.text))
                yield Paragraph(tuple(sentence_case(self.pen.fill(text, cells))), "item")

    def _place(self, a: Attainment) -> str:
        """The section of its sentence; where the form has none of that code, the last heading of level 1 that comes
        before `unmet` and `ahead`, so that nothing told is lost."""
        codes = [section.code for section in self.form.sections]
        if a.clause.section in codes:
            return a.clause.section
        told = takewhile(lambda section: section.content not in ("unmet", "ahead"), self.form.sections)
        plain = [section.code for section in told if section.level == 1]
        return plain[-1] if plain else codes[0]

    def criteria(self) -> list[Attainment]:
        """All tiêu chí of the resolution in their order."""
        return list(self.review.criteria().values())

    def _told(self, a: Attainment) -> bool:
        """Whether a criterion has something to tell; a withheld figure still says that something happened."""
        figures = [self.figures[code] for code in measures(a.clause.say) if code in self.figures]
        figures += [a.result.figure] if a.result else []
        by_units = a.clause.shape != Shape.TOTAL and a.result is not None and a.result.value is not None
        return by_units or any(f.state in SPOKEN for f in figures)

    def _silent(self, template: str) -> set[str]:
        """The measures it names of which nothing was told, or nought."""
        return {c for c in measures(template) if c in self.figures and self.figures[c].state not in (NUMBER, WITHHELD)}

    def _untold_yet(self) -> Iterable[Attainment]:
        """The form's sentences of units below of which something is known and no criterion tells already."""
        said = {a.clause.measure_id for a in self.criteria() if a.clause.say and a.clause.shape != Shape.TOTAL}
        for a in self.by_units:
            if a.result and a.result.value is not None and a.clause.measure_id not in said:
                yield a

    def _wanted(self, sentence: Sentence) -> bool:
        """A sentence with something to tell, none of it told by a criterion already."""
        said = [a.clause for a in self.criteria() if a.clause.say]
        told = {c.measure.code for c in said if c.measure} | {code for c in said for code in measures(c.say)}
        figures = [self.figures.get(code) for code in sentence.measures]
        return (
            all(f is not None for f in figures)
            and any(f is not None and f.state == NUMBER for f in figures)
            and not told & set(sentence.measures)
        )

    def criterion(self, a: Attainment) -> list[Piece]:
        """ "thành lập 23 tổ phụ nữ rèn luyện sức khỏe, đạt 41,82% chỉ tiêu", with "hằng năm" where each year met."""
        cells = {"result": self.result(a), **self._halves(a)}
        nought = {code for code in OF_UNITS if code in cells and not cells[code].value}
        for code in (hole for hole in measures(a.clause.say) if hole in self.figures):
            cells[code] = self.pen.cell(self.figures[code])
        pieces = self.pen.fill(kept_parts(a.clause.say, self._silent(a.clause.say) | nought), cells)
        if a.clause.yearly:
            pieces = ["hằng năm, ", *pieces, *self._years(a)] if a.yearly_met else [*pieces, *self._years(a)]
        return [*pieces, f", {a.phrase}"] if a.phrase else pieces

    def _years(self, a: Attainment) -> list[Piece]:
        """Each year's value with a code of its own: "(năm 2022: 165, năm 2023: 165)"."""
        found: list[Piece] = []
        for year, figure in a.result.years if a.result else ():
            found += [", " if found else " (", f"năm {year}: ", self.pen.cell(figure)]
        return [*found, ")"] if found else []

    def result(self, a: Attainment) -> Cell:
        """The result of a criterion as a cell."""
        assert a.result is not None
        if a.clause.shape == Shape.TOTAL:
            return self.pen.cell(a.result.figure)
        return self.pen.cell(a.result.figure._replace(level=BY_UNITS), a.result.text, a.result.value)

    def _halves(self, a: Attainment) -> dict[str, Cell]:
        """ "{part}/{whole}" of a ratio, where it may be said; of units also those below the threshold, those silent."""
        result, figure = a.result, a.result.figure if a.result else None
        if result is None or figure is None or figure.measure.sensitive:
            return {}
        if result.value is None:
            return dict.fromkeys(OF_UNITS, Cell(result.text))
        told: tuple[int | None, ...] = (figure.raw.amount, figure.raw.under)
        if a.clause.shape != Shape.TOTAL:
            reached, asked, under = result.reached or 0, result.asked or 0, result.below or 0
            told, figure = (reached, asked, under, asked - reached - under), figure._replace(level=BY_UNITS)
        elif figure.measure.take != Take.RATIO:
            return {}
        return {name: self._count(figure, one or 0) for name, one in zip(OF_UNITS, told, strict=False)}

    def _count(self, figure: Figure, one: int) -> Cell:
        """A number of units, or a part of a ratio; it is one also where the whole unit itself has nothing to open."""
        cell = self.pen.cell(figure, number(one), one)
        return cell._replace(value=one, kind="money" if cell.kind == "money" else "number", places=None)

    def general(self) -> Iterable[Block]:
        """The unit, the term, and N/M; what the numbers leave out."""
        yield from self._attained()
        if note := left_out(self.review.unit, self.review.period.first, self.review.view):
            yield Paragraph((note,))

    def _attained(self) -> Iterable[Block]:
        """The unit, the term, and N/M."""
        r = self.review
        span = f"Từ ngày {say_date(r.period.first)} đến ngày {say_date(r.period.last)}"
        text = f"{span}, {r.unit.full_name} thực hiện {r.resolution.title}"
        if not self.judged:
            yield Paragraph((f"{text}. Nghị quyết không giao chỉ tiêu bằng số; kết quả như sau.",))
            return
        open_ones = sum(t.state == NO_DATA for t in r.targets())
        tail = f" Còn {number(open_ones)} chỉ tiêu chưa có số liệu để đánh giá." if open_ones else ""
        if r.unnumbered:
            tail += f" Ngoài ra có {number(r.unnumbered)} chỉ tiêu không giao số, chỉ nêu kết quả."
        yield Paragraph((f"{text}. Đến nay {overall(r, 'chỉ tiêu đề ra', closing=self.form.final)}.{tail}",))
        for other in self.others:
            told = overall(other, closing=self.form.final)
            yield Paragraph((f"{other.resolution.title}, giao cho {r.unit.full_name}: {told}.",))

    def plain(self, rank: str) -> Iterable[Block]:
        """Breakthroughs or key tasks in the resolution's words."""
        for a in self.review.of_rank(rank):
            yield Paragraph((f"{a.clause.label[0].upper()}{a.clause.label[1:]}",), "item")

    def table(self) -> Iterable[Block]:
        """The table of attainment, or of results where no numbers were given."""
        in_targets = [a for a in self.review.clauses if a.clause.rank != Rank.CRITERION]
        loose = [a for a in self.review.clauses if a.clause.rank == Rank.CRITERION]
        rows = [row for a in in_targets for row in self._rows(a)]
        if rows and loose:
            rows.append(Row((Cell("Kết quả khác"),), "group"))
        rows += [row for a in loose for row in self._rows(a)]
        if rows and self.judged:
            note = _SOME if any(a.clause.enough for a in walk(self.review.clauses)) else _ALL
            yield Table("Bảng 1. Kết quả thực hiện các chỉ tiêu", _JUDGED, tuple(rows), note)
        elif rows:
            yield Table("Bảng 1. Kết quả thực hiện Nghị quyết", _TOLD, tuple(rows))

    def _rows(self, a: Attainment) -> Iterable[Row]:
        """A group or target as a row across, a criterion as a row of cells."""
        if a.clause.rank in (Rank.BREAKTHROUGH, Rank.KEY_TASK):
            return
        if a.clause.rank == Rank.CRITERION:
            yield self._criterion_row(a)
            return
        state = "" if a.state == NO_GOAL else f" - {a.state_text.lower()}{a.share}"
        head = f"{a.clause.number}. " if a.clause.number else ""
        yield Row((Cell(f"{head}{a.clause.label}{state}"),), "group")
        for child in a.children:
            yield from self._rows(child)

    def _criterion_row(self, a: Attainment) -> Row:
        """label | unit of count | result, with goal, words and state where the resolution gave goals"""
        measure = a.clause.measure
        assert measure is not None
        count = "% đơn vị" if a.clause.shape != Shape.TOTAL else measure.count
        label = f"{a.clause.label} (hằng năm)" if a.clause.yearly else a.clause.label
        result = self.result(a)
        if measure.count == "đồng" and isinstance(result.value, int):
            result = result._replace(text=number(result.value))
        if not self.judged:
            return Row((Cell(label), Cell(count), result))
        state = "" if a.state == NO_GOAL else a.state_text
        words = ", ".join(filter(None, (a.words, a.change)))
        return Row((Cell(label), Cell(count), Cell(goal_text(a)), result, Cell(words), Cell(state)))

    def unmet(self) -> Iterable[Block]:
        """Targets not reached, with what is missing; then those that cannot be judged."""
        if not self.judged:
            yield Paragraph(("Nghị quyết không giao chỉ tiêu bằng số nên không đánh giá đạt hay chưa đạt.",))
            return
        for t in self.review.targets():
            if t.state == UNMET:
                parts = "; ".join(f"{c.clause.label}: {c.words}" for c in t.children or (t,) if c.state == UNMET)
                yield Paragraph((f"{_named(t)} chưa đạt: {parts}.",), "item")
        for t in filter(_spares, self.review.targets()):
            parts = "; ".join(f"{c.clause.label}: {c.words}" for c in t.children if c.state == UNMET)
            yield Paragraph((f"{_named(t)} đạt, còn tiêu chí chưa đạt: {parts}.",), "item")
        for t in self.review.targets():
            if t.state == NO_DATA:
                yield Paragraph((f"{_named(t)} chưa có số liệu: {t.clause.label}.",), "item")
        if not any(t.state in (UNMET, NO_DATA) for t in self.review.targets()):
            yield Paragraph(("Không có chỉ tiêu nào chưa đạt.",))

    def ahead(self) -> Iterable[Block]:
        """What remains until the end of the term for each unmet criterion, computed."""
        last = self.review.resolution.term_last
        for a in self.criteria():
            said = to_do(a, last, over=self.review.on >= last) if a.state == UNMET else ""
            if said:
                yield Paragraph((f"{a.clause.label}: {said}.",), "item")
        if self.review.of_rank(Rank.BREAKTHROUGH) or self.review.of_rank(Rank.KEY_TASK):
            yield Paragraph(("Tiếp tục thực hiện các khâu đột phá và nhiệm vụ trọng tâm của Nghị quyết.",), "item")
        else:
            yield Paragraph(("Tiếp tục thực hiện các chỉ tiêu đề ra.",), "item")


_JUDGED = (
    Column("Chỉ tiêu, tiêu chí", 64, "left"),
    Column("Đơn vị tính", 18, "center"),
    Column("Nghị quyết", 20, "right"),
    Column("Kết quả", 24, "right"),
    Column("Mức đạt", 27, "left"),
    Column("Đánh giá", 22, "left"),
)
_ALL = "Chỉ tiêu đạt khi mọi tiêu chí có giao số đều đạt."
_SOME = "Chỉ tiêu, nhóm chỉ tiêu đạt khi có đủ số tiêu chí, chỉ tiêu đạt mà Nghị quyết định; không định thì là tất cả."
_TOLD = (Column("Nội dung", 100, "left"), Column("Đơn vị tính", 35, "center"), Column("Kết quả", 40, "right"))


def _named(target: Attainment) -> str:
    """ "Chỉ tiêu 3"; one without a number by the word alone."""
    return f"Chỉ tiêu {target.clause.number}".strip()


def _spares(t: Attainment) -> bool:
    """Whether a target is met although a criterion of it is not: enough others are."""
    return t.is_met and any(c.state == UNMET for c in t.children)


def goal_text(a: Attainment) -> str:
    """The goal as printed; nothing where none was given."""
    measure = a.clause.measure
    if a.goal is None or measure is None:
        return ""
    most = "không quá " if a.clause.at_most else ""
    if measure.is_percent or a.clause.shape != Shape.TOTAL:
        return most + percent(a.goal)
    if measure.places is not None:
        return most + written(measure, a.goal)
    return most + (number(int(a.goal)) if a.goal.denominator == 1 else f"{a.goal.numerator}/{a.goal.denominator}")
