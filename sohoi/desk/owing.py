"""Reports as things to do on the first page: what her unit owes, what waits for her word, who below is late."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from sohoi.desk.tasks import BELOW, NAMED, Task
from sohoi.reports.models import Report, State
from sohoi.reports.read.children import name_of
from sohoi.reports.read.owed import Due, owed_by
from sohoi.reports.read.waiting import late_round, to_approve
from sohoi.reports.regular import key_of
from sohoi.rights.models import Account
from sohoi.units.models import Level, Unit
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number

AGAIN = (State.RETURNED, State.REOPENED, State.AMENDED, State.WITHDRAWN)  # somebody waits for it to be put right


def awaited_word(who: Account, unit: Unit, scope: QuerySet[Unit]) -> list[Task]:
    """Reports that others sent and that she may approve: of her own unit's level and of the level below it."""
    levels = {unit.level, BELOW.get(Level(unit.level), unit.level)}
    waiting = to_approve(scope.filter(level__in=levels), who)
    if not waiting:
        return []
    names = tuple(_named(report) for report in waiting[:NAMED])
    url = reverse("regular", args=[waiting[0].pk])
    if len(waiting) == 1:
        return [Task("1 báo cáo chờ chị duyệt", f"{names[0]}.", url, "Xem và duyệt")]
    more = f"Gửi sớm nhất: {names[0]}."
    return [Task(f"{number(len(waiting))} báo cáo chờ chị duyệt", more, url, "Xem báo cáo gửi sớm nhất", names=names)]


def owing(unit: Unit, rights: frozenset[str], today: date) -> list[Task]:
    """What the unit owes: first what was given back, else the newest; then how many older ones are overdue."""
    hers = [due for due in owed_by(unit, today) if _hers(due, rights)]
    if not hers:
        return []
    first = next((due for due in hers if due.standing.state in AGAIN), hers[-1])
    found = [_task(first)]
    older = [due for due in hers if due is not first and due.late]
    if older:
        url = f"{reverse('regular-reports')}?{urlencode({'unit': unit.code})}"
        more = f"Lâu nhất: {_said(older[0])}."
        found.append(Task(f"Còn {number(len(older))} báo cáo quá hạn", more, url, "Xem báo cáo cần gửi"))
    return found


def late_below(unit: Unit, today: date) -> list[Task]:
    """The units below that have not signed what was due last."""
    level = BELOW.get(Level(unit.level))
    found = late_round(unit, level, today) if level else None
    if found is None or found.due is None:
        return []
    asked = {"unit": unit.code, "f": found.form.code, "ky": key_of(found.form, found.period)}
    word = "chi hội" if level == Level.BRANCH else "đơn vị"
    title = f"{number(len(found.late))}/{number(len(found.rows))} {word} quá hạn báo cáo {_lowered(found.period.name)}"
    more = f"{found.form.label}, hạn {say_date(found.due)}."
    url = f"{reverse('regular-reports')}?{urlencode(asked)}#tien-do"
    return [Task(title, more, url, "Xem lý do", names=tuple(due.unit.name for due in found.late[:NAMED]))]


def _hers(due: Due, rights: frozenset[str]) -> bool:
    """Whether the next step is the unit's own: what was sent waits for somebody else."""
    if due.standing.state == State.SUBMITTED:
        return False
    return due.standing.state != State.APPROVED or "sign" in rights


def _task(due: Due) -> Task:
    """One report: by when, why it has not gone, the next click."""
    when = f"{'Quá hạn' if due.state == 'overdue' else 'Hạn'} {say_date(due.due)}: " if due.due else ""
    more = f"{when}{due.reason.rstrip('.')}."
    if due.report is None:
        return Task(_said(due), more, action="Viết báo cáo", begin=(due.form.code, key_of(due.form, due.period)))
    action = "Xem và ký" if due.standing.state == State.APPROVED else "Mở báo cáo"
    return Task(_said(due), more, reverse("regular", args=[due.report.pk]), action)


def _said(due: Due) -> str:
    return f"{due.form.label}, {_lowered(due.period.name)}"


def _named(report: Report) -> str:
    return f"{report.unit.name}: {name_of(report)}"


def _lowered(name: str) -> str:
    """ "Tháng 1 năm 2018" inside a sentence."""
    return name[:1].lower() + name[1:]
