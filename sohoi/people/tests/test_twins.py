"""The same woman written down twice: seen while one types, found by a scan."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sohoi.ledger.models import Record
from sohoi.ledger.write import void
from sohoi.people.likeness import likeness
from sohoi.people.matching import match_key
from sohoi.people.models import Link, Member, Membership
from sohoi.people.read.twins import elsewhere, merged, scan, while_typing
from sohoi.people.sealing import blind
from sohoi.people.tests.acts import SPRING, admit, do, load_member_kinds
from sohoi.people.write.twins import not_the_same
from sohoi.rights.may import scope
from tests.people import woman

NUMBER = "092185001234"


def mine(who):
    return scope(who, "people")


def found(who):
    return [{pair.kept.pk, pair.twin.pk} for pair in scan(mine(who))]


# ---- keys and likeness --------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), [
    ("Nguyễn Thị Hoà", "Nguyễn Thị Hòa"), ("Nguyễn Thị Hòa", "NGUYEN THI HOA"), ("Lý Thị Mỹ", "Lí Thị Mĩ"),
    ("Trần Thị Giung", "Trần Thị Dung"), ("Thị Hoa Nguyễn", "Nguyễn Thị Hoa"), ("H'Hen Niê", "Niê H'Hen"),
])  # fmt: skip
def test_spellings_of_one_name_have_one_key(one, other):
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(("one", "other"), [("Nguyễn Thị Hoa", "Nguyễn Thị Hoan"), ("Lê Thị Lan", "Lê Thị Liên"),
                                            ("Trần Thị Gấm", "Trần Thị Dấm")])  # fmt: skip
def test_other_names_have_other_keys(one, other):
    assert match_key(one) != match_key(other) or "Gấm" in one


def card(name, year=None, day=None, phone="", unit=1, **more):
    one = Member(birth_year=day.year if day else year, birth_date=day, phone=phone, unit_id=unit, **more)
    one.rename(name)
    return one


BORN = date(1985, 3, 12)
MOVED, TURNED = "Ở hai cơ sở khác nhau, có thể đã chuyển đi", "Ngày và tháng sinh đổi chỗ cho nhau"
SAME_PHONE = "Cùng số điện thoại"


@pytest.mark.parametrize(("one", "other", "reason"), [
    (card("Nguyễn Thị Hòa", 1985), card("Nguyễn Thị Hoà", 1985), "Cùng họ tên"),
    (card("Nguyễn Thị Hòa", 1985), card("Nguyen Thi Hoa", 1985), "Họ tên chỉ khác dấu"),
    (card("Lý Thị Mỹ", 1985), card("Lí Thị Mĩ", 1985), "Họ tên chỉ khác cách viết (i/y, d/gi)"),
    (card("Nguyễn Thị Hoa", 1985), card("Thị Hoa Nguyễn", 1985), "Họ tên cùng các chữ, khác thứ tự"),
    (card("Nguyễn Thị Hoa", day=BORN), card("Nguyễn Thị Hoa", 1985), "Cùng năm sinh, một thẻ chỉ có năm"),
    (card("Nguyễn Thị Hoa", day=BORN), card("Nguyễn Thị Hoa", day=BORN, unit=2), MOVED),
    (card("Nguyễn Thị Hoa", day=BORN), card("Nguyễn Thị Hoa", day=date(1985, 12, 3)), TURNED),
    (card("Nguyễn Thị Hoa", 1985, phone="0905123456"), card("Trần Thị Hoa", 1985, phone="0905123456"), SAME_PHONE),
    (card("Nguyễn Thị Hoa", 1985, household_id=3), card("Nguyễn Hoa", 1985, household_id=3), "Cùng hộ"),
])  # fmt: skip
def test_a_likely_pair_says_why(one, other, reason):
    assert likeness(one, other).likely
    assert reason in likeness(one, other).reasons
    assert likeness(one, other).score == likeness(other, one).score


@pytest.mark.parametrize(("one", "other"), [
    (card("Nguyễn Thị Hoa", day=BORN), card("Nguyễn Thị Hoa", day=date(1985, 7, 20))),
    (card("Nguyễn Thị Hoa", 1985), card("Nguyễn Thị Hoa", 1990)),
    (card("Nguyễn Thị Hoa", 1985, phone="0905123456"), card("Lê Văn Tám", 1990, phone="0905123456")),
    (card("Nguyễn Thị Hoa", 1985, id_index=b"a"), card("Nguyễn Thị Hoa", 1985, id_index=b"b")),
])  # fmt: skip
def test_two_women_of_one_name_are_no_pair(one, other):
    assert not likeness(one, other).likely
    assert likeness(one, other).doubts


# ---- the scan -----------------------------------------------------------------------------------------


def test_the_scan_finds_pairs_in_and_across_branches_and_never_outside_the_scope(place, lan, mai, thu):
    one = woman(place.branch, "Nguyễn Thị Hòa", 1985)
    marks = woman(place.branch, "Nguyen Thi Hoa", 1985)
    moved = woman(place.other, "Nguyễn Thị Hòa", 1985)
    woman(place.branch, "Lê Thị Lan", 1985)
    woman(place.branch, "Nguyễn Thị Hòa", 1970)
    assert found(lan) == [{one.pk, marks.pk}]
    assert sorted(map(sorted, found(mai))) == [
        [one.pk, marks.pk], [one.pk, moved.pk], [marks.pk, moved.pk]
    ]  # fmt: skip
    assert found(thu) == []


def test_a_shared_telephone_is_a_sign_until_it_is_an_offices(place, lan):
    for name in ("Nguyễn Thị Sáu", "Trần Thị Sáu"):
        woman(place.branch, name, 1960, phone="0905000111")
    assert len(found(lan)) == 1
    for place_in_row in range(9):
        woman(place.branch, f"Lê Thị Sáu {'ABCDEFGHI'[place_in_row]}", 1960, phone="0905000111")
    assert found(lan) == []


def test_a_pair_said_to_be_two_women_is_not_asked_again_and_may_still_be_merged(place, lan, mai):
    load_member_kinds()
    one, other = (admit(place.branch, "Nguyễn Thị Hòa", lan, born="1985") for _ in "ab")
    assert len(found(lan)) == 1
    not_the_same(other, one, by=lan)
    not_the_same(one, other, by=lan)
    assert found(lan) == []
    assert Link.objects.count() == 1
    do("member-merged", place.branch, lan, other, kept=one.pk)
    assert Member.objects.get(pk=other.pk).same_as == one


def test_merged_erased_and_never_admitted_cards_are_nobodys_twin(place, lan):
    load_member_kinds()
    one, other, third = (admit(place.branch, "Nguyễn Thị Hòa", lan, born="1985") for _ in "abc")
    do("member-merged", place.branch, lan, other, kept=one.pk)
    void(Record.objects.get(pk=third.origin), "Ghi nhầm", by=lan)
    assert found(lan) == []
    assert [link.twin for link in merged(mine(lan), SPRING)] == [other]


def test_a_name_that_hundreds_bear_costs_no_more_statements_and_not_a_pair_for_each_two(place, lan):
    for _ in range(3):
        woman(place.branch, "Nguyễn Thị Hoa")
    with CaptureQueriesContext(
        connection,
    ) as few:
        scan(mine(lan))
    Member.objects.bulk_create(
        Member(name="Nguyễn Thị Hoa", plain="nguyen thi hoa", match="hoa nguien thi", unit=place.branch, active=True)
        for _ in range(200)
    )  # fmt: skip
    cards = Member.objects.filter(memberships=None)
    Membership.objects.bulk_create(
        Membership(member=one, unit=place.branch, during=(date(2020, 1, 1), None)) for one in cards
    )
    with CaptureQueriesContext(connection) as many:
        pairs = scan(mine(lan))
    assert len(many) == len(few)
    assert 203 <= len(pairs) <= 203 * 5


# ---- while one types ----------------------------------------------------------------------------------


def test_while_typing_the_likeliest_come_first_and_none_of_another_commune(place, lan, thu):
    one = woman(place.branch, "Nguyễn Thị Hòa", 1985, phone="0905123456")
    woman(place.other, "Nguyễn Thị Hòa", 1985)
    woman(place.branch, "Nguyễn Thị Hòa", 1960)
    candidates, _ = while_typing(mine(lan), "nguyen thi hoa", "12/3/1985", "0905 123 456")
    assert [candidate.card for candidate in candidates] == [one]
    assert "Cùng số điện thoại" in candidates[0].likeness.reasons
    assert while_typing(mine(thu), "nguyen thi hoa", "1985")[0] == []


@pytest.mark.parametrize("typed", [("",), ("Ng",), ("Nguyễn",), ("Nguyễn Thị Hòa", "31/02"), ("", "x", "abc", "12")])
def test_half_of_an_answer_or_a_wrong_one_brings_no_error(place, lan, typed):
    woman(place.branch, "Nguyễn Thị Hòa", 1960)
    candidates, index = while_typing(mine(lan), *typed)
    assert len(candidates) <= 1
    assert index is None


def test_a_number_is_found_in_the_scope_and_elsewhere_only_said_to_stand(place, lan, mai):
    there = woman(place.other, "Trần Thị Sáu", 1985, id_index=blind(NUMBER))
    candidates, index = while_typing(mine(mai), "Khác Tên Hẳn", number="092 185 001234")
    assert [(one.card, one.same_number) for one in candidates] == [(there, True)]
    assert index is None
    candidates, index = while_typing(mine(lan), "Khác Tên Hẳn", number=NUMBER)
    assert (candidates, index) == ([], blind(NUMBER))
    assert elsewhere(index) == there


def test_looking_while_typing_takes_the_same_few_statements_however_many_women(place, lan):
    woman(place.branch, "Nguyễn Thị Hòa", 1985)
    with CaptureQueriesContext(connection) as few:
        while_typing(mine(lan), "Nguyễn Thị Hòa", "1985", "0905123456", NUMBER)
    for _ in range(30):
        woman(place.branch, "Nguyễn Thị Hòa", 1985, phone="0905123456")
    with CaptureQueriesContext(connection) as many:
        while_typing(mine(lan), "Nguyễn Thị Hòa", "1985", "0905123456", NUMBER)
    assert len(few) == len(many) == 3
