"""Figures, percentages, dates, names and text as an officer of the Union would write and sort them."""

import datetime
import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi import vietnamese as vi

GOALS = st.fractions(min_value=Fraction(1, 1000), max_value=10**9, max_denominator=1000)
RESULTS = st.fractions(min_value=0, max_value=10**12, max_denominator=1000)
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
WORDS = st.text(alphabet=LETTERS + LETTERS.upper() + " ", max_size=30)


def hundredths(text: str) -> Fraction:
    """Read a printed percentage back: "đạt 1.041,82%" -> 1041.82."""
    figure = text.split()[-1].rstrip("%").replace(".", "").replace(",", ".")
    return Fraction(Decimal(figure))


class TestTheRuleOfPrint:
    @pytest.mark.parametrize(
        ("result", "goal", "printed"),
        [
            (23, 55, "đạt 41,82%"),
            (24, 55, "đạt 43,64%"),
            (3495, 4450, "đạt 78,54%"),
            (55, 55, "đạt 100%"),
            (1, 2, "đạt 50%"),
            (0, 5, "đạt 0%"),
            (99_999, 100_000, "đạt 99,99%"),
            (10**15 - 1, 10**15, "đạt 99,99%"),
            (1, 800, "đạt 0,13%"),
            (12345, 100, "đạt 12.345%"),
        ],
    )
    def test_attained_has_two_decimals_rounded_half_up_without_zeros_at_the_end(self, result, goal, printed):
        assert vi.attained(result, goal) == printed

    @pytest.mark.parametrize(
        ("result", "goal", "printed"),
        [
            (165, 110, "vượt 50%"),
            (97, 50, "vượt 94%"),
            (6, 1, "vượt 500%"),
            (235, 110, "vượt 113%"),
            (4, 3, "vượt 33%"),
            (8, 5, "vượt 60%"),
            (1009, 1000, "vượt 0,9%"),
            (10_099, 10_000, "vượt 0,99%"),
            (99_999, 99_010, "vượt 0,99%"),
            (10**9 + 1, 10**9, "vượt 0,01%"),
            (101, 100, "vượt 1%"),
        ],
    )
    def test_exceeded_is_whole_percent_rounded_down_and_two_decimals_under_one(self, result, goal, printed):
        assert vi.exceeded(result, goal) == printed

    @pytest.mark.parametrize(
        ("result", "goal", "printed"),
        [
            (44, 5, "đạt 880%, vượt 780%"),
            (4, 3, "đạt 133,33%, vượt 33,33%"),
            (10**9 + 1, 10**9, "đạt 100,01%, vượt 0,01%"),
        ],
    )
    def test_both_together_have_two_decimals_each(self, result, goal, printed):
        assert vi.both(result, goal) == printed

    @given(RESULTS, GOALS)
    def test_attained_never_says_100_below_the_goal_and_never_less_than_100_at_it(self, result, goal):
        printed = hundredths(vi.attained(result, goal))
        assert (printed < 100) == (result < goal)
        assert abs(printed - result / goal * 100) <= Fraction(1, 100)

    @given(st.integers(min_value=2, max_value=10**18))
    def test_one_short_of_a_large_goal_is_not_100(self, goal):
        assert hundredths(vi.attained(goal - 1, goal)) < 100

    @given(GOALS, st.fractions(min_value=Fraction(1, 10**12), max_value=10**9))
    def test_exceeded_is_never_0_and_never_promises_a_whole_percent_more(self, goal, more):
        printed = hundredths(vi.exceeded(goal + more, goal))
        assert printed > 0
        assert printed <= max(more / goal * 100, Fraction(1, 100))

    @given(GOALS, st.fractions(min_value=Fraction(1, 10**12), max_value=10**9))
    def test_both_differ_by_exactly_100(self, goal, more):
        reached, over = vi.both(goal + more, goal).split("%, ")
        assert hundredths(reached + "%") - hundredths(over) == 100

    @pytest.mark.parametrize("say", [vi.exceeded, vi.both])
    @pytest.mark.parametrize("result", [0, 4, 5])
    def test_exceeded_is_refused_where_nothing_was_exceeded(self, say, result):
        with pytest.raises(ValueError, match="chưa vượt chỉ tiêu 5"):
            say(result, 5)

    @pytest.mark.parametrize("say", [vi.attained, vi.exceeded, vi.both])
    def test_a_goal_of_nothing_has_no_percentage(self, say):
        with pytest.raises(ValueError, match="phải lớn hơn 0"):
            say(3, 0)

    @pytest.mark.parametrize("inexact", [0.5, Decimal("0.5"), "1"])
    def test_only_exact_numbers_are_taken(self, inexact):
        with pytest.raises(TypeError, match="số nguyên hoặc phân số"):
            vi.percent(inexact)


class TestFigures:
    @pytest.mark.parametrize(
        ("n", "printed"),
        [(0, "0"), (999, "999"), (1298, "1.298"), (-1298, "-1.298"), (10**9, "1.000.000.000")],
    )
    def test_thousands_have_dots(self, n, printed):
        assert vi.number(n) == printed

    def test_money_is_whole_dong(self):
        assert vi.money(478_250_000) == "478.250.000 đồng"

    @pytest.mark.parametrize(("n", "printed"), [(0, "0"), (6, "06"), (9, "09"), (10, "10"), (1200, "1.200")])
    def test_a_leading_zero_stands_only_before_one_to_nine(self, n, printed):
        assert vi.padded(n) == printed

    @pytest.mark.parametrize(
        ("value", "places", "printed"),
        [
            (Fraction(1, 8), 2, "0,13"),
            (Fraction(-1, 8), 2, "-0,13"),
            (Fraction(-1, 1000), 2, "0"),
            (Fraction(5, 2), 0, "3"),
            (Fraction(12345, 10), 1, "1.234,5"),
            (Fraction(1, 3), 4, "0,3333"),
            (7, 2, "7"),
        ],
    )
    def test_decimals_are_rounded_half_up_and_use_a_comma(self, value, places, printed):
        assert vi.decimal(value, places) == printed

    def test_a_gathering_rate_is_a_share_of_one(self):
        assert vi.percent(Fraction(7885, 10_000)) == "78,85%"
        assert vi.percent(Fraction(7, 10)) == "70%"
        assert vi.percent(1) == "100%"
        assert vi.percent(Fraction(9999, 10_000), 0) == "99%"


