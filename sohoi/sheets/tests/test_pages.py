"""The pages of a file: sent, columns chosen, looked at, agreed to, returned, undone; a stranger finds none of them."""

import io

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sohoi.desk.tests.promises import statements, words
from sohoi.people.models import Export, Member
from sohoi.people.tests.acts import load_member_kinds
from sohoi.sheets.models import Batch, State
from sohoi.sheets.tests.lists import book, good
from sohoi.sheets.work import work_off
from tests.people import account

START = reverse("sheets")


@pytest.fixture(autouse=True)
def kinds(place):
    load_member_kinds()


def send(client, unit, data, more=None):
    file = SimpleUploadedFile("Hội viên Lê Thị Kín.xlsx", data)
    told = {"unit": unit.code, "kind": "member-enrolled", "day": "2026-01-10", "file": file}
    return client.post(START, told | (more or {}))


def mapped(client, batch, **more):
    codes = {f"cot-{at}": code for at, code in enumerate(batch.layout["codes"])}
    return client.post(reverse("sheets-columns", args=[batch.pk]), codes | {"left": "yes"} | more)


def act(client, batch, verb, **more):
    return client.post(reverse("sheets-act", args=[batch.pk]), {"verb": verb} | more, follow=True)


def test_a_file_goes_all_the_way_and_back(client, place, lan):
    client.force_login(lan)
    rows = good(5)
    rows[2][2] = "31/2/1985"
    answer = send(client, place.branch, book(rows))
    batch = Batch.objects.get()
    assert answer.url == reverse("sheets-columns", args=[batch.pk])
    assert "Kín" not in str(vars(batch))
    assert "Số CCCD" in words(client.get(answer.url))
    assert mapped(client, batch).url == reverse("sheets-batch", args=[batch.pk])
    page = client.get(reverse("sheets-batch", args=[batch.pk]))
    assert "0 trên 5 dòng" in words(page)
    assert page["Cache-Control"] == "no-store"
    assert "HX-Refresh" not in client.get(reverse("sheets-progress", args=[batch.pk])).headers
    work_off()
    assert client.get(reverse("sheets-progress", args=[batch.pk]))["HX-Refresh"] == "true"
    looked = words(client.get(reverse("sheets-batch", args=[batch.pk])))
    assert "Cột C (Ngày sinh): Ngày 31/2/1985 không có trong lịch." in looked
    assert "Đưa 4 dòng mới vào sổ" in looked
    act(client, batch, "load")
    work_off()
    assert Member.objects.filter(unit=place.branch, active=True).count() == 4
    assert "Hủy 4 việc đã ghi" in words(client.get(reverse("sheets-batch", args=[batch.pk])))
    file = client.get(reverse("sheets-returned", args=[batch.pk]))
    assert Export.objects.get().unit == batch.unit
    assert Export.objects.get().purpose == "Trả lại dòng lỗi của chính tệp đã gửi"
    sheet = python_calamine.load_workbook(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert sheet[-1][-1].startswith("Ngày 31/2/1985 không có trong lịch")
    act(client, batch, "undo")
    work_off()
    batch.refresh_from_db()
    assert batch.state == State.UNDONE
    assert Member.objects.filter(unit=place.branch, active=True).count() == 0


def test_the_look_says_which_cells_go_in_otherwise_than_they_stand_and_which_columns_not_at_all(client, place, lan):
    client.force_login(lan)
    rows = good(3)
    rows[1][3], rows[1][4] = "không có", "905 123 456"
    rows[2][3] = 79185001234
    rows[3][4], rows[2][4] = "+84 905 123 457", "0905.123.458"
    rows = [[*row, said] for row, said in zip(rows, ("Ghi chú", "mới", "", ""), strict=True)]
    send(client, place.branch, book(rows))
    batch = Batch.objects.get()
    mapped(client, batch)
    work_off()
    page = client.get(reverse("sheets-batch", args=[batch.pk]), {"xem": "loi"})
    every = words(page) + words(client.get(reverse("sheets-batch", args=[batch.pk]), {"xem": "moi"}))
    assert "Cột D (Số CCCD): “không có” không phải dữ liệu nên để trống." in every
    assert "Cột E (Số điện thoại): Đã thêm số 0 ở đầu, thành 10 chữ số, cuối là 456." in every
    assert "Cột E (Số điện thoại): Đã đổi mã vùng +84 thành số 0 ở đầu, còn 10 chữ số, cuối là 457." in every
    assert "Cột E (Số điện thoại): Đã bỏ dấu và khoảng cách, còn 10 chữ số, cuối là 458." in every
    assert "Các cột không đọc, không vào sổ:" in every
    assert "I (Ghi chú)" in every
    assert "0905123456" not in every


def test_the_template_is_filled_and_loaded_and_its_example_is_not(client, place, mai):
    client.force_login(mai)
    file = client.get(reverse("sheets-template", args=[place.heir.code, "member-enrolled"]))
    sheet = python_calamine.load_workbook(io.BytesIO(file.content)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    assert f"Mã đơn vị: {place.heir.code}" in rows[1][0]
    filled = [""] * len(rows[4])
    for heading, cell in {"Họ và tên": "Lê Thị Một", "Chi hội": "Chi hội Ấp Hai", "Giới tính": "Nữ",
                          "Diện hội viên": "Hội viên", "Có thẻ bảo hiểm y tế": "Có"}.items():  # fmt: skip
        filled[rows[4].index(heading)] = cell
    send(client, place.heir, book([*rows, filled]))
    batch = Batch.objects.get()
    mapped(client, batch)
    work_off()
    act(client, batch, "load")
    work_off()
    card = Member.objects.get(unit=place.other)
    assert (card.name, card.insured) == ("Lê Thị Một", True)
    other = send(client, place.branch, book([*rows, filled]))
    assert "Tệp này lập cho đơn vị có mã" in words(other)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"unit": ""}, "Chưa chọn đơn vị của danh sách"),
        ({"unit": "lan-2"}, "Chưa chọn đơn vị của danh sách"),
        ({"kind": "member-left"}, "Chưa chọn loại danh sách"),
        ({"day": "2126-01-01"}, "còn ở phía trước"),
        ({"day": "hôm qua"}, "Ngày tính vào sổ không có trong lịch"),
        ({"file": ""}, "Chưa chọn tệp"),
        ({"file": SimpleUploadedFile("a.xlsx", b"x" * 20_000_000)}, "Tệp nặng 20 MB; chỉ nhận tệp đến 10 MB."),
        ({"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.4")}, "Tệp này không phải bảng tính"),
        ({"file": SimpleUploadedFile("a.csv", b"1;2\n3;4\n")}, "Không thấy dòng tiêu đề"),
    ],
)
def test_what_cannot_be_taken_is_said_on_the_page_and_nothing_is_kept(client, place, lan, more, sentence):
    client.force_login(lan)
    answer = send(client, place.branch, book(good(2)), more)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Batch.objects.exists()


