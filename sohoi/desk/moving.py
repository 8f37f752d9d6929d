"""What the forms of a move ask: to which branch, from which day, why; or which ID number to ask for. And the move of
which a record is one side."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

from django import forms

from sohoi.desk.inputs import NUL, day_question
from sohoi.desk.picking import Option
from sohoi.ledger.models import Record
from sohoi.people.models import Transfer
from sohoi.people.write.transfers import LONGEST
from sohoi.refusal import Refusal
from sohoi.units.models import Level, Placement, Unit

Form = TypeVar("Form", bound="MoveInput")
SIDES = ("member-moved-out", "member-moved-in")  # the two records of a move


class MoveInput(forms.Form):
    """A request that a woman of ours moves to another branch of the country."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    new = forms.CharField(
        label="Chi hội nhận", max_length=80,
        error_messages={"required": "Chưa chọn chi hội nhận. Gõ tên xã, phường rồi chọn một chi hội."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Lý do", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"null_characters_not_allowed": NUL},
    )  # fmt: skip

    def refuse(self, refusal: Refusal) -> None:
        """Put a sentence beside the question it speaks of."""
        self.add_error(refusal.where if refusal.where in self.fields else None, str(refusal))


class NumberInput(MoveInput):
    """A request to receive the woman who has this ID number."""

    number = forms.CharField(
        label="Số định danh (CCCD)", max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Chưa điền số định danh. Điền đủ 12 chữ số.", "null_characters_not_allowed": NUL},
    )  # fmt: skip


def move_form(today: date, data: Any = None) -> MoveInput:
    """The form of a request, with the first day at the new branch."""
    return _dated(MoveInput, today, data)


def number_form(today: date, fixed: Unit | None, data: Any = None) -> NumberInput:
    """The form of a request by number; the branch that receives is known from her office, or chosen."""
    form = _dated(NumberInput, today, data, new=fixed.code if fixed else "")
    form.fields["new"].label = "Chi hội của chị"
    form.fields["new"].error_messages["required"] = "Chưa chọn chi hội nhận. Chọn một chi hội rồi gửi lại."
    if fixed:
        form.fields["new"].widget = forms.HiddenInput()
    return form


def _dated(kind: type[Form], today: date, data: Any, **initial: str) -> Form:
    """The form with a new id and today."""
    form = kind(data, initial={"id": uuid4(), "day": today, **initial})
    form.fields["day"] = day_question("Sinh hoạt ở nơi mới từ ngày", today)
    for code in form.fields:
        form.fields[code].asked = form.fields[code].required  # type: ignore[attr-defined]  # read by the templates
    return form


def branch(code: str) -> Unit:
    """The branch of this code, anywhere in the country; raises Refusal when there is none."""
    unit = Unit.objects.filter(code=code, level=Level.BRANCH).first()
    if unit is None:
        raise Refusal("Nơi nhận phải là một chi hội. Gõ tên xã, phường rồi chọn một chi hội.", "new")
    return unit


def branch_options(rows: Iterable[Placement], above: dict[int, list[Unit]]) -> list[Option]:
    """Branches as choices: the commune and the province tell two of one name apart."""
    return [
        Option(
            row.unit.code,
            row.unit.name,
            ", ".join(
                one.name for one in reversed(above.get(row.unit_id, [])) if one.level in (Level.BASE, Level.PROVINCE)
            ),
        )
        for row in rows
    ]


def move_of(record: Record) -> Transfer | None:
    """The move of which a record is one side; it is taken back as a whole, never that record alone."""
    if record.kind.code not in SIDES:
        return None
    return Transfer.objects.filter(pk=record.values["transfer"]).first()