class TestDays:
    @pytest.mark.parametrize(
        ("day", "short", "long"),
        [
            (datetime.date(2024, 5, 4), "04/5/2024", "ngày 04 tháng 5 năm 2024"),
            (datetime.date(2021, 2, 15), "15/02/2021", "ngày 15 tháng 02 năm 2021"),
            (datetime.date(2024, 12, 31), "31/12/2024", "ngày 31 tháng 12 năm 2024"),
            (datetime.date(2024, 3, 9), "09/3/2024", "ngày 09 tháng 3 năm 2024"),
        ],
    )
    def test_zeros_stand_before_days_under_ten_and_the_first_two_months(self, day, short, long):
        assert (vi.date(day), vi.long_date(day)) == (short, long)
        assert vi.read_date(short) == vi.read_date(day.isoformat()) == day

    @pytest.mark.parametrize("typed", ["4/5/2024", " 04/05/2024 ", "4-5-2024", "04.5.2024", "2024-05-04"])
    def test_a_day_is_read_however_it_is_typed(self, typed):
        assert vi.read_date(typed) == datetime.date(2024, 5, 4)

    @pytest.mark.parametrize("typed", ["", "31/02/2024", "5/13/2024", "4/5/24", "4/5", "٤/5/2024", "hôm nay"])
    def test_what_is_no_day_is_not_guessed(self, typed):
        with pytest.raises(ValueError):
            vi.read_date(typed)


class TestWordsAndNames:
    @pytest.mark.parametrize(
        ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a và b"), (["a", "b", "c"], "a, b và c")]
    )
    def test_a_list_ends_with_va(self, parts, said):
        assert vi.join_list(parts) == said

    @given(WORDS)
    def test_composed_and_decomposed_letters_are_the_same(self, text):
        apart = unicodedata.normalize("NFD", text)
        assert vi.nfc(apart) == vi.nfc(text) == vi.clean_text(apart)
        assert vi.plain(apart) == vi.plain(text)
        assert vi.sort_key(apart) == vi.sort_key(text)
        assert vi.name_key(apart) == vi.name_key(text)

    @given(WORDS)
    def test_plain_text_has_only_ascii_and_is_stable(self, text):
        assert vi.plain(text).isascii()
        assert vi.plain(vi.plain(text)) == vi.plain(text)

    def test_search_forgives_marks_case_and_blanks(self):
        assert vi.plain("  Nguyễn\u00a0Thị  HOÀ Đào\n") == "nguyen thi hoa dao"
        assert vi.plain("Ðặng") == "dang"  # U+00D0, which old fonts leave in the place of Đ

    @pytest.mark.parametrize(
        "ordered",
        [
            ["a", "ă", "â", "b"],
            ["d", "đ", "e"],
            ["o", "ô", "ơ", "p"],
            ["u", "ư", "v"],
            ["ma", "mà", "mả", "mã", "má", "mạ"],
            ["Đa Kao", "Đài", "Đông", "Gò Vấp"],
            ["an", "An Bình", "ăn"],
            ["Lan Anh", "Lan Ánh", "Làn Anh", "Lăn"],
            ["dân", "dần", "dẩn", "dẫn", "dấn", "dận", "đan"],
        ],
    )
    def test_letters_come_first_then_the_tones(self, ordered):
        assert sorted(reversed(ordered), key=vi.sort_key) == ordered

    def test_people_are_sorted_by_given_name_then_family_name(self):
        names = ["Vũ Thị Ân", "Nguyễn Thị Lan", "Trần Ánh", "Đỗ Thị Lan", "Bùi Thị Anh", "Mai"]
        assert sorted(names, key=vi.name_key) == [
            "Bùi Thị Anh",
            "Trần Ánh",
            "Vũ Thị Ân",
            "Đỗ Thị Lan",
            "Nguyễn Thị Lan",
            "Mai",
        ]
        assert vi.given_first("Nguyễn Thị Lan") == "Lan Nguyễn Thị"
        assert vi.given_first("") == ""

    def test_the_sort_key_is_the_one_that_the_database_stores(self):
        assert vi.sort_key("Đặng Thị Ửng") == "d{a{ng thi u}ng\t5 5 2"


class TestCleanText:
    def test_words_pass_and_come_out_composed(self):
        assert vi.clean_text("Phụ nữ “5 không, 3 sạch” – 100%") == "Phụ nữ “5 không, 3 sạch” – 100%"

    @pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\n", "\ud800", "\u202e", "\ufffe"])
    def test_signs_that_nothing_can_keep_are_refused_with_their_place(self, sign):
        with pytest.raises(ValueError, match=rf"Ký tự thứ 3 \(mã U\+{ord(sign):04X}\)"):
            vi.clean_text(f"Hộ{sign}i")

    def test_line_ends_pass_only_where_lines_are_expected(self):
        assert vi.clean_text("một\r\nhai\tba", lines=True) == "một\nhai\tba"
        with pytest.raises(ValueError, match="U\\+0000"):
            vi.clean_text("một\n\x00", lines=True)
