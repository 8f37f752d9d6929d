"""Meetings, programmes and tasks on the desk: from the conclusion of a briefing to the branch that did it."""

import io
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from sohoi.desk.tests.promises import statements, words
from sohoi.vietnamese import date as written
from sohoi.work import write
from sohoi.work.models import Conclusion, Meeting, ProgrammeItem, Task
from sohoi.work.tests.briefing import CONCLUSIONS, concluded, held

TASKS, GIVEN, MEETINGS = reverse("tasks"), reverse("tasks-given"), reverse("meetings")


@pytest.fixture
def today():
    return timezone.localdate()


def asked(today, **more):
    """What the form of a meeting sends."""
    told = {
        "id": str(uuid4()), "kind": "briefing", "title": "Giao ban tháng", "on": today.isoformat(), "starts": "8h30",
        "place": "Hội trường", "invited": "Ban Chấp hành\nChi hội trưởng", "chair": "Dương Thị Hồng",
        "chair_post": "Chủ tịch",
    }  # fmt: skip
    return {**told, **more}


def assigned(today, **more):
    """What the form of giving sends."""
    due = (today + timedelta(days=3)).isoformat()
    return {"id": str(uuid4()), "text": "Đăng ký lớp học nghề", "to": ["own", "all"], "due": due, **more}


def test_a_briefing_goes_from_the_call_to_tasks_told_by_a_branch(client, place, mai, lan, today):
    client.force_login(mai)
    meeting = client.post(reverse("meeting-new"), asked(today))["Location"]
    assert "Ghi người dự và diễn biến" in words(client.get(meeting))
    hold = reverse("meeting-hold", args=[Meeting.objects.get().pk])
    form = words(client.get(hold))
    assert "Chị Mai Chủ tịch Hội cơ sở" in form
    assert "Chị Lan Chi hội trưởng Chi hội Ấp Một" in form
    told = {
        "came": "Dương Thị Hồng, Chủ tịch\nChị Lan, Chi hội trưởng Chi hội Ấp Một",
        "excused": "Chị Sáu",
        "course": "Đánh giá tháng",
    }
    assert "Có mặt (2)" in words(client.post(hold, told, follow=True))
    assert [str(one.account) for one in Meeting.objects.get().attendances.all()] == ["None", "Chị Lan", "None"]
    page = words(client.post(meeting, {"text": CONCLUSIONS}, follow=True))
    assert "Đã lưu 5 kết luận" in page
    give = reverse("conclusion-assign", args=[Conclusion.objects.get(number=2).pk])
    assert "Tất cả 2 chi hội trực thuộc" in words(client.get(give))
    assert "Đã giao việc cho 3 đơn vị" in words(client.post(give, assigned(today), follow=True))
    client.force_login(lan)
    assert "1 việc được giao sắp đến hạn" in words(client.get("/"))
    page = words(client.get(TASKS))
    assert "Cần làm (1)" in page
    assert "Đăng ký lớp học nghề" in page
    task = Task.objects.get(unit=place.branch)
    done = reverse("task-done", args=[task.pk])
    page = words(client.post(done, {"text": "12 chị"}, follow=True))
    assert "Đã làm trong 90 ngày qua (1)" in page
    client.force_login(mai)
    assert "1/3 Đang làm" in words(client.get(GIVEN)).replace("Đã làm:", "")
    page = words(client.get(reverse("tasks-act", args=[task.act])))
    assert "1/3 đã thực hiện" in page
    assert page.index("Chi hội Ấp Hai") < page.index("Chi hội Ấp Một")
    client.force_login(lan)
    assert "Cần làm (1)" in words(client.post(done, {"back": "1"}, follow=True))


def test_a_task_is_told_for_another_day_or_not_done_with_the_reason(client, place, mai, lan, today):
    [one] = concluded(place.heir, mai, on=today - timedelta(days=10))
    [task] = write.assign(uuid4(), one, [place.branch], today - timedelta(days=3), by=mai)
    client.force_login(lan)
    url = reverse("task", args=[task.pk])
    assert "Quá hạn 3 ngày (hạn " in words(client.get(url))
    answer = client.post(url, {"state": "not-done", "day": today.isoformat(), "text": ""})
    assert answer.status_code == 422
    assert "Chưa điền lý do chưa thực hiện" in words(answer)
    client.post(url, {"state": "not-done", "day": today.isoformat(), "text": "Trường chưa mở lớp"})
    assert "Quá hạn 3 ngày" in words(client.get(TASKS))
    day = today - timedelta(days=4)
    page = words(client.post(url, {"state": "done", "day": f"{day:%d/%m/%Y}", "text": ""}, follow=True))
    assert f"Đã làm ngày {written(day)}, sau hạn" not in page
    assert f"Đã làm ngày {written(day)}" in page
    assert "Trường chưa mở lớp" in page
    assert "1 việc được giao" not in words(client.get("/"))


