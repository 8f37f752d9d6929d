"""Attainment: results against promises, in words; years, shares, levels; three kinds of not met."""

from datetime import date

import pytest

from sohoi.goals.read import MET, NO_DATA, NO_GOAL, UNMET, resolutions, review
from sohoi.goals.write import give_target, load_resolution
from sohoi.ledger.write import accept, accept_many, confirm_month
from sohoi.refusal import Refusal
from tests.people import deed

ON = date(2024, 5, 11)
BODY = """
code = "thu"
title = "Nghị quyết dùng để thử"
unit = "947@2015-01-01"
term = { first = 2021-07-01, last = 2026-06-30 }
cut_off = 2024-05-11
breakthroughs = ["Ứng dụng công nghệ thông tin"]
key_tasks = ["Một", "Hai"]

[[group]]
code = "nhom"
number = "I"
label = "Nhóm một"

[[target]]
code = "ct1"
number = "1"
label = "Tổ"
group = "nhom"
[[target.criterion]]
code = "to"
label = "Tổ thành lập"
measure = "house-groups"
goal = 55

[[target]]
code = "ct2"
number = "2"
label = "Hộ và quà"
[[target.criterion]]
code = "ho"
label = "Hộ được thăm"
measure = "house-households-visited"
goal = 2
yearly = true
[[target.criterion]]
code = "qua"
label = "Quà của cơ sở"
measure = "house-gifts"
goal = 3
level = "base"
words = "both"

[[target]]
code = "ct3"
number = "3"
label = "Tỷ lệ đơn vị"
[[target.criterion]]
code = "ty-le"
label = "Cơ sở có từ 2 tổ"
measure = "house-groups"
shape = "share"
level = "base"
threshold = 2
goal = "15%"
[[target.criterion]]
code = "khong-giao"
label = "Không giao số"
measure = "house-gift-money"
"""


def load(tmp_path, body=BODY):
    path = tmp_path / "thu.toml"
    path.write_text(body, "utf-8")
    return load_resolution(path)


def test_a_total_is_held_against_the_whole_target_and_what_is_due_is_only_progress(place, lan, tmp_path):
    resolution = load(tmp_path)
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    to = review(resolution, ON).criteria()["to"]
    assert (to.state, to.words, to.result.text, to.due) == (UNMET, "đạt 41,82%", "23", 32)
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 32}), by=lan)
    assert review(resolution, ON).criteria()["to"].words == "đạt 100%"
    assert review(resolution, ON).criteria()["to"].state == MET


def test_a_deed_after_the_day_asked_does_not_count(place, lan, tmp_path):
    resolution = load(tmp_path)
    accept(deed(place.branch, date(2024, 5, 12), values={"count": 23}), by=lan)
    assert review(resolution, ON).criteria()["to"].state == NO_DATA
    assert review(resolution, date(2024, 5, 12)).criteria()["to"].result.text == "23"


def visit(unit, by, year, *names):
    accept_many([deed(unit, date(year, 6, 1), "house-visit", household=n) for n in names], by=by, door="t")


def test_a_yearly_target_is_judged_for_each_complete_year_and_the_lowest_speaks(place, lan, tmp_path):
    resolution = load(tmp_path)
    visit(place.branch, lan, 2022, "Chị A", "Chị B", "Chị C", "Chị D")
    visit(place.branch, lan, 2023, "Chị A", "Chị B", "Chị C")
    visit(place.branch, lan, 2024, "Chị A")
    visit(place.branch, lan, 2021, "Chị A")
    ho = review(resolution, ON).criteria()["ho"]
    assert [(year, f.text) for year, f in ho.result.years] == [(2022, "4"), (2023, "3")]
    assert (ho.state, ho.words, ho.yearly_met) == (MET, "vượt 50%", True)


def test_two_yearly_criteria_on_one_measure_with_and_without_a_level_stay_apart(place, lan, mai, tmp_path):
    yearly = 'measure = "house-gifts"\ngoal = 3\nlevel = "base"\nyearly = true'
    body = BODY.replace('measure = "house-gifts"\ngoal = 3\nlevel = "base"', yearly)
    more = body + '[[criterion]]\ncode = "moi-cap"\nlabel = "Quà"\nmeasure = "house-gifts"\nyearly = true\n'
    resolution = load(tmp_path, more)
    for year in (2022, 2023):
        accept(deed(place.branch, date(year, 5, 1), "house-gift", values={"count": 30}), by=lan)
        accept(deed(place.town, date(year, 5, 1), "house-gift", values={"count": 2}), by=mai)
    found = review(resolution, ON).criteria()
    assert (found["qua"].result.text, found["moi-cap"].result.text) == ("2", "32")


def test_one_year_below_its_goal_is_unmet_and_hang_nam_is_not_written(place, lan, tmp_path):
    resolution = load(tmp_path)
    visit(place.branch, lan, 2022, "Chị A", "Chị B", "Chị C", "Chị D")
    visit(place.branch, lan, 2023, "Chị A")
    ho = review(resolution, ON).criteria()["ho"]
    assert (ho.state, ho.words, ho.yearly_met) == (UNMET, "đạt 50%", False)


