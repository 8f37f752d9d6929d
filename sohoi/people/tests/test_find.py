"""One box finds the right woman: marks, any order, year, telephone, number; never outside the scope, never a twin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sohoi.people.models import Membership
from sohoi.people.read.box import TOO_WIDE, find
from sohoi.people.sealing import blind
from sohoi.rights.may import scope
from tests.people import woman


def names(who, text, limit=20):
    return [row.name for row in find(scope(who, "people"), text, limit).rows]


@pytest.fixture
def hoas(place):
    """Women whose names differ by marks, order and the words around."""
    for name, year in [
        ("Nguyễn Thị Hòa", 1985), ("Nguyễn Thị Hoa", 1985), ("Nguyễn Thị Hóa", 1990), ("Hoa Thị Nguyên", 1970),
        ("Nguyễn Thị Hoàng", 1985), ("Trần Hoà Bình", 1960), ("Lê Thị Lan", 1985),
    ]:  # fmt: skip
        woman(place.branch, name, year)


def test_without_marks_all_are_found_and_the_whole_name_comes_first(lan, hoas):
    assert names(lan, "nguyen thi hoa") == [
        "Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyễn Thị Hóa", "Hoa Thị Nguyên", "Nguyễn Thị Hoàng"
    ]  # fmt: skip
    assert names(lan, "  NGUYEN  thi hoa 1985 ") == ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyễn Thị Hoàng"]


def test_marks_that_are_typed_are_respected_first_wherever_the_tone_stands(lan, hoas):
    for typed in ("hoà", "hòa", "hoa\u0300"):
        assert names(lan, typed)[:2] == ["Nguyễn Thị Hòa", "Trần Hoà Bình"]
    assert names(lan, "Nguyễn Thị Hóa")[0] == "Nguyễn Thị Hóa"
    assert names(lan, "Nguyễn Thị Hoa")[0] == "Nguyễn Thị Hoa"
    assert names(lan, "nguyên")[0] == "Hoa Thị Nguyên"


def test_words_come_in_any_order_and_the_last_one_may_be_half_typed(lan, hoas):
    assert names(lan, "hoa nguyen")[:4] == ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyễn Thị Hóa", "Hoa Thị Nguyên"]
    assert names(lan, "binh hoà tran") == ["Trần Hoà Bình"]
    assert names(lan, "nguyen hoan") == ["Nguyễn Thị Hoàng"]
    assert names(lan, "lan 85") == ["Lê Thị Lan"]


def test_a_telephone_a_number_its_end_and_a_day_of_birth_find_her(place, lan):
    number = "092185001234"
    card = woman(place.branch, "Sơn Thị Đẹp", 1985, phone="0905123456", id_index=blind(number), id_tail="234")
    card.birth_date = "1985-03-12"
    card.save()
    woman(place.branch, "Lâm Thị Sáu", 1985, phone="0913000111", id_tail="999")
    for typed in ("0905", "0905…", "0905 123 456", "456", "3456", "234", number, "092 185 001 234", "12/3/1985",
                  "dep 12.3.1985", "đẹp 0905", "31/02/1985 dep"):  # fmt: skip
        assert names(lan, typed) == ["Sơn Thị Đẹp"], typed
    assert names(lan, "092185001235") == names(lan, "sau 0905") == []
    [row] = find(scope(lan, "people"), "dep").rows
    assert (row.phone, row.id_tail, row.unit) == ("09•• ••• 456", "234", place.branch)


def test_vietnamese_order_among_equals(place, lan):
    for name in ("Trần Thị Đào", "Trần Thị Dung", "Trần Thị Ánh", "Trần Thị Ân", "Trần Thị An", "Trần Thị Ẩn"):
        woman(place.branch, name)
    assert [name.split()[-1] for name in names(lan, "tran thi")] == ["An", "Ánh", "Ân", "Ẩn", "Dung", "Đào"]


def test_former_members_stand_after_those_who_belong_and_twins_and_the_erased_are_gone(place, lan):
    gone, here = woman(place.branch, "Lý Thị Mai"), woman(place.branch, "Lý Thị Mãi")
    Membership.objects.filter(member=gone).delete()
    gone.active = False
    gone.save()
    twin = woman(place.branch, "Lý Thị Mai", same_as=here)
    erased = woman(place.branch, "Lý Thị Mai", erased_on="2026-01-02")
    assert [(row.pk, row.active) for row in find(scope(lan, "people"), "lý thị mai").rows] == [
        (here.pk, True), (gone.pk, False)
    ]  # fmt: skip
    assert twin.pk != erased.pk


def test_another_branch_finds_none_and_the_commune_finds_all(place, lan, mai, thu):
    woman(place.other, "Thạch Thị Sen", 1980, phone="0905123456")
    for typed in ("sen", "Thạch Thị Sen", "0905", "1980"):
        assert names(lan, typed) == names(thu, typed) == []
        assert names(mai, typed) == ["Thạch Thị Sen"]


def test_nothing_and_nonsense_find_nobody(lan, hoas):
    for typed in ("", " ", "h", "'", "%", "\x00", "!!!", "&|:*", "\\", "0", "12", "99999999999999", "_" * 200):
        assert find(scope(lan, "people"), typed).rows == [], typed
    assert names(lan, "hoa' | !") == names(lan, "hoa:*") != []


def test_names_of_the_highlands_are_found_as_they_are_written(place, lan):
    for name in ("Y'Hen Êban", "H'Ly Niê", "Hmông-Sín Thị"):
        woman(place.branch, name)
    assert names(lan, "y'hen") == names(lan, "Y’hen") == names(lan, "hen eban") == ["Y'Hen Êban"]
    assert names(lan, "h'ly") == ["H'Ly Niê"]
    assert names(lan, "sin") == ["Hmông-Sín Thị"]


def test_among_very_many_names_that_begin_so_the_one_with_the_very_marks_still_comes_first(place, lan, monkeypatch):
    monkeypatch.setattr("sohoi.people.read.box.WIDE", 0)
    monkeypatch.setattr("sohoi.people.read.box.MOST", 2)
    for name in ("Nguyễn Thị Hoa", "Nguyễn Thị Hóa", "Nguyễn Thị Hoạ", "Nguyễn Thị Hòa"):
        woman(place.branch, name)
    assert names(lan, "nguyễn thị hoà")[0] == "Nguyễn Thị Hòa"


def test_more_than_five_hundred_are_not_counted_aloud_and_statements_stay_few(place, lan, monkeypatch):
    monkeypatch.setattr("sohoi.people.read.box.COUNTED", 2)
    for at in range(4):
        woman(place.branch, f"Kim Thị {'ABCD'[at]}n")
    with CaptureQueriesContext(connection) as seen:
        answer = find(scope(lan, "people"), "kim", 3)
    assert (len(answer.rows), answer.count, answer.more, len(seen)) == (3, 2, True, 3)


def test_the_end_of_a_number_alone_is_found_in_a_commune_and_above_it_a_name_is_asked_for(place, mai, monkeypatch):
    woman(place.branch, "Thạch Thị Sen", 1980, phone="0905123456", id_tail="234", birth_date="1980-03-12")
    for typed in ("234", "456", "12/3/1980"):
        assert names(mai, typed) == ["Thạch Thị Sen"]
    monkeypatch.setattr("sohoi.people.read.box.WIDE", 0)
    for typed in ("234", "456", "12/3/1980", "1980 234"):
        with CaptureQueriesContext(connection) as seen:
            answer = find(scope(mai, "people"), typed)
        assert (answer.rows, answer.why, len(seen)) == ([], TOO_WIDE, 1), typed
    for typed in ("sen 234", "sen 12/3/1980", "0905123", "1980"):
        assert names(mai, typed) == ["Thạch Thị Sen"], typed
