"""Her name and her numbers are found in what people wrote, and nobody else's."""

import pytest

from sohoi.people.blotting import Blots

BLOTS = Blots(("Trần Thị Hòa", "Y'Hen Êban", "Sáu"), ("0905123456", "092185001234", "12345"), "(x)")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Chị TRẦN  THỊ HOÀ đi xa", "Chị (x) đi xa"),
        ("Tra\u0302\u0300n Thị Ho\u0300a, y'hen êban!", "(x), (x)!"),
        ("tran thi hoa, Y HEN EBAN!", "(x), (x)!"),
        ("Giúp Trần Thị Hòa. Trần Thị Hòa\nMai Lan", "Giúp (x). (x)\nMai Lan"),
        ("Gặp Bà Trần Thị Hòa, đồng chí Trần Thị Hòa, hội viên trần thị hòa", "Gặp Bà (x), đồng chí (x), hội viên (x)"),
        ("gọi 0905 123 456 hoặc +84 905.123.456", "gọi (x) hoặc (x)"),
        ("số 092 185 001 234.", "số (x)."),
        ("gọi 0905 12 34 56", "gọi (x)"),
        ({"note": ["tran thi hoa", 7]}, {"note": ["(x)", 7]}),
    ],
)
def test_a_name_in_any_spelling_and_a_number_in_any_spacing_go(said, left):
    assert BLOTS.out_of(said) == left


@pytest.mark.parametrize(
    "said",
    ["Chị Trần Thị Hoa", "Chị Tran Thi Hoa", "Nguyễn Trần Thị Hòa", "NGUYỄN TRẦN THỊ HÒA", "nguyễn trần thị hòa đi xa",
     "Nguyen Tran Thi Hoa", "gặp Trần Thị Hòa Bình", "gặp Lê Y'Hen Êban", "ở đường Trần Thị Hòa", "Ấp Trần Thị Hòa",
     "Trần Thị\nHòa Bình", "ap Tran Thi Hoa", "chị Siu Y'Hen Êban", "họp với Vân Trần Thị Hòa"],
)  # fmt: skip
def test_other_marks_longer_names_and_places_stay(said):
    assert BLOTS.out_of(said) == said


@pytest.mark.parametrize("said", ["Hòa Thị Trần", "Trần Thị Hoàng", "Trần Thị, Hòa", "chị Hòa", "Sáu", "10905123456",
                                  "12345", None, 5, "ho\u0300a"])  # fmt: skip
def test_part_of_a_name_another_order_and_longer_numbers_stay_as_they_were_written(said):
    assert BLOTS.out_of(said) == said


@pytest.mark.parametrize("said", ["HUỲNH THÚY LOAN", "Huỳnh Thuý Loan", "huynh thuy loan", "Hùynh Thúy Loan"])
def test_the_coarse_look_finds_every_spelling_of_words_that_are_written_in_two_ways(said):
    (words,) = Blots(("Huỳnh Thúy Loan",), (), "(x)").signs()
    assert [any(sign in said.lower() for sign in word) for word in words] == [True, True, True]
    assert Blots(("Huỳnh Thúy Loan",), (), "(x)").out_of(said) == "(x)"
