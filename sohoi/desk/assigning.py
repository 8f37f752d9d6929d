"""Giving a task: to the unit itself, all that stand directly below, or chosen ones; by when, each month or once."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from sohoi.desk.shell import title
from sohoi.desk.working import CALLED, WorkInput, in_words
from sohoi.rights.models import Account, Office
from sohoi.units.models import Level, Unit
from sohoi.units.read import children_today
from sohoi.vietnamese import number
from sohoi.work.models import Conclusion, ProgrammeItem, Task
from sohoi.work.write import assign

MINE, ALL = "own", "all"
ELSEWHERE = {"invalid_choice": "Có đơn vị không đứng ngay dưới đơn vị này. Chọn lại trong danh sách."}
NOBODY = {"invalid_choice": "Cán bộ này không còn giữ chức vụ ở đơn vị. Chọn lại trong danh sách."}


class AssignInput(WorkInput):
    """To whom a conclusion or an item is given, and by when."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = in_words("Việc phải làm", lines=3, required=True, missing="Chưa điền nội dung việc. Điền rồi giao lại.")
    to = forms.MultipleChoiceField(
        label="Giao cho",
        required=False,
        error_messages=ELSEWHERE,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "options"}),
    )
    units = forms.MultipleChoiceField(
        label="Chọn từng đơn vị",
        required=False,
        error_messages=ELSEWHERE,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "options"}),
    )
    due = forms.DateField(label="Hạn", required=False)
    until = forms.DateField(
        label="Lặp lại hằng tháng đến ngày", required=False, help_text="Chỉ điền khi tháng nào cũng phải làm."
    )
    due_note = in_words("Ghi chú về hạn", help_text="Ví dụ: lớp khai giảng cuối tháng; hạn do đơn vị tự đặt.")
    officer = forms.ChoiceField(label="Cán bộ thực hiện việc của chính đơn vị", required=False, error_messages=NOBODY)

    def __init__(self, source: Conclusion | ProgrammeItem, data: Any = None) -> None:
        self.source, self.giver, self.day = source, *_origin(source)
        super().__init__(data, initial={"id": uuid4(), "text": source.text})
        below = [row.unit for row in children_today(self.giver, self.day)]
        self.below = {unit.code: unit for unit in below}
        self.offices = {str(one.pk): one for one in _offices(self.giver)}
        choices = [(MINE, f"Chính {self.giver.full_name}")]
        if below:
            choices.append(
                (ALL, f"Tất cả {number(len(below))} {CALLED.get(Level(self.giver.level), 'đơn vị')} trực thuộc")
            )
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["to"].asked = True  # type: ignore[attr-defined]  # read by the templates
        self.fields["units"].choices = [(unit.code, unit.name) for unit in below]  # type: ignore[attr-defined]  # as above
        self.fields["officer"].choices = [("", "Không ghi riêng ai")] + [  # type: ignore[attr-defined]  # as above
            (key, f"{one.account}, {title(one)}") for key, one in self.offices.items()
        ]

    def chosen(self) -> list[Unit]:
        """The units that were ticked, its own first."""
        told = self.cleaned_data
        own = [self.giver] if MINE in told["to"] else []
        codes = list(self.below) if ALL in told["to"] else told["units"]
        return [*own, *(self.below[code] for code in codes)]

    def give(self, by: Account) -> list[Task]:
        """Give the task. Raises Refusal."""
        told = self.cleaned_data
        return assign(
            told["id"], self.source, self.chosen(), told["due"], text=told["text"], due_note=told["due_note"],
            until=told["until"], officer=self.offices.get(told["officer"]), by=by,
        )  # fmt: skip


def _origin(source: Conclusion | ProgrammeItem) -> tuple[Unit, date]:
    """Which unit gives, and the day whose map tells what stands below it."""
    if isinstance(source, Conclusion):
        return source.meeting.unit, source.meeting.on
    return source.programme.unit, source.programme.on


def _offices(unit: Unit) -> list[Office]:
    """Who holds an office in the unit today."""
    held = Office.objects.filter(unit=unit, during__contains=timezone.localdate())
    return list(held.select_related("account").order_by("pk"))