def test_what_was_given_is_taken_back_with_a_reason(client, place, mai, lan, today):
    [one] = concluded(place.heir, mai, on=today)
    write.assign(uuid4(), one, [place.branch, place.other], today, by=mai)
    act = Task.objects.first().act
    client.force_login(lan)
    page = words(client.get(reverse("tasks-act", args=[act])))
    assert "Thôi giao" not in page
    assert "Chi hội Ấp Hai" not in page
    back = reverse("tasks-withdraw", args=[act])
    assert client.post(back, {"why": "Thôi"}).status_code == 404
    client.force_login(mai)
    assert "Chưa điền lý do thôi giao" in words(client.post(back, {"why": ""}, follow=True))
    assert "Đã thôi giao 2 việc" in words(client.post(back, {"why": "Cấp trên hoãn"}, follow=True))
    client.force_login(lan)
    assert "Cần làm (0)" in words(client.get(TASKS))


def test_forms_that_cannot_be_come_back_with_sentences_and_what_was_typed(client, place, mai, today):
    client.force_login(mai)
    for more, said in (
        ({"title": ""}, "Chưa điền tên cuộc họp"), ({"kind": "x"}, "Chưa chọn loại cuộc họp"),
        ({"starts": "25:00"}, "Chưa đọc được giờ họp"),
        ({"on": "31/02/2026"}, "không có trong lịch"), ({"on": "2020-01-01"}, "chưa có vào ngày 01/01/2020"),
        ({"title": "a\x00"}, "không lưu được"), ({"agenda": "dài" * 2000}, "quá 4000 ký tự"),
    ):  # fmt: skip
        answer = client.post(reverse("meeting-new"), asked(today, **more))
        assert answer.status_code == 422
        assert said in words(answer)
    [one] = concluded(place.heir, mai, on=today)
    give = reverse("conclusion-assign", args=[one.pk])
    for more, said in (
        ({"to": []}, "Chưa chọn đơn vị thực hiện"), ({"due": "2020-01-01"}, "đứng trước ngày họp"),
        ({"due": "", "until": today.isoformat()}, "cần hạn của tháng đầu"),
        ({"units": [place.town.code], "to": []}, "không đứng ngay dưới đơn vị này"),
        ({"text": ""}, "Chưa điền nội dung việc"),
    ):  # fmt: skip
        answer = client.post(give, assigned(today, **more))
        assert answer.status_code == 422
        assert said in words(answer)
    assert not Task.objects.exists()
    assert Meeting.objects.count() == 1


def test_the_programme_of_a_year_is_drawn_up_and_given(client, place, mai, today):
    client.force_login(mai)
    told = {
        "year": str(today.year),
        "title": "Chương trình công tác",
        "on": today.isoformat(),
        "text": "1. Một\n2. Hai",
    }
    page = client.post(reverse("programme-new"), told)["Location"]
    assert "Đã thêm 1 mục" in words(client.post(page, {"text": "Ba"}, follow=True))
    first, second, _ = ProgrammeItem.objects.all()
    client.post(reverse("programme-item", args=[second.pk]), {"text": "Hai, sửa"})
    client.post(reverse("programme-assign", args=[first.pk]), assigned(today, to=["all"]))
    page = words(client.get(page))
    assert "0/2 việc đã thực hiện" in page
    assert "2. Hai, sửa" in page
    again = client.post(reverse("programme-new"), told)
    assert f"đã có chương trình công tác năm {today.year}" in words(again)
    assert "3 mục" in words(client.get(reverse("programmes")))


