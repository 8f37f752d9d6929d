"""A figure month by month: the months add up to the figure, whatever is stored, queued or broken off."""

from datetime import date

import pytest

from sohoi.figures.read import figure, level_figures
from sohoi.figures.series import balances, by_month
from sohoi.ledger.models import Record
from sohoi.ledger.totals import fold
from sohoi.ledger.write import accept, void
from sohoi.periods import between, month_index, parse
from sohoi.refusal import Refusal
from sohoi.units.models import View
from tests.people import deed, measure

TERM = parse("2021-07-15..2024-05-11")


@pytest.fixture
def founded(place, hoa):
    """Deeds in four months, one before the term and one after its last day, one taken back."""
    for day in (date(2021, 7, 14), date(2021, 7, 15), date(2022, 3, 1), date(2024, 5, 11), date(2024, 5, 12)):
        accept(deed(place.branch, day), by=hoa)
    accept(deed(place.district, date(2022, 3, 31), values={"count": 4}), by=hoa)
    back = accept(deed(place.other, date(2023, 1, 1)), by=hoa).draft
    void(Record.objects.get(pk=back.id), "nhầm", by=hoa)


@pytest.mark.parametrize("folded", [False, True], ids=["queued", "folded"])
@pytest.mark.parametrize("view", View.values)
def test_months_add_up_to_the_figure(place, founded, folded, view):
    if folded:
        fold()
    top = place.district if view == View.WAS else place.today
    for unit in (top, place.branch, place.centre):
        months = by_month(measure("groups"), unit, TERM, view)
        assert sum(months.values()) == figure(measure("groups"), unit, TERM, view).value
    assert by_month(measure("groups"), top, TERM, view) == {
        month_index(date(2021, 7, 1)): 1, month_index(date(2022, 3, 1)): 5, month_index(date(2024, 5, 1)): 1,
    }  # fmt: skip


def test_a_level_s_own_deeds_alone(place, founded):
    own = by_month(measure("groups"), place.district, TERM, View.WAS, "district")
    assert own == {month_index(date(2022, 3, 1)): 4}
    said = level_figures(place.district, [measure("groups")], TERM, View.WAS, "district")
    assert said[measure("groups").pk].value == 4


@pytest.mark.parametrize("code", ["members", "women", "households-visited", "rate"])
def test_what_is_no_sum_of_months_is_refused(place, code):
    with pytest.raises(Refusal, match="không cộng dồn theo tháng"):
        by_month(measure(code), place.district, TERM, View.WAS)


def test_a_sensitive_measure_has_no_months(place):
    with pytest.raises(Refusal, match="giữ kín"):
        by_month(measure("quiet"), place.centre, TERM, View.WAS)


@pytest.mark.parametrize("folded", [False, True], ids=["queued", "folded"])
def test_a_balance_is_followed_to_the_end_of_each_month(place, hoa, folded):
    members = measure("members")
    for day in (date(2023, 1, 9), date(2024, 1, 31), date(2024, 2, 1), date(2024, 4, 9), date(2024, 4, 20)):
        accept(deed(place.branch, day, "house-admission", values={"count": 2}), by=hoa)
    if folded:
        fold()
    for unit in (place.branch, place.heir, place.today):
        months = balances(members, unit, date(2024, 4, 10), 4)
        assert months == [
            (date(2024, 1, 31), 4), (date(2024, 2, 29), 6), (date(2024, 3, 31), 6), (date(2024, 4, 10), 8)
        ]  # fmt: skip
        for day, stood in months:
            assert figure(members, unit, between(day, day), View.TODAY).value == stood
    with pytest.raises(Refusal, match="không phải số dư"):
        balances(measure("groups"), place.branch, date(2024, 4, 10), 4)
