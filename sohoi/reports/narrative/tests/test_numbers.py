"""Figures in sentences as reports write them, numbers that are none, and what is held against the ledger."""

from fractions import Fraction

import pytest

from sohoi.reports.narrative.numbers import Known, compare, find


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("trao 478.250.000 đồng", [(478_250_000, "đồng")]),
        ("thành lập 23 tổ (đạt 41,82% chỉ tiêu)", [(23, "tổ"), (Fraction("41.82"), "%")]),
        ("xây 06 căn nhà trị giá 1 tỷ 500 triệu đồng", [(6, "căn"), (1_500_000_000, "đồng")]),
        ("trên 8,6 tỷ đồng cho 1.298 hội viên", [(8_600_000_000, "đồng"), (1298, "hội viên")]),
        ("thu nhập 100-700 triệu đồng", [(100_000_000, "đồng"), (700_000_000, "đồng")]),
        ("tặng 4342 phần quà, 500.000đ một phần", [(4342, "phần"), (500_000, "đồng")]),
        ("bầu 22 đồng chí", [(22, "đồng chí")]),
        ("hội viên nòng cốt 50.730, tăng", [(50730, "hội viên nòng cốt")]),
        ("33 Hội cơ sở", [(33, "hội cơ sở")]),
    ],
)
def test_figures_are_found_with_what_they_count(text, figures):
    assert [(one.value, one.count) for one in find(text)] == figures


def test_a_part_of_a_whole_keeps_its_whole():
    [one] = find("đạt 15/21 tiêu chí")
    assert (one.value, one.of, one.count) == (15, 21, "tiêu chí")


@pytest.mark.parametrize(
    "text",
    ["Ngày 04/5/2024 họp", "nhiệm kỳ 2021 – 2026", "năm 2018", "kỷ niệm 15 năm thành lập", "1. Hội họp", "từ 18 tuổi",
     "tháng 12-2021", "Quý I, tháng 3", "Nghị quyết 12-NQ/TW", "Chỉ thị số 05", "“5 không, 3 sạch”", "lần thứ 13",
     "Gia đình 5 không 3 sạch", "chi hội 3 và tổ 5", "chào mừng 8/3", "lúc 7h30", "0905 000 000", "chỉ tiêu 17.8"],
)  # fmt: skip
def test_numbers_that_count_nothing_are_no_figures(text):
    assert find(text) == []


OURS = [
    Known("Tổ phụ nữ rèn luyện sức khỏe thành lập", "tổ", 19),
    Known("Hội viên kết nạp mới", "người", 45),
    Known("Tiền quà đã trao", "đồng", 2_400_000),
]


def test_what_differs_is_listed_with_both_values():
    text = "Thành lập 23 tổ phụ nữ rèn luyện sức khỏe; kết nạp mới 45 hội viên; đã trao quà bằng tiền 2.500.000 đồng."
    differences = compare(find(text), OURS)
    assert [(one.found.value, one.known.value) for one in differences] == [(23, 19), (2_500_000, 2_400_000)]
    assert differences[0].sentence == (
        "Lời báo cáo ghi “23 tổ” (… Thành lập 23 tổ phụ nữ rèn luyện sức khỏe; kết nạp mới 45 hội viên; đã trao "
        "quà …); trong sổ, “Tổ phụ nữ rèn luyện sức khỏe thành lập” là 19 tổ."
    )


def test_what_is_named_too_loosely_or_counted_otherwise_is_left_alone():
    assert compare(find("Có 23 tổ tự quản. Trao 30 suất quà cho hội viên."), OURS) == []


@pytest.mark.parametrize(
    ("text", "value", "same"),
    [
        ("với số tiền 275,8 tỷ đồng", 275_843_120_000, True),
        ("với số tiền 275,8 tỷ đồng", 275_749_999_999, False),
        ("giải ngân trên 842,7 tỷ đồng", 842_799_999_999, True),
        ("giải ngân trên 842,7 tỷ đồng", 842_690_000_000, False),
        ("gần 923 triệu đồng", 922_100_000, True),
        ("gần 923 triệu đồng", 923_400_000, False),
        ("khoảng 1 tỷ 500 triệu đồng", 1_500_900_000, True),
        ("1 tỷ đồng", 1_900_000_000, False),
        ("1.298 triệu đồng", 1_298_400_000, True),
        ("478.250.000 đồng", 478_250_001, False),
        ("đạt 2/3 tỷ đồng", 3, False),
    ],
)
def test_money_said_short_is_the_exact_number_that_it_rounds(text, value, same):
    ours = [Known("Tiền", "đồng", value)]
    assert (compare(find(f"Tiền {text}"), ours) == []) is same
