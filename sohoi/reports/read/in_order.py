"""Whether nothing was taken away around a version: its report's steps, versions 1 to n, the numbers of its papers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from sohoi.ledger.models import Closing
from sohoi.reports.models import DocumentNumber, Report, State, Step, Version
from sohoi.reports.read.children import name_of
from sohoi.vietnamese import date as say_date

SIGNING = timedelta(hours=1)  # between the closing and the signature of one transaction


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
    yield from _before(version, body.get("before"))


def _before(version: Version, signed: int | None) -> Iterator[str]:
    """Whether the unit still has as many earlier versions as it had signed: one of which row, step and number are gone
    is missed by the unit's next. Whoever signs holds the unit alone, so they follow each other by their ids."""
    if signed is None:
        return
    left = Version.objects.filter(report__unit=version.report.unit_id, pk__lt=version.pk).count()
    if left != signed:
        yield f"lúc ký, đơn vị đã có {signed} bản ký trước; nay còn {left}."


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


def closed_by_nothing() -> list[str]:
    """Months that were closed when no report that is left was signed: by hand, or by a signature that nothing is left
    of; the newest version of a unit leaves no other trace."""
    signed = Version.objects.filter(
        report__unit=OuterRef("unit"), report__first__lte=OuterRef("month"), report__last__gte=OuterRef("month"),
        at__range=(OuterRef("at"), OuterRef("at") + SIGNING),
    )  # fmt: skip
    rows = Closing.objects.filter(~Exists(signed)).select_related("unit", "by").order_by("month", "unit__name", "pk")
    return [
        f"{row.unit.name}, tháng {row.month.month}/{row.month.year}: {row.by} chốt ngày "
        f"{say_date(timezone.localdate(row.at))} mà không có báo cáo nào ký lúc ấy. "
        "Nếu không phải chốt bằng tay thì một bản đã ký đã mất: tìm trong bản lưu."
        for row in rows
    ]  # fmt: skip


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
