"""Sensitive measures: only above the base, only whole years, only rounded, nothing below the threshold."""

from datetime import date

import pytest

from sohoi.figures.breakdown import breakdown
from sohoi.figures.read import figure, figures_of
from sohoi.figures.tests.test_figures import APRIL, TERM, TODAY, founded
from sohoi.ledger.write import accept
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.units.models import View
from tests.people import deed, measure

__all__ = ["founded"]  # the fixture


def test_a_sensitive_measure_says_only_that_something_happened(place, lan):
    accept(deed(place.branch, APRIL, "house-quiet", values={"count": 1}), by=lan)
    quiet = measure("quiet")
    fact = figure(quiet, place.district, parse("2024"))
    assert (fact.text, fact.has_address, fact.value) == ("có phát sinh", False, None)
    for unit, period in ((place.branch, "2024"), (place.town, "2024"), (place.district, "2024-04")):
        with pytest.raises(Refusal, match="giữ kín"):
            figure(quiet, unit, parse(period))
    with pytest.raises(Refusal, match="giữ kín"):
        breakdown(place.district, [quiet], TERM, View.WAS, TODAY)


def test_a_sensitive_number_is_rounded_and_no_day_can_be_found_out(place, lan):
    accept(deed(place.branch, date(2023, 3, 1), "house-quiet", values={"count": 23}), by=lan)
    accept(deed(place.branch, date(2024, 3, 2), "house-quiet", values={"count": 1}), by=lan)
    quiet = measure("quiet")
    assert figure(quiet, place.district, parse("2023")).text == "khoảng 20"
    assert figure(quiet, place.district, parse("2023-01-01..2024-12-31")).text == "khoảng 20"
    for last in ("2024-03-01", "2024-03-02"):
        with pytest.raises(Refusal, match="trọn năm"):
            figure(quiet, place.district, parse(f"2023-01-01..{last}"))
        said = figures_of([place.district], [quiet], parse(f"2023-01-01..{last}"), View.WAS)
        assert said[(place.district.pk, quiet.pk)].text == "khoảng 20", "a review counts whole years only"
