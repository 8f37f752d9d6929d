"""The forms of meetings, programmes and tasks, and whose work a page shows. They ask; the verbs of work check."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404

from sohoi.desk.asked import asked_code
from sohoi.desk.inputs import NUL, day_question
from sohoi.desk.shell import held, title
from sohoi.refusal import Refusal
from sohoi.rights.marks import Visit
from sohoi.rights.may import roles
from sohoi.rights.models import Office
from sohoi.units.models import Level, Unit
from sohoi.work.kinds import meeting_kinds
from sohoi.work.models import Meeting, TaskState
from sohoi.work.wording import LONGEST, numbered
from sohoi.work.write import Plan

DAY_PART, FIELD_PART = "desk/recording/day.html", "desk/parts/field.html"
CALLED = {Level.BASE: "chi hội", Level.BRANCH: "tổ"}


def offices_of(request: Visit) -> list[Office]:
    """Her offices that run meetings and tasks."""
    return [one for one in held(request) if one.role in roles() and "report" in roles()[one.role].rights]


def unit_of(request: Visit) -> Unit:
    """Whose work is shown: the unit asked for in her scope, else the one she looked at last, else her first."""
    code = request.GET.get("unit") or request.POST.get("unit")
    mine = {office.unit.code: office.unit for office in offices_of(request)}
    if not code:
        return mine.get(request.session.get("unit", ""), next(iter(mine.values())))
    found = mine.get(code) or request.scope.filter(code=asked_code(code)).first()
    if found is None:
        raise Http404
    if code in mine:
        request.session["unit"] = code
    return found


def in_words(label: str, *, lines: int = 1, help_text: str = "", required: bool = False, missing: str = "") -> Any:
    """A question in words, on one line or on several."""
    widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput(attrs={"autocomplete": "off"})
    errors = {
        "required": missing, "null_characters_not_allowed": NUL,
        "max_length": f"Phần này dài quá {LONGEST} ký tự. Rút gọn lại.",
    }  # fmt: skip
    return forms.CharField(
        label=label, widget=widget, required=required, max_length=LONGEST, help_text=help_text, error_messages=errors
    )


class WorkInput(forms.Form):
    """A form of this noun; each question knows the part that draws it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, field in list(self.fields.items()):
            if isinstance(field, forms.DateField):
                asked = day_question(str(field.label), date.max, field.required)
                asked.help_text = field.help_text
                asked.latest = None  # type: ignore[attr-defined]  # read by the templates
                self.fields[code] = field = asked
            drawn = DAY_PART if isinstance(field, forms.DateField) else FIELD_PART
            field.part = drawn  # type: ignore[attr-defined]  # read by the templates
            field.asked = field.required  # type: ignore[attr-defined]  # read by the templates

    def refuse(self, refusal: Refusal) -> None:
        """Put a sentence beside the question it speaks of."""
        self.add_error(refusal.where if refusal.where in self.fields else None, str(refusal))


class MeetingInput(WorkInput):
    """A meeting as it is called."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Loại cuộc họp",
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Chưa chọn loại cuộc họp. Chọn một loại rồi lưu lại."
        ),
    )
    title = in_words("Tên cuộc họp", required=True, missing="Chưa điền tên cuộc họp. Điền rồi lưu lại.")
    on = forms.DateField(label="Ngày họp")
    starts = forms.TimeField(
        label="Giờ họp", required=False, input_formats=["%H:%M", "%Hh%M", "%H giờ %M", "%Hh", "%H giờ", "%H"],
        error_messages={"invalid": "Chưa đọc được giờ họp. Viết như 8:00 hoặc 14h30."},
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
    )  # fmt: skip
    place = in_words("Địa điểm")
    invited = in_words("Thành phần mời", lines=3, help_text="Mỗi dòng một thành phần. In trên giấy mời.")
    agenda = in_words("Nội dung", lines=3, help_text="Mỗi dòng một nội dung.")
    chair = in_words("Người chủ trì")
    chair_post = in_words("Chức vụ người chủ trì")
    clerk = in_words("Thư ký")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Chọn trong danh sách")] + [  # type: ignore[attr-defined]  # a ChoiceField
            (kind.code, kind.label) for kind in meeting_kinds().values()
        ]

    def plan(self, unit: Unit) -> Plan:
        """What was told."""
        told = {code: value for code, value in self.cleaned_data.items() if code != "id"}
        return Plan(unit=unit, **told)


def meeting_form(meeting: Meeting | None, request: Visit, today: date, data: Any = None) -> MeetingInput:
    """The form of a new meeting, with the asker in the chair, or of one that is corrected."""
    if meeting is not None:
        known = {name: getattr(meeting, name) for name in MeetingInput.base_fields}
        return MeetingInput(data, initial=known)
    office = offices_of(request)[0]
    chair = {"chair": str(request.user), "chair_post": title(office)}
    return MeetingInput(data, initial={"id": uuid4(), "on": today, **chair})


class PointsInput(WorkInput):
    """Numbered points, pasted or typed."""

    text = in_words(
        "Kết luận", lines=6, required=True, missing="Chưa có nội dung nào. Viết mỗi ý một dòng rồi lưu lại.",
        help_text="Mỗi kết luận một dòng; dán nguyên từ Word cũng được, số thứ tự ghi lại từ đầu.",
    )  # fmt: skip

    def points(self) -> list[str]:
        """The points, their own numbers taken off."""
        return numbered(self.cleaned_data["text"])


class ProgrammeInput(PointsInput):
    """The programme of a year."""

    year = forms.IntegerField(
        label="Năm", min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Chưa rõ năm. Viết đủ bốn chữ số."
        ),
    )  # fmt: skip
    title = in_words("Tên chương trình", required=True, missing="Chưa điền tên chương trình. Điền rồi lưu lại.")
    on = forms.DateField(label="Ngày ban hành")
    field_order = ["year", "title", "on", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = "Các mục", "Mỗi mục một dòng."


class TellInput(WorkInput):
    """What is told of a task."""

    state = forms.ChoiceField(
        label="Kết quả", widget=forms.RadioSelect(attrs={"class": "options"}),
        choices=[(TaskState.DONE, "Đã thực hiện"), (TaskState.NOT_DONE, "Chưa thực hiện được"),
                 (TaskState.NOTE, "Chỉ ghi chú")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Chưa chọn kết quả của việc. Chọn rồi lưu lại."),
    )  # fmt: skip
    day = forms.DateField(label="Ngày thực hiện (hoặc ngày của ghi chú)")
    text = in_words("Ghi chú", lines=2, help_text="Chưa thực hiện được thì ghi lý do.")
