"""The geometry of charts: zero-based, exact, within the frame; a target is a line."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.desk.charts import FOOT, HEIGHT, Point, bar, class_of, columns, percent, quantiles

VALUES = st.fractions(min_value=0, max_value=10**12)


@pytest.mark.parametrize(
    ("share", "wanted"),
    [(Fraction(23, 55), "41.82%"), (Fraction(0), "0.00%"), (Fraction(1), "100.00%"), (Fraction(7, 2), "100.00%")],
)
def test_a_share_is_a_length_with_two_decimals_inside_the_frame(share, wanted):
    assert percent(share) == wanted


def test_a_bar_reaches_its_share_of_the_goal_and_the_goal_is_the_end():
    assert (bar(23, 55).width, bar(23, 55).goal) == ("41.82%", "100.00%")


def test_beyond_the_goal_the_bar_is_full_and_the_line_stands_within_it():
    assert (bar(165, 110).width, bar(165, 110).goal) == ("100.00%", "66.67%")


@pytest.mark.parametrize("value", [None, 0, -5])
def test_nothing_and_less_than_nothing_have_no_length(value):
    assert bar(value, most=10).width == "0.00%"
    assert bar(value).width == "0.00%"


@given(st.lists(VALUES, min_size=1, max_size=70), VALUES)
def test_columns_stand_on_the_floor_and_never_leave_the_frame(values, goal):
    made = columns([Point("", value, "") for value in values], goal or None)
    for column, value in zip(made.columns, values, strict=True):
        assert column.y + column.height == HEIGHT - FOOT
        assert column.y > 0
        assert (column.height == 0) or value > 0
    assert (made.goal_y is None) == (not goal)


def test_a_column_twice_as_high_shows_twice_as_much_and_the_goal_is_on_the_same_scale():
    made = columns([Point("", Fraction(30), ""), Point("", Fraction(60), "")], Fraction(60))
    assert made.columns[1].height == 2 * made.columns[0].height
    assert made.goal_y == made.columns[1].y


def test_only_the_named_columns_speak_and_what_was_not_told_has_no_height():
    made = columns([Point("a", Fraction(1), "1"), Point("b", Fraction(2), "2"), Point("c", None, "")], named=[1])
    assert [column.named for column in made.columns] == [False, True, False]
    assert made.columns[2].height == 0


def test_no_points_make_no_chart():
    assert columns([]).columns == ()


def test_groups_hold_about_as_many_values_each_and_the_last_ends_at_the_largest():
    ends = quantiles([Fraction(n) for n in range(1, 11)], 5)
    assert ends == [2, 4, 6, 8, 10]
    assert [class_of(Fraction(n), ends) for n in (1, 2, 3, 10)] == [1, 1, 2, 5]


@given(st.lists(VALUES, min_size=1, max_size=40))
def test_every_value_falls_into_a_group(values):
    ends = quantiles(values, 5)
    assert ends[-1] == max(values)
    assert all(1 <= class_of(value, ends) <= len(ends) <= 5 for value in values)
