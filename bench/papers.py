"""Papers: a commune's report of 300 rows as PDF beside Typst alone, as Word beside docxtpl alone. Targets 22 and 23.

Both competitors say the same words, which is checked first; neither knows the Decree, and docxtpl gets its rows from a
loop in the template, as one writes it by hand.
"""

import gc
import io
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

import docx as word
import typst
from docxtpl import DocxTemplate

from bench.sheet import AT_LEAST, Sheet
from bench.timing import Differing
from sohoi.reports.table import Cell, Column, Paper, Row, Table
from sohoi.reports.writers import docx, layout, official, pdf
from sohoi.vietnamese import number

COMMUNES, ROWS, WIDEST = 200, 300, 12
ALONE = Path(__file__).parent / "alone.typ"
WORDS = ("Hội viên", "Chi hội", "Hộ nghèo được giúp đỡ", "Phụ nữ được vay vốn", "Mô hình “5 không, 3 sạch”")


def measure(sheet: Sheet, judged: bool) -> None:
    """Every fifth of the communes' papers, a few when nothing is judged."""
    papers = list(made_up(every=5 if judged else 50))
    with tempfile.TemporaryDirectory() as folder:
        templates = Templates(Path(folder))
        _same_words(papers[0], templates)
        _judge(sheet, 22, "PDF", "Typst", papers, pdf.write, _typst, judged)
        _judge(sheet, 23, "Word", "docxtpl", papers, docx.write, templates.prepared, judged)


def made_up(every: int = 1) -> Iterator[Paper]:
    """The papers of some of 200 communes: 300 rows each, 4 to 12 columns."""
    for at in range(0, COMMUNES, every):
        many = 4 + at // every % (WIDEST - 3)
        labels = [Column("Nội dung", 64), *(Column(f"Cột {place}", 18, "right") for place in range(2, many + 1))]
        rows = (_row(at, line, many) for line in range(ROWS))
        yield Paper(
            title_lines=("BÁO CÁO",), subject=f"Kết quả công tác Hội của xã Mẫu {at}", number=f"{at + 1:02d}/BC-BTV",
            issuer_above="HỘI LHPN TỈNH MẪU", issuer=f"HỘI LHPN XÃ MẪU {at}", place=f"Mẫu {at}", day=date(2026, 6, 30),
            body=(Table("Biểu 1. Số liệu trong kỳ", tuple(labels), tuple(rows), "Đơn vị tính: người."),),
            signer_title="TM. BAN THƯỜNG VỤ\nCHỦ TỊCH", signer_name="Nguyễn Thị Mẫu", recipients=("Lưu: VT",),
            wide=many > official.MANY_COLUMNS,
        )  # fmt: skip


def _row(at: int, line: int, many: int) -> Row:
    """A label and made-up numbers."""
    values = [(at * 7919 + line * 104_729 + place * 1_299_709) % 9_000 for place in range(1, many)]
    label = Cell(f"{WORDS[(at + line) % len(WORDS)]} {line + 1}")
    return Row((label, *(Cell(number(value), value, "number") for value in values)))


Prepared = Callable[[Paper], Callable[[], bytes]]


def _judge(
    sheet: Sheet, target: int, what: str, other: str, papers: list[Paper], write: Callable[[Paper], bytes],
    prepared: Prepared, judged: bool,
) -> None:  # fmt: skip
    """Turn by turn over all papers; what the competitor is given is made ready beforehand."""
    took: dict[str, list[float]] = {"sản phẩm": [], other: []}
    for paper in papers:
        alone = prepared(paper)
        took["sản phẩm"].append(_timed(partial(write, paper)))
        took[other].append(_timed(alone))
    times = {name: statistics.mean(each) for name, each in took.items()}
    words = f"báo cáo xã {ROWS} dòng ra {what}: nhanh bằng mấy phần {other} (trung bình {len(papers)} văn bản)"
    sheet.judge(target, words, times[other] / times["sản phẩm"], AT_LEAST, 0.5, times, judged=judged)


