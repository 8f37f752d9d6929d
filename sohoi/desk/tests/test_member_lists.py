"""A list of women is kept under a name, drawn, and taken out with a purpose that is written down with it."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sohoi.desk import growing
from sohoi.desk.tests.promises import statements, words
from sohoi.ledger.write import accept
from sohoi.people.models import DataRequest, Export, Member, Reading, SavedList, Standing, Wish
from sohoi.people.read.privacy import looked_today
from sohoi.people.sealing import seal
from sohoi.people.write.lists import MOST_LISTS
from tests.people import LONG_AGO, deed, woman

LIST, SIFT, FILE, KEEP = (reverse(name) for name in ("members", "members-sift", "members-file", "members-keep"))
SAVED, CHARTS = reverse("members-saved"), reverse("members-charts")
DAY = date(2026, 1, 5)
WHY = "Lập danh sách nhận quà Tết"


def word(client, **asked):
    """Narrow the list; the word under which that rests."""
    return client.post(SIFT, asked)["Location"].partition("loc=")[2]


def rows(answer):
    assert answer.status_code == 200, words(answer)
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


@pytest.fixture
def three(place):
    """Two women of chị Lan's branch, one of another."""
    card = woman(place.branch, "=1+1 Thị Công Thức", 1985, birth_date=date(1985, 3, 12), phone="0905123456",
                 id_sealed=seal("092185001234", "id"), ethnicity="Khmer", party=True)  # fmt: skip
    Standing.objects.create(member=card, kind="ordinary", during=(LONG_AGO, None), record="0" * 32)
    woman(place.branch, "Lê Thị Bình", 1950)
    woman(place.other, "Lê Thị Lạ", 1985)


def test_a_file_says_how_many_of_how_many_who_when_and_what_for_in_typed_cells(client, three, lan):
    client.force_login(lan)
    answer = client.post(FILE, {"purpose": WHY, "loc": word(client, born_from="1980")})
    found = rows(answer)
    text = [str(row[0]) for row in found[:6]]
    assert text[0] == "Danh sách hội viên, Chi hội Ấp Một"
    assert text[1] == "Lọc theo: Năm sinh từ 1980"
    assert text[2].startswith("Chị Lan xuất lúc ")
    assert text[3] == f"Mục đích: {WHY}"
    assert text[5] == "1 trên 2 dòng"
    assert found[7][:6] == ["STT", "Họ và tên", "Ngày sinh", "Năm sinh", "Chi hội", "Diện hội viên"]
    assert found[8][:6] == [1, "=1+1 Thị Công Thức", date(1985, 3, 12), 1985, "Chi hội Ấp Một", "Hội viên"]
    assert len(found) == 9
    assert "09•• ••• 456" in found[8]
    for hidden in ("0905123456", "092185001234", "Khmer"):
        assert hidden not in found[8]
    assert answer["Content-Disposition"].startswith('attachment; filename="danh-sach-hoi-vien-')
    [line] = Export.objects.all()
    assert (line.by, line.purpose, line.rows) == (lan, WHY, 1)
    assert line.what == "Danh sách hội viên, Chi hội Ấp Một; Năm sinh từ 1980"
    assert not Reading.objects.exists()


def test_sensitive_columns_come_only_when_asked_for_and_are_logged(client, three, lan):
    client.force_login(lan)
    found = rows(client.post(FILE, {"purpose": WHY, "columns": ["phone", "id", "ethnicity", "party", "khong-co"]}))
    assert found[7][-4:] == ["Điện thoại", "Số định danh", "Dân tộc", "Đảng viên"]
    assert [row[-4:] for row in found[8:]] == [["", "", "", ""], ["0905123456", "092185001234", "Khmer", "Có"]]
    assert Export.objects.get().what.endswith("cột kín: Số định danh, Dân tộc, Đảng viên")
    assert set(Reading.objects.values_list("by", "member", "column", "reason")) == {
        (lan.pk, None, column, "Xuất danh sách: 2 người") for column in ("id", "ethnicity", "party")
    }


@pytest.mark.parametrize("purpose", ["", "   ", "abc", "xuatdanhsach", "x " * 200])
def test_without_a_purpose_nothing_goes_out_and_nothing_is_logged(client, three, lan, purpose):
    client.force_login(lan)
    answer = client.post(FILE, {"purpose": purpose, "columns": ["id"]})
    assert answer.status_code == 422
    assert answer.context["purpose_problem"]
    assert not Export.objects.exists()


def test_a_file_holds_only_her_own_women(client, three, lan, mai):
    client.force_login(lan)
    assert [row[1] for row in rows(client.post(FILE, {"purpose": WHY}))[8:]] == ["Lê Thị Bình", "=1+1 Thị Công Thức"]
    client.force_login(mai)
    assert len(rows(client.post(FILE, {"purpose": WHY}))[8:]) == 3


def test_a_list_that_is_too_long_is_refused_before_anything_is_written(client, three, lan, monkeypatch):
    monkeypatch.setattr("sohoi.desk.member_book.MOST_ROWS", 1)
    client.force_login(lan)
    assert "nhiều nhất 1" in words(client.post(FILE, {"purpose": WHY}))
    assert not Export.objects.exists()


