"""What a form on the desk asks, built from a kind: fields for people, a Draft for the gate.

It checks only that what must be answered is answered; everything else is the gate's, whose sentence comes back
beside the question it speaks of.
"""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms

from sohoi.ledger.draft import Draft
from sohoi.ledger.kinds import Field, KindBody
from sohoi.refusal import Refusal
from sohoi.vietnamese import read_date

PARTS = {"unit": "desk/recording/unit.html", "household": "desk/recording/household.html",
         "member": "desk/recording/member.html", "day": "desk/recording/day.html"}  # fmt: skip
SUBJECTS = {
    "household": ("Hộ của ai", "Chưa điền tên chủ hộ. Điền họ và tên chủ hộ rồi lưu lại."),
    "member": ("Hội viên", "Chưa chọn hội viên. Chọn trong danh sách rồi lưu lại."),
    "person": ("Người được giúp", "Chưa điền tên người được giúp. Điền rồi lưu lại."),
}
YES_NO = [("yes", "Có"), ("no", "Không")]
FEW = 6  # so many choices are all shown; more are a list to open
NUL = "Có ký tự không lưu được. Xóa đoạn chữ đó rồi gõ lại."


class RecordInput(forms.Form):
    """The form of one kind. `body` is set by `record_form`; `draft` is what was answered."""

    body: KindBody
    id = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Answers that must be there, asked only when they are shown."""
        given = super().clean() or {}
        values = self._values(given)
        for field in self.body.asked:
            missing = values.get(field.code) in (None, "")
            if missing and not field.optional and field.shown(values) and field.code not in self.errors:
                self.add_error(field.code, f"Chưa điền “{field.label}”. Điền rồi lưu lại.")
        return given

    def _values(self, given: dict[str, Any]) -> dict[str, Any]:
        """Answers by field code; yes and no as truth, so that show_when can be asked."""
        said = {field.code: given.get(field.code, "") for field in self.body.asked}
        for field in self.body.asked:
            if field.type == "yes-no" and said[field.code]:
                said[field.code] = said[field.code] == "yes"
        return said

    def draft(self) -> Draft:
        """What was answered, as the gate takes it; questions without an answer are left out."""
        given = self.cleaned_data
        values = {code: value for code, value in self._values(given).items() if value not in (None, "")}
        member = given.get("member")
        return Draft(
            given["id"], self.body.code, given["unit"], given["day"], values,
            int(member) if member else None, given.get("household") or None, given.get("person", ""),
            tuple(sorted(given.get("tags", []))),
        )  # fmt: skip

    def refuse(self, refusal: Refusal) -> None:
        """Put the gate's sentence beside its question; an id that is taken is changed for a new one."""
        if refusal.where == "id":
            data = self.data.copy()  # type: ignore[attr-defined]
            data["id"] = str(uuid4())
            self.data = data
            self.add_error(
                None, "Việc này đã lưu trước đó với nội dung khác. Bấm Lưu lần nữa để ghi thành một việc mới."
            )
        else:
            self.add_error(refusal.where if refusal.where in self.fields else None, str(refusal))


def record_form(body: KindBody, fixed_unit: str | None, today: date) -> type[RecordInput]:
    """The form class of a kind: the count and the day first; the unit is asked unless it is known from her office."""
    asked = {field.code: _question(field) for field in body.asked}
    counts = [f.code for f in body.asked if f.type == "number" and not f.show_when][:1]
    fields: dict[str, forms.Field] = {code: asked.pop(code) for code in counts}
    fields["day"] = day_question("Ngày làm", today)
    fields["unit"] = _unit(fixed_unit)
    if body.subject in SUBJECTS:
        fields[body.subject] = _subject(body.subject, body.whom)
    fields |= asked
    if body.tags:
        fields["tags"] = forms.MultipleChoiceField(
            label="Tính cho chương trình", required=False, choices=list(body.tags.items()),
            widget=forms.CheckboxSelectMultiple(attrs={"class": "options"}),
        )  # fmt: skip
    for code, field in fields.items():
        field.part = getattr(field, "part", None) or PARTS.get(code, "desk/parts/field.html")  # type: ignore[attr-defined]
        field.asked = field.required or getattr(field, "asked", False)  # type: ignore[attr-defined]
    return type("KindInput", (RecordInput,), {**fields, "body": body})


