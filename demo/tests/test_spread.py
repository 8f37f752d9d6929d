"""Spreading: the parts of a total add up to it, and chance is the same at every run."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.spread import days, dice, draft_id, pieces, shares


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=60))
def test_shares_add_up_to_the_total_and_follow_the_weights(total, weights):
    parts = shares(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights) for part, weight in zip(parts, weights, strict=True)
    )


@given(st.integers(1, 80), st.integers(0, 5000), st.integers(0, 9))
def test_pieces_add_up_to_the_total_and_none_is_too_small(count, extra, least):
    total = count * least + extra
    parts = pieces(total, count, dice("test"), least)
    assert sum(parts) == total
    assert len(parts) == count
    assert min(parts) >= least


def test_a_total_too_small_for_its_pieces_is_refused():
    with pytest.raises(ValueError, match="không chia được"):
        pieces(3, 4, dice("test"))


def test_days_stay_in_their_span_and_are_no_sundays():
    first, last = date(2024, 4, 1), date(2024, 4, 15)
    found = days(200, first, last, dice("test"))
    assert found == sorted(found)
    assert {found[0], found[-1]} == {first, last}
    assert {day.weekday() for day in found} == {0, 1, 2, 3, 4, 5}


def test_the_same_words_give_the_same_chance_and_the_same_id():
    assert pieces(1000, 10, dice("a", "b")) == pieces(1000, 10, dice("a", "b"))
    assert pieces(1000, 10, dice("a", "b")) != pieces(1000, 10, dice("a", "c"))
    assert draft_id("x", "1") == draft_id("x", "1") != draft_id("x", "2")
