"""The parts of a document by the ranks of its headings, with what is no part of the report named as left out. Pure.

Every line of the document stands in one place: it opens a part, is a line of one, or is left out (head, signature).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sohoi.reports.narrative.letters import Printed, is_capitals, tidy
from sohoi.reports.narrative.likeness import SAME, likeness
from sohoi.reports.narrative.marks import ARABIC, LONGEST, Mark, mark_of

CELLS = " | "  # between the cells of a row
RANKS = (1, 1, 2, 5, 7)  # of a form's heading by its level
HEAD, CLOSING, SIGNATURE, CODES = "phần đầu văn bản", "câu kết", "phần ký", "phụ lục mã tra cứu"
TAIL, SIGNED = 30, 90  # lines from the end where a signature may begin; letters of its longest line
_TITLE = re.compile(
    r"cộng h(?:òa|oà)|độc lập\s*[-–]|đảng (?:cộng sản|bộ|ủy)|hội (?:liên hiệp|lhpn)|báo cáo\b|số\s*:|kính gửi|"
    r".*,?\s*ngày\s.{0,8}tháng\s.{0,8}năm|tháng\s*[\d.…]+|nhiệm vụ trọng tâm tháng|kết quả công tác|chi hội\b|"
    r"ban (?:chấp hành|thường vụ)|(?:xã|phường|thị trấn|quận|huyện|tỉnh|thành phố)\s|[-_*=–—.…\s]+$",
    re.I,
)
_SIGNS = re.compile(
    r"(?:tm|kt|tl|q|t/m|k/t|t/l)[.\s/]|nơi nhận|(?:chi hội trưởng|(?:phó )?chủ tịch|người (?:lập|viết|báo cáo)|"
    r"thư ký|ban chấp hành|ban thường vụ|xác nhận|bí thư|đại diện)\b(?!.*[.;:]$)",
    re.I,
)
_ALONE = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-hđ])\s*[./):–-]+")
_CLOSING = re.compile(r"trên đây là (?:báo cáo|kết quả|toàn bộ)", re.I)
_ANNEX = re.compile(r"PHỤ LỤC\b")
_CODES = re.compile(r"PHỤ LỤC:? MÃ TRA CỨU")
_AS_FOLLOWS = re.compile(r"(?:[^.]|\.(?=\S))*như sau\s*[:.]?", re.I)
_DATED = re.compile(r".{0,40}\bngày\s.{0,8}tháng\s.{0,8}năm\b.{0,12}$", re.I)


@dataclass(frozen=True)
class Heading:
    """A section of a form, as far as a text is placed by it; level 1 is the highest."""

    code: str
    number: str
    title: str
    level: int = 1

    @classmethod
    def printed(cls, code: str, text: str, level: int = 1) -> "Heading":
        """From the line that a form prints, like "II. KẾT QUẢ CÔNG TÁC HỘI": its number apart from its title."""
        mark = mark_of(Printed(text, bold=True))
        return cls(code, mark.number, mark.title, level) if mark else cls(code, "", tidy(text), level)


@dataclass
class Part:
    """A heading with its own lines and the parts below. The part before any heading has rank -1 and no head."""

    rank: int
    number: str = ""
    title: str = ""
    head: Printed | None = None
    lines: list[Printed] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    run_in: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        """As it is shown to people."""
        return f"{self.number} {self.title}".strip() or "(trước đề mục đầu tiên)"


@dataclass(frozen=True)
class LeftOut:
    """A line that belongs to no section, and why."""

    line: Printed
    why: str


@dataclass(frozen=True)
class Outline:
    """A document in parts."""

    parts: list[Part]
    left_out: list[LeftOut]


def outline(lines: Sequence[Printed], known: Sequence[Heading] = ()) -> Outline:
    """The parts of a document; a line that reads like a `known` heading opens one even when nothing else says so."""
    there, ends = _without_ends(_rejoined(lines))
    marks = _marks(there, known)
    first = next((at for at, mark in enumerate(marks) if mark and mark.number and mark.rank <= ARABIC), None)
    head, begins = _head(there, marks, first)
    left_out = [LeftOut(there[at], HEAD) for at in head] + ends
    kept = [(line, mark if at >= begins else None) for at, (line, mark) in enumerate(zip(there, marks, strict=True))
            if at not in head]  # fmt: skip
    return Outline(_grown(kept, numbered=first is not None), left_out)


def _marks(lines: list[Printed], known: Sequence[Heading]) -> list[Mark | None]:
    """How each line opens a part; cells of a table with columns say less than a line of its own."""
    wide = {line.cell[0] for line in lines if line.cell and line.cell[2] > 1}
    marks: list[Mark | None] = []
    for line in lines:
        mark = mark_of(line, narrow=not line.cell or line.cell[0] not in wide)
        marks.append(_as_known(line, mark, known))
    return marks


def _as_known(line: Printed, mark: Mark | None, known: Sequence[Heading]) -> Mark | None:
    """A line without a number that says what a form's heading says."""
    text = tidy(line.text)
    if (mark and mark.number) or len(text) > LONGEST:
        return mark
    for heading in known:
        if likeness(text.rstrip(" :"), heading.title) >= SAME:
            return Mark(RANKS[min(heading.level, 4)], "", text, known=True)
    return mark