def _unit(fixed: str | None) -> forms.Field:
    """The unit: known from her office, or chosen."""
    missing = {"required": "Chưa chọn đơn vị đã làm việc này. Chọn một đơn vị rồi lưu lại."}
    field = forms.CharField(label="Đơn vị đã làm", error_messages=missing, max_length=80)
    if fixed is not None:
        field.widget, field.initial = forms.HiddenInput(), fixed
    return field


def _subject(subject: str, whom: str = "") -> forms.Field:
    """For whom: a household by the name of its head, a member of the register, a person in words."""
    label, missing = whom or SUBJECTS[subject][0], SUBJECTS[subject][1]
    field = forms.CharField(
        label=label, error_messages={"required": missing, "null_characters_not_allowed": NUL}, max_length=200
    )
    if subject == "member":
        return forms.IntegerField(
            label=label, error_messages={"required": missing, "invalid": missing}, min_value=1, max_value=2**62
        )
    field.widget.attrs["autocomplete"] = "off"
    return field


def day_question(label: str, today: date, required: bool = True) -> forms.DateField:
    """A day as the papers write it, with the calendar of the device; days ahead are not offered there."""
    field = forms.DateField(
        label=label, required=required, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        error_messages={
            "required": "Chưa điền ngày. Điền ngày rồi lưu lại.",
            "invalid": "Ngày này không có trong lịch. Viết lại ngày, ví dụ 04/5/2024, rồi lưu.",
        },
    )  # fmt: skip
    field.latest = today  # type: ignore[attr-defined]  # read by the templates
    return field


def _question(field: Field) -> forms.Field:
    """One question of a kind; nothing is required here, because a hidden question asks nothing."""
    made = _MAKERS.get(field.type, _words)(field)
    made.label, made.required = field.label, False
    made.asked = not field.optional  # type: ignore[attr-defined]
    made.show_when = json.dumps(field.show_when) if field.show_when else ""  # type: ignore[attr-defined]
    return made


def _words(field: Field) -> forms.Field:
    """A line of text, or a few lines when it may be long."""
    long = (field.max or 0) > 200
    widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(widget=widget, error_messages={"null_characters_not_allowed": NUL})


def _digits(field: Field) -> forms.Field:
    """A whole number on the keyboard of digits, with thousand dots as she types; money says đồng."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-dots": ""})
    made = forms.CharField(widget=widget, error_messages={"null_characters_not_allowed": NUL})
    if field.type == "money":
        made.part, made.count = "desk/recording/money.html", "đồng"  # type: ignore[attr-defined]
    return made


def _choice(field: Field) -> forms.Field:
    """A few choices are all shown; many are a list to open. An optional one may be left out."""
    options = YES_NO if field.type == "yes-no" else sorted((field.choices or {}).items(), key=_is_other)
    if len(options) > FEW:
        return forms.ChoiceField(choices=[("", "Chọn trong danh sách"), *options])
    if field.optional:
        options = [*options, ("", "Không ghi")]
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect(attrs={"class": "options"}))


def _is_other(choice: tuple[str, str]) -> bool:
    """Whether a choice stands for all others: it is asked last."""
    return choice[0] == "other" or choice[1].lower().endswith("khác")


class DayText(forms.CharField):
    """A day of a kind, as text: one that is written day/month/year goes on as 2024-05-04; the gate says what is wrong
    with any other."""

    part = PARTS["day"]

    def clean(self, value: Any) -> str:
        """The day as the gate reads it."""
        text = str(super().clean(value))
        try:
            return read_date(text).isoformat() if text else text
        except ValueError:
            return text


def _calendar(field: Field) -> forms.Field:
    """A day of a kind."""
    return DayText(error_messages={"null_characters_not_allowed": NUL})


def _someone(field: Field) -> forms.Field:
    """A member of the register."""
    made = forms.CharField()
    made.part = PARTS["member"]  # type: ignore[attr-defined]
    return made


_MAKERS = {
    "number": _digits, "money": _digits, "choice": _choice, "yes-no": _choice,
    "date": _calendar, "member": _someone,
}  # fmt: skip


def fresh(values: dict[str, Any] | None = None) -> dict[str, Any]:
    """Initial answers with a new id."""
    return {"id": uuid4(), **(values or {})}


def as_uuid(text: str) -> UUID | None:
    """An id from an address, or none."""
    try:
        return UUID(text)
    except ValueError:
        return None
