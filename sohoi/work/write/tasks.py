"""Verbs of tasks: give one to units (all in one act), tell that it was done or not, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sohoi.among import among
from sohoi.periods import month_index, month_last
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from sohoi.rights.models import Account, Office
from sohoi.units.models import Closure, Placement, Unit, View
from sohoi.vietnamese import date as say_date
from sohoi.work.models import Conclusion, ProgrammeItem, Task, TaskState, TaskStep
from sohoi.work.wording import free, one_line
from sohoi.work.write.checks import check_right, stood

MOST_MONTHS = 36


@dataclass(frozen=True)
class _Origin:
    """Which unit gives a task, and on which day."""

    giver: Unit
    day: date
    event: str


@transaction.atomic
def assign(
    act: UUID, source: Conclusion | ProgrammeItem, units: Sequence[Unit], due: date | None, *, by: Account,
    text: str = "", due_note: str = "", until: date | None = None, officer: Office | None = None,
) -> list[Task]:  # fmt: skip
    """Make tasks of a conclusion or an item: for its own unit and for units below it, all or none.

    `text` is that of the source when it is empty. With `until` it comes back each month, on the day of `due`, up to
    that day. `officer` is whom the task of her own unit is for. With the same `act` it is given once, however often it
    is sent. Raises Refusal for units that are not below or do not stand then, and days in the wrong order.
    """
    type(source)._default_manager.select_for_update(of=("self",)).get(pk=source.pk)  # sent twice at once, given once
    known = list(Task.objects.filter(act=act).select_related("unit"))
    if known:
        if any(one.by_id != by.pk or one.source != source for one in known):
            raise Refusal("Mã này đã dùng cho việc khác. Mở lại trang rồi giao lại.")
        return known
    origin = _origin(source)
    check_right(by, origin.giver, "giao việc thay")
    days = _days(origin, due, until)
    _check_units(origin, units, days[-1], by)
    _check_officer(officer, units, origin.day)
    said = one_line(text or source.text, "nội dung việc", "text")
    note = free(due_note, "ghi chú về hạn", "due_note")
    rows = [
        Task(act=act, giver=origin.giver, unit=unit, text=said, given=origin.day, due=day, due_note=note, by=by,
             monthly=until is not None, officer=officer if officer and officer.unit_id == unit.pk else None,
             conclusion=source if isinstance(source, Conclusion) else None,
             item=source if isinstance(source, ProgrammeItem) else None)
        for unit in {unit.pk: unit for unit in units}.values() for day in days
    ]  # fmt: skip
    return Task.objects.bulk_create(rows)


def _origin(source: Conclusion | ProgrammeItem) -> _Origin:
    """Who gives the tasks of a source, and since when."""
    if isinstance(source, Conclusion):
        return _Origin(source.meeting.unit, source.meeting.on, "ngày họp")
    return _Origin(source.programme.unit, source.programme.on, "ngày ban hành chương trình")


def _days(origin: _Origin, due: date | None, until: date | None) -> list[date | None]:
    """The due days: one, none, or one in each month up to `until` (the last day of a month stays the last)."""
    if due is None:
        if until is not None:
            raise Refusal("Việc lặp lại hằng tháng cần hạn của tháng đầu. Điền hạn rồi giao lại.", "due")
        return [None]
    if due < origin.day:
        said = f"Hạn {say_date(due)} đứng trước {origin.event} ({say_date(origin.day)}). Chọn hạn từ ngày ấy trở đi."
        raise Refusal(said, "due")
    if until is None:
        return [due]
    if until < due:
        raise Refusal("Tháng cuối đứng trước hạn đầu tiên. Xem lại hai ngày.", "until")
    first = month_index(due)
    days = [_in_month(index, due) for index in range(first, month_index(until) + 1)]
    days = [day for day in days if day <= until]
    if len(days) > MOST_MONTHS:
        raise Refusal(f"Việc hằng tháng chỉ giao được đến {MOST_MONTHS} tháng. Chọn tháng cuối sớm hơn.", "until")
    return list(days)


def _in_month(index: int, like: date) -> date:
    """The day of a month that stands where `like` stands in its own."""
    last = month_last(index)
    at_end = like == month_last(month_index(like))
    return last if at_end else last.replace(day=min(like.day, last.day))


def _check_units(origin: _Origin, units: Sequence[Unit], last: date | None, by: Account) -> None:
    """Each unit is the giver or stood below it on the day it was given, still stands on the last due day, and lies in
    the reach of whoever gives it. The first that does not is named."""
    if not units:
        raise Refusal("Chưa chọn đơn vị thực hiện. Chọn ít nhất một đơn vị rồi giao lại.", "units")
    ids, until = [unit.pk for unit in units], last or origin.day
    rows = Closure.objects.filter(view=View.WAS, ancestor=origin.giver, descendant__in=among(ids))
    below = set(rows.filter(since__lte=origin.day, until__gt=origin.day).values_list("descendant_id", flat=True))
    standing = set(
        Placement.objects.filter(unit__in=among(ids), during__contains=until).values_list("unit_id", flat=True)
    )
    mine = set(scope(by, "report").filter(pk__in=among(ids)).values_list("pk", flat=True))
    for unit in units:
        if unit.pk not in below:
            said = f"{unit.full_name} không thuộc {origin.giver.full_name} vào ngày {say_date(origin.day)}"
            raise Refusal(f"{said}, nên không giao việc được.", "units")
        if unit.pk not in standing:
            raise Refusal(f"{unit.full_name} {stood(unit, until)}. Bỏ đơn vị này rồi giao lại.", "units")
        if unit.pk not in mine:
            raise Refusal(f"Tài khoản này không giao việc cho {unit.full_name} được.", "units")


def _check_officer(officer: Office | None, units: Sequence[Unit], day: date) -> None:
    """An officer belongs to one of the units."""
    if officer is not None and officer.unit_id not in {unit.pk for unit in units}:
        raise Refusal("Cán bộ được giao không giữ chức vụ ở đơn vị nào đã chọn. Chọn lại.", "officer")


@transaction.atomic
def tell(task: Task, state: str, text: str = "", on: date | None = None, *, by: Account) -> TaskStep:
    """Tell of a task: DONE on a day, NOT_DONE and why, or a NOTE.

    A mistaken DONE is taken back by NOT_DONE. Raises Refusal without the right in the unit that owes it, for a day
    ahead or before it was given, a task done or taken back already, and a word too few.
    """
    row, day = _locked(task), on or timezone.localdate()
    check_right(by, row.unit, "báo việc thay")
    if state not in (TaskState.DONE, TaskState.NOT_DONE, TaskState.NOTE):
        raise Refusal("Chưa chọn kết quả của việc. Chọn một kết quả rồi lưu lại.", "state")
    if day > timezone.localdate():
        raise Refusal("Ngày thực hiện chưa đến. Chọn ngày từ hôm nay trở về trước.", "on")
    if day < row.given:
        raise Refusal(f"Ngày này đứng trước ngày giao việc ({say_date(row.given)}). Chọn ngày sau đó.", "on")
    last = row.steps.exclude(state=TaskState.NOTE).order_by("-pk").first()
    if last is not None and last.state == TaskState.WITHDRAWN:
        raise Refusal(f"Việc này đã thôi giao từ ngày {say_date(last.on)}.")
    if state == TaskState.DONE and last is not None and last.state == TaskState.DONE:
        raise Refusal(f"Việc này đã ghi là thực hiện ngày {say_date(last.on)}.")
    said = free(text, "ghi chú", "text")
    if state == TaskState.NOT_DONE:
        said = one_line(text, "lý do chưa thực hiện", "text")
        if last is not None and last.state == TaskState.DONE and on is None:
            day = last.on
    if state == TaskState.NOTE:
        said = one_line(text, "nội dung ghi chú", "text")
    return TaskStep.objects.create(task=row, state=state, on=day, text=said, by=by)


@transaction.atomic
def withdraw(act: UUID, why: str, *, by: Account) -> int:
    """Take back what was given in one act, where it is not done; returns how many tasks. Raises Refusal without the
    right in the unit that gave it, or without a reason."""
    rows = list(Task.objects.select_for_update(of=("self",)).filter(act=act).select_related("giver"))
    if not rows:
        raise Refusal("Không có việc nào như vậy.")
    check_right(by, rows[0].giver, "thôi giao việc của")
    said, today = one_line(why, "lý do thôi giao", "why"), timezone.localdate()
    still = list(Task.objects.filter(act=act).as_of(today).open())
    if not still:
        raise Refusal("Các đơn vị đều đã thực hiện, hoặc việc đã thôi giao.")
    TaskStep.objects.bulk_create(
        TaskStep(task=row, state=TaskState.WITHDRAWN, on=today, text=said, by=by) for row in still
    )
    return len(still)


def _locked(task: Task) -> Task:
    """The task, locked."""
    return Task.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task.pk)
