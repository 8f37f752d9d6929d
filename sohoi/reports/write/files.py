"""Taking in Word files of the units below: read one by one, each kept as it is read; tied to a unit; taken out.

They are read within the request that brought them, in the limited child, and each is written down at once: the page
asks how far it is, closing the page stops nothing, and no passing file has to be kept for a worker. When the server
stops in the middle, what was read is there and the page says how many were not.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.reports.models import WRITING, Report, Sending, SentFile
from sohoi.reports.narrative.letters import tidy
from sohoi.reports.placing import Asked, Contents, contents, whose
from sohoi.reports.read.children import form_of
from sohoi.reports.read.files import Followed, asked_of_texts, followed, takes_files
from sohoi.reports.read.states import standing_of
from sohoi.reports.regular import RegularForm
from sohoi.reports.wordfiles import Sent, WordFile, read_files
from sohoi.rights.may import holds
from sohoi.rights.models import Account
from sohoi.units.models import Unit

MOST, MOST_BYTES = 200, 250_000_000  # files at once, and all of them together
LONGEST = 200  # letters of a name


def take_in(report: Report, sent: Sequence[Sent], *, by: Account) -> Sending:
    """Read files into a report that is being written. Raises Refusal before any is read when they may not in."""
    may_write(report, by)
    form = form_of(report)
    if not takes_files(form, report.unit, report.last):
        raise Refusal(f"“{form.label}” không gộp lời báo cáo của đơn vị khác nên không nhận tệp.")
    if not sent:
        raise Refusal("Chưa chọn tệp nào. Chọn các tệp .docx, hoặc một tệp .zip, rồi gửi.", "files")
    if len(sent) > MOST:
        raise Refusal(f"Mỗi lần gửi nhiều nhất {MOST} tệp. Chia ra gửi nhiều lần, hoặc nén thành .zip.", "files")
    if sum(one.size for one in sent) > MOST_BYTES:
        raise Refusal("Các tệp cộng lại nặng hơn 250 MB. Chia ra gửi nhiều lần.", "files")
    sending = Sending.objects.create(report=report, by=by, of=len(sent))
    try:
        _read(sending, sent, form)
    finally:
        Sending.objects.filter(pk=sending.pk).update(ended_at=timezone.now())
    sending.refresh_from_db()
    return sending


def _read(sending: Sending, sent: Sequence[Sent], form: RegularForm) -> None:
    """Each file as it comes from the child, one row each."""
    report = sending.report
    way = _way(report, form)
    lower, merged, units = way.form, way.merged(form), way.units(report.unit, report.last)
    measures = [Asked(m.label, m.count, 0, m.code) for m in asked_of_texts(lower)]
    for file in read_files(sent):
        found = Contents() if file.refused else contents(file.lines, lower, merged, measures)
        with transaction.atomic():
            Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
            _keep(sending, file, found, None if file.refused else whose(file.name, found.head, units))
            Sending.objects.filter(pk=sending.pk).update(done=file.done, of=file.of, moved_at=timezone.now())


def _keep(sending: Sending, file: WordFile, found: Contents, unit: Unit | None) -> None:
    """One file written down, as long as its report is being written."""
    may_write(sending.report, sending.by)
    SentFile.objects.create(
        report=sending.report, sending=sending, by=sending.by, name=_named(sending.report, file.name), unit=unit,
        sections=found.sections, unplaced=found.unplaced, folded=found.folded, missing=found.missing,
        left_out=found.left_out, figures=found.figures, notes=list(file.notes), refused=tidy(file.refused),
        lines=sum(map(len, found.sections.values())),
    )  # fmt: skip


def _named(report: Report, name: str) -> str:
    """Its name, told apart from files of that name that came before, those taken out among them."""
    plain = tidy(name)[:LONGEST] or "(không tên)"
    times, told = 1, plain
    while SentFile.objects.filter(report=report, name=told).exists():
        times += 1
        told = f"{plain} (lần {times})"
    return told


@transaction.atomic
def tie(file: SentFile, unit: str, *, by: Account) -> None:
    """Say which unit's report a file is, by the unit's code; "" for nobody's."""
    may_write(file.report, by)
    way = _way(file.report, form_of(file.report))
    known = {one.code: one for one in way.units(file.report.unit, file.report.last)}
    if unit and unit not in known:
        raise Refusal("Đơn vị đã chọn không gửi báo cáo lên đơn vị này trong kỳ. Chọn lại đơn vị.", "unit")
    SentFile.objects.filter(pk=file.pk, removed_at=None).update(unit=known.get(unit), chosen_by=by)


@transaction.atomic
def give(file: SentFile, sections: Sequence[str], *, by: Account) -> None:
    """Put the loose parts of a file into sections of its form, one for each part; "" leaves a part where it is."""
    may_write(file.report, by)
    row = SentFile.objects.select_for_update().get(pk=file.pk)
    if len(sections) != len(row.unplaced):
        raise Refusal("Tệp này vừa thay đổi. Tải lại trang rồi chọn lại.")
    form = form_of(file.report)
    allowed = {"", *_way(file.report, form).merged(form)}
    if not allowed.issuperset(sections):
        raise Refusal("Mục đã chọn không có trong biểu mẫu. Chọn lại mục.", "section")
    row.unplaced = [part | {"section": code} for part, code in zip(row.unplaced, sections, strict=True)]
    row.save(update_fields=["unplaced"])


@transaction.atomic
def take_out(file: SentFile, *, by: Account) -> None:
    """A file is no longer merged, and nothing of what was read in it is kept; its name is not given again."""
    may_write(file.report, by)
    empty: dict[str, Any] = dict.fromkeys(("unplaced", "folded", "missing", "left_out", "notes", "figures"), [])
    SentFile.objects.filter(pk=file.pk).update(
        sections={}, lines=0, refused="", unit=None, removed_at=timezone.now(), **empty
    )


def may_write(report: Report, by: Account) -> None:
    """Refuse whoever does not write for the unit, and a report that is on its way."""
    if not holds(by, "report", report.unit):
        raise Refusal(f"Báo cáo của {report.unit.name} do người của chính đơn vị viết.")
    standing = standing_of(report)
    if standing.state not in WRITING:
        raise Refusal(f"Báo cáo này {standing.words}, không thêm bớt tệp được nữa.")


def _way(report: Report, form: RegularForm) -> Followed:
    """The form that the files of a report follow."""
    found = followed(form, report.unit, report.last)
    if found is None:
        raise Refusal(f"“{form.label}” không gộp lời báo cáo của đơn vị khác nên không nhận tệp.")
    return found