def test_columns_left_out_and_another_sheet(client, place, lan):
    client.force_login(lan)
    send(client, place.branch, book([["Họ tên", "Chồng"], ["Lê Thị Một", "Ba"]], ("Khác", good(3))))
    batch = Batch.objects.get()
    columns = reverse("sheets-columns", args=[batch.pk])
    assert batch.sheet == 1
    client.post(columns, {"sheet": "0"})
    batch.refresh_from_db()
    refused = mapped(client, batch, left="")
    assert refused.status_code == 422
    assert "Chưa chọn các cột: Chồng." in words(refused)
    assert "Tệp không có trang tính ấy" in words(client.post(columns, {"sheet": "9"}))
    act(client, batch, "drop")
    assert not Batch.objects.exists()


def test_a_stranger_and_a_neighbour_find_nothing(client, place, lan, thu):
    client.force_login(lan)
    send(client, place.branch, book(good(2)))
    batch = Batch.objects.get()
    mapped(client, batch)
    work_off()
    neighbour = account("ba", "Chị Ba", (place.other, "branch-head"))
    for who in (thu, neighbour):
        client.force_login(who)
        for name in ("sheets-batch", "sheets-columns", "sheets-progress", "sheets-returned"):
            assert client.get(reverse(name, args=[batch.pk])).status_code == 404
        assert client.post(reverse("sheets-act", args=[batch.pk]), {"verb": "load"}).status_code == 404
        assert client.get(reverse("sheets-template", args=[place.branch.code, "member-enrolled"])).status_code == 404
    assert "Chi hội Ấp Một" not in words(client.get(START))


def test_the_page_of_rows_takes_as_many_statements_for_many_as_for_few(client, place, lan):
    client.force_login(lan)
    pages = []
    for count in (3, 40):
        send(client, place.branch, book(good(count)))
        batch = Batch.objects.order_by("-sent_at").first()
        mapped(client, batch)
        work_off()
        pages.append(statements(client, reverse("sheets-batch", args=[batch.pk])))
    assert pages[0] == pages[1]
