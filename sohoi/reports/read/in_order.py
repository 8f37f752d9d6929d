"""Whether nothing was taken away around a version: its report's steps, versions 1 to n, the numbers of its papers."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sohoi.reports.models import DocumentNumber, Report, State, Step, Version
from sohoi.reports.read.children import name_of


def kept_in_order(version: Version, body: dict[str, Any]) -> Iterator[str]:
    """What is wrong around one version; what concerns the whole report is said with its newest alone."""
    report = version.report
    steps = list(report.steps.order_by("pk"))
    own = next((step for step in steps if step.version_id == version.pk), None)
    if own is None or (own.state, own.by_id) != (State.SIGNED, version.by_id):
        yield "bước ký của bản này không còn như lúc ký."
    elif not _same_way(body.get("way"), [step for step in steps if step.pk < own.pk]):
        yield "các bước gửi, duyệt trước khi ký không còn như lúc ký."
    printed = body["paper"]["number"]
    numbered = printed[:1].isdecimal()  # a plain paper has none
    if numbered and printed not in _given(report, body["paper"]["day"][:4]):
        yield f"sổ số văn bản không còn số {printed} của bản này."
    yield from _newest(version, steps, numbered)


def _same_way(way: list[dict[str, Any]] | None, steps: list[Step]) -> bool:
    """Whether the steps before a signature are those that it froze; versions of before that was kept say nothing."""
    if way is None:
        return True
    then = [(one["state"], one["by"], datetime.fromisoformat(one["at"]), one["why"]) for one in way]
    return then == [(step.state, step.by_id, step.at, step.why) for step in steps]


def _given(report: Report, year: str) -> set[str]:
    """The numbers that papers of the report were given in a year, as they are printed."""
    return {str(row) for row in DocumentNumber.objects.filter(report=report, year=int(year))}


def _newest(version: Version, steps: list[Step], numbered: bool) -> Iterator[str]:
    """Versions that are gone from between or from the end of a report."""
    there = sorted(Version.objects.filter(report=version.report_id).values_list("number", flat=True))
    if version.number != there[-1]:
        return
    given = DocumentNumber.objects.filter(report=version.report_id).count() if numbered else 0
    signed = sum(step.state == State.SIGNED for step in steps)
    last = max(version.number, signed, given)
    gone = [str(number) for number in range(1, last + 1) if number not in there]
    if gone:
        yield f"báo cáo này không còn bản {', '.join(gone)} đã ký."


def emptied() -> list[str]:
    """Reports that were signed, by their steps or the number of their paper, and of which no version is left."""
    told = Step.objects.filter(state=State.SIGNED).values("report").union(
        DocumentNumber.objects.filter(report__isnull=False).values("report")
    )  # fmt: skip
    left = Report.objects.filter(versions__isnull=True).select_related("unit").order_by("pk")
    signed = {row["report"] for row in told}
    return [
        f"{report.unit.name}, {name_of(report)}: đã ký nhưng không còn bản nào được lưu."
        for report in left if report.pk in signed
    ]  # fmt: skip