def _rejoined(lines: Sequence[Printed]) -> list[Printed]:
    """Lines with letters; "I." and "TÌNH HÌNH" on the line below are one, and it has the place of the first."""
    there = [line for line in lines if tidy(line.text)]
    joined: list[Printed] = []
    for line in there:
        before = joined[-1] if joined else None
        if before and _ALONE.fullmatch(tidy(before.text)) and not before.number and _same_place(before, line):
            joined[-1] = replace(line, text=f"{tidy(before.text)} {line.text}", at=before.at)
        else:
            joined.append(line)
    return joined


def _same_place(one: Printed, other: Printed) -> bool:
    """Both outside tables, or both in one cell; and the second has no number and is no sentence."""
    text = tidy(other.text)
    return one.cell == other.cell and not other.number and len(text) <= LONGEST and text[-1] not in ".;"


# ---- what is no part ------------------------------------------------------------------------------


def _head(lines: list[Printed], marks: list[Mark | None], first: int | None) -> tuple[set[int], int]:
    """Places of title lines, and where headings may begin: before a numbered heading, up to the first running text."""
    end = len(lines) if first is None else first
    head: set[int] = set()
    for at in range(end):
        if not _is_title(lines[at], marks[at]):
            break
        if _opens(lines, marks, at, end):
            return head, at
        head.add(at)
    return head, len(head)


def _is_title(line: Printed, mark: Mark | None) -> bool:
    """A line of the head: capitals, bold, centred, or words that only a head has."""
    text = tidy(line.text)
    if mark and mark.number:
        return False
    if mark or line.centred or is_capitals(text) or _AS_FOLLOWS.fullmatch(text):
        return True
    return bool(_TITLE.match(text) and text[-1] not in ".;")


def _opens(lines: list[Printed], marks: list[Mark | None], at: int, end: int) -> bool:
    """In the head, an unnumbered heading is one only when running text follows it and nothing marks it as a title."""
    mark = marks[at]
    if mark is None or lines[at].centred or at + 1 >= end or (_TITLE.match(tidy(lines[at].text)) and not mark.known):
        return False
    return not _is_title(lines[at + 1], marks[at + 1])


def _without_ends(lines: list[Printed]) -> tuple[list[Printed], list[LeftOut]]:
    """Without closing sentence and signature, which may stand before an annex; our own annex of codes goes too."""
    annex = next((at for at, line in enumerate(lines) if at and _ANNEX.match(tidy(line.text))), len(lines))
    text, after = lines[:annex], lines[annex:]
    text, signature = _without_signature(text)
    ends = [LeftOut(line, SIGNATURE) for line in signature]
    if len(text) > 1 and _CLOSING.match(tidy(text[-1].text)):
        ends.insert(0, LeftOut(text.pop(), CLOSING))
    if after and _CODES.match(tidy(after[0].text)):
        return text, ends + [LeftOut(line, CODES) for line in after]
    return text + after, ends


def _without_signature(lines: list[Printed]) -> tuple[list[Printed], list[Printed]]:
    """Cut where a signature begins: from there on only short lines, no sentence."""
    for at in range(max(0, len(lines) - TAIL), len(lines)):
        text = tidy(lines[at].text)
        if _SIGNS.match(text) and at and _is_signature(lines[at:]):
            at -= bool(_DATED.fullmatch(tidy(lines[at - 1].text)))
            return lines[:at], lines[at:]
    return lines, []


def _is_signature(lines: list[Printed]) -> bool:
    """Names, offices and receivers: short, and without a full stop but the last of the receivers."""
    texts = [tidy(line.text) for line in lines]
    if any(len(text) > SIGNED for text in texts):
        return False
    return all(text[-1] != "." or text.startswith(("-", "T", "K")) or len(text) < 30 for text in texts)


# ---- the tree -------------------------------------------------------------------------------------


def _grown(lines: list[tuple[Printed, Mark | None]], numbered: bool) -> list[Part]:
    """Lines hang under the last heading, a heading under the last one of a higher rank; numbers do not matter."""
    root = Part(-1)
    path = [root]
    for line, mark in lines:
        if mark is None:
            _add(path[-1].lines, line)
            continue
        rank = mark.rank if numbered or mark.rank != 6 else ARABIC
        while path[-1].rank >= rank:
            path.pop()
        part = Part(rank, mark.number, mark.title, replace(line), run_in=mark.run_in)
        path[-1].parts.append(part)
        path.append(part)
    before = [Part(-1, lines=root.lines)] if root.lines else []
    return before + root.parts


def _add(lines: list[Printed], line: Printed) -> None:
    """One more line; the cells of one row of a table are one line, for a number says nothing without its neighbours."""
    before = lines[-1] if lines else None
    if before and before.cell and line.cell and before.cell[:2] == line.cell[:2] and before.cell[2] < line.cell[2]:
        lines[-1] = replace(before, text=f"{before.text}{CELLS}{line.text}", cell=line.cell)
    else:
        lines.append(line)
