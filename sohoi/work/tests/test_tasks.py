"""Tasks: given to many units in one act, told done or not, read as of any day, taken back where they are not done."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from sohoi.units.models import Placement
from sohoi.work import write
from sohoi.work.models import Task, TaskState
from sohoi.work.read import coming, conclusions_stand, for_report, given_by, items_stand, of_act, owed_now, pressing
from sohoi.work.tests.briefing import DAY, concluded
from tests.people import account

DONE, NOT_DONE, NOTE = TaskState.DONE, TaskState.NOT_DONE, TaskState.NOTE
END = date(2018, 2, 28)


@pytest.fixture
def sau(place):
    """Chị Sáu, head of the other branch."""
    return account("sau", "Chị Sáu", (place.other, "branch-head"))


def given(place, by, units=None, due=END, **more):
    """A conclusion given to the town and its branch."""
    [one] = concluded(place.town, by)
    return write.assign(uuid4(), one, units or [place.town, place.branch], due, by=by, **more)


def test_a_conclusion_becomes_tasks_of_the_unit_and_of_its_branches_in_one_act(place, mai):
    act = uuid4()
    [one] = concluded(place.town, mai)
    note = "Lớp khai giảng cuối tháng 2/2018; hạn do người nhập đặt"
    rows = write.assign(act, one, [place.town, place.branch], END, due_note=note, by=mai)
    assert [(row.unit, row.giver, row.text, row.given, row.due) for row in rows] == [
        (place.town, place.town, one.text, DAY, END), (place.branch, place.town, one.text, DAY, END),
    ]  # fmt: skip
    assert write.assign(act, one, [place.town], None, by=mai) == rows
    [stands] = conclusions_stand(one.meeting, DAY)
    assert (stands.words, stands.state) == ("0/2 việc đã thực hiện", "running")
    assert (stands.given[0].count, stands.given[0].due_note) == (2, note)


def test_what_comes_back_monthly_is_one_task_for_each_month(place, mai):
    rows = given(place, mai, [place.branch], date(2018, 1, 31), until=date(2018, 12, 31))
    assert [row.due for row in rows][:3] == [date(2018, 1, 31), date(2018, 2, 28), date(2018, 3, 31)]
    assert len(rows) == 12
    assert all(row.monthly for row in rows)
    rows = given(place, mai, [place.branch], date(2018, 1, 30), until=date(2018, 3, 29))
    assert [row.due for row in rows] == [date(2018, 1, 30), date(2018, 2, 28)]


def test_what_cannot_be_given_comes_back_with_a_sentence_and_nothing_is_kept(place, mai, lan, sau):
    [one] = concluded(place.town, mai)
    ended = Placement.objects.filter(unit=place.branch)
    for units, due, more, said in (
        ([], END, {}, "Chưa chọn đơn vị thực hiện"),
        ([place.town], DAY - timedelta(days=1), {}, "đứng trước ngày họp"),
        ([place.town, place.other], END, {}, "Chi hội Ấp Hai không thuộc Hội LHPN thị trấn Mỹ Xuyên"),
        ([place.district], END, {}, "không thuộc Hội LHPN thị trấn Mỹ Xuyên"),
        ([place.town], date(2025, 7, 1), {}, "đã kết thúc sau ngày 30/6/2025"),
        ([place.town], None, {"until": END}, "cần hạn của tháng đầu"),
        ([place.town], END, {"until": DAY}, "Tháng cuối đứng trước"),
        ([place.town], END, {"until": date(2024, 1, 1)}, "chỉ giao được đến 36 tháng"),
        ([place.town], END, {"text": "dài " * 1001}, "dài quá"),
    ):
        with pytest.raises(Refusal, match=said):
            write.assign(uuid4(), one, units, due, by=mai, **more)
    with pytest.raises(Refusal, match="không có quyền giao việc thay Hội LHPN thị trấn Mỹ Xuyên"):
        write.assign(uuid4(), one, [place.branch], END, by=lan)
    ended.filter(parent=place.heir).delete()
    ended.update(during=(date(2015, 1, 1), date(2018, 2, 1)))
    with pytest.raises(Refusal, match="Chi hội Ấp Một đã kết thúc sau ngày 31/01/2018"):
        write.assign(uuid4(), one, [place.branch], END, by=mai)
    assert not Task.objects.exists()


def test_a_branch_tells_of_its_own_task_and_of_no_other(place, mai, lan, sau, thu):
    own, branch = given(place, mai)
    write.tell(branch, DONE, "38 chị đăng ký", date(2018, 2, 26), by=lan)
    for who, task in ((lan, own), (sau, branch), (thu, branch)):
        with pytest.raises(Refusal, match="không có quyền báo việc thay"):
            write.tell(task, NOTE, "Ghi chú", by=who)
    lines = of_act(own.act, mai_scope(mai), date(2018, 3, 5))
    assert [(line.task.unit, line.state, line.words) for line in lines] == [
        (place.town, "late", "chưa thực hiện, quá hạn 5 ngày (hạn 28/02/2018)"),
        (place.branch, "done", "đã thực hiện ngày 26/02/2018"),
    ]  # fmt: skip


def mai_scope(account):
    """The units where she runs meetings and tasks."""
    return scope(account, "report")


def test_a_mistaken_done_is_taken_back_and_what_was_told_stays(place, mai, lan):
    _, task = given(place, mai)
    write.tell(task, DONE, on=date(2018, 2, 1), by=lan)
    with pytest.raises(Refusal, match="đã ghi là thực hiện ngày 01/02/2018"):
        write.tell(task, DONE, by=lan)
    write.tell(task, NOT_DONE, "Ghi nhầm việc khác.", by=lan)
    write.tell(task, NOTE, "Đã họp tổ", date(2018, 2, 2), by=lan)
    [line] = [one for one in of_act(task.act, mai_scope(mai), date(2018, 2, 10)) if one.task == task]
    assert line.words == "chưa thực hiện, hạn ngày 28/02/2018: Ghi nhầm việc khác"
    assert [step.state for step in task.steps.order_by("pk")] == [DONE, NOT_DONE, NOTE]


def test_what_is_told_wrongly_is_refused(place, mai, lan):
    _, task = given(place, mai)
    for state, text, on, said in (
        (DONE, "", timezone.localdate() + timedelta(days=1), "Ngày thực hiện chưa đến"),
        (DONE, "", date(2018, 1, 1), "đứng trước ngày giao việc"),
        (NOT_DONE, " ", None, "Chưa điền lý do chưa thực hiện"),
        (NOTE, "", None, "Chưa điền nội dung ghi chú"),
        ("withdrawn", "Thôi", None, "Chưa chọn kết quả"),
    ):
        with pytest.raises(Refusal, match=said):
            write.tell(task, state, text, on, by=lan)
    assert not task.steps.exists()


def test_what_was_given_is_taken_back_where_it_is_not_done(place, mai, lan):
    own, branch = given(place, mai)
    write.tell(branch, DONE, by=lan)
    with pytest.raises(Refusal, match="không có quyền thôi giao"):
        write.withdraw(own.act, "Thôi", by=lan)
    assert write.withdraw(own.act, "Quận hoãn phong trào", by=mai) == 1
    today = timezone.localdate()
    [one] = given_by(place.town, today, since=DAY)
    assert (one.count, one.done, one.words) == (1, 1, "1/1 đơn vị đã thực hiện")
    with pytest.raises(Refusal, match="đã thôi giao"):
        write.tell(own, DONE, by=mai)
    with pytest.raises(Refusal, match="đều đã thực hiện"):
        write.withdraw(own.act, "Lần nữa", by=mai)


def test_a_report_says_what_was_done_what_is_overdue_and_what_is_not_its_own(place, mai, lan):
    given(place, mai, [place.branch], date(2018, 1, 25), text="Việc đến hạn trong tháng")
    given(place, mai, [place.branch], END, text="Việc của tháng sau")
    given(place, mai, [place.branch], None, text="Việc không có hạn")
    [early] = given(place, mai, [place.branch], END, text="Việc làm sớm")
    write.tell(early, DONE, on=date(2018, 1, 30), by=lan)
    january, february = parse("2018-01"), parse("2018-02")
    assert [line.sentence for line in for_report(place.branch, january).own] == [
        "Việc đến hạn trong tháng: chưa thực hiện, quá hạn 6 ngày (hạn 25/01/2018)",
        "Việc làm sớm: đã thực hiện ngày 30/01/2018",
        "Việc không có hạn: đang thực hiện, chưa đặt hạn",
    ]
    assert [line.sentence for line in coming(place.branch, february)] == [
        "Việc đến hạn trong tháng: chưa thực hiện, quá hạn 6 ngày (hạn 25/01/2018)",
        "Việc của tháng sau: đang thực hiện, hạn ngày 28/02/2018",
        "Việc không có hạn: đang thực hiện, chưa đặt hạn",
    ]
    late = Task.objects.get(text="Việc đến hạn trong tháng")
    write.tell(late, DONE, on=date(2018, 2, 3), by=lan)
    assert [line.words for line in for_report(place.branch, january).own][0].startswith("chưa thực hiện")
    assert [line.sentence for line in for_report(place.branch, february).own] == [
        "Việc đến hạn trong tháng: đã thực hiện ngày 03/02/2018, sau hạn 25/01/2018",
        "Việc của tháng sau: đang thực hiện, hạn ngày 28/02/2018",
        "Việc không có hạn: đang thực hiện, chưa đặt hạn",
    ]
    assert [one.sentence for one in for_report(place.town, february).given] == [
        "Việc của tháng sau: 0/1 đơn vị đã thực hiện, hạn ngày 28/02/2018",
        "Việc làm sớm: 1/1 đơn vị đã thực hiện",
        "Việc không có hạn: 0/1 đơn vị đã thực hiện, chưa đặt hạn",
    ]


def test_a_unit_that_ended_leaves_its_tasks_to_the_one_it_went_into(place, mai):
    given(place, mai, [place.town], END)
    now = owed_now(place.heir, timezone.localdate())
    assert [line.task.unit for line in now.late] == [place.town]
    found = pressing(place.heir, timezone.localdate())
    assert (found.late, found.soon, found.first.unit) == (1, 0, place.town)


def test_how_many_statements_are_taken_does_not_grow_with_tasks(place, mai):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            for_report(place.town, parse("2018-01"))
            for_report(place.branch, parse("2018-01"))
            owed_now(place.branch, DAY)
            given_by(place.town, DAY, since=DAY)
            of_act(act, mai_scope(mai), DAY)
        return len(caught)

    [first, _] = given(place, mai)
    act = first.act
    few = asked()
    for _ in range(4):
        given(place, mai, due=date(2018, 1, 20))
    assert asked() == few


def test_the_programme_of_a_year_gives_tasks_like_a_meeting(place, mai, lan):
    texts = ["Tổ chức Đại hội điểm", "Duy trì báo cáo hằng tháng"]
    row = write.draw_up(place.town, 2018, "Chương trình công tác năm 2018", date(2018, 1, 5), texts, by=mai)
    write.add_items(row, ["Phát triển hội viên"], by=mai)
    first, second, third = row.items.all()
    assert third.number == 3
    write.reword_item(third, "Phát triển hội viên mới", by=mai)
    write.assign(uuid4(), second, [place.branch], date(2018, 1, 31), until=date(2018, 12, 31), by=mai)
    write.tell(Task.objects.get(due=date(2018, 1, 31)), DONE, on=date(2018, 1, 30), by=lan)
    stands = items_stand(row.items.all(), date(2018, 3, 1))
    assert [one.words for one in stands] == [
        "chưa giao cho đơn vị nào",
        "1/12 việc đã thực hiện",
        "chưa giao cho đơn vị nào",
    ]
    assert stands[1].state == "late"
    with pytest.raises(Refusal, match="đã giao việc nên không sửa được"):
        write.reword_item(second, "Khác", by=mai)
    for unit, year, on, more, said in (
        (place.town, 2018, DAY, texts, "đã có chương trình công tác năm 2018"),
        (place.town, 2019, DAY, [], "Chưa có mục nào"),
        (place.town, 19, DAY, texts, "nằm ngoài các năm"),
        (place.heir, 2018, DAY, texts, "chưa có vào ngày 18/01/2018"),
        (place.today, 2018, DAY, texts, "không có quyền lập chương trình"),
    ):
        with pytest.raises(Refusal, match=said):
            write.draw_up(unit, year, "Chương trình", on, more, by=mai)
