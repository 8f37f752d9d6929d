"""The figures of the two published reviews, each computed from the made-up deeds and compared as a number."""

from datetime import date
from fractions import Fraction

import pytest

from sohoi.figures.read import figure, figures_of
from sohoi.goals.read import MET, NO_DATA, NO_GOAL, UNMET
from sohoi.ledger.models import Measure
from sohoi.periods import parse
from sohoi.units.models import Level, View
from sohoi.units.read import below

# Mỹ Xuyên: criterion -> (result, goal, words, state)
MY_XUYEN = {
    "1.1": (23, 55, "đạt 41,82%", UNMET),
    "2.1": (165, 110, "vượt 50%", MET),
    "2.2": (97, 50, "vượt 94%", MET),
    "2.3": (6, 1, "vượt 500%", MET),
    "3.1": (None, Fraction(80, 100), "", NO_DATA),
    "4.1": (235, 110, "vượt 113%", MET),
    "5.1": (3495, 4450, "đạt 78,54%", UNMET),
    "6.1": (1, 1, "đạt 100%", MET),
    "6.2": (1, 1, "đạt 100%", MET),
    "7.1": (4, 3, "vượt 33%", MET),
    "7.2": (8, 5, "vượt 60%", MET),
    "7.3": (33, None, "", NO_GOAL),
    "7.4": (44, 5, "đạt 880%, vượt 780%", MET),
    "8.1": (166, 110, "vượt chỉ tiêu đề ra", MET),
    "online-turns": (72, None, "", NO_GOAL),
}
# Quận 1: criterion -> (result, as it is written)
QUAN_1 = {
    "online-groups": (181, "181"),
    "special-branches": (6, "6"),
    "units-with-model": (Fraction(70, 100), "70%"),
    "units-rate-65": (1, "100%"),
    "gathering-rate": (Fraction(7885, 10000), "78,85%"),
    "wards-registered": (1, "10/10"),
    "lanes": (10, "10"),
    "gifts": (1298, "1.298"),
    "gift-money": (478_250_000, "478.250.000 đồng"),
    "scholarships": (378, "378"),
    "study-corners": (23, "23"),
    "scholarship-money": (700_900_000, "700.900.000 đồng"),
    "homes-given": (5, "5"),
    "homes-repaired": (5, "5"),
    "livelihoods": (9, "9"),
    "awards": (7, "7"),
}


@pytest.mark.parametrize("code", MY_XUYEN)
def test_each_result_of_my_xuyen_is_computed_and_said_in_the_right_words(demo, code):
    found = demo.my_xuyen_review.criteria()[code]
    value, goal, words, state = MY_XUYEN[code]
    assert found.result.value == value
    assert (found.goal, found.words, found.state) == (goal, words, state)


def test_all_criteria_of_both_reviews_are_checked_here(demo):
    assert list(demo.my_xuyen_review.criteria()) == list(MY_XUYEN)
    assert list(demo.quan_1_review.criteria()) == list(QUAN_1)


def test_five_of_eight_targets_are_met(demo):
    review = demo.my_xuyen_review
    assert [t.state for t in review.targets()] == [UNMET, MET, NO_DATA, MET, UNMET, MET, MET, MET]
    assert (review.met, review.count) == (5, 8)


def test_both_congresses_set_two_breakthroughs_and_three_key_tasks(demo):
    for review in (demo.my_xuyen_review, demo.quan_1_review):
        assert len(review.of_rank("breakthrough")) == 2
        assert len(review.of_rank("key-task")) == 3


def test_hang_nam_is_true_of_each_complete_year(demo):
    households = demo.my_xuyen_review.criteria()["2.1"]
    assert [(year, f.value) for year, f in households.result.years] == [(2022, 165), (2023, 165)]
    heads = demo.my_xuyen_review.criteria()["6.1"]
    assert [(year, f.value) for year, f in heads.result.years] == [(2022, 1), (2023, 1)]
    assert households.yearly_met
    assert heads.yearly_met


