"""Seed 003 come alive: the briefing of 18 January 2018 in phường Thượng Thanh, its five conclusions as tasks, the
programme of the year. The conclusions and the course are the published words; people, branches, what was done, and
every due day are ours and say so. The chair is named by her post alone.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from demo.spread import draft_id
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.work.models import Conclusion, Meeting, Presence, Programme, Task, TaskState
from sohoi.work.write import Plan, Present, assign, call, conclude, draw_up, hold, tell

DAY, JANUARY, FEBRUARY, YEAR_END = date(2018, 1, 18), date(2018, 1, 31), date(2018, 2, 28), date(2018, 12, 31)
MEETING = draft_id("thuong-thanh", "briefing", "2018-01")
CHAIR = "Đồng chí Chủ tịch Hội LHPN phường"
OURS = "Hạn do bản làm mẫu đặt, tin không nêu hạn"
CLASS = "Lớp học nghề dự kiến khai giảng cuối tháng 2/2018; hạn do bản làm mẫu đặt"
AGENDA = """Đánh giá kết quả công tác tháng 1
Triển khai nhiệm vụ, chương trình công tác năm 2018"""
COURSE = (
    "Trong tháng 1 Hội LHPN phường đã bám sát nhiệm vụ chính trị của địa phương, định hướng chỉ đạo của quận Hội, chủ "
    "động triển khai hoạt động, chú trọng xây dựng các chương trình, kế hoạch hoạt động năm 2018, tăng cường phối hợp "
    "với UBND về công tác vệ sinh môi trường."
)
CONCLUSIONS = (
    "Hội LHPN phường cần thành lập chi hội phụ nữ trẻ vì đây là nguồn lực góp phần quan trọng trong xây dựng tổ chức "
    "Hội vững mạnh.",
    "Hội phụ nữ các chi hội tiếp tục tuyên truyền, vận động hội viên phụ nữ đăng ký các lớp học nghề ngắn hạn do Hội "
    "LHPN phường tổ chức dự kiến sẽ khai giảng cuối tháng 2/2018 nhằm tạo thêm cơ hội việc làm.",
    "Tích cực hưởng ứng các phong trào thi đua do Quận Hội tổ chức để chào mừng kỷ niệm 15 năm thành lập quận Long "
    "Biên.",
    "Nâng cao hoạt động của một số tổ tự quản ở chi hội, thực hiện tốt công tác “Duy tu duy trì mô hình Dân quận tình "
    "nguyện làm sạch môi trường”, giám sát tốt vấn đề vệ sinh môi trường, thực hiện năm trật tự văn minh đô thị.",
    "Các chi hội chú trọng công tác tuyên truyền Điều lệ Hội, triển khai phát động các chương trình nhân đạo từ thiện, "
    "rà soát hội viên phụ nữ có HCKK, hộ nghèo do phụ nữ làm chủ để có biện pháp giúp đỡ, duy trì chế độ báo cáo định "
    "kỳ hàng tháng.",
)
KEY = "Nhiệm vụ trọng tâm {} (tin chỉ nói có 3 nhiệm vụ, câu chữ do bản làm mẫu đặt): {}"
PROGRAMME = (
    KEY.format(1, "tuyên truyền chủ trương, chính sách pháp luật liên quan đến quyền và lợi ích của phụ nữ"),
    KEY.format(2, "hỗ trợ phụ nữ phát triển kinh tế, thoát nghèo theo tiêu chí"),
    KEY.format(3, "đổi mới sinh hoạt chi, tổ hội, phát triển hội viên, xây dựng tổ chức Hội vững mạnh"),
    "Xây dựng các chương trình, kế hoạch hoạt động năm 2018",
    "Triển khai có hiệu quả phong trào “Giúp phụ nữ nghèo có địa chỉ”, “Phụ nữ làm kinh tế giỏi”",
    "Nâng cao chất lượng hoạt động ủy thác với Ngân hàng Chính sách xã hội, nhân rộng mô hình phát triển kinh tế tập "
    "thể",
)
REFUSED_CLASS = "Mới có 2 chị muốn học, chi hội đang vận động thêm"


@transaction.atomic
def meet(ward: Unit, branches: Sequence[Unit], heads: dict[int, Account], by: Account) -> None:
    """The briefing with its tasks and the programme, and what was told of them; what stands is left alone."""
    if Meeting.objects.filter(pk=MEETING).exists():
        return
    plan = Plan(
        ward, "briefing", "Giao ban công tác Hội tháng 1 và triển khai chương trình công tác năm 2018", DAY,
        invited="Các đồng chí trong Ban Thường vụ, Ban Chấp hành\nCác đồng chí chi hội trưởng các chi hội trực thuộc",
        agenda=AGENDA, chair=CHAIR, clerk="Đồng chí Ủy viên Ban Thường vụ (mẫu)",
    )  # fmt: skip
    meeting = hold(call(MEETING, plan, by=by), _people(branches, heads), COURSE, by=by)
    _give(conclude(meeting, CONCLUSIONS, by=by), ward, branches, by)
    _tell(heads, by)
    _programme(ward, by)


def _people(branches: Sequence[Unit], heads: dict[int, Account]) -> list[Present]:
    """Who came: bodies by their names, heads by made-up ones; the last head was excused."""
    found = [Present(CHAIR), Present("Các đồng chí trong Ban Thường vụ, Ban Chấp hành")]
    for branch in branches:
        presence = Presence.EXCUSED if branch == branches[-1] else Presence.CAME
        found.append(Present(str(heads[branch.pk]), f"Chi hội trưởng {branch.name}", presence, heads[branch.pk]))
    return found


def _give(found: list[Conclusion], ward: Unit, branches: Sequence[Unit], by: Account) -> None:
    """Each conclusion to whom its words name: the ward, its branches, or both; the fifth comes back monthly."""
    told: tuple[tuple[list[Unit], date | None, str, date | None], ...] = (
        ([ward], FEBRUARY, OURS, None),
        ([*branches], FEBRUARY, CLASS, None),
        ([ward, *branches], None, "Tin không nêu hạn, bản làm mẫu cũng không đặt", None),
        ([*branches], FEBRUARY, OURS, None),
        ([*branches], JANUARY, "Hằng tháng; hạn do bản làm mẫu đặt", YEAR_END),
    )
    for one, (units, due, note, until) in zip(found, told, strict=True):
        assign(_act(one.number), one, units, due, due_note=note, until=until, by=by)


def _act(number: int) -> UUID:
    """The act that gave the tasks of one conclusion."""
    return draft_id("thuong-thanh", "conclusion", str(number))


def _tell(heads: dict[int, Account], by: Account) -> None:
    """Told done: the first by the ward; the second and fourth by some branches; the fifth by all but the last."""
    tell(Task.objects.get(act=_act(1)), TaskState.DONE, "Đã ra mắt chi hội phụ nữ trẻ", date(2018, 2, 26), by=by)
    for number, count, due, day in (
        (2, 3, FEBRUARY, date(2018, 2, 22)), (4, 4, FEBRUARY, date(2018, 2, 24)), (5, 4, JANUARY, date(2018, 1, 31)),
        (5, 4, FEBRUARY, date(2018, 2, 28)),
    ):  # fmt: skip
        for task in Task.objects.filter(act=_act(number), due=due).order_by("unit__code")[:count]:
            tell(task, TaskState.DONE, on=day, by=heads[task.unit_id])
    waiting = Task.objects.filter(act=_act(2)).order_by("unit__code")[3]
    tell(waiting, TaskState.NOT_DONE, REFUSED_CLASS, FEBRUARY, by=heads[waiting.unit_id])


def _programme(ward: Unit, by: Account) -> None:
    """The programme of 2018: the plans done in January, all else before the end of the year."""
    programme: Programme = draw_up(ward, 2018, "Chương trình công tác Hội năm 2018", DAY, PROGRAMME, by=by)
    for item in programme.items.all():
        due = JANUARY if item.number == 4 else YEAR_END
        [task] = assign(
            draft_id("thuong-thanh", "item", str(item.number)), item, [ward], due, due_note=OURS, by=by
        )  # fmt: skip
        said, day = ("Đã gửi các chi hội", date(2018, 1, 30)) if due == JANUARY else ("", date(2018, 12, 20))
        tell(task, TaskState.DONE, said, day, by=by)