def test_the_minutes_and_the_invitation_are_word_and_pdf(client, place, mai, lan):
    client.force_login(mai)
    one, two = concluded(
        place.town, mai, "Thành lập chi hội phụ nữ trẻ", "Vận động học nghề", agenda="Đánh giá\nTriển khai"
    )
    write.assign(uuid4(), two, [place.branch], date(2018, 2, 28), due_note="Hạn do người nhập đặt", by=mai)
    url = reverse("meeting-paper", args=[one.meeting_id, "bien-ban"])
    answer = client.get(url, {"as": "docx"})
    assert answer["Content-Disposition"] == 'attachment; filename="bien-ban-2018-01-18.docx"'
    document = Document(io.BytesIO(answer.content))
    said = "\n".join(p.text for p in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "1. Thành lập chi hội phụ nữ trẻ" in said
    assert "Có mặt (1 người): Dương Thị Hồng, Chủ tịch Hội." in said
    assert "Kết luận 2: Hạn do người nhập đặt" in said
    assert {"Vận động học nghề", "Chi hội Ấp Một", "28/02/2018"} <= set(cells)
    assert any("…/BB-BTV" in cell for cell in cells)
    for name in ("bien-ban", "giay-moi"):
        pdf = client.get(reverse("meeting-paper", args=[one.meeting_id, name]), {"as": "pdf"})
        assert pdf.content.startswith(b"%PDF")
    assert client.get(url, {"as": "exe"}).status_code == 404
    assert client.get(url.replace("bien-ban", "khac")).status_code == 404
    client.force_login(lan)
    assert client.get(url).status_code == 404


def test_minutes_wait_for_what_was_said(client, place, mai, today):
    client.force_login(mai)
    client.post(reverse("meeting-new"), asked(today))
    row = Meeting.objects.get()
    page = words(client.get(reverse("meeting-paper", args=[row.pk, "bien-ban"]), follow=True))
    assert "chưa có biên bản" in page
    page = words(client.post(reverse("meeting-off", args=[row.pk]), {"why": "Mưa bão"}, follow=True))
    assert "Không họp: Mưa bão" in page
    assert "không họp" in words(client.get(MEETINGS))


def test_a_stranger_and_another_branch_find_nothing(client, place, mai, lan, thu, today):
    [one] = concluded(place.heir, mai, on=today)
    [task] = write.assign(uuid4(), one, [place.other], today, by=mai)
    row = write.draw_up(place.heir, today.year, "Chương trình", today, ["Một"], by=mai)
    pages = [
        reverse("meeting", args=[one.meeting_id]), reverse("meeting-hold", args=[one.meeting_id]),
        reverse("conclusion-assign", args=[one.pk]), reverse("task", args=[task.pk]),
        reverse("programme", args=[row.pk]), reverse("tasks-act", args=[task.act]), f"{TASKS}?unit={place.other.code}",
        f"{MEETINGS}?unit={place.heir.code}",
        reverse("programme-assign", args=[row.items.get().pk]),
    ]  # fmt: skip
    for who in (lan, thu):
        client.force_login(who)
        assert [client.get(url).status_code for url in pages] == [404] * len(pages)
        assert client.post(reverse("task-done", args=[task.pk])).status_code == 404
        assert client.post(reverse("conclusion", args=[one.pk]), {"strike": "1"}).status_code == 404
    assert [client.get(url).status_code for url in (TASKS, GIVEN, MEETINGS)] == [404] * 3
    assert Conclusion.objects.exists()
    client.force_login(mai)
    assert [client.get(url).status_code for url in pages] == [200] * len(pages)


def test_how_many_statements_the_pages_take_does_not_grow(client, place, mai, today):
    client.force_login(mai)
    own = place.heir

    def more(count):
        for _ in range(count):
            [one] = concluded(own, mai, on=today)
            write.assign(uuid4(), one, [own, place.branch, place.other], today, by=mai)
        return one

    one = more(1)
    urls = [TASKS, GIVEN, MEETINGS, reverse("meeting", args=[one.meeting_id]), "/"]
    for url in urls:
        client.get(url)
    few = [statements(client, url) for url in urls]
    more(4)
    for text in ("Hai", "Ba"):
        [again] = write.conclude(one.meeting, [text], by=mai)
        write.assign(uuid4(), again, [own], today, by=mai)
    assert [statements(client, url) for url in urls] == few


def test_the_menu_leads_there_and_the_branch_above_is_switched(client, place, mai, hoa, today):
    client.force_login(hoa)
    held(place.heir, mai, on=today)
    page = client.get(f"{MEETINGS}?unit={place.heir.code}").content.decode()
    assert re.search(r'href="/viec-giao/"\s+aria-current="page"', page)
    assert "Triển khai" in page or "Giao ban tháng 1" in page
