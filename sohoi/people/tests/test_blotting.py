"""Her name and her numbers are found in what people wrote, and nobody else's."""

import pytest

from sohoi.people.blotting import Blots

BLOTS = Blots(("Trần Thị Hòa", "Y'Hen Êban", "Sáu"), ("0905123456", "092185001234", "12345"), "(x)")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Chị TRẦN  THỊ HOÀ đi xa", "Chị (x) đi xa"),
        ("Tra\u0302\u0300n Thị Ho\u0300a, y hen eban!", "(x), (x)!"),
        ("gọi 0905 123 456 hoặc +84 905.123.456", "gọi (x) hoặc (x)"),
        ("số 092 185 001 234.", "số (x)."),
        ({"note": ["tran thi hoa", 7]}, {"note": ["(x)", 7]}),
    ],
)
def test_a_name_in_any_spelling_and_a_number_in_any_spacing_go(said, left):
    assert BLOTS.out_of(said) == left


@pytest.mark.parametrize("said", ["Hòa Thị Trần", "Trần Thị Hoàng", "Trần Thị, Hòa", "chị Hòa", "Sáu", "10905123456",
                                  "12345", None, 5, "ho\u0300a"])  # fmt: skip
def test_part_of_a_name_another_order_and_longer_numbers_stay_as_they_were_written(said):
    assert BLOTS.out_of(said) == said


def test_the_coarse_look_leaves_out_words_that_are_written_in_two_ways():
    names = [pairs for pairs in BLOTS.signs() if len(pairs) > 1]
    assert names == [[("Trần", "tran"), ("Thị", "thi")], [("Y", "y"), ("Hen", "hen"), ("Êban", "eban")]]