def test_households_and_women_are_counted_once_and_turns_as_often_as_they_came(demo):
    def value(code, period):
        return figure(Measure.objects.get(code=code), demo.my_xuyen, parse(period)).value

    assert (value("hard-households-helped", "2022"), value("household-help-times", "2022")) == (165, 193)
    term = "2021-07-01..2024-05-11"
    assert (value("women-owners-supported", term), value("women-owner-support-times", term)) == (97, 118)
    assert (value("families-at-standard", term), value("family-standard-times", term)) == (235, 252)
    assert (value("staff-training-turns-online", term), value("staff-training-turns", term)) == (72, 107)


def test_a_target_of_the_district_leaves_out_what_its_communes_did(demo):
    period = demo.my_xuyen_review.period
    codes = ("oversight-rounds", "drafts-critiqued", "drafts-commented")
    measures = {m.code: m for m in Measure.objects.filter(code__in=codes)}
    said = figures_of([demo.my_xuyen], list(measures.values()), period, View.WAS)
    whole = [said[(demo.my_xuyen.pk, measures[code].pk)].value for code in codes]
    assert whole == [4 + 12, 8 + 3, 44 + 6]


@pytest.mark.parametrize("code", QUAN_1)
def test_each_result_of_quan_1_is_computed(demo, code):
    found = demo.quan_1_review.criteria()[code]
    value, text = QUAN_1[code]
    assert (found.result.value, found.result.text) == (value, text)
    assert (found.state, found.words, found.goal) == (NO_GOAL, "", None)


def test_shares_of_wards_name_how_many_of_how_many(demo):
    criteria = demo.quan_1_review.criteria()
    counted = {code: (criteria[code].result.reached, criteria[code].result.asked) for code in QUAN_1}
    assert counted["units-with-model"] == (7, 10)
    assert counted["units-rate-65"] == (10, 10)
    assert counted["wards-registered"] == (10, 10)
    limits = {code: Fraction(criteria[code].clause.threshold) for code in ("units-with-model", "units-rate-65")}
    assert limits == {"units-with-model": 1, "units-rate-65": Fraction(65, 100)}


def test_every_ward_gathers_at_least_65_percent(demo):
    measure = Measure.objects.select_related("over", "under").get(code="gathering-rate")
    wards = list(below(demo.quan_1, date(2024, 5, 4), Level.BASE))
    rates = [f.value for f in figures_of(wards, [measure], demo.quan_1_review.period, View.WAS).values()]
    assert len(rates) == 10
    assert min(rates) >= Fraction(65, 100)


def test_joint_money_is_one_sum_and_belongs_to_neither_part(demo):
    assert not Measure.objects.filter(code__in=("scholarship-money", "study-corner-money")).exists()
    measure = Measure.objects.get(code="scholarship-and-corner-money")
    assert figure(measure, demo.quan_1, demo.quan_1_review.period).text == "700.900.000 đồng"


def test_gifts_of_two_programmes_are_one_count_and_can_still_be_told_apart(demo):
    codes = ("spring-gifts", "community-day-gifts")
    parts = [figure(Measure.objects.get(code=code), demo.quan_1, demo.quan_1_review.period).value for code in codes]
    assert all(parts)
    assert sum(parts) == 1298


def test_lanes_registered_are_not_lanes_done(demo):
    done = figure(Measure.objects.get(code="lanes-done"), demo.quan_1, demo.quan_1_review.period)
    assert done.raw.amount == 0


def test_the_resolution_of_quan_1_is_told_without_attainment(demo):
    assert (demo.quan_1_review.met, demo.quan_1_review.count) == (0, 0)


def test_the_terminal_shows_the_table_and_the_count_of_targets_met(demo):
    table = demo.outcome.table
    assert table.endswith("Đạt, vượt 5/8 chỉ tiêu.")
    for words in ("23 tổ", "đạt 41,82%", "165 hộ/năm", "vượt 113%", "đạt 880%, vượt 780%", "vượt chỉ tiêu đề ra"):
        assert words in table
    assert max(map(len, table.splitlines())) <= 115
