"""How the pages of regular reports say periods, steps and what is owed."""

from django import template

from sohoi.desk.addresses import behind_url
from sohoi.periods import Period
from sohoi.reports.models import State, Step
from sohoi.reports.read.filling import Filling
from sohoi.reports.read.owed import Due
from sohoi.reports.regular import Part, RegularForm, key_of
from sohoi.reports.table import Address
from sohoi.vietnamese import number

register = template.Library()

STEPS = {
    State.SUBMITTED: "Gửi", State.RETURNED: "Trả lại", State.APPROVED: "Duyệt", State.SIGNED: "Ký",
    State.REOPENED: "Mở lại", State.AMENDED: "Bắt đầu bản bổ sung", State.WITHDRAWN: "Rút về",
}  # fmt: skip
DUE = {
    "in-time": "Đúng hạn", "late": "Muộn", "overdue": "Quá hạn", "open": "Chưa đến hạn", "again": "Đang làm lại",
    "unasked": "Không có hạn",
}  # fmt: skip


@register.filter
def lower_first(text: str) -> str:
    """ "Tháng 1 năm 2018" inside a sentence."""
    return text[:1].lower() + text[1:]


@register.filter
def sentence(text: str) -> str:
    """Words as a sentence of their own: a capital at the head, a full stop at the end."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


@register.filter
def period_key(form: RegularForm, period: Period) -> str:
    """A period as an address writes it."""
    return key_of(form, period)


@register.filter
def due_words(due: Due) -> str:
    """How a unit stands with a report, in a word or two."""
    return DUE[due.state]


@register.filter
def step_words(step: Step) -> str:
    """What was done in a step."""
    return STEPS[State(step.state)]


@register.filter
def written(filling: Filling, part: Part) -> str:
    """How much stands in a section."""
    lines = [line for line in filling.texts.get(part.code, []) if line["kept"]]
    if lines:
        return f"{number(len(lines))} dòng"
    return "để trống được" if part.optional else "chưa viết"


@register.filter
def behind(address: Address) -> str:
    """Where the records behind a figure are."""
    return behind_url(address.measure, address.unit, address.first, address.last, address.view, address.level)


@register.filter
def count(value: int) -> str:
    """1298 -> 1.298."""
    return number(value)


@register.filter
def typed(told: dict[str, str], name: str) -> str:
    """What she had typed in a box when her step was refused."""
    return told.get(name, "")


@register.filter
def typed_for(told: dict[str, str], section: str) -> str:
    """The remark that she had typed for a section."""
    return told.get(f"remark-{section}", "")
