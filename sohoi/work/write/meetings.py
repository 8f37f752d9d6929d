"""Verbs of meetings: call, amend, hold, call off; write conclusions, correct one, strike one that gave no task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sohoi.people.models import Member
from sohoi.refusal import Refusal
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.vietnamese import date as say_date
from sohoi.work.kinds import meeting_kinds
from sohoi.work.models import Attendance, Conclusion, Meeting, MeetingState, MeetingStep, Presence
from sohoi.work.wording import free, one_line
from sohoi.work.write.checks import check_right, check_stands

MOST_PEOPLE = 1000


@dataclass(frozen=True)
class Plan:
    """What is told of a meeting: which unit, when, where, what about, who is asked to come, who takes the chair and
    who writes."""

    unit: Unit
    kind: str
    title: str
    on: date
    starts: time | None = None
    place: str = ""
    invited: str = ""
    agenda: str = ""
    chair: str = ""
    chair_post: str = ""
    clerk: str = ""


@dataclass(frozen=True)
class Present:
    """Somebody at a meeting, as written."""

    name: str
    post: str = ""
    presence: str = Presence.CAME
    account: Account | None = None
    member: Member | None = None


@transaction.atomic
def call(key: UUID, told: Plan, *, by: Account) -> Meeting:
    """Call a meeting, ahead or after the event. With the same key it is one meeting, however often it is sent.

    Raises Refusal without the right in its unit, for a unit that does not stand on the day, an unknown kind, no title.
    """
    known = Meeting.objects.filter(pk=key).first()
    if known is not None:
        if (known.unit_id, known.by_id) != (told.unit.pk, by.pk):
            raise Refusal("Mã này đã dùng cho một cuộc họp khác. Mở lại trang rồi lưu lại.")
        return known
    check_right(by, told.unit, "tổ chức họp cho")
    meeting = Meeting.objects.create(pk=key, unit=told.unit, by=by, **_clean(told))
    MeetingStep.objects.create(meeting=meeting, state=MeetingState.CALLED, by=by)
    return meeting


@transaction.atomic
def amend(meeting: Meeting, told: Plan, *, by: Account) -> Meeting:
    """Correct what is told of a meeting; its unit stays. Raises Refusal as `call` does, and when its day would come
    after a task that it gave is due."""
    row = _locked(meeting, by)
    clean = _clean(told)
    if clean["on"] != row.on and Conclusion.objects.filter(meeting=row, tasks__isnull=False).exists():
        raise Refusal("Kết luận của cuộc họp đã giao việc nên không đổi ngày họp được nữa.", "on")
    Meeting.objects.filter(pk=row.pk).update(**clean)
    row.refresh_from_db()
    return row


def _clean(told: Plan) -> dict[str, object]:
    """The columns of what was told, or a Refusal that names the question."""
    if told.kind not in meeting_kinds():
        raise Refusal("Chưa chọn loại cuộc họp. Chọn một loại rồi lưu lại.", "kind")
    check_stands(told.unit, told.on, "on")
    return {
        "kind": told.kind, "title": one_line(told.title, "tên cuộc họp", "title"), "on": told.on,
        "starts": told.starts, "place": free(told.place, "địa điểm", "place"),
        "invited": free(told.invited, "thành phần mời", "invited"),
        "agenda": free(told.agenda, "nội dung", "agenda"), "chair": free(told.chair, "người chủ trì", "chair"),
        "chair_post": free(told.chair_post, "chức vụ", "chair_post"), "clerk": free(told.clerk, "thư ký", "clerk"),
    }  # fmt: skip


@transaction.atomic
def hold(meeting: Meeting, people: Sequence[Present], course: str = "", *, by: Account) -> Meeting:
    """Say that a meeting was held: who came, what was reported and discussed. Said again, the newest list stands.

    Raises Refusal for a meeting that lies ahead or was called off, or somebody without a name.
    """
    row = _locked(meeting, by)
    if row.on > timezone.localdate():
        raise Refusal(f"Cuộc họp này vào ngày {say_date(row.on)}, chưa đến. Họp xong hãy ghi diễn biến.")
    if _state(row) == MeetingState.CALLED_OFF:
        raise Refusal("Cuộc họp này đã ghi là không họp. Tạo cuộc họp mới nếu họp lại.")
    if len(people) > MOST_PEOPLE:
        raise Refusal(f"Danh sách dài quá {MOST_PEOPLE} người. Chỉ ghi thành phần chính.", "came")
    row.course = free(course, "diễn biến", "course")
    row.save(update_fields=["course"])
    row.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=row, place=place, name=one_line(one.name, "họ tên", "came"),
                   post=free(one.post, "chức vụ", "came"), presence=one.presence, account=one.account,
                   member=one.member)
        for place, one in enumerate(people, start=1)
    )  # fmt: skip
    if _state(row) != MeetingState.HELD:
        MeetingStep.objects.create(meeting=row, state=MeetingState.HELD, by=by)
    return row


@transaction.atomic
def call_off(meeting: Meeting, why: str, *, by: Account) -> None:
    """Say that a meeting is not held, and why. Raises Refusal for one that was held."""
    row = _locked(meeting, by)
    if _state(row) == MeetingState.HELD:
        raise Refusal("Cuộc họp này đã họp, không hoãn được nữa.")
    said = one_line(why, "lý do không họp", "why")
    if _state(row) != MeetingState.CALLED_OFF:
        MeetingStep.objects.create(meeting=row, state=MeetingState.CALLED_OFF, why=said, by=by)


@transaction.atomic
def conclude(meeting: Meeting, texts: Sequence[str], *, by: Account) -> list[Conclusion]:
    """Write conclusions, numbered on from those there are. Raises Refusal for a meeting not yet held, or no text."""
    row = _locked(meeting, by)
    if _state(row) != MeetingState.HELD:
        raise Refusal("Chưa ghi cuộc họp đã diễn ra. Ghi người dự và diễn biến trước, rồi viết kết luận.")
    if not texts:
        raise Refusal("Chưa có kết luận nào. Viết mỗi kết luận một dòng rồi lưu lại.", "text")
    begin = row.conclusions.count() + 1
    return [
        Conclusion.objects.create(meeting=row, number=at, text=one_line(text, "kết luận", "text"), by=by)
        for at, text in enumerate(texts, start=begin)
    ]


@transaction.atomic
def reword(conclusion: Conclusion, text: str, *, by: Account) -> Conclusion:
    """Correct a conclusion. Raises Refusal when tasks were given from it: their units have read it."""
    row = _loose(conclusion, by)
    row.text = one_line(text, "kết luận", "text")
    row.save(update_fields=["text"])
    return row


@transaction.atomic
def strike(conclusion: Conclusion, *, by: Account) -> None:
    """Take a conclusion out; those after it move up. Raises Refusal when tasks were given from it."""
    row = _loose(conclusion, by)
    row.delete()
    Conclusion.objects.filter(meeting=row.meeting_id, number__gt=row.number).update(number=F("number") - 1)


def _loose(conclusion: Conclusion, by: Account) -> Conclusion:
    """The conclusion, its meeting locked, as long as it gave no task."""
    _locked(conclusion.meeting, by)
    row = Conclusion.objects.get(pk=conclusion.pk)
    if row.tasks.exists():
        raise Refusal(
            f"Kết luận {row.number} đã giao việc nên không sửa được. Thôi giao việc ấy, hoặc viết kết luận mới."
        )
    return row


def _locked(meeting: Meeting, by: Account) -> Meeting:
    """The meeting, locked, for somebody who may run meetings of its unit."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("unit").get(pk=meeting.pk)
    check_right(by, row.unit, "ghi cuộc họp của")
    return row


def _state(meeting: Meeting) -> str:
    """Where it stands: the newest of its steps."""
    return meeting.steps.order_by("-pk").values_list("state", flat=True).first() or MeetingState.CALLED
