"""What may be chosen while one records: units found as they stood on the day, households, members of the unit."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from sohoi import training
from sohoi.desk.inputs import record_form
from sohoi.desk.tests.promises import markup, searchable, statements, told, words
from sohoi.ledger.declare import read_toml
from sohoi.ledger.kinds import read_kind
from sohoi.ledger.models import Record
from sohoi.ledger.write import accept, void
from sohoi.people.models import Household, Membership
from tests.people import LONG_AGO, deed, woman

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


def asked_households(client, unit, text=""):
    """(what is offered, the words of the answer) for a name that is being typed."""
    answer = client.post(reverse("record-households"), {"unit": unit.code, "household": text})
    return re.findall(r'data-pick="([^"]+)"', answer.content.decode()), words(answer)


def test_a_household_is_found_without_marks_and_a_new_one_is_said_to_be_new(client, place, lan):
    client.force_login(lan)
    url = reverse("record-new", args=["house-visit"])
    for name in ("Bà Trần Thị Bảy", "bà TRẦN  thị bảy", "Bà Trần Thị Bảy Lớn"):
        assert client.post(url, told(place, household=name, count="")).status_code == 302
    assert Household.objects.count() == 2
    assert asked_households(client, place.branch)[0] == ["Bà Trần Thị Bảy", "Bà Trần Thị Bảy Lớn"]
    found, said = asked_households(client, place.branch, "bay tran")
    assert (found, "Hộ mới: bay tran" in said) == (["Bà Trần Thị Bảy", "Bà Trần Thị Bảy Lớn"], True)
    found, said = asked_households(client, place.branch, "Hộ bà trần thị  bảy")
    assert (found, "Hộ đã có trong sổ: Bà Trần Thị Bảy" in said) == (["Bà Trần Thị Bảy Lớn"], True)
    found, said = asked_households(client, place.branch, "Chị Ngô Thị Tám")
    assert (found, said) == (
        [], "Hộ mới: Chị Ngô Thị Tám . Chưa có hộ nào tên như vậy; lưu việc này thì hộ được ghi vào sổ.",
    )  # fmt: skip


def test_households_of_another_unit_or_only_of_records_taken_back_are_not_offered(client, place, lan, mai):
    client.force_login(lan)
    accept(deed(place.other, APRIL, "house-visit", household="Bà Ở Nơi Khác"), by=mai)
    for name in ("Bà Ghi Nhầm", "Bà Còn Người"):
        visit = accept(deed(place.branch, APRIL, "house-visit", household=name), by=lan).draft
        void(Record.objects.get(pk=visit.id), "Ghi nhầm", by=lan)
    woman(place.branch, "Lê Thị Ánh", household=Household.objects.get(label="Bà Còn Người"))
    assert asked_households(client, place.branch, "ba")[0] == ["Bà Còn Người"]
    assert "Hộ mới: Bà Ghi Nhầm" in asked_households(client, place.branch, "Bà Ghi Nhầm")[1]
    assert asked_households(client, place.other) == ([], "Chọn đơn vị trước, rồi điền tên chủ hộ.")
    assert client.get(reverse("record-households"), {"unit": place.branch.code}).status_code == 405


@pytest.fixture
def members(place):
    """Two of her branch, one who had left, one of another branch."""
    rows = [("Lê Thị Ánh", place.branch, None), ("Trần Thị Bé", place.branch, None),
            ("Ngô Thị Cúc", place.branch, date(2020, 1, 1)), ("Võ Thị Dung", place.other, None)]  # fmt: skip
    made = {name: woman(unit, name, 1970) for name, unit, _ in rows}
    for name, _, until in rows:
        Membership.objects.filter(member=made[name]).update(during=(LONG_AGO, until))
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


def test_a_kind_says_whom_to_choose_in_its_own_words():
    body = read_kind(read_toml(Path(training.__file__).parent / "kinds/branch-head-trained.toml"), "thu")
    assert record_form(body, None, APRIL).base_fields["member"].label == "Chọn chi hội trưởng"


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
