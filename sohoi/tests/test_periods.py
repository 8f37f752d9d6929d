"""Periods are read, named in Vietnamese, and cut so that totals and days together cover them exactly."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi import periods
from sohoi.periods import (
    Period,
    a_year_before,
    between,
    complete_years,
    elapsed,
    month_index,
    named,
    parse,
    previous,
    split,
)

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2035, 12, 31))
STRETCHES = st.tuples(DAYS, DAYS).map(sorted).map(lambda ends: between(*ends))
TERM = between(date(2021, 6, 15), date(2024, 5, 4))


def each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("2024-03", date(2024, 3, 1), date(2024, 3, 31), "Tháng 3 năm 2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "Tháng 2 năm 2024"),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), "Quý I năm 2024"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "Quý IV năm 2024"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        ("2024-9M", date(2024, 1, 1), date(2024, 9, 30), "9 tháng năm 2024"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "Năm 2024"),
        (" 2024 ", date(2024, 1, 1), date(2024, 12, 31), "Năm 2024"),
        ("2024-03-05", date(2024, 3, 5), date(2024, 3, 5), "Ngày 05/3/2024"),
        ("2021-06-15..2024-05-04", TERM.first, TERM.last, "Từ 15/6/2021 đến 04/5/2024"),
        ("2023-01-01..2023-02-09", date(2023, 1, 1), date(2023, 2, 9), "Từ 01/01/2023 đến 09/02/2023"),
    ],
)
def test_each_written_form_is_read_and_named(text, first, last, name):
    assert parse(text) == Period(first, last, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-13",
        "2024-00",
        "2024-Q5",
        "2024-H3",
        "2024-6M",
        "0000",
        "2024-3",
        "năm 2024",
        "٢٠٢٤",
        "2024..2025",
    ],
)
def test_words_that_name_no_period_are_refused_with_the_known_forms(text):
    with pytest.raises(ValueError, match="Không hiểu kỳ báo cáo .*2024-Q1"):
        parse(text)


@pytest.mark.parametrize("text", ["2023-02-29", "2024-05-01..2024-04-31", "0000-01-01"])
def test_a_day_that_is_in_no_calendar_is_named(text):
    with pytest.raises(ValueError, match="không có trong lịch"):
        parse(text)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="từ 04/5/2024 đến 15/6/2021 kết thúc trước khi bắt đầu"):
        parse("2024-05-04..2021-06-15")


def test_the_half_term_of_the_seed_is_cut_into_two_years_some_months_and_two_ends():
    cut = split(TERM)
    assert cut.years == [2022, 2023]
    assert [periods.month_first(m) for m in cut.months] == [
        *(date(2021, m, 1) for m in range(7, 13)),
        *(date(2024, m, 1) for m in range(1, 5)),
    ]
    assert cut.spans == [(date(2021, 6, 15), date(2021, 6, 30)), (date(2024, 5, 1), date(2024, 5, 4))]
    assert len(TERM.months) == 34


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("2024", []),
        ("2024-03-02..2024-03-20", [(date(2024, 3, 2), date(2024, 3, 20))]),
        ("2024-01-15..2024-02-10", [(date(2024, 1, 15), date(2024, 2, 10))]),
        ("2024-01-01..2024-02-10", [(date(2024, 2, 1), date(2024, 2, 10))]),
        ("2024-01-15..2024-02-29", [(date(2024, 1, 15), date(2024, 1, 31))]),
    ],
)
def test_broken_months_stand_only_at_the_ends(text, spans):
    assert parse(text).broken() == spans


@given(STRETCHES)
def test_a_split_covers_each_day_of_the_period_exactly_once(period):
    cut = split(period)
    days = [day for year in cut.years for day in each_day(date(year, 1, 1), date(year, 12, 31))]
    for month in cut.months:
        days += each_day(periods.month_first(month), periods.month_last(month))
    for first, last in cut.spans:
        days += each_day(first, last)
    assert sorted(days) == each_day(period.first, period.last)
    assert len(days) == period.days


@given(STRETCHES)
def test_what_a_split_leaves_over_is_less_than_a_year_and_a_month_at_each_end(period):
    cut = split(period)
    assert len(cut.spans) <= 2
    assert len(cut.months) <= 22
    assert all((last - first).days < 60 for first, last in cut.spans)


@given(DAYS)
def test_a_month_index_and_its_days_are_inverse(day):
    index = month_index(day)
    assert periods.month_first(index) <= day <= periods.month_last(index)
    assert month_index(periods.month_first(index)) == month_index(periods.month_last(index)) == index
    assert periods.month_last(index) + timedelta(days=1) == periods.month_first(index + 1)


@given(STRETCHES, STRETCHES)
def test_clipping_keeps_the_common_days(period, window):
    common = set(each_day(period.first, period.last)) & set(each_day(window.first, window.last))
    clipped = period.clip(window.first, window.last)
    assert (set(each_day(clipped.first, clipped.last)) if clipped else set()) == common


def test_a_period_that_loses_nothing_keeps_its_name():
    year = parse("2024")
    assert year.clip(date(2021, 1, 1), date(2026, 1, 1)) is year
    assert year.clip(date(2021, 1, 1), date(2024, 5, 4)).name == "Từ 01/01/2024 đến 04/5/2024"
    assert year.clip(date(2025, 1, 1), date(2026, 1, 1)) is None


def test_a_yearly_target_is_judged_in_whole_calendar_years_alone():
    assert complete_years(TERM.first, TERM.last) == [2022, 2023]
    assert complete_years(date(2022, 1, 1), date(2022, 12, 31)) == [2022]
    assert complete_years(date(2022, 1, 2), date(2023, 12, 30)) == []


@pytest.mark.parametrize(
    ("on", "share"),
    [
        (date(2020, 12, 31), Fraction(0)),
        (date(2021, 1, 1), Fraction(1, 365)),
        (date(2021, 3, 14), Fraction(73, 365)),
        (date(2021, 12, 31), Fraction(1)),
        (date(2030, 1, 1), Fraction(1)),
    ],
)
def test_elapsed_counts_the_days_of_the_term_up_to_and_with_today(on, share):
    assert elapsed(date(2021, 1, 1), date(2021, 12, 31), on) == share


@pytest.mark.parametrize(
    ("text", "before", "last_year"),
    [
        ("2024-03", "Tháng 2 năm 2024", "Tháng 3 năm 2023"),
        ("2024-01", "Tháng 12 năm 2023", "Tháng 1 năm 2023"),
        ("2024-Q1", "Quý IV năm 2023", "Quý I năm 2023"),
        ("2024-H1", "6 tháng cuối năm 2023", "6 tháng đầu năm 2023"),
        ("2024-H2", "6 tháng đầu năm 2024", "6 tháng cuối năm 2023"),
        ("2024-9M", "9 tháng năm 2023", "9 tháng năm 2023"),
        ("2024", "Năm 2023", "Năm 2023"),
        ("2024-03-01", "Ngày 29/02/2024", "Ngày 01/3/2023"),
        ("2024-02-29", "Ngày 28/02/2024", "Ngày 28/02/2023"),
        ("2024-01-01..2024-05-31", "Từ 01/8/2023 đến 31/12/2023", "Từ 01/01/2023 đến 31/5/2023"),
        ("2025-01-01..2025-02-28", "Từ 01/11/2024 đến 31/12/2024", "Từ 01/01/2024 đến 29/02/2024"),
        ("2024-03-11..2024-03-20", "Từ 01/3/2024 đến 10/3/2024", "Từ 11/3/2023 đến 20/3/2023"),
    ],
)
def test_a_period_knows_the_one_before_and_the_same_one_a_year_ago(text, before, last_year):
    assert (previous(parse(text)).name, a_year_before(parse(text)).name) == (before, last_year)


def test_before_the_calendar_there_is_no_period():
    assert [previous(parse("0001-01")), a_year_before(parse("0001")), previous(parse("0001-01-02..0001-01-05"))] == [
        None
    ] * 3
    assert previous(parse("0002-01")).name == "Tháng 12 năm 1"


@given(STRETCHES)
def test_the_period_before_ends_where_this_one_begins_and_is_as_long(period):
    before = previous(period)
    if (period.first.month, period.first.day, period.last.month, period.last.day) == (1, 1, 9, 30):
        assert before == a_year_before(period)
    else:
        assert before.last + timedelta(days=1) == period.first
    if period.broken():
        assert before.days == period.days
    else:
        assert (len(before.months), before.broken()) == (len(period.months), [])


@given(STRETCHES)
def test_a_year_before_are_the_same_days_of_the_year_before(period):
    before = a_year_before(period)
    assert (before.first.year, before.first.month) == (period.first.year - 1, period.first.month)
    assert (before.last.year, before.last.month) == (period.last.year - 1, period.last.month)
    assert abs(before.days - period.days) <= 1


NAMED = ["", *(f"-{month:02d}" for month in range(1, 13)), "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2", "-9M"]


@given(st.integers(2010, 2035), st.sampled_from(NAMED))
def test_a_period_is_called_by_the_name_under_which_it_is_written(year, tail):
    period = parse(f"{year}{tail}")
    assert named(period.first, period.last) == period
