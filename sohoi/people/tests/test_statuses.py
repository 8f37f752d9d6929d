"""Households: what they are on which days, “5 không, 3 sạch” once a year; each deed counts and can be taken back."""

from datetime import date
from uuid import uuid4

import pytest

from sohoi.figures.read import figures_of
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Measure, Record
from sohoi.ledger.write import accept, accept_many, void
from sohoi.people.models import Household, HouseholdStatus, Rating
from sohoi.people.tests.acts import load_member_kinds
from sohoi.people.write.ratings import CRITERIA
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.units.models import View

SPRING, SUMMER = date(2024, 3, 1), date(2024, 7, 1)
ALL_MET = dict.fromkeys(CRITERIA, True)


@pytest.fixture(autouse=True)
def kinds(db):
    load_member_kinds()


def draft(place, kind, day, home="Bà Tư", **values):
    return Draft(uuid4(), kind, place.branch.code, day, values, household=home)


def tell(place, by, kind, day, home="Bà Tư", **values):
    one = draft(place, kind, day, home, **values)
    accept(one, by=by)
    return Record.objects.get(pk=one.id)


def said(place, code, period="2024"):
    one = Measure.objects.get(code=code)
    units = [place.branch, place.district]
    figures = figures_of(units, [one], parse(period), View.WAS)
    return [figures[unit.pk, one.pk].value or 0 for unit in units]


def test_a_household_is_poor_from_one_day_to_another_and_counted_on_each_between(place, lan):
    tell(place, lan, "household-status-given", SPRING, status="poor")
    tell(place, lan, "household-status-given", SPRING, home="Bà Năm", status="near-poor")
    tell(place, lan, "household-status-given", SPRING, status="woman-headed")
    assert said(place, "poor-households", "2024-03-01") == [1, 1]
    tell(place, lan, "household-status-ended", SUMMER, status="poor")
    assert said(place, "poor-households", "2024-06-30") == [1, 1]
    assert said(place, "poor-households", "2024-07-01") == [0, 0]
    assert said(place, "near-poor-households") == said(place, "woman-headed-households") == [1, 1]
    assert HouseholdStatus.objects.filter(during__contains=SUMMER).count() == 2


def test_grounds_of_hardship_stand_with_the_household_and_not_in_the_record(place, lan):
    record = tell(place, lan, "household-status-given", SPRING, status="hardship", grounds="Nuôi con một mình")
    assert record.values == {"status": "hardship"}
    assert HouseholdStatus.objects.get().grounds == "Nuôi con một mình"
    with pytest.raises(Refusal, match="không có trường|không có"):
        tell(place, lan, "household-status-given", SPRING, status="hardship", ground="thừa")


def test_a_status_is_given_once_at_a_time_and_ends_only_when_it_was(place, lan):
    tell(place, lan, "household-status-given", SPRING, status="poor")
    for day in (SPRING, SUMMER, date(2023, 1, 1)):
        with pytest.raises(Refusal, match="đã ghi “Hộ nghèo” từ 01/3/2024"):
            tell(place, lan, "household-status-given", day, status="poor")
    for day, status in ((SPRING, "poor"), (SUMMER, "near-poor")):
        with pytest.raises(Refusal, match="không ghi “Hộ"):
            tell(place, lan, "household-status-ended", day, status=status)
    assert said(place, "household-statuses") == [1, 1]


def test_a_refused_deed_leaves_not_even_the_name_of_a_household(place, lan):
    with pytest.raises(Refusal):
        tell(place, lan, "household-status-ended", SUMMER, home="Bà Lạ", status="poor")
    assert not Household.objects.filter(label="Bà Lạ").exists()


def test_each_deed_about_a_status_is_taken_back_in_its_turn(place, lan):
    given = tell(place, lan, "household-status-given", SPRING, status="poor")
    ended = tell(place, lan, "household-status-ended", SUMMER, status="poor")
    with pytest.raises(Refusal, match="đã kết thúc bằng một việc khác"):
        void(given, "ghi nhầm", by=lan)
    again = tell(place, lan, "household-status-given", date(2024, 9, 1), status="poor")
    with pytest.raises(Refusal, match="đã được ghi lại"):
        void(ended, "ghi nhầm", by=lan)
    for record, figure in ((again, [0, 0]), (ended, [1, 1]), (given, [0, 0])):
        void(record, "ghi nhầm", by=lan)
        assert said(place, "poor-households") == figure
    assert not HouseholdStatus.objects.exists()


def test_a_family_is_rated_once_a_year_and_at_the_standard_when_all_eight_are_met(place, lan):
    record = tell(place, lan, "family-rated", SPRING, year=2024, **ALL_MET)
    tell(place, lan, "family-rated", SPRING, home="Bà Năm", year=2024, **ALL_MET | {"clean-lane": False})
    assert record.values == {"year": 2024, "met": 1, "standard": "five-no-three-clean"}
    assert (said(place, "families-rated"), said(place, "families-at-standard")) == ([2, 2], [1, 1])
    assert {len(row.met) for row in Rating.objects.all()} == {7, 8}
    with pytest.raises(Refusal, match="đã bình xét năm 2024"):
        tell(place, lan, "family-rated", SUMMER, year=2024, **ALL_MET)
    tell(place, lan, "family-rated", SUMMER, year=2023, **ALL_MET)
    assert (said(place, "families-rated"), said(place, "families-at-standard")) == ([3, 3], [1, 1])


@pytest.mark.parametrize("year", [2022, 2025])
def test_a_year_that_is_not_rated_on_that_day_is_refused(place, lan, year):
    with pytest.raises(Refusal, match=f"Bình xét năm {year}"):
        tell(place, lan, "family-rated", SPRING, year=year, **ALL_MET)


def test_all_eight_are_asked_and_a_rating_is_taken_back(place, lan):
    with pytest.raises(Refusal, match="Sạch ngõ"):
        tell(place, lan, "family-rated", SPRING, year=2024, **{k: True for k in CRITERIA if k != "clean-lane"})
    record = tell(place, lan, "family-rated", SPRING, year=2024, **ALL_MET)
    void(record, "ghi nhầm", by=lan)
    assert not Rating.objects.exists()
    assert (said(place, "families-rated"), said(place, "families-at-standard")) == ([0, 0], [0, 0])
    tell(place, lan, "family-rated", SPRING, year=2024, **ALL_MET)
    assert said(place, "families-at-standard") == [1, 1]


def test_of_a_file_with_two_ratings_of_one_family_the_first_goes_in(place, lan):
    drafts = [draft(place, "family-rated", day, year=2024, **ALL_MET) for day in (SUMMER, SPRING)]
    assert [o.state for o in accept_many(drafts, by=lan, door="file")] == ["refused", "accepted"]
    assert said(place, "families-rated") == [1, 1]
