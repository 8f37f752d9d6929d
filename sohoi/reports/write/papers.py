"""What may change about papers: keep the codes of a printed paper; write a paper's files."""

from pathlib import Path

from django.db import transaction

from sohoi.ledger.known import all_measures
from sohoi.plainly import cause
from sohoi.refusal import Refusal
from sohoi.reports.codes import known
from sohoi.reports.forms import form_named
from sohoi.reports.models import FigureCode, KeptLayout
from sohoi.reports.read.layouts import layout_hash
from sohoi.reports.sentences import VIEWS
from sohoi.reports.table import Paper
from sohoi.reports.writers import docx, pdf, xlsx
from sohoi.units.models import Unit

SUFFIXES = ("docx", "pdf", "xlsx")


@transaction.atomic
def keep_codes(paper: Paper) -> int:
    """Keep each code of the paper with its address; returns how many are new. Idempotent.

    Raises Refusal when a code already stands for another address: that paper must not be handed out.
    """
    wanted = {cell.code: cell.address for cell in paper.cells if cell.code and cell.address}
    there = known(wanted)
    measures = all_measures()
    units = dict(Unit.objects.filter(code__in={a.unit for a in wanted.values()}).values_list("code", "pk"))
    views = {word: view for view, word in VIEWS.items()}
    rows = [
        FigureCode(code=code, measure_id=measures[a.measure].pk, unit_id=units[a.unit], first=a.first, last=a.last,
                   view=views[a.view], level=a.level)
        for code, a in wanted.items()
    ]  # fmt: skip
    for row in rows:
        if row.code in there and not _same(row, there[row.code]):
            raise Refusal(f"Mã {row.code} đã dùng cho số liệu khác. Báo cho quản trị hệ thống trước khi phát hành.")
    FigureCode.objects.bulk_create([row for row in rows if row.code not in there], ignore_conflicts=True)
    return sum(row.code not in there for row in rows)


def _same(one: FigureCode, other: FigureCode) -> bool:
    """Whether two codes open the same address."""
    keys = ("measure_id", "unit_id", "first", "last", "view", "level")
    return all(getattr(one, key) == getattr(other, key) for key in keys)


def as_bytes(paper: Paper, suffix: str, form: str) -> bytes:
    """The paper as a Word, PDF or Excel file, its codes kept so that the printed ones open."""
    _known(suffix)
    keep_codes(paper)
    return paper_bytes(paper, suffix, form_named(form).layout)


def paper_bytes(paper: Paper, suffix: str, layout: Path | None = None, *, kept: bytes | None = None) -> bytes:
    """A paper whose codes are kept already; with the Word layout that was `kept` with it, else the form's own when it
    has one."""
    _known(suffix)
    if suffix == "docx":
        return docx.write(paper, layout, kept=kept)
    return pdf.write(paper) if suffix == "pdf" else xlsx.write(paper)


def keep_layout(paper: Paper, own: Path | None) -> str:
    """Keep the Word layout with which a paper would be written today, each distinct file once; its name."""
    body = docx.layout_for(paper, own).read_bytes()
    name = layout_hash(body)
    KeptLayout.objects.bulk_create([KeptLayout(hash=name, body=body)], ignore_conflicts=True)
    return name


def _known(suffix: str) -> None:
    if suffix not in SUFFIXES:
        raise Refusal(f"Không ghi được tệp .{suffix}. Các loại tệp: {', '.join('.' + s for s in SUFFIXES)}.")


def write_file(paper: Paper, target: Path, form: str) -> Path:
    """Write the paper to a file whose ending says its kind; the folder is made when it is missing."""
    return put(as_bytes(paper, target.suffix.lstrip(".").lower(), form), target)


def write_draft(paper: Paper, target: Path, layout: Path) -> Path:
    """Write a paper that nobody has signed, so that it has no codes."""
    return put(paper_bytes(paper, target.suffix.lstrip(".").lower(), layout), target)


def put(body: bytes, target: Path) -> Path:
    """Write a file where it was asked; Refusal when that cannot be."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    except OSError as error:
        raise Refusal(f"Không ghi được {target}: {cause(error)}. Chọn nơi khác rồi chạy lại.") from error
    return target
