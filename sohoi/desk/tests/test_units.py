"""Units on the desk: the tree on any day, search, one unit's past and heirs; nothing beyond the scope is opened."""

from datetime import date

import pytest
from django.urls import reverse

from sohoi.desk.searching import by_name
from sohoi.desk.tests.promises import statements
from sohoi.units.models import Act, Lineage
from sohoi.units.write import rebuild_closure
from tests.people import add_branch

BEFORE = "2025-06-30"


def text(client, name, *args, status=200, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_today_the_tree_begins_at_her_unit(client, place, hoa):
    client.force_login(hoa)
    page = text(client, "units")
    assert "Thành phố Cần Thơ</a>" in page
    assert "Phường Mỹ Xuyên</a>" in page
    assert "Huyện Mỹ Xuyên" not in page
    assert "Lọc theo tên trong 103 đơn vị" in page


def test_before_the_reform_it_begins_at_what_her_unit_came_out_of(client, place, hoa, mai):
    client.force_login(hoa)
    page = text(client, "units", on=BEFORE)
    for name in ("Thành phố Cần Thơ</a>", "Tỉnh Sóc Trăng</a>", "Tỉnh Hậu Giang</a>"):
        assert name in page
    client.force_login(mai)
    page = text(client, "units", on=BEFORE)
    assert "Xã Đại Tâm</a>" in page
    assert "Tỉnh Sóc Trăng" not in page


def test_a_line_brings_what_is_below_it_on_that_day(client, place, hoa):
    client.force_login(hoa)
    page = text(client, "units", nhanh=place.district.code, on=BEFORE)
    assert "<html" not in page
    assert "Thị trấn Mỹ Xuyên</a>" in page
    assert "1 đơn vị" in page  # the branch of the town


def test_a_stranger_finds_nothing_and_nobody_opens_a_unit_that_is_not_hers(client, place, lan, thu):
    client.force_login(thu)
    for name, args in (("units", ()), ("unit", (place.branch.code,))):
        text(client, name, *args, status=404)
    client.force_login(lan)
    text(client, "unit", place.other.code, status=404)
    text(client, "units", nhanh=place.commune.code, status=404)
    text(client, "unit", place.branch.code)


def test_search_finds_without_marks_old_and_new_and_only_hers(client, place, hoa, mai):
    client.force_login(hoa)
    page = text(client, "units", q="my xuyen")
    assert page.index("Phường Mỹ Xuyên") < page.index("Huyện Mỹ Xuyên")
    assert "đã kết thúc" in page
    assert "Huyện Mỹ Xuyên, Tỉnh Sóc Trăng" in page
    client.force_login(mai)
    page = text(client, "units", q="my xuyen")
    assert "Phường Mỹ Xuyên" in page
    assert f"don-vi/{place.district.code}" not in page
    assert "Không có đơn vị nào" in text(client, "units", q="\x00 không đâu")


def test_a_unit_says_where_it_stood_what_it_came_out_of_and_went_into(client, place, hoa):
    client.force_login(hoa)
    page = text(client, "unit", place.commune.code)
    assert "Hội LHPN xã Đại Tâm · Cơ sở" in page
    assert "từ 01/01/2015 đến 30/6/2025" in page
    assert "Huyện Mỹ Xuyên</a>" in page
    assert "Phường Mỹ Xuyên</a>" in page
    assert "Sắp xếp đơn vị hành chính năm 2025, từ ngày 01/7/2025" in page
    assert f"{reverse('figures')}?u=" in page
    page = text(client, "unit", place.heir.code)
    assert "Xã Đại Tâm</a>" in page
    assert "đến nay" in page


def test_on_a_day_without_the_unit_the_page_says_so(client, place, hoa):
    client.force_login(hoa)
    page = text(client, "unit", place.heir.code, on=BEFORE)
    assert "Ngày 30/6/2025 không có đơn vị này. Đơn vị hoạt động từ 01/7/2025." in page


def test_a_part_that_went_elsewhere_is_named_but_not_opened(client, place, mai):
    act = Act.objects.create(number="12/QĐ", title="Chia xã", day=date(2025, 7, 1))
    other = place.today.children.exclude(unit=place.heir).order_by("unit__code").first().unit
    Lineage.objects.create(old=place.commune, new=other, whole=False, act=act)
    client.force_login(mai)
    page = text(client, "unit", place.heir.code)
    assert "Chia xã, số 12/QĐ" not in page
    page = text(client, "unit", place.commune.code)
    assert other.name in page
    assert reverse("unit", args=[other.code]) not in page
    assert "(một phần)" in page
    assert "Chia xã, số 12/QĐ, từ ngày 01/7/2025" in page


def test_two_branches_of_one_name_are_told_apart_by_where_they_were(client, place, hoa):
    add_branch("doi-1", "Chi hội Ấp Một", place.commune, place.heir)
    rebuild_closure()
    client.force_login(hoa)
    page = text(client, "unit", place.heir.code)
    assert "trước thuộc thị trấn Mỹ Xuyên" in page
    assert "trước thuộc xã Đại Tâm" in page


@pytest.mark.parametrize("on", ["31-02-2024", "1800-01-01", "abc"])
def test_a_day_that_is_none_is_said(client, place, hoa, on):
    client.force_login(hoa)
    text(client, "units", on=on, status=400)


def test_names_stand_in_vietnamese_order_and_numbers_by_size():
    names = ["Xã Đại Tâm", "Quận 10", "Quận 2", "Xã Gia Hòa 2", "Xã Gia Hòa 1", "Xã Ân"]
    assert sorted(names, key=by_name) == ["Quận 2", "Quận 10", "Xã Ân", "Xã Đại Tâm", "Xã Gia Hòa 1", "Xã Gia Hòa 2"]


def test_the_tree_takes_no_more_statements_for_more_units(client, place, mai):
    client.force_login(mai)
    urls = [reverse("units"), reverse("unit", args=[place.heir.code]), reverse("units") + "?q=chi"]
    before = [statements(client, url) for url in urls]
    for number in range(3):
        add_branch(f"them-{number}", f"Chi hội thêm {number}", place.town, place.heir)
    rebuild_closure()
    assert [statements(client, url) for url in urls] == before
