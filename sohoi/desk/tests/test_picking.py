"""What may be chosen while one records: units found as they stood on the day, households, members of the unit."""

import re
from datetime import date

import pytest
from django.urls import reverse

from sohoi.desk.tests.promises import markup, searchable, statements, told, words
from sohoi.ledger.models import Record
from sohoi.ledger.write import accept
from sohoi.people.models import Household, Member, Membership
from sohoi.vietnamese import plain
from tests.people import LONG_AGO, deed

APRIL = date(2024, 4, 15)
FOUND = reverse("record-new", args=["house-group-founded"])


def test_a_province_officer_finds_a_unit_by_name_without_marks_as_it_stood_on_the_day(client, place, hoa):
    searchable(place.branch, place.other)
    client.force_login(hoa)
    asked = {"kind": "house-group-founded", "tim": "ap MOT", "day": "2024-04-15"}
    page = words(client.get(reverse("record-units"), asked))
    assert "Chi hội Ấp Một Thị trấn Mỹ Xuyên, Huyện Mỹ Xuyên, Tỉnh Sóc Trăng" in page
    page = words(client.get(reverse("record-units"), {**asked, "day": "2026-01-01"}))
    assert "Chi hội Ấp Một Phường Mỹ Xuyên, Thành phố Cần Thơ" in page
    page = words(client.get(reverse("record-units"), {**asked, "tim": "phường mỹ xuyên"}))
    assert "Không có đơn vị nào tên “phường mỹ xuyên” đứng ngày 15/4/2024" in page


def test_a_search_of_units_stays_within_her_scope_and_the_levels_of_the_kind(client, place, mai, hoa):
    searchable(place.branch, place.other)
    client.force_login(mai)
    asked = {"kind": "house-women-declared", "tim": "a", "day": "2026-01-01"}
    found = re.findall(r'data-pick="([^"]+)"', client.get(reverse("record-units"), asked).content.decode())
    assert set(found) == {place.branch.code, place.other.code}
    client.force_login(hoa)
    page = client.get(reverse("record-units"), {**asked, "tim": "cần thơ"}).content.decode()
    assert place.today.code not in page


def test_households_of_the_unit_are_suggested_and_one_is_written_down_once(client, place, lan):
    client.force_login(lan)
    url = reverse("record-new", args=["house-visit"])
    for name in ("Bà Trần Thị Bảy", "bà TRẦN  thị bảy"):
        assert client.post(url, told(place, household=name, count="")).status_code == 302
    assert Household.objects.count() == 1
    Household.objects.create(unit=place.other, label="Bà Ở Nơi Khác", plain="ba o noi khac")
    page = client.get(reverse("record-households"), {"unit": place.branch.code}).content.decode()
    assert 'value="Bà Trần Thị Bảy"' in page
    assert "Nơi Khác" not in page
    assert client.get(reverse("record-households"), {"unit": place.other.code}).status_code == 404


@pytest.fixture
def members(place):
    """Two of her branch, one who had left, one of another branch."""
    rows = [("Lê Thị Ánh", place.branch, None), ("Trần Thị Bé", place.branch, None),
            ("Ngô Thị Cúc", place.branch, date(2020, 1, 1)), ("Võ Thị Dung", place.other, None)]  # fmt: skip
    made = {}
    for name, unit, until in rows:
        made[name] = Member.objects.create(name=name, plain=plain(name), birth_year=1970)
        Membership.objects.create(member=made[name], unit=unit, during=(LONG_AGO, until))
    return made


def test_members_are_those_of_the_unit_on_that_day_and_are_asked_by_post(client, place, lan, members):
    client.force_login(lan)
    url, asked = reverse("record-members"), {"kind": "house-help", "unit": place.branch.code, "day": "2024-04-15"}
    page = words(client.post(url, asked))
    assert "Lê Thị Ánh" in page
    assert page.index("Ánh") < page.index("Bé")
    assert "Cúc" not in page
    assert "Dung" not in page
    assert "Bé" not in words(client.post(url, {**asked, "tim": "anh"}))
    assert client.get(url, asked).status_code == 405
    assert "Chọn đơn vị trước" in words(client.post(url, {**asked, "unit": place.other.code}))
    assert client.post(url, {**asked, "field": "khac"}).status_code == 404


def test_a_deed_for_a_member_is_saved_and_a_chosen_one_survives_an_error(client, place, lan, members):
    client.force_login(lan)
    url, chosen = reverse("record-new", args=["house-help"]), members["Lê Thị Ánh"]
    answer = client.post(url, told(place, member=chosen.pk, day="2999-01-01"))
    assert f'value="{chosen.pk}" checked><span>Lê Thị Ánh' in markup(answer)
    assert client.post(url, told(place, member=chosen.pk)).status_code == 302
    assert Record.objects.get().member == chosen
    answer = client.post(url, told(place, member=members["Võ Thị Dung"].pk))
    assert "không thuộc đơn vị" in answer.context["form"].errors["member"][0]
    assert "Chưa chọn hội viên" in client.post(url, told(place, member="")).context["form"].errors["member"][0]


def test_statements_do_not_grow_with_what_may_be_chosen(client, place, hoa, lan, members):
    searchable(place.branch, place.other)
    client.force_login(hoa)
    asked = f"{reverse('record-units')}?kind=house-group-founded&day=2024-04-15&tim="
    assert statements(client, f"{asked}mot") == statements(client, f"{asked}chi hoi ap")
    accept(deed(place.branch, APRIL), by=hoa)
    one = statements(client, FOUND)
    for unit in (place.other, place.commune, place.town):
        accept(deed(unit, APRIL), by=hoa)
    assert statements(client, FOUND) == one
