"""The invitation to a meeting (giấy mời) and its minutes (biên bản) as papers. They say what was written, no more."""

from collections.abc import Iterable
from datetime import date, time

from sohoi.reports.read.numbers import numbers_of
from sohoi.reports.read.papers import short_name
from sohoi.reports.table import Block, Cell, Column, Paper, Paragraph, Row, Table
from sohoi.units.models import Level, Unit
from sohoi.units.read import path
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import join_list, long_date, number
from sohoi.work.kinds import meeting_kinds
from sohoi.work.models import Attendance, Meeting, Presence, Task
from sohoi.work.wording import numbered

NAMED = 8
TASKS = (
    Column("Kết luận", 17, "center"), Column("Việc", 70), Column("Đơn vị thực hiện", 48), Column("Hạn", 30, "center"),
)  # fmt: skip


def invitation(meeting: Meeting, today: date) -> Paper:
    """Giấy mời: who is asked to come, what about, when and where; dated today, or on the day of a past meeting."""
    lines = [
        *_points("Kính mời", meeting.invited), *_points("Nội dung", meeting.agenda or meeting.title),
        *_said("Chủ trì", _chair(meeting)), *_said("Thời gian", _when(meeting)), *_said("Địa điểm", meeting.place),
        Paragraph(("Đề nghị các đồng chí đến dự đúng thành phần, đúng thời gian.",)),
    ]  # fmt: skip
    lead = Paragraph((f"{meeting.unit.full_name} tổ chức {_name(meeting)}: {meeting.title}.",))
    return _paper(meeting, "GM", ("GIẤY MỜI",), f"Dự {_name(meeting)}", day_of(meeting, "GM", today), (lead, *lines))


def minutes(meeting: Meeting) -> Paper:
    """Biên bản: when, where, who; what was reported; the numbered conclusions; who is to do what by when."""
    body: list[Block] = [
        Paragraph(("I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN",), "heading1"),
        *_said("Thời gian", _when(meeting)), *_said("Địa điểm", meeting.place), *_said("Chủ trì", _chair(meeting)),
        *_said("Thư ký", meeting.clerk), *_present(list(meeting.attendances.all())),
        Paragraph(("II. NỘI DUNG",), "heading1"),
        *(Paragraph((point,), "item") for point in numbered(meeting.agenda)),
        *(Paragraph((line,)) for line in meeting.course.split("\n") if line.strip()),
        Paragraph(("III. KẾT LUẬN",), "heading1"),
        *(Paragraph((f"{one.number}. {one.text}",)) for one in meeting.conclusions.all()),
    ]  # fmt: skip
    table = _given(meeting)
    if table:
        body += [Paragraph(("IV. PHÂN CÔNG THỰC HIỆN",), "heading1"), table]
    return _paper(meeting, "BB", ("BIÊN BẢN",), meeting.title, meeting.on, body)


def day_of(meeting: Meeting, kind: str, today: date) -> date:
    """The day that a paper bears until a number gives it one: minutes that of the meeting, an invitation today,
    or that of a past meeting."""
    return meeting.on if kind == "BB" else min(today, meeting.on)


def _paper(
    meeting: Meeting, kind: str, title: tuple[str, ...], subject: str, day: date, body: Iterable[Block]
) -> Paper:
    """The head and the foot that both papers share; a branch writes no number (handbook 4.2). A number that was taken
    stands with its day, whatever became of the meeting since."""
    unit, given = meeting.unit, numbers_of(meeting).get(kind)
    above = [one for one in path(unit, meeting.on) if one.pk != unit.pk]
    branch = unit.level == Level.BRANCH
    signer = "CHỦ TRÌ" if kind == "BB" else "CHI HỘI TRƯỞNG" if branch else "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH"
    return Paper(
        title_lines=title,
        subject=subject,
        issuer_above=above[-1].full_name.upper() if above else "",
        issuer=unit.full_name.upper(),
        number=str(given) if given else "" if branch else f"…/{kind}-BTV",
        place=short_name(_seat(unit, above)),
        day=given.day if given else day,
        body=tuple(body),
        signer_title=signer,
        signer_name=meeting.chair if kind == "BB" else "",
        recipients=("Như thành phần mời" if kind == "GM" else "Như thành phần dự họp", "Lưu: VT"),
    )


def _seat(unit: Unit, above: list[Unit]) -> Unit:
    """The place that a paper is dated from: a branch writes that of its commune."""
    return above[-1] if unit.level == Level.BRANCH and above else unit


def _name(meeting: Meeting) -> str:
    """What papers call it: "hội nghị giao ban"."""
    return meeting_kinds()[meeting.kind].name


def _chair(meeting: Meeting) -> str:
    """Name and post of the chair, as written."""
    return f"{meeting.chair}, {meeting.chair_post}" if meeting.chair and meeting.chair_post else meeting.chair


def _when(meeting: Meeting) -> str:
    """ "08 giờ 00, ngày 18 tháng 01 năm 2018"."""
    return f"{_hour(meeting.starts)}, {long_date(meeting.on)}" if meeting.starts else long_date(meeting.on)


def _hour(at: time) -> str:
    """ "08 giờ 00"."""
    return f"{at:%H} giờ {at:%M}"


def _said(label: str, text: str) -> Iterable[Paragraph]:
    """ "Địa điểm: …"; nothing for what was not written."""
    if text.strip():
        yield Paragraph((f"{label}: {text.rstrip(' .')}.",))


def _points(label: str, text: str) -> Iterable[Paragraph]:
    """One line, or a label with a dash for each of several."""
    points = numbered(text)
    if len(points) == 1:
        yield from _said(label, points[0])
    elif points:
        yield Paragraph((f"{label}:",))
        for at, point in enumerate(points, start=1):
            yield Paragraph((f"{point.rstrip(' .;')}{'.' if at == len(points) else ';'}",), "item")


def _present(people: list[Attendance]) -> Iterable[Paragraph]:
    """Who came, who was excused, who was absent, with how many."""
    for presence in Presence:
        found = [str(one) for one in people if one.presence == presence]
        if found:
            label = presence.label[0].upper() + presence.label[1:]
            yield Paragraph((f"{label} ({number(len(found))} người): {'; '.join(found)}.",))


def _given(meeting: Meeting) -> Table | None:
    """Which unit does what by when; one row for what was given in one act."""
    tasks = Task.objects.filter(conclusion__meeting=meeting).as_of(date.max).kept()
    acts: dict[tuple[int, object], list[Task]] = {}
    for task in tasks.select_related("conclusion", "unit").order_by("conclusion__number", "pk"):
        acts.setdefault((task.source.number, task.act), []).append(task)
    rows = [
        Row((Cell(str(at)), Cell(of[0].text), Cell(_units(of)), Cell(_due(of)))) for (at, _), of in acts.items()
    ]  # fmt: skip
    notes = dict.fromkeys(f"Kết luận {at}: {of[0].due_note}" for (at, _), of in acts.items() if of[0].due_note)
    return Table("", TASKS, tuple(rows), "; ".join(notes)) if rows else None


def _units(tasks: list[Task]) -> str:
    """The units of an act; many are counted."""
    names = list(dict.fromkeys(task.unit.full_name for task in tasks))
    return join_list(names) if len(names) <= NAMED else f"{number(len(names))} đơn vị trực thuộc"


def _due(tasks: list[Task]) -> str:
    """The due day of an act; of a row that comes back each month its first and last."""
    days = sorted({task.due for task in tasks if task.due})
    if len(days) > 1:
        return f"hằng tháng, từ {say_date(days[0])} đến {say_date(days[-1])}"
    return say_date(days[0]) if days else ""
