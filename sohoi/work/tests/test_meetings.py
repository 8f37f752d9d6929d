"""Meetings: called, held with who came, concluded in numbered lines, corrected until units have read their tasks."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.work import write
from sohoi.work.models import Meeting, MeetingState, Presence
from sohoi.work.read import conclusions_stand
from sohoi.work.tests.briefing import CONCLUSIONS, DAY, concluded, held, plan
from sohoi.work.wording import numbered, people
from sohoi.work.write import Present


def test_a_meeting_sent_twice_is_one_meeting(place, mai, hoa):
    key = uuid4()
    assert write.call(key, plan(place.heir, on=DAY.replace(year=2026)), by=mai) == write.call(
        key, plan(place.heir), by=mai
    )
    assert [m.state for m in Meeting.objects.standing()] == [MeetingState.CALLED]
    with pytest.raises(Refusal, match="đã dùng cho một cuộc họp khác"):
        write.call(key, plan(place.heir), by=hoa)


def test_who_came_and_who_was_excused_stand_as_written(place, mai, lan):
    meeting = held(place.town, mai)
    came = [
        Present("Dương Thị Hồng", "ĐUV, Chủ tịch Hội"), Present("Chị Lan", "Chi hội trưởng", account=lan),
        Present("Chị Sáu", presence=Presence.EXCUSED),
    ]  # fmt: skip
    write.hold(meeting, came, "Đánh giá kết quả công tác tháng 1.", by=mai)
    said = [(str(one), one.presence, one.account) for one in meeting.attendances.all()]
    assert said == [
        ("Dương Thị Hồng, ĐUV, Chủ tịch Hội", "came", None), ("Chị Lan, Chi hội trưởng", "came", lan),
        ("Chị Sáu", "excused", None),
    ]  # fmt: skip
    assert [step.state for step in meeting.steps.order_by("pk")] == ["called", "held"]


def test_five_conclusions_pasted_from_word_get_their_numbers(place, mai):
    rows = write.conclude(held(place.town, mai), numbered(CONCLUSIONS), by=mai)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0].text.startswith("Hội LHPN phường cần thành lập chi hội phụ nữ trẻ")
    assert rows[1].text.endswith("học nghề ngắn hạn dự kiến sẽ khai giảng cuối tháng 2/2018.")
    assert [one.words for one in conclusions_stand(rows[0].meeting, DAY)] == ["chưa giao cho đơn vị nào"] * 5


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Việc một\nViệc hai", ["Việc một", "Việc hai"]),
        ("- Việc một\n  kéo dài\n- Việc hai", ["Việc một kéo dài", "Việc hai"]),
        ("1) Đạt 5/5 chỉ tiêu\n2) 15 năm thành lập", ["Đạt 5/5 chỉ tiêu", "15 năm thành lập"]),
        ("2018 là năm thứ hai", ["2018 là năm thứ hai"]),
        ("18/1/2018 họp\n01.5 ngày", ["18/1/2018 họp", "01.5 ngày"]),
        ("\n \n", []),
    ],
)
def test_points_lose_their_numbers_and_nothing_else(text, points):
    assert numbered(text) == points


def test_people_are_read_as_names_with_posts():
    text = "Dương Thị Hồng – ĐUV, Chủ tịch Hội\nTrần Thị Bé, Chi hội trưởng\nLê Thị Tư"
    assert people(text) == [
        ("Dương Thị Hồng", "ĐUV, Chủ tịch Hội"), ("Trần Thị Bé", "Chi hội trưởng"), ("Lê Thị Tư", ""),
    ]  # fmt: skip


def test_a_conclusion_is_corrected_or_struck_until_it_gives_a_task(place, mai):
    one, two, three = concluded(place.town, mai, "Việc một", "Việc hai", "Việc ba")
    write.reword(two, "Việc hai, sửa", by=mai)
    write.assign(uuid4(), three, [place.town], None, by=mai)
    write.strike(one, by=mai)
    left = [(row.number, row.text) for row in two.meeting.conclusions.all()]
    assert left == [(1, "Việc hai, sửa"), (2, "Việc ba")]
    for verb in (lambda: write.strike(three, by=mai), lambda: write.reword(three, "Khác", by=mai)):
        with pytest.raises(Refusal, match="đã giao việc nên không sửa được"):
            verb()


def test_a_meeting_that_cannot_be_comes_back_with_a_sentence(place, mai, lan):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for more, said in (
        ({"title": " "}, "Chưa điền tên cuộc họp"),
        ({"kind": "x"}, "Chưa chọn loại cuộc họp"),
        ({"on": date(2025, 7, 1)}, "đã kết thúc sau ngày 30/6/2025"),
        ({"on": date(2001, 1, 1)}, "chưa có vào ngày 01/01/2001"),
        ({"title": "Họp\x00"}, "ký tự điều khiển"),
        ({"agenda": "dài " * 1001}, "dài quá 4000 ký tự"),
    ):
        with pytest.raises(Refusal, match=said):
            write.call(uuid4(), plan(place.town, **more), by=mai)
    with pytest.raises(Refusal, match="không có quyền tổ chức họp cho Hội LHPN thị trấn Mỹ Xuyên"):
        write.call(uuid4(), plan(place.town), by=lan)
    ahead = write.call(uuid4(), plan(place.heir, on=tomorrow), by=mai)
    with pytest.raises(Refusal, match="chưa đến"):
        write.hold(ahead, [], by=mai)
    with pytest.raises(Refusal, match="Chưa ghi cuộc họp đã diễn ra"):
        write.conclude(ahead, ["Việc"], by=mai)
    write.call_off(ahead, "Trùng lịch của phường", by=mai)
    assert Meeting.objects.standing().get(pk=ahead.pk).state == "called-off"
    with pytest.raises(Refusal, match="đã họp"):
        write.call_off(held(place.heir, mai, on=timezone.localdate()), "Nhầm", by=mai)
    assert Meeting.objects.count() == 2


def test_the_day_of_a_meeting_whose_conclusions_gave_tasks_stays(place, mai):
    [one] = concluded(place.town, mai)
    write.amend(one.meeting, plan(place.town, on=DAY + timedelta(days=1)), by=mai)
    write.assign(uuid4(), one, [place.town], None, by=mai)
    with pytest.raises(Refusal, match="không đổi ngày họp được"):
        write.amend(one.meeting, plan(place.town), by=mai)
