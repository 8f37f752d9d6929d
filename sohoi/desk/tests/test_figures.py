"""Figures on the desk: the table of any period and map, its chart and file, and what stands behind a number."""

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from sohoi.desk.addresses import figure_url
from sohoi.desk.choosing import rooms
from sohoi.desk.tests.promises import statements
from sohoi.figures.read import figure
from sohoi.ledger.models import Measure, Record
from sohoi.ledger.write import accept, confirm_month, void
from sohoi.periods import named, parse
from tests.people import deed, measure, tell

APRIL = date(2024, 4, 15)


@pytest.fixture
def told(place, hoa):
    """Two groups and a gift by the branch, three groups by the other, one by the district itself; one taken back."""
    tell(
        deed(place.branch, APRIL, values={"count": 2}),
        deed(place.branch, APRIL, "house-gift", values={"count": 5, "money": 1_500_000}),
        deed(place.other, date(2024, 1, 2), values={"count": 3}),
        deed(place.district, date(2024, 3, 31)),
        by=hoa,
    )
    wrong = accept(deed(place.branch, date(2024, 2, 2), values={"count": 7}), by=hoa).draft
    void(Record.objects.get(pk=wrong.id), "Ghi trùng với Ấp Hai", by=hoa)


def text(client, name, *args, status=200, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_the_table_shows_children_own_deeds_and_the_total(client, place, told, hoa):
    client.force_login(hoa)
    page = text(client, "figures", u=place.district.code, m="house-groups", k="Y", y="2024")
    assert "Hội LHPN huyện Mỹ Xuyên" in page
    assert "Năm 2024, theo địa giới tại thời điểm đó. 9/11 đơn vị bên dưới chưa báo cáo" in page
    for name, count in (("Thị trấn Mỹ Xuyên</a>", 2), ("Xã Đại Tâm</a>", 3), ("Tại chính đơn vị", 1)):
        row = page[page.index(f"{name} </th>") :][:700]
        assert f">{count}</a>" in row[: row.index("</td>")]
    assert "url(#hatch)" not in page[: page.index("</table>")]
    fold = page.index('data-fold="chua-bao-cao"')
    assert "9 đơn vị chưa báo cáo" in page[fold:]
    assert page.index("Xã Đại Tâm</a>") < fold < page.index("Xã Tham Đôn</a>")


def test_money_says_its_unit_in_the_head_of_the_column_alone(client, place, told, hoa):
    client.force_login(hoa)
    page = text(client, "figures", u=place.district.code, m="house-gift-money", k="Y", y="2024")
    table = page[page.index("<table") : page.index("</table>")]
    assert 'Tiền quà <span class="soft">(đồng)</span>' in table
    assert ">1.500.000</a>" in table


def test_without_a_choice_it_shows_what_was_told_most(client, place, told, hoa):
    client.force_login(hoa)
    page = text(client, "figures", u=place.district.code, k="Y", y="2024")
    assert "Đầu số liệu: Tổ thành lập; Phần quà; Tiền quà" in page
    page = text(client, "figures", u=place.district.code, k="Y", y="2022")
    assert "Kỳ này chưa có số liệu nào được ghi" in page


@pytest.mark.parametrize(
    ("query", "name", "total"),
    [
        ({"k": "T4", "y": "2024"}, "Tháng 4 năm 2024", "2"),
        ({"k": "Q1", "y": "2024"}, "Quý I năm 2024", "4"),
        ({"k": "H1", "y": "2024"}, "6 tháng đầu năm 2024", "6"),
        ({"k": "9M", "y": "2024"}, "9 tháng năm 2024", "6"),
        ({"k": "D", "a": "2024-01-02", "z": "2024-04-14"}, "Từ 02/01/2024 đến 14/4/2024", "4"),
        ({"k": "D", "a": "2024-04-01", "z": "2024-04-30"}, "Tháng 4 năm 2024", "2"),
        ({"k": "D", "a": "1/4/2024", "z": "30-04-2024"}, "Tháng 4 năm 2024", "2"),
    ],
)
def test_any_period_in_words(client, place, told, hoa, query, name, total):
    client.force_login(hoa)
    page = text(client, "figures", u=place.district.code, m="house-groups", **query)
    assert name in page
    row = page[page.index('<tr class="total">') :]
    assert f">{total}</a>" in row[: row.index("</tr>")]


def test_today_s_map_counts_old_deeds_for_the_heirs(client, place, told, hoa):
    client.force_login(hoa)
    page = text(client, "figures", u=place.today.code, m="house-groups", k="Y", y="2024", v="today")
    row = page[page.index("Phường Mỹ Xuyên</a> </th>") :]
    assert ">5</a>" in row[: row.index("</td>")]
    page = text(client, "figures", u=place.district.code, m="house-groups", k="Y", y="2024", v="today")
    assert "Huyện Mỹ Xuyên không còn trên địa giới hiện nay." in page


def test_units_are_found_while_typing_and_without_a_script(client, place, told, hoa, mai):
    client.force_login(hoa)
    answer = client.get(reverse("figures"), {"tim": "dai tam", "m": "house-groups"}, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "<html" not in part
    assert "Xã Đại Tâm</a>" in part
    assert "m=house-groups" in part
    assert "Xã Đại Tâm</a>" in text(client, "figures", tim="dai tam")
    client.force_login(mai)
    assert "Không có đơn vị nào" in text(client, "figures", tim="Sóc Trăng")


def test_a_stranger_finds_nothing_and_others_see_only_their_units(client, place, told, lan, thu):
    client.force_login(thu)
    for name in ("figures", "figures-file", "behind"):
        text(client, name, status=404)
    client.force_login(lan)
    here = {"m": "house-groups", "a": "2024-01-01", "z": "2024-12-31"}
    text(client, "figures", u=place.other.code, status=404)
    text(client, "behind", u=place.other.code, **here, status=404)
    text(client, "behind", u=place.branch.code, **here)


def test_bad_words_in_the_address_are_said_or_not_found(client, place, told, hoa):
    client.force_login(hoa)
    assert "Chưa rõ kỳ cần xem" in text(client, "figures", k="T13", y="2024", status=400)
    assert "Chưa rõ kỳ cần xem" in text(client, "figures", k="Y", y="99999", status=400)
    assert "Ngày đầu sau ngày cuối" in text(client, "figures", k="D", a="2024-05-01", z="2024-04-01", status=400)
    text(client, "figures", m="khong-co", status=404)
    text(client, "figures", u="\x00", status=404)
    text(client, "behind", m="house-groups", u=place.district.code, l="chau", status=404)


def test_the_file_holds_the_same_numbers_as_numbers_and_no_formula(client, place, told, hoa):
    place.branch.name = "=1+1"
    place.branch.save()
    place.branch.placements.update(name="=1+1")
    client.force_login(hoa)
    asked = {"u": place.town.code, "m": ["house-groups", "house-gift-money"], "k": "Y", "y": "2024"}
    answer = client.get(reverse("figures-file"), asked)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Số liệu của Hội LHPN thị trấn Mỹ Xuyên"
    assert ["Đơn vị", "Tổ thành lập (tổ)", "Tiền quà (đồng)"] in rows
    assert ["=1+1", 2.0, 1_500_000.0] in rows
    assert ["Thị trấn Mỹ Xuyên (toàn đơn vị)", 2.0, 1_500_000.0] in rows
    assert rows[-1][0].startswith("Chị Hoa xuất lúc")


def test_sensitive_measures_are_neither_offered_nor_opened(client, place, told, hoa):
    accept(deed(place.branch, APRIL, "house-quiet", values={"count": 50}), by=hoa)
    client.force_login(hoa)
    page = text(client, "figures", u=place.district.code, k="Y", y="2024")
    assert "house-quiet" not in page
    text(client, "figures", u=place.district.code, m="house-quiet", status=404)
    text(client, "figures-file", u=place.district.code, m="house-quiet", status=404)
    here = {"a": "2021-01-01", "z": "2024-12-31", "u": place.centre.code}
    text(client, "behind", m="house-quiet", **here, status=404)
    assert figure_url(figure(measure("quiet"), place.province, parse("2024"))) is None


def test_pages_take_no_more_statements_for_more_records(client, place, told, hoa):
    client.force_login(hoa)
    table = f"{reverse('figures')}?u={place.district.code}&m=house-groups&k=Y&y=2024"
    urls = [table, figure_url(figure(measure("groups"), place.district, parse("2024")))]
    before = [statements(client, url) for url in urls]
    for _ in range(3):
        accept(deed(place.other, APRIL), by=hoa)
        accept(deed(place.town, APRIL), by=hoa)
    assert [statements(client, url) for url in urls] == before


def test_a_true_zero_is_a_number_with_its_address(client, place, told, hoa):
    for month in range(1, 13):
        confirm_month(place.other, date(2023, month, 1), by=hoa)
    client.force_login(hoa)
    page = text(client, "figures", u=place.commune.code, m="house-groups", k="Y", y="2023")
    row = page[page.index("Chi hội Ấp Hai</a>") :]
    assert ">0</a>" in row[: row.index("</tr>")]


def test_a_stretch_of_days_gets_the_name_people_use():
    assert named(date(2024, 1, 1), date(2024, 12, 31)).name == "Năm 2024"
    assert named(date(2024, 7, 1), date(2024, 9, 30)).name == "Quý III năm 2024"
    assert named(date(2024, 7, 2), date(2024, 9, 30)).name == "Từ 02/7/2024 đến 30/9/2024"


def test_measures_stand_under_the_names_of_their_rooms_those_looked_at_first():
    known = Measure(pk=1, code="a", room="welfare", label="Phần quà", count="phần", take="sum")
    other = Measure(pk=2, code="b", room="house", label="Tổ", count="tổ", take="sum")
    found = rooms([known, other], [other])
    assert [(room.name, room.used) for room in found] == [("Đầu số liệu khác", True), ("An sinh, chăm lo", False)]
    assert [choice.chosen for room in found for choice in room.choices] == [True, False]


def test_a_branch_has_one_number_and_nothing_left_over(client, place, told, lan):
    client.force_login(lan)
    page = text(client, "figures", m="house-groups", k="Y", y="2024")
    assert "Chi hội không có đơn vị bên dưới" in page
    assert "Chưa phân bổ" not in page


def test_the_page_of_a_new_year_is_there_before_anything_was_told(client, place, lan):
    client.force_login(lan)
    assert f"Năm {timezone.localdate().year}" in text(client, "figures")
