"""Checks before signing: rules as data, findings as sentences with exact numbers; silence is never approval."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from sohoi.ledger.models import Measure
from sohoi.ledger.write import accept, confirm_month
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.checks import CHECK_KEYS, RULES, Check, read_checks
from sohoi.reports.read.checking import found, median
from sohoi.units.models import View
from tests.people import deed

MAY = parse("2024-05")
PART = {"rule": "part", "part": "house-groups-health", "whole": "house-groups"}
TOTAL = {"rule": "total", "parts": ["house-groups", "house-visits"], "whole": "house-gifts"}
OUTLIER = {"rule": "outlier", "measure": "house-gifts", "times": 3}
JUMP = {"rule": "jump", "measure": "house-members", "share": "20%"}
OVER = {"rule": "over", "measure": "house-rate", "most": "100%"}
SILENT = {"rule": "silent", "measure": "house-gifts", "periods": 3}


def give(unit, month, count, by, kind="house-gift", **values):
    accept(deed(unit, date(2024, month, 5), kind, values={"count": count, **values}), by=by)


def check(unit, *bodies, period=MAY, view=View.WAS):
    return found(read_checks(list(bodies), "thu/form.toml"), unit, period, view)


def sentences(unit, *bodies, **more):
    return [finding.sentence for finding in check(unit, *bodies, **more)]


# ---- the language ---------------------------------------------------------------------------------


def test_each_rule_is_read_with_exact_bounds():
    bodies = [
        PART,
        TOTAL,
        OUTLIER,
        JUMP | {"share": "12,5%"},
        OVER,
        SILENT | {"label": "Quà"},
        OUTLIER | {"times": "5/2"},
    ]
    assert read_checks(bodies, "f") == (
        Check("part", ("house-groups-health",), "house-groups"),
        Check("total", ("house-groups", "house-visits"), "house-gifts"),
        Check("outlier", ("house-gifts",), bound=Fraction(3)),
        Check("jump", ("house-members",), bound=Fraction(1, 8)),
        Check("over", ("house-rate",), bound=Fraction(1)),
        Check("silent", ("house-gifts",), bound=Fraction(3), label="Quà"),
        Check("outlier", ("house-gifts",), bound=Fraction(5, 2)),
    )
    assert read_checks([], "f") == ()
    assert {"rule", "label", *(key for keys in RULES.values() for key in keys)} == CHECK_KEYS


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"rule": "khác"}, "rule phải là một trong: part, total, outlier, jump, over, silent"),
        ({"part": "a", "whole": "b"}, "thiếu khóa “rule”"),
        ({"rule": "part", "part": "a"}, "thiếu khóa “whole”"),
        (PART | {"times": 3}, "không hiểu khóa “times”"),
        (PART | {"whole": "house-groups-health"}, "một đầu số liệu đứng hai lần"),
        (TOTAL | {"parts": ["a"]}, "“parts” phải là danh sách từ hai mã trở lên"),
        (TOTAL | {"parts": "a"}, "“parts” phải là danh sách chữ"),
        (TOTAL | {"parts": ["a", "B b"]}, "“parts”: mã chỉ gồm chữ thường"),
        (OUTLIER | {"times": 1}, "“times” phải là số lần lớn hơn 1"),
        (OUTLIER | {"times": 2.5}, "“times” phải là số lần lớn hơn 1"),
        (OUTLIER | {"times": True}, "“times” phải là số lần lớn hơn 1"),
        (JUMP | {"share": "0%"}, "“share” phải là tỷ lệ lớn hơn 0"),
        (JUMP | {"share": "20 phần trăm"}, "“share” phải là tỷ lệ lớn hơn 0"),
        (OVER | {"most": "1/0"}, "“most” phải là tỷ lệ lớn hơn 0"),
        (SILENT | {"periods": 0}, "“periods” phải là số nguyên từ 1 đến 24"),
        (OVER | {"measure": 3}, "“measure”: mã chỉ gồm chữ thường"),
        (OVER | {"label": ""}, "“label” phải là chữ"),
        ("chữ", "cần một bảng các khóa"),
    ],
)
def test_what_the_language_does_not_have_is_refused_with_the_file_and_the_key(body, said):
    with pytest.raises(Refusal) as refusal:
        read_checks([PART, body], "thu/form.toml")
    assert str(refusal.value).startswith("thu/form.toml, [[check]] thứ 2")
    assert said in str(refusal.value)


def test_checks_that_are_no_list_are_refused():
    with pytest.raises(Refusal, match="thu/form.toml: “check” phải là các bảng"):
        read_checks({"rule": "part"}, "thu/form.toml")


@given(st.lists(st.fractions(0, 1000, max_denominator=4), min_size=1, max_size=13))
def test_the_median_has_as_many_below_as_above_and_is_exact(values):
    middle = median(values)
    assert sum(v < middle for v in values) <= len(values) / 2
    assert sum(v > middle for v in values) <= len(values) / 2
    assert middle in values or 2 * middle in {a + b for a in values for b in values}


# ---- what they find -------------------------------------------------------------------------------


def test_a_part_is_not_greater_than_its_whole(place, hoa):
    give(place.branch, 5, 3, hoa)
    give(place.branch, 5, 2, hoa, "house-group-founded", form="health")
    assert check(place.branch, PART) == []
    [finding] = check(place.branch, {"rule": "part", "part": "house-gifts", "whole": "house-groups", "label": "Quà"})
    assert finding.sentence == "Quà: “Phần quà” (3 phần) nhiều hơn “Tổ thành lập” (2 tổ) là 1 phần."
    assert [(at.measure, at.unit, at.first, at.last) for at in finding.addresses] == [
        ("house-gifts", "lan-1", MAY.first, MAY.last),
        ("house-groups", "lan-1", MAY.first, MAY.last),
    ]
    assert not finding.hidden


def test_parts_that_do_not_come_to_their_whole_are_named_with_the_difference(place, hoa):
    give(place.branch, 5, 3, hoa)
    give(place.branch, 5, 4, hoa, "house-group-founded")
    accept(deed(place.branch, MAY.first, "house-visit", household="Bà A"), by=hoa)
    assert sentences(place.branch, TOTAL) == [
        "“Tổ thành lập” (4 tổ) và “Lượt thăm hộ” (1 lượt) cộng lại là 5 phần, nhiều hơn “Phần quà” (3 phần) là 2 phần."
    ]
    give(place.branch, 5, 2, hoa)
    assert check(place.branch, TOTAL) == []


def test_what_is_far_from_the_units_own_past_is_found_and_what_is_usual_is_not(place, hoa):
    for month, count in ((1, 10), (2, 13), (3, 10), (4, 11)):
        give(place.branch, month, count, hoa)
    give(place.branch, 5, 31, hoa)
    assert check(place.branch, OUTLIER) == [], "thrice the median is still within the bound"
    give(place.branch, 5, 1, hoa)
    [finding] = check(place.branch, OUTLIER)
    assert finding.sentence == (
        "“Phần quà” (32 phần) gấp 3,05 lần mức thường thấy là 10,5 phần (số ở giữa của 4 kỳ trước)."
    )
    assert len(finding.addresses) == 5
    june = parse("2024-06")
    give(place.branch, 6, 3, hoa)
    assert sentences(place.branch, OUTLIER, period=june) == [
        "“Phần quà” (3 phần) ít hơn nhiều so với mức thường thấy là 11 phần (số ở giữa của 5 kỳ trước)."
    ]


def test_a_short_past_is_not_enough_and_is_said(place, hoa):
    give(place.branch, 4, 1, hoa)
    give(place.branch, 5, 50, hoa)
    [finding] = check(place.branch, OUTLIER)
    assert finding.hidden
    assert finding.sentence == "Chưa so được “Phần quà” (50 phần) với các kỳ trước: mới có 1 kỳ có báo cáo."


def test_a_past_of_zeros_is_held_against_its_largest(place, hoa):
    for month in (1, 2, 3, 4):
        confirm_month(place.branch, date(2024, month, 1), by=hoa)
    give(place.branch, 5, 50, hoa)
    assert check(place.branch, OUTLIER) == []
    give(place.branch, 1, 10, hoa)
    assert len(check(place.branch, OUTLIER)) == 1


def test_a_stock_that_jumps_is_found_against_the_last_day_before(place, hoa):
    give(place.branch, 4, 100, hoa, "house-admission")
    give(place.branch, 5, 20, hoa, "house-admission")
    assert check(place.branch, JUMP) == []
    give(place.branch, 5, 1, hoa, "house-admission")
    [finding] = check(place.branch, JUMP)
    assert finding.sentence == "“Hội viên” từ 100 người lên 121 người, tăng 21% so với cuối kỳ trước."
    assert [(at.first, at.last) for at in finding.addresses] == [
        (MAY.first, MAY.last),
        (date(2024, 4, 30), date(2024, 4, 30)),
    ]
    [hidden] = check(place.branch, JUMP, period=parse("2024-04"))
    assert hidden.hidden
    assert hidden.sentence == "Chưa so được “Hội viên” (100 người) với kỳ trước: khi đó chưa báo cáo."
    [new] = check(place.heir, JUMP, period=parse("2025-07"))
    assert new.sentence == "Chưa so được “Hội viên” (121 người) với kỳ trước: khi đó chưa có đơn vị này."


def test_a_rate_above_its_most_says_its_parts(place, hoa):
    give(place.branch, 5, 200, hoa, "house-admission")
    give(place.town, 5, 190, hoa, "house-women-declared")
    assert sentences(place.town, OVER) == ["“Tỷ lệ tập hợp” là 105,26% (200 người / 190 người), vượt quá 100%."]
    assert check(place.town, OVER | {"most": "106%"}) == []


def test_what_was_always_reported_and_is_not_now_is_asked_for(place, hoa):
    for month, count in ((2, 3), (3, 4)):
        give(place.branch, month, count, hoa)
    assert check(place.branch, SILENT) == []
    confirm_month(place.branch, date(2024, 4, 1), by=hoa)
    assert sentences(place.branch, SILENT) == [
        "“Phần quà” kỳ này chưa báo cáo, trong khi 3 kỳ trước đều có: 3 phần, 4 phần và 0 phần."
    ]
    confirm_month(place.branch, MAY.first, by=hoa)
    assert check(place.branch, SILENT) == [], "a confirmed month is a true zero"


def test_what_was_not_reported_is_not_compared_and_the_hidden_check_is_said(place, hoa):
    give(place.branch, 5, 3, hoa)
    findings = check(place.branch, TOTAL, OUTLIER, JUMP, OVER)
    assert [f.hidden for f in findings] == [True] * 4
    assert [f.sentence for f in findings] == [
        "Chưa kiểm tra được vì “Tổ thành lập” chưa báo cáo và “Lượt thăm hộ” chưa báo cáo.",
        "Chưa so được “Phần quà” (3 phần) với các kỳ trước: mới có 0 kỳ có báo cáo.",
        "Chưa kiểm tra được vì “Hội viên” chưa báo cáo.",
        "Chưa kiểm tra được vì “Tỷ lệ tập hợp” chưa có số liệu.",
    ]


def test_a_rule_that_cannot_be_made_is_a_sentence(place):
    assert sentences(
        place.branch, OVER | {"measure": "khong-co"}, OVER | {"measure": "house-gifts"},
        JUMP | {"measure": "house-gifts"}, SILENT | {"measure": "house-quiet", "label": "Việc kín"},
    ) == [
        "Không kiểm tra được vì không có đầu số liệu “khong-co”. Báo quản trị hệ thống sửa biểu mẫu.",
        "Không kiểm tra được vì “Phần quà” không phải tỷ lệ.",
        "Không kiểm tra được vì “Phần quà” là số cộng trong kỳ, không phải số hiện có đến ngày.",
        "Việc kín: không kiểm tra được vì “Việc cần giữ kín” là số liệu giữ kín.",
    ]  # fmt: skip


def test_statements_do_not_grow_with_checks(place, hoa):
    give(place.branch, 5, 3, hoa)
    codes = list(Measure.objects.filter(code__startswith="house-", take="sum").values_list("code", flat=True))
    many = [OUTLIER | {"measure": code} for code in codes] + [SILENT | {"measure": code} for code in codes] + [
        {"rule": "part", "part": a, "whole": b} for a in codes for b in codes if a != b
    ]  # fmt: skip

    def statements(bodies):
        with CaptureQueriesContext(connection) as asked:
            check(place.branch, *bodies)
        return len(asked)

    assert statements(many) == statements([OUTLIER, OUTLIER | {"measure": "house-visits"}])