def test_a_year_that_nobody_told_of_is_no_data(place, lan, tmp_path):
    resolution = load(tmp_path)
    visit(place.branch, lan, 2022, "Chị A", "Chị B")
    assert review(resolution, ON).criteria()["ho"].state == NO_DATA
    assert review(resolution, date(2021, 12, 1)).criteria()["ho"].state == NO_DATA


def test_only_deeds_of_the_level_that_is_asked_count(place, lan, mai, tmp_path):
    resolution = load(tmp_path)
    accept(deed(place.branch, ON, "house-gift", values={"count": 100}), by=lan)
    accept(deed(place.town, ON, "house-gift", values={"count": 4}), by=mai)
    qua = review(resolution, ON).criteria()["qua"]
    assert (qua.result.text, qua.words) == ("4", "đạt 133,33%, vượt 33,33%")


def test_a_share_counts_units_that_reached_the_threshold_of_all_that_stood_there(place, lan, mai, tmp_path):
    resolution = load(tmp_path)
    accept(deed(place.branch, ON, values={"count": 2}), by=lan)
    accept(deed(place.other, ON, values={"count": 1}), by=mai)
    share = review(resolution, ON).criteria()["ty-le"]
    assert (share.result.reached, share.result.asked, share.result.text) == (1, 11, "9,09%")
    assert share.state == UNMET
    accept(deed(place.other, ON, values={"count": 1}), by=mai)
    assert review(resolution, ON).criteria()["ty-le"].words == "vượt 3,18 điểm phần trăm"


def test_a_target_is_met_when_all_its_criteria_are_and_n_of_m_counts_targets(place, lan, mai, tmp_path):
    resolution = load(tmp_path)
    seen = review(resolution, ON)
    assert (seen.met, seen.count) == (0, 3)
    assert {t.state for t in seen.targets()} == {NO_DATA}
    visit(place.branch, lan, 2022, "Chị A", "Chị B")
    visit(place.branch, lan, 2023, "Chị A", "Chị B")
    accept(deed(place.town, ON, "house-gift", values={"count": 3}), by=mai)
    assert review(resolution, ON).met == 1
    accept(deed(place.branch, ON, values={"count": 60}), by=lan)
    seen = review(resolution, ON)
    assert [t.state for t in seen.targets()] == [MET, MET, UNMET]
    group = seen.of_rank("group")[0]
    assert (group.state, group.met, len(group.children)) == (MET, 1, 1)


def test_a_criterion_without_a_goal_has_a_result_and_no_attainment(place, lan, tmp_path):
    resolution = load(tmp_path)
    accept(deed(place.branch, ON, "house-gift", values={"count": 1, "money": 250000}), by=lan)
    free = review(resolution, ON).criteria()["khong-giao"]
    assert (free.state, free.words, free.result.text) == (NO_GOAL, "", "250.000 đồng")


def test_a_confirmed_month_without_entries_is_zero_and_unmet(place, lan, hoa, tmp_path):
    resolution = load(tmp_path)
    early = date(2021, 8, 31)
    confirm_month(place.district, date(2021, 7, 1), by=hoa)
    assert review(resolution, early).criteria()["to"].state == NO_DATA
    confirm_month(place.district, date(2021, 8, 1), by=hoa)
    assert review(resolution, early).criteria()["to"].state == UNMET


def test_another_unit_below_has_its_own_goal_or_none(place, lan, tmp_path):
    resolution = load(tmp_path)
    accept(deed(place.branch, ON, values={"count": 2}), by=lan)
    clause = resolution.clauses.get(code="to")
    assert review(resolution, ON, place.town).criteria()["to"].state == NO_GOAL
    give_target(clause, place.town, 5)
    assert review(resolution, ON, place.town).criteria()["to"].words == "đạt 40%"


def test_one_record_feeds_several_resolutions(place, lan, tmp_path):
    first = load(tmp_path)
    province = load(tmp_path, BODY.replace('"thu"', '"thu-tinh"').replace("947@2015", "94@2015"))
    accept(deed(place.branch, ON, values={"count": 11}), by=lan)
    assert review(first, ON).criteria()["to"].result.text == review(province, ON).criteria()["to"].result.text == "11"
    assert {r.code for r in resolutions([place.district.pk, place.province.pk], ON)} == {"thu", "thu-tinh"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('measure = "house-groups"\ngoal = 55', 'measure = "khong-co"\ngoal = 55', "không có đầu số liệu “khong-co”"),
        ("goal = 55", "goal = 55.5", "viết số nguyên"),
        ("goal = 55", "gaol = 55", "không hiểu khóa “gaol”"),
        ("947@2015-01-01", "khong-co", "Không có đơn vị"),
        ('group = "nhom"', 'group = "la"', "không có trong tệp"),
        ('code = "qua"', 'code = "ho"', "dùng hai lần"),
        ("last = 2026-06-30", "last = 2020-06-30", "kết thúc trước khi bắt đầu"),
        ("term = {", "term = [", "không đọc được tệp"),
        ('shape = "share"', 'shape = "la"', "shape phải là"),
    ],
)
def test_a_broken_resolution_is_refused_with_its_place_and_nothing_is_kept(place, tmp_path, old, new, sentence):
    load(tmp_path)
    with pytest.raises(Refusal, match=sentence):
        load(tmp_path, BODY.replace(old, new))
    assert [r.clauses.count() for r in resolutions([place.district.pk], ON)] == [12]
