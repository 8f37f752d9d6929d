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
        ("Gặp chị Tran Thi Hoa, TRAN THI HOÀ hôm qua", "Gặp chị (x), TRAN THI HOÀ hôm qua"),
        ("CHÚC MỪNG CHỊ TRẦN THỊ HÒA ĐÃ NHẬN QUÀ CÙNG LÊ THỊ MỘT", "CHÚC MỪNG CHỊ (x) ĐÃ NHẬN QUÀ CÙNG LÊ THỊ MỘT"),
        ("LÊ THỊ MỘT TRẦN THỊ HÒA VÕ THỊ HAI", "LÊ THỊ MỘT (x) VÕ THỊ HAI"),
        ("Thăm TRẦN THỊ HÒA Hội viên nghèo", "Thăm (x) Hội viên nghèo"),
        ("ho tran thi hoa, VO TRAN THI HOA", "ho (x), VO (x)"),
    ],
)
def test_a_name_in_any_spelling_and_a_number_in_any_spacing_go(said, left):
    assert BLOTS.out_of(said) == left


@pytest.mark.parametrize(
    "said",
    ["Chị Trần Thị Hoa", "Gặp Trần Thi Hoa", "CHỊ TRẦN THỊ HÒA BÌNH", "HỌ TÊN: TRẦN THỊ HÒA VÂN",
     "Nguyễn Trần Thị Hòa", "NGUYỄN TRẦN THỊ HÒA", "nguyễn trần thị hòa đi xa",
     "Nguyen Tran Thi Hoa", "Ho Tran Thi Hoa", "BÀ NGUYỄN TRẦN THỊ HÒA", "ĐƯỜNG TRẦN THỊ HÒA",
     "gặp Trần Thị Hòa Bình", "gặp Lê Y'Hen Êban", "ở đường Trần Thị Hòa", "Ấp Trần Thị Hòa",
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


def test_a_given_name_that_has_no_mark_beside_no_family_name_is_read_as_it_stands():
    blots = Blots(("Kim Hòa", "Mai Thị Hòa"), (), "(x)")
    assert blots.out_of("gặp chị Kim Hoa") == "gặp chị Kim Hoa"
    assert blots.out_of("gặp chị Mai Thi Hoa") == "gặp chị (x)"


@pytest.mark.parametrize("said", ["\u00d0\u1eb7ng Th\u1ecb \u00c1nh", "ĐẶNG THỊ ÁNH", "Đặng Thị Ánh"])
def test_a_word_with_another_sign_for_its_first_letter_is_found_by_the_coarse_look(said):
    (words,) = Blots(("Đặng Thị Ánh",), (), "(x)").signs()
    assert all(any(sign in said or sign in said.lower() for sign in word) for word in words)
    assert Blots(("Đặng Thị Ánh",), (), "(x)").out_of(said) == "(x)"
