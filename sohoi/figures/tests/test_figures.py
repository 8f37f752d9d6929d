"""Figures: five ways to add, two views, three kinds of nothing; exact before, during and after a fold."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection

from sohoi.figures.breakdown import breakdown
from sohoi.figures.read import figure
from sohoi.ledger.models import Record
from sohoi.ledger.totals import fold, prove, rebuild
from sohoi.ledger.write import accept, close_month, confirm_month, void
from sohoi.periods import parse
from sohoi.units.models import View
from tests.people import deed, measure

APRIL = date(2024, 4, 15)
TERM = parse("2021-07-01..2024-05-11")
TODAY = date(2026, 11, 22)


def said(code, unit, period=TERM, view=View.WAS):
    return figure(measure(code), unit, period, view).text


@pytest.fixture
def founded(place, lan, mai):
    """Two groups by chị Lan, three by the other branch, one by the town itself."""
    first = accept(deed(place.branch, APRIL, values={"count": 2, "form": "health"}), by=lan).draft
    accept(deed(place.other, date(2023, 7, 1), values={"count": 3}), by=mai)
    accept(deed(place.town, date(2022, 12, 31)), by=mai)
    return first


@pytest.mark.parametrize("folded", [False, True], ids=["queued", "folded"])
def test_a_sum_rises_through_every_level(place, founded, folded):
    if folded:
        assert fold() > 0
    wanted = {"branch": "2", "other": "3", "town": "3", "commune": "3", "district": "6", "province": "6", "centre": "6"}
    assert {name: said("groups", getattr(place, name)) for name in wanted} == wanted
    assert prove() == []


def test_a_figure_is_the_same_before_and_after_a_fold_and_a_rebuild(place, founded):
    before = said("groups", place.district)
    fold()
    assert said("groups", place.district) == before
    rebuild()
    assert said("groups", place.district) == before
    assert prove() == []


def test_half_folded_half_queued_counts_every_line_once(place, founded, lan):
    fold()
    accept(deed(place.branch, date(2023, 8, 8), values={"count": 10}), by=lan)
    assert said("groups", place.district) == "16"


def test_broken_months_at_both_ends_are_exact(place, founded):
    fold()
    assert said("groups", place.district, parse("2022-12-31..2024-04-15")) == "6"
    assert said("groups", place.district, parse("2023-01-01..2024-04-15")) == "5"
    assert said("groups", place.district, parse("2022-12-31..2024-04-14")) == "4"
    assert said("groups", place.district, parse("2024-04-15")) == "2"


def test_a_measure_with_labels_counts_only_those(place, founded):
    assert said("groups-health", place.district) == "2"
    fold()
    assert said("groups-health", place.district) == "2"


def test_one_record_counts_for_each_of_its_programmes_and_is_stored_once(place, founded, lan):
    accept(deed(place.branch, APRIL, values={"count": 4}, tags=("nong-thon-moi",)), by=lan)
    for _ in range(2):
        assert (said("groups-rural", place.district), said("groups", place.district)) == ("4", "10")
        fold()


def test_void_takes_the_figure_back_at_every_level(place, founded, lan):
    fold()
    void(Record.objects.get(pk=founded.id), "Ghi nhầm", by=lan)
    assert said("groups", place.district) == "4"
    fold()
    assert said("groups", place.district) == "4"
    assert said("groups", place.branch) == "chưa báo cáo"
    assert prove() == []


def test_a_declared_level_is_the_newest_one_and_its_owner_speaks_for_those_below(place, lan, mai):
    declare = "house-women-declared"
    accept(deed(place.branch, date(2022, 1, 1), declare, values={"count": 100}), by=lan)
    newest = accept(deed(place.branch, date(2023, 1, 1), declare, values={"count": 120}), by=lan)
    accept(deed(place.other, date(2023, 1, 1), declare, values={"count": 50}), by=mai)
    assert said("women", place.district, parse("2023-12-31")) == "170"
    assert said("women", place.district, parse("2022-06-30")) == "100"
    assert said("women", place.heir, parse("2026-01-31")) == "170", "known also after the reform"
    accept(deed(place.town, date(2024, 1, 1), declare, values={"count": 300}), by=mai)
    assert said("women", place.town, parse("2024-06-30")) == "300"
    assert said("women", place.district, parse("2024-06-30")) == "350"
    void(Record.objects.get(pk=newest.draft.id), "Khai nhầm", by=lan)
    assert said("women", place.branch, parse("2023-12-31")) == "100"


def test_a_ratio_keeps_its_parts_apart_until_the_end(place, lan, mai):
    accept(deed(place.branch, date(2023, 1, 1), "house-women-declared", values={"count": 3}), by=lan)
    accept(deed(place.other, date(2023, 1, 1), "house-women-declared", values={"count": 7}), by=mai)
    accept(deed(place.branch, date(2023, 1, 1), "house-admission", values={"count": 2}), by=lan)
    accept(deed(place.other, date(2023, 1, 1), "house-admission", values={"count": 6}), by=mai)
    assert figure(measure("rate"), place.district, parse("2024-01-01"), View.WAS).value == Fraction(8, 10)
    assert said("rate", place.district, parse("2024-01-01")) == "80%"


def test_each_household_counts_once_at_each_level_however_often_it_is_visited(place, lan, mai):
    for day in (date(2022, 3, 3), date(2022, 9, 9), date(2023, 3, 3)):
        accept(deed(place.branch, day, "house-visit", household="Chị Một"), by=lan)
    gone = accept(deed(place.branch, date(2022, 4, 4), "house-visit", household="Chị Hai"), by=lan)
    accept(deed(place.other, date(2023, 6, 6), "house-visit", household="Chị Ba"), by=mai)
    for _ in range(2):
        assert said("households-visited", place.district, parse("2022")) == "2"
        assert said("households-visited", place.district, parse("2021-07-01..2023-12-31")) == "3"
        assert said("households-visited", place.district, parse("2022-09-10..2023-06-05")) == "1"
        assert said("visits", place.district, parse("2021-07-01..2023-12-31")) == "5"
        fold()
    void(Record.objects.get(pk=gone.draft.id), "Ghi nhầm", by=lan)
    assert said("households-visited", place.district, parse("2022")) == "1"
    fold()
    assert said("households-visited", place.district, parse("2022")) == "1"
    assert prove() == []


def test_zero_not_reported_and_not_applicable_are_three_things(place, lan, mai, hoa):
    march, spring = parse("2024-03"), parse("2024-Q1")
    assert said("groups", place.branch, march) == "chưa báo cáo"
    confirm_month(place.branch, march.first, by=lan)
    assert said("groups", place.branch, march) == "0"
    assert said("groups", place.branch, spring) == "chưa báo cáo", "one month does not speak for three"
    assert said("groups", place.town, march) == "0", "its only branch has spoken"
    assert said("groups", place.other, march) == said("groups", place.district, march) == "chưa báo cáo"
    confirm_month(place.district, march.first, by=hoa)
    assert said("groups", place.other, march) == said("groups", place.district, march) == "0"
    oversight = measure("groups")
    oversight.asked = ["district"]
    assert figure(oversight, place.branch, TERM).text == "không áp dụng"


def test_a_breakdown_adds_up_to_its_total_and_says_who_is_silent(place, founded, mai):
    parts = breakdown(place.district, [measure("groups")], TERM, View.WAS, TODAY)
    lines = {line.label: line.figures[0].text for line in parts.lines}
    assert parts.total[0].text == "6"
    assert (lines["Thị trấn Mỹ Xuyên"], lines["Xã Đại Tâm"]) == ("3", "3")
    assert parts.silent == 9
    town = breakdown(place.town, [measure("groups")], TERM, View.WAS, TODAY)
    assert [(line.label, line.figures[0].text) for line in town.lines] == [
        ("Chi hội Ấp Một", "2"),
        ("Tại chính đơn vị", "1"),
    ]


def test_a_late_deed_counts_in_the_first_open_month(place, lan, hoa):
    close_month(place.district, APRIL, by=hoa)
    accept(deed(place.branch, APRIL), by=lan)
    assert said("groups", place.district, parse("2024-04")) == "chưa báo cáo"
    assert said("groups", place.district, parse("2024-05")) == "1"


def test_a_numerator_that_nobody_told_is_not_nought(place, lan, hoa):
    accept(deed(place.branch, date(2024, 1, 1), "house-women-declared", values={"count": 100}), by=lan)
    assert said("rate", place.district, parse("2024-01")) == "chưa có số liệu"
    confirm_month(place.district, date(2024, 1, 1), by=hoa)
    assert said("rate", place.district, parse("2024-01")) == "0%"


def test_a_deed_taken_back_after_its_month_was_closed_is_still_seen_in_it_and_no_more_in_the_year(place, lan, hoa):
    gone = accept(deed(place.branch, date(2024, 1, 10), "house-visit", household="Chị Một"), by=lan)
    there = accept(deed(place.branch, date(2024, 2, 10), "house-visit", household="Chị Một"), by=lan)
    close_month(place.branch, date(2024, 1, 1), by=hoa)
    void(Record.objects.get(pk=gone.draft.id), "Ghi nhầm", by=lan)
    for _ in range(2):
        assert said("households-visited", place.district, parse("2024-02")) == "1"
        assert said("households-visited", place.district, parse("2024-01")) == "1"
        fold()
    void(Record.objects.get(pk=there.draft.id), "Ghi nhầm", by=lan)
    for _ in range(2):
        assert said("households-visited", place.district, parse("2024-01")) == "1"
        assert said("households-visited", place.district, parse("2024")) == "chưa báo cáo"
        fold()
    assert prove() == []


def test_prove_finds_one_damaged_total_and_rebuild_mends_it(place, founded):
    fold()
    assert prove() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "update ledger_total set amount = amount + 1 where unit_id = %s and view = 0 and month = %s",
            [place.district.pk, 2024 * 12 + 3],
        )
    found = prove()
    assert found
    assert {(d.what, d.unit_id, d.amount) for d in found} == {("month", place.district.pk, -1)}
    rebuild()
    assert prove() == []


def test_prove_finds_a_damaged_histogram_and_a_lost_year(place, lan):
    accept(deed(place.branch, APRIL, "house-visit", household="Chị Một"), by=lan)
    fold()
    with connection.cursor() as cursor:
        cursor.execute("update ledger_seen set subjects = subjects + 1 where unit_id = %s", [place.district.pk])
        cursor.execute("delete from ledger_yeartotal where unit_id = %s", [place.district.pk])
    assert {d.what for d in prove()} == {"distinct", "year"}


def test_the_number_of_queries_does_not_grow_with_months(place, founded):
    def count(period):
        with connection.execute_wrapper(seen := Seen()):
            breakdown(place.district, [measure("groups"), measure("visits")], period, View.WAS, TODAY)
        return seen.count

    assert count(parse("2022")) == count(parse("2024-Q1")) == count(parse("2020-01-01..2024-12-31"))


class Seen:
    """Counts statements."""

    count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)
