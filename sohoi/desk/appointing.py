"""What the pages about users ask and say: who gets which office where and when, and what was done, in sentences."""

from datetime import date
from typing import Any, TypeVar

from django import forms

from sohoi.desk.asked import EARLIEST, LATEST
from sohoi.desk.inputs import NUL, day_question
from sohoi.refusal import Refusal
from sohoi.rights.may import Role, role_said
from sohoi.rights.models import OfficeChange, Turn
from sohoi.rights.write.accounts import LONGEST_NAME, LONGEST_USERNAME
from sohoi.vietnamese import date as say_date

Form = TypeVar("Form", bound="Dated")
PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class Dated(forms.Form):
    """A form with days: those outside the years of the book are refused, a refusal stands beside its question."""

    def clean(self) -> dict[str, Any]:
        """Days within the years of the book."""
        given = super().clean() or {}
        for code, value in list(given.items()):
            if isinstance(value, date) and not EARLIEST <= value <= LATEST:
                self.add_error(code, f"Năm {value.year} nằm ngoài các năm của sổ (2000–2100). Viết lại ngày.")
        return given

    def refuse(self, refusal: Refusal) -> None:
        """Put a sentence beside the question it speaks of."""
        self.add_error(refusal.where if refusal.where in self.fields else None, str(refusal))


class GiveInput(Dated):
    """An office for somebody who is known already."""

    role = forms.ChoiceField(label="Vai trò", error_messages={"required": "Chưa chọn vai trò. Chọn trong danh sách."})
    unit = forms.CharField(
        label="Đơn vị", max_length=80,
        error_messages={"required": "Chưa chọn đơn vị. Gõ tên đơn vị rồi chọn.", "null_characters_not_allowed": NUL},
    )  # fmt: skip


class KnownInput(GiveInput):
    """An office for somebody who has an account, named by her log-in: she may be of another place."""

    username = forms.CharField(
        label="Tên đăng nhập của người ấy", max_length=LONGEST_USERNAME, widget=forms.TextInput(attrs=PLAIN),
        help_text="Người trong phạm vi của chị thì tìm theo họ tên ở trang Người dùng và vai trò, mở trang của người "
        "ấy rồi giao. Người đang ở nơi khác thì hỏi họ tên và tên đăng nhập, điền đúng vào đây.",
        error_messages={"required": "Chưa điền tên đăng nhập.", "null_characters_not_allowed": NUL},
    )  # fmt: skip
    name = forms.CharField(
        label="Họ và tên của người ấy", max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Có dấu hay không dấu đều được. Không khớp với tên đăng nhập thì không giao.",
        error_messages={"required": "Chưa điền họ và tên. Điền đủ họ và tên.", "null_characters_not_allowed": NUL},
    )  # fmt: skip


class NewInput(GiveInput):
    """An office for somebody who has no account yet."""

    name = forms.CharField(
        label="Họ và tên", max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Chưa điền họ và tên. Điền đủ họ và tên.", "null_characters_not_allowed": NUL},
    )  # fmt: skip
    username = forms.CharField(
        label="Tên đăng nhập", max_length=LONGEST_USERNAME, required=False, widget=forms.TextInput(attrs=PLAIN),
        help_text="Để trống thì máy đặt theo họ tên, không dấu.", error_messages={"null_characters_not_allowed": NUL},
    )  # fmt: skip


class EndInput(Dated):
    """The last day of an office."""

    day = forms.DateField()


def give_form(kind: type[GiveInput], given: list[Role], today: date, data: Any, **initial: str) -> GiveInput:
    """The form with the roles that she may give; a single one is chosen already."""
    form = kind(data, initial={"first": today, **initial})
    choices = [(role.code, role.label) for role in given]
    choices = choices if len(given) == 1 else [("", "Chọn trong danh sách"), *choices]
    form.fields["role"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
    form.fields["first"] = day_question("Từ ngày", today)
    form.fields["last"] = day_question("Đến hết ngày", today, required=False)
    return _told(form)


def end_form(today: date, data: Any) -> EndInput:
    """The form of an ending: today when nothing else is said."""
    form = EndInput(data, initial={"day": today})
    form.fields["day"] = day_question("Ngày cuối giữ vai trò", today)
    return _told(form)


def _told(form: Form) -> Form:
    """Which questions must be answered, for the templates; days ahead are offered too."""
    for field in form.fields.values():
        field.asked = field.required  # type: ignore[attr-defined]  # read by the templates
        if isinstance(field, forms.DateField):
            field.latest = None  # type: ignore[attr-defined]  # as above
    return form


def said(change: OfficeChange) -> str:
    """What was done, in words."""
    if change.unit is None or change.first is None:
        return str(Turn(change.what).label).capitalize()
    what = f"vai trò {role_said(change.role)} ở {change.unit.full_name}"
    gone = change.last is not None and change.last < change.first
    if change.what == Turn.GIVEN:
        return f"Giao {what} từ {say_date(change.first)}{_until(change.last)}"
    if change.what == Turn.ENDED:
        return f"Bỏ {what} từ {say_date(change.first)}" if gone else f"Kết thúc {what}{_ending(change.last)}"
    return f"Bỏ {what} đã giao nhầm" if gone else f"Trả lại {what} đã kết thúc nhầm{_until(change.last)}"


def _ending(last: date | None) -> str:
    """The last day that was set."""
    return f": ngày cuối {say_date(last)}" if last else ""


def _until(last: date | None) -> str:
    """The end, when there is one."""
    return f" đến hết {say_date(last)}" if last else ""
