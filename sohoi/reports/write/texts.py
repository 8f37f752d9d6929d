"""Writing in a report: the lines of one section, kept with their sources; older ones stay as history."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from sohoi.refusal import Refusal
from sohoi.reports.models import WRITING, Passage, Report
from sohoi.reports.read.children import form_of
from sohoi.reports.read.states import standing_of
from sohoi.rights.may import holds
from sohoi.rights.models import Account
from sohoi.vietnamese import clean_text

LONGEST = 5000  # characters of one line
MOST = 5000  # lines of one section
KEYS = {"text", "sources", "kept", "edited"}


@transaction.atomic
def write_lines(
    report: Report, section: str, lines: Sequence[dict[str, Any]], *, by: Account, seen: int | None = None
) -> Passage:
    """Leave the lines of a section so. Raises Refusal without the right, or when the report is not being written.

    `seen` is the newest passage of the section that she saw: another one since then is told, not run over.
    """
    if not holds(by, "report", report.unit):
        raise Refusal(f"Báo cáo của {report.unit.name} do người của chính đơn vị viết.")
    form_of(report).part(section)
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    standing = standing_of(report)
    if standing.state not in WRITING:
        raise Refusal(f"Báo cáo này {standing.words}, không sửa được nữa.")
    newest = Passage.objects.filter(report=report, section=section).order_by("-pk").select_related("by").first()
    if seen is not None and newest is not None and newest.pk != seen:
        raise Refusal(f"{newest.by} vừa sửa mục này. Tải lại trang, xem lại rồi lưu.")
    if len(lines) > MOST:
        raise Refusal(f"Mục này dài quá {MOST} dòng. Bớt dòng rồi lưu lại.", section)
    return Passage.objects.create(report=report, section=section, lines=[_clean(one) for one in lines], by=by)


def _clean(line: dict[str, Any]) -> dict[str, Any]:
    """One line: composed text without control characters, its sources as they came, the versions it was seen with."""
    text = clean_text(line["text"], lines=True).strip()
    if len(text) > LONGEST:
        raise Refusal(f"Một dòng dài quá {LONGEST} ký tự. Tách thành nhiều dòng rồi lưu lại.", "text")
    return {"text": text, "sources": line.get("sources", []), "kept": bool(line["kept"]) and bool(text),
            "edited": bool(line.get("edited")), "settled": dict(line.get("settled", {}))}  # fmt: skip
