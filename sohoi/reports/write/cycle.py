"""The steps of a report: opened, sent up, taken back, returned with remarks, approved, opened again; signing is beside.

Each step locks the report and looks at its newest step: of two who press at once, the second hears what happened.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from sohoi.ledger.holding import hold_alone
from sohoi.ledger.reopening import may_reopen, reopen_months
from sohoi.periods import Period, month_first
from sohoi.refusal import Refusal
from sohoi.reports.models import WRITING, Passage, Remark, Report, State, Step, Version
from sohoi.reports.read.children import form_of, period_of
from sohoi.reports.read.filling import Filling, Words, digest, filled, words_in
from sohoi.reports.read.states import standing_of, standing_signed, standings, submitted_by
from sohoi.reports.regular import RegularForm
from sohoi.rights.may import holds, may
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.units.read import heirs, place
from sohoi.vietnamese import clean_text, join_list
from sohoi.vietnamese import date as say_date


@transaction.atomic
def open_report(form: RegularForm, unit: Unit, period: Period, *, by: Account) -> Report:
    """The report of a unit for a period; made when nobody has opened it before.

    Raises Refusal without the right, for a form of another level, or for a unit that did not stand on its last day.
    """
    if not holds(by, "report", unit):
        raise Refusal(f"Báo cáo của {unit.name} do người của chính đơn vị viết.")
    if unit.level not in form.levels:
        raise Refusal(f"“{form.label}” không phải biểu mẫu của {unit.name}. Chọn biểu mẫu khác.", "form")
    if place(unit, period.last) is None:
        raise Refusal(_ended(unit, period), "unit")
    row, _ = Report.objects.get_or_create(
        unit=unit, form=form.code, first=period.first, last=period.last, defaults={"opened_by": by}
    )
    return row


def _ended(unit: Unit, period: Period) -> str:
    """Why a unit owes no report, and who does."""
    there = [heir.name for heir in heirs(unit, period.last)]
    rest = f" Việc của kỳ này do {join_list(there)} báo cáo." if there else ""
    return f"{unit.name} không còn hoạt động vào ngày {say_date(period.last)}, cuối {period.name.lower()}.{rest}"


def step(
    report: Report, state: State, allowed: Iterable[str], *, by: Account, why: str = "",
    seen: int | None = None, version: Version | None = None, comes_to: str = "",
) -> Step:  # fmt: skip
    """Write one step down, when the report stands where that step may follow; call it inside a transaction.

    `seen` is the newest step that she saw when she decided: another one since then is told, not run over.
    """
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    standing = standing_of(report)
    if seen is not None and seen != standing.step:
        raise Refusal(f"Báo cáo vừa đổi: {standing.words} ({standing.by}). Tải lại trang rồi làm tiếp.")
    if standing.state not in allowed:
        raise Refusal(f"Báo cáo này {standing.words}, không làm bước này được. Tải lại trang để xem.")
    return Step.objects.create(report=report, state=state, by=by, why=why, version=version, digest=comes_to)


@transaction.atomic
def submit(report: Report, *, by: Account, seen: int | None = None) -> Step:
    """Send a report up: its words are left as they stand, and what it comes to is written down, so that what is signed
    is what was approved.

    Raises Refusal without the right, before the period has ended, while a heading stands empty, or while lines from
    below wait to be looked at.
    """
    return send_up(report, by=by, seen=seen, summed=True)


def send_up(report: Report, *, by: Account, seen: int | None = None, summed: bool = False) -> Step:
    """`submit`; without adding up the figures (`summed`) where the same woman signs at once."""
    words = _ready(report, by)
    Passage.objects.bulk_create(  # sections that nobody opened: from here on these words, whatever comes from below
        Passage(report=report, section=code, lines=words.texts[code], by=by)
        for code in words.unopened if words.texts.get(code)
    )  # fmt: skip
    comes_to = digest(filled(report)) if summed else ""
    return step(report, State.SUBMITTED, WRITING, by=by, seen=seen, comes_to=comes_to)


def _ready(report: Report, by: Account) -> Words:
    """The words of a report that is ready to go; Refusal says what is not."""
    if place(report.unit, report.last) is None:  # first: whoever held an office in it holds none there now
        raise Refusal(_ended(report.unit, period_of(report)), "unit")
    _own(by, "report", report, "gửi")
    words = words_in(report)
    if words.missing:
        raise Refusal(f"Chưa viết mục “{words.missing[0]}”. Viết một câu, hoặc ghi “Không có”, rồi gửi lại.", "section")
    if report.last >= timezone.localdate():
        raise Refusal(f"Kỳ báo cáo đến hết ngày {say_date(report.last)}. Gửi khi kỳ đã hết.")
    for code, count in words.unseen.items():
        heading = words.form.part(code).heading
        raise Refusal(f"Mục “{heading}” có {count} dòng bên dưới mới gửi hoặc đã thay. Mở mục ấy, xem rồi lưu.", code)
    return words


def refuse_changed(report: Report, filling: Filling) -> None:
    """Refuse to sign what is not what was sent up and approved; `filling` is the report as it would be signed."""
    sent = report.steps.filter(state=State.SUBMITTED).order_by("-pk").first()
    if sent and sent.digest and sent.digest != digest(filling):
        raise Refusal(
            "Số liệu hoặc lời văn đã đổi từ khi gửi duyệt (có việc mới ghi hoặc hủy trong kỳ). "
            "Trả lại báo cáo, xem lại rồi gửi duyệt lần nữa."
        )


@transaction.atomic
def withdraw(report: Report, reason: str = "", *, by: Account, seen: int | None = None) -> Step:
    """Take back what the unit sent, as long as nobody has approved or returned it; why may be left out.

    Raises Refusal without an office of the unit itself with the right to write it.
    """
    _own(by, "report", report, "rút về")
    why = clean_text(reason, lines=True).strip()
    return step(report, State.WITHDRAWN, (State.SUBMITTED,), by=by, why=why, seen=seen)


@transaction.atomic
def send_back(report: Report, remarks: Sequence[tuple[str, str]], *, by: Account, seen: int | None = None) -> Step:
    """Return a report with remarks, each (section code or "", what to put right). Raises Refusal without any."""
    _must(by, "approve", report, "trả lại")
    told = [(section, clean_text(text, lines=True).strip()) for section, text in remarks]
    told = [(section, text) for section, text in told if text]
    if not told:
        raise Refusal("Chưa ghi cần sửa gì. Viết ít nhất một nhận xét ở chỗ cần sửa.", "remark")
    known = {"", *(part.code for part in form_of(report).parts)}
    strange = [section for section, _ in told if section not in known]
    if strange:
        raise Refusal("Nhận xét nêu một mục không có trong biểu mẫu. Tải lại trang rồi ghi lại.", "remark")
    row = step(report, State.RETURNED, (State.SUBMITTED, State.APPROVED), by=by, why=told[0][1], seen=seen)
    Remark.objects.bulk_create(Remark(step=row, section=section, text=text) for section, text in told)
    return row


@transaction.atomic
def approve(report: Report, *, by: Account, seen: int | None = None) -> Step:
    """Approve a report that was sent up. Whoever sent it does not approve it, unless a right says so (`alone`)."""
    alone = holds(by, "alone", report.unit)
    if not alone:
        _must(by, "approve", report, "duyệt")
    if submitted_by(report) == by.pk and not alone:
        raise Refusal("Người gửi báo cáo không tự duyệt. Nhờ Chủ tịch, Phó Chủ tịch khác hoặc Hội cấp trên duyệt.")
    return step(report, State.APPROVED, (State.SUBMITTED,), by=by, seen=seen)


@transaction.atomic
def reopen(report: Report, reason: str, *, by: Account, seen: int | None = None) -> Step:
    """Open a signed report and its months again, from above alone; what was signed stays as it is.

    Raises Refusal without a reason, without the right in a unit above, while a unit above has its month closed.
    """
    if not may_reopen(by, report.unit):
        raise Refusal(f"Báo cáo của {report.unit.name} do đơn vị cấp trên mở lại. Nêu lý do và đề nghị cấp trên mở.")
    why = clean_text(reason, lines=True).strip()
    if not why:
        raise Refusal("Chưa nêu lý do mở lại. Viết một câu ngắn rồi mở lại.", "reason")
    hold_alone([report.unit_id])  # the unit before its reports: others of the same months are opened too
    row = step(report, State.REOPENED, (State.SIGNED,), by=by, why=why, seen=seen)
    if months_of(report):
        reopen_months([report.unit], months_of(report), why, by=by)
    _reopen_beside(report, why, by)
    return row


def _reopen_beside(report: Report, why: str, by: Account) -> None:
    """Other signed reports of the unit speak of the same months, which are open now: they are opened with it."""
    beside = Report.objects.filter(unit=report.unit, first__lte=report.last, last__gte=report.first)
    rows = list(beside.exclude(pk=report.pk).select_for_update(of=("self",)).order_by("pk"))
    stands = standing_signed(row.pk for row in rows)
    approved = {pk for pk, one in standings(row.pk for row in rows).items() if one.state == State.APPROVED}
    months = set(months_of(report))
    for row in rows:
        if row.pk in stands | approved and months & set(months_of(row)):
            Step.objects.create(
                report=row, state=State.REOPENED, by=by, why=f"Cùng tháng với báo cáo được mở lại: {why}"
            )


@transaction.atomic
def amend(report: Report, reason: str, *, by: Account, seen: int | None = None) -> Step:
    """Begin a new version of a signed report without opening its months: its words change, its closed figures do not.

    Raises Refusal without the right to sign for the unit, or without a reason.
    """
    _own(by, "sign", report, "lập bản bổ sung")
    why = clean_text(reason, lines=True).strip()
    if not why:
        raise Refusal("Chưa nêu lý do bổ sung. Viết một câu ngắn rồi làm lại.", "reason")
    return step(report, State.AMENDED, (State.SIGNED,), by=by, why=why, seen=seen)


def months_of(report: Report) -> list[date]:
    """The first days of the months that are closed with it: those of its period; none of a report on a theme,
    whose days somebody chose: what else happened in them goes on."""
    if form_of(report).period == "days":
        return []
    return [month_first(index) for index in period_of(report).months]


def _own(by: Account, right: str, report: Report, what: str) -> None:
    """Refuse whoever has not the right in an office of the unit itself."""
    if not holds(by, right, report.unit):
        raise Refusal(f"Chỉ người có quyền của {report.unit.name} {what} báo cáo này.")


def _must(by: Account, right: str, report: Report, what: str) -> None:
    """Refuse whoever has not the right in the report's unit."""
    if not may(by, right, report.unit):
        raise Refusal(f"Tài khoản này không có quyền {what} báo cáo của {report.unit.name}.")