def test_a_woman_who_had_her_data_restricted_is_in_no_file(client, three, lan):
    her = Member.objects.get(name="Lê Thị Bình")
    DataRequest.objects.create(member=her, wish=Wish.RESTRICT, asked_on=DAY, due_on=DAY, done_on=DAY, taken_by=lan)
    client.force_login(lan)
    found = rows(client.post(FILE, {"purpose": WHY}))
    assert [row[1] for row in found[8:]] == ["=1+1 Thị Công Thức"]
    assert found[5][0] == "1 trên 2 dòng; 1 người yêu cầu hạn chế dùng dữ liệu nên không có trong tệp"
    assert Export.objects.get().rows == 1


def test_lists_do_not_use_up_the_looks_of_a_day(client, three, lan):
    client.force_login(lan)
    rows(client.post(FILE, {"purpose": WHY, "columns": ["id", "party"]}))
    assert (Reading.objects.count(), looked_today(lan)) == (2, 0)


def test_a_list_is_kept_counted_anew_renamed_shared_and_deleted(client, place, three, lan, mai, hoa):
    client.force_login(mai)
    loc = word(client, born_from="1980", unit=place.branch.code)
    assert client.post(KEEP, {"name": "Trẻ", "loc": loc}, follow=True).status_code == 200
    kept = SavedList.objects.get()
    assert kept.wanted == {"born_from": 1980, "unit": place.branch.code}
    assert "1 người hiện nay" in words(client.get(SAVED))
    woman(place.branch, "Lê Thị Mới", 1999)
    assert "2 người hiện nay" in words(client.get(SAVED))
    opened = client.get(reverse("members-reopen", args=[kept.pk]), follow=True)
    assert [row.card.name for row in opened.context["rows"]] == ["Lê Thị Mới", "=1+1 Thị Công Thức"]
    change = reverse("members-change", args=[kept.pk])
    client.post(change, {"name": "Từ 1980", "shared": "1"})
    kept.refresh_from_db()
    assert (kept.name, kept.unit) == ("Từ 1980", place.heir)
    for other, status in ((lan, 404), (hoa, 404)):  # shared in the commune: not with the branch, not with the province
        client.force_login(other)
        assert client.get(reverse("members-reopen", args=[kept.pk])).status_code == status
        assert client.post(change, {"drop": "1"}).status_code == 404
    client.force_login(mai)
    client.post(change, {"drop": "1"})
    assert not SavedList.objects.exists()


def test_a_name_is_given_once_and_not_left_out(client, three, lan):
    client.force_login(lan)
    loc = word(client, born_from="1980")
    client.post(KEEP, {"name": "Một", "loc": loc})
    for name, sentence in (("", "Chưa đặt tên"), ("Một", "tên như vậy"), ("x" * 81, "dài quá 80")):
        answer = client.post(KEEP, {"name": name, "loc": loc})
        assert (answer.status_code, sentence in words(answer)) == (422, True)
    client.post(KEEP, {"name": "Hai", "loc": loc})
    second = SavedList.objects.get(name="Hai")
    answer = client.post(reverse("members-change", args=[second.pk]), {"name": "Một"})
    assert (answer.status_code, "tên như vậy" in words(answer)) == (422, True)
    SavedList.objects.bulk_create(SavedList(name=str(at), wanted={}, by=lan) for at in range(MOST_LISTS - 2))
    assert "Xóa bớt danh sách cũ" in words(client.post(KEEP, {"name": "Ba", "loc": loc}))


def test_reopening_a_sensitive_list_is_logged_and_many_lists_take_no_more_statements(client, three, lan):
    client.force_login(lan)
    kept = SavedList.objects.create(name="Đảng viên", wanted={"party": "yes"}, by=lan)
    client.get(reverse("members-reopen", args=[kept.pk]))
    assert [(row.column, row.reason) for row in Reading.objects.all()] == [("party", "Lọc danh sách: 1 người")]
    SavedList.objects.create(name="Nòng cốt", wanted={"standings": ["core"]}, by=lan)
    page = words(client.get(SAVED))
    assert "Đảng viên Lọc theo mục nhạy cảm: mở ra mới đếm, và lần mở được lưu lại" in page
    assert Reading.objects.count() == 1
    few = statements(client, SAVED)
    for at in range(5):
        SavedList.objects.create(name=f"{at}", wanted={"age_from": at, "standings": ["core"]}, by=lan)
    assert statements(client, SAVED) == few


def test_an_old_list_with_conditions_nobody_knows_still_opens(client, three, lan):
    kept = SavedList.objects.create(name="Cũ", wanted={"khong-con": 1, "age_from": 60}, by=lan)
    client.force_login(lan)
    answer = client.get(reverse("members-reopen", args=[kept.pk]), follow=True)
    assert [row.card.name for row in answer.context["rows"]] == ["Lê Thị Bình"]


def test_the_pictures_show_the_list_by_age_and_its_unit_month_by_month(client, place, three, lan, monkeypatch):
    monkeypatch.setattr(growing, "COUNTED", "house-members")
    client.force_login(lan)
    assert client.get(CHARTS).context["growth"] is None
    pair = {"values": {"count": 2}, "kind": "house-admission"}
    accept(deed(place.branch, date(2024, 1, 5), **pair), by=lan)
    answer = client.get(CHARTS)
    assert [(band.count, band.share) for band in answer.context["ages"] if band.count] == [(1, "50%"), (1, "50%")]
    growth = answer.context["growth"]
    assert len(growth.rows) == growing.MONTHS
    assert growth.rows[0][1:] == ("2", "0")
    narrowed = client.get(CHARTS, {"loc": word(client, born_to="1960")})
    assert sum(band.count for band in narrowed.context["ages"]) == 1