def _timed(work: Callable[[], bytes]) -> float:
    """Milliseconds."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _context(paper: Paper) -> dict[str, Any]:
    """The words of a paper for both competitors."""
    [table] = (block for block in paper.body if isinstance(block, Table))
    return docx._head(paper) | {
        "labels": [column.label for column in table.columns], "caption": table.title, "note": table.note,
        "rows": [[cell.text for cell in row.cells] for row in table.rows],
    }  # fmt: skip


def _typst(paper: Paper) -> Callable[[], bytes]:
    """Typst alone: its own plain table of the same rows."""
    said = _context(paper)
    [table] = (block for block in paper.body if isinstance(block, Table))
    data = {
        "wide": paper.wide, "titles": [*said["title_lines"], said["subject"], said["caption"]],
        "head": [*said["issuer_above"], *said["issuer"], official.COUNTRY, official.MOTTO, said["number"],
                 said["place_and_day"]],
        "widths": table.widths(official.text_width_mm(paper)), "labels": said["labels"], "rows": said["rows"],
        "foot": [said["note"], official.RECIPIENTS, *said["recipients"], *said["signer_titles"], said["signer_name"]],
    }  # fmt: skip
    inputs = {"paper": json.dumps(data, ensure_ascii=False)}
    return lambda: cast(bytes, _compiler().compile(format="pdf", sys_inputs=inputs))


@cache
def _compiler() -> typst.Compiler:
    """Kept between papers, as the product keeps its own."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(pdf._FONTS)])
    return typst.Compiler(ALONE, root=ALONE.parent, font_paths=fonts, ignore_system_fonts=True)


@dataclass(frozen=True)
class Templates:
    """Layouts for docxtpl alone: the house's, with the table written into it as a loop; one for each width."""

    folder: Path

    def prepared(self, paper: Paper) -> Callable[[], bytes]:
        """Open, fill, save."""
        said = _context(paper)
        path = self.of(paper, len(said["labels"]))

        def write() -> bytes:
            template, stream = DocxTemplate(path), io.BytesIO()
            template.render(said, autoescape=True)
            template.save(stream)
            return stream.getvalue()

        return write

    def of(self, paper: Paper, columns: int) -> Path:
        """The template of this many columns, drawn when it is first asked for."""
        path = self.folder / f"{columns}-{paper.wide}.docx"
        if not path.exists():
            _looped(paper, columns).save(str(path))
        return path


def _looped(paper: Paper, columns: int) -> Any:
    """The house's layout with {%tr for %} around one row."""
    document = word.Document(str(layout.of_the_house(paper.style, wide=paper.wide)))
    [place] = (one for one in document.paragraphs if one.style and one.style.name == layout.BODY_PLACE)
    [annex] = (one for one in document.paragraphs if one.style and one.style.name == layout.ANNEX_PLACE)
    place.insert_paragraph_before("{{ caption }}")
    table = document.add_table(rows=4, cols=columns, style=layout.GRID)
    for at in range(columns):
        table.cell(0, at).text = f"{{{{ labels[{at}] }}}}"
        table.cell(2, at).text = f"{{{{ row[{at}] }}}}"
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for row in rows %}", "{%tr endfor %}"
    place._p.addprevious(table._tbl)
    place.text = "{{ note }}"
    annex._p.getparent().remove(annex._p)
    return document


def _same_words(paper: Paper, templates: Templates) -> None:
    """Raise Differing when the two Word files do not say the same."""
    one, other = (_words(body) for body in (docx.write(paper), templates.prepared(paper)()))
    if one != other:
        raise Differing(f"Hai tệp Word khác chữ: {(one - other) + (other - one)}"[:300])


def _words(body: bytes) -> Counter[str]:
    """All words of a Word file."""
    tree = word.Document(io.BytesIO(body)).element.body
    return Counter(" ".join(part.text or "" for part in tree.iter(docx.qn("w:t"))).split())
