"""Figures over a changing map: as it was, on today's, balances and declarations where a unit stands."""

from datetime import date

from sohoi.figures.breakdown import breakdown
from sohoi.figures.tests.test_figures import APRIL, TERM, TODAY, founded, said
from sohoi.ledger.totals import fold, prove, rebuild
from sohoi.ledger.write import accept, close_month
from sohoi.periods import parse
from sohoi.units.models import Lineage, Placement, View
from sohoi.units.write import rebuild_closure
from tests.people import deed, measure

__all__ = ["founded"]  # the fixture


def test_as_it_was_and_on_todays_map(place, founded, lan):
    accept(deed(place.branch, date(2026, 2, 1), values={"count": 10}), by=lan)
    fold()
    long = parse("2021-01-01..2026-12-31")
    assert said("groups", place.district, long) == "6", "the district ended: what came later is not its own"
    assert said("groups", place.heir, long) == "10", "as it was: the ward exists only since the reform"
    assert said("groups", place.heir, long, View.TODAY) == "16", "on today's map its parts count from the beginning"
    assert said("groups", place.today, long, View.TODAY) == "16"
    assert said("groups", place.centre, long) == said("groups", place.centre, long, View.TODAY) == "16"


def test_a_balance_is_everything_until_the_day_where_the_unit_stands_on_that_day(place, lan, mai):
    accept(deed(place.branch, date(2020, 5, 5), "house-admission", values={"count": 30}), by=lan)
    accept(deed(place.branch, date(2023, 5, 5), "house-leaving", values={"count": 4}), by=lan)
    accept(deed(place.other, date(2025, 8, 1), "house-admission", values={"count": 5}), by=mai)
    for _ in range(2):
        assert said("members", place.district, parse("2022")) == "30"
        assert said("members", place.district, parse("2024-05-04")) == "26"
        assert said("members", place.heir, parse("2025-12-31")) == "31", "a new commune does not start at zero"
        assert said("members", place.town, parse("2024-01-01")) == "26"
        fold()


def test_a_branch_that_moved_counts_for_each_parent_its_own_days_late_deeds_too(place, lan, hoa):
    move = date(2024, 4, 16)
    Placement.objects.filter(unit=place.branch, parent=place.town).update(during=(date(2015, 1, 1), move))
    Placement.objects.create(unit=place.branch, parent=place.commune, name="X", during=(move, date(2025, 7, 1)))
    rebuild_closure()
    close_month(place.town, APRIL, by=hoa)
    accept(deed(place.branch, APRIL, values={"count": 1}), by=lan)
    accept(deed(place.branch, date(2024, 5, 2), values={"count": 10}), by=lan)
    accept(deed(place.branch, date(2024, 5, 3), "house-admission", values={"count": 7}), by=lan)
    year = parse("2024")
    for _ in range(2):
        for parent, value in ((place.town, "1"), (place.commune, "10")):
            parts = breakdown(parent, [measure("groups"), measure("members")], year, View.WAS, TODAY)
            assert parts.total[0].text == value
            assert [line.figures[0].text for line in parts.lines if line.figures[0].raw.n] == [value]
        assert [line.figures[1].text for line in parts.lines] == ["chưa báo cáo", "7"]
        old = breakdown(place.town, [measure("members")], year, View.WAS, TODAY)
        assert [line.figures[0].text for line in old.lines] == ["không áp dụng"]
        fold()
    assert prove() == []


def test_todays_view_of_a_unit_that_has_ended_is_empty_and_adds_up(place, mai):
    accept(deed(place.town, APRIL), by=mai)
    parts = breakdown(place.town, [measure("groups")], parse("2024"), View.TODAY, TODAY)
    assert (parts.total[0].text, parts.lines) == ("chưa báo cáo", [])


def test_a_balance_keeps_the_members_of_a_branch_that_closed_without_an_heir(place, lan):
    accept(deed(place.branch, date(2023, 5, 5), "house-admission", values={"count": 5}), by=lan)
    Placement.objects.filter(unit=place.branch, parent=place.town).update(during=(date(2015, 1, 1), date(2024, 1, 1)))
    Placement.objects.filter(unit=place.branch, parent=place.heir).delete()
    rebuild_closure()
    rebuild()
    for on in ("2024-12-31", "2025-12-31"):
        assert said("members", place.centre, parse(on)) == "5"
    assert said("members", place.town, parse("2024-12-31")) == "5"


def test_what_a_split_commune_declared_stays_with_what_its_heirs_have_in_common(place, hoa):
    split = Lineage.objects.filter(whole=False, old__level="base", new__placements__parent=place.today).first().old
    accept(deed(split, APRIL, "house-women-declared", values={"count": 700}), by=hoa)
    assert said("women", place.centre, parse("2024-12-31")) == "700"
    assert said("women", place.centre, parse("2025-12-31")) == "700"
    assert said("women", place.today, parse("2025-12-31")) == "700"


def test_deeds_of_a_commune_that_was_split_stay_visible_as_not_allocated(place, hoa):
    split = Lineage.objects.filter(whole=False, old__level="base", new__placements__parent=place.today).first().old
    accept(deed(split, APRIL, values={"count": 4}), by=hoa)
    parts = breakdown(place.today, [measure("groups")], TERM, View.TODAY, TODAY)
    assert {line.label: line.figures[0].text for line in parts.lines}["Chưa phân bổ"] == "4"
    assert parts.total[0].text == "4"
