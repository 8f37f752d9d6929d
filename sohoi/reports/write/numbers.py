"""Taking the next number for a paper: in order, without a gap, each once, however many ask at the same time."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.reports.models import DocumentNumber, DocumentType, Report
from sohoi.reports.models.numbers import symbol
from sohoi.reports.read.numbers import numbers_of
from sohoi.reports.regular import RegularForm
from sohoi.rights.may import holds
from sohoi.rights.models import Account
from sohoi.units.models import Level, Unit
from sohoi.vietnamese import clean_text
from sohoi.vietnamese import date as say_date
from sohoi.work.models import Meeting, MeetingState


@transaction.atomic
def take_number(
    unit: Unit, type: str, on: date, *, by: Account, for_: str, body: str = "", report: Report | None = None,
    meeting: Meeting | None = None,
) -> int:  # fmt: skip
    """The next number of the unit's papers of this type in the year of `on`; `for_` is what the paper is about.

    The rule it guards: numbers begin at 1 on 1 January and follow each other without a gap, in the order of their days
    (Decree 30/2020). Who asks waits for who asked first; a caller that fails gives its number back. Raises Refusal for
    a type that is not known, and for a day before that of the last number: such a paper cannot stand between others.
    """
    if type not in DocumentType.values:
        raise Refusal(f"Không có loại văn bản “{type[:10]}”. Các loại: {', '.join(DocumentType.values)}.", "type")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # keys to it may be written meanwhile
    given = DocumentNumber.objects.filter(unit=unit, year=on.year, type=type)
    last = given.aggregate(Max("number"), Max("day"))
    if last["day__max"] and on < last["day__max"]:
        raise Refusal(
            f"{DocumentType(type).label} số {last['number__max']} của {unit.name} đã lấy cho ngày "
            f"{say_date(last['day__max'])}, nên không lấy số cho ngày {say_date(on)} được nữa. "
            "Ghi ngày từ ngày đó trở đi.",
            "on",
        )
    row = DocumentNumber.objects.create(
        unit=unit, year=on.year, type=type, number=(last["number__max"] or 0) + 1, body=clean_text(body.strip()),
        day=on, subject=clean_text(for_.strip()), report=report, meeting=meeting, by=by,
    )  # fmt: skip
    return row.number


def numbered(report: Report, form: RegularForm, on: date, *, by: Account, version: int = 1) -> str:
    """The number of a report that is being signed, "15/BC-BTV"; none for a plain one. An amendment gets its own."""
    if form.style == "plain":
        return ""
    more = f" (bản bổ sung lần {version - 1})" if version > 1 else ""
    said = f"{form.label}, từ {say_date(report.first)} đến {say_date(report.last)}{more}"
    number = take_number(report.unit, form.type, on, by=by, for_=said, body=form.body, report=report)
    return symbol(number, form.type, form.body)


@transaction.atomic
def number_meeting(meeting: Meeting, type: str, on: date, *, by: Account) -> DocumentNumber:
    """Take a number for the invitation (GM) or the minutes (BB) of a meeting, dated `on`; asked again it is the same.

    Raises Refusal without an office of the unit itself, for a branch, whose papers have no number, for minutes of a
    meeting that was not held, an invitation to one that was called off, a day ahead (no paper of before could be
    numbered then) or that cannot be that paper's, and as `take_number` does.
    """
    unit = meeting.unit
    if not holds(by, "report", unit):
        raise Refusal(f"Số văn bản của {unit.full_name} do người của chính đơn vị lấy.")
    if unit.level == Level.BRANCH:
        raise Refusal("Giấy mời, biên bản của chi hội không mang số.")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    given = numbers_of(meeting).get(type)
    if given is not None:
        return given
    _check_paper(meeting, type, on)
    words = DocumentType(type).label
    take_number(unit, type, on, by=by, for_=f"{words}: {meeting.title}", body="BTV", meeting=meeting)
    return numbers_of(meeting)[type]


def _check_paper(meeting: Meeting, type: str, on: date) -> None:
    """Whether the minutes or the invitation of a meeting can stand as it is, dated so."""
    state = meeting.steps.order_by("-pk").values_list("state", flat=True).first()
    if type == DocumentType.MINUTES and state != MeetingState.HELD:
        raise Refusal("Chưa ghi người dự và diễn biến nên chưa lấy số biên bản được.")
    if type == DocumentType.INVITATION and state == MeetingState.CALLED_OFF:
        raise Refusal("Cuộc họp này đã ghi là không họp nên không lấy số giấy mời.")
    if type == DocumentType.MINUTES and on < meeting.on:
        raise Refusal(f"Cuộc họp vào ngày {say_date(meeting.on)}. Ghi ngày biên bản từ ngày đó trở đi.", "on")
    if type == DocumentType.INVITATION and on > meeting.on:
        raise Refusal(f"Cuộc họp vào ngày {say_date(meeting.on)}. Ghi ngày giấy mời đến ngày đó là muộn nhất.", "on")
    if on > timezone.localdate():
        raise Refusal(f"Ngày {say_date(on)} còn ở phía trước. Ghi ngày văn bản đến hôm nay là muộn nhất.", "on")
