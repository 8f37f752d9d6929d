"""What published reports count beside N/M: exceeded and just met, groups and criteria, before their time, by how much
a goal was passed, what changed since the term began, goals that are the most a result may be."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from sohoi.goals.models import Rank
from sohoi.goals.read import MET, NO_DATA, NO_GOAL, UNMET, assigned, overall, review
from sohoi.goals.tests.test_attainment import ON, load
from sohoi.goals.write import give_target
from sohoi.ledger.write import accept
from sohoi.refusal import Refusal
from tests.people import deed

HEAD = """
code = "dem"
title = "Nghị quyết dùng để đếm"
unit = "947@2015-01-01"
term = { first = 2021-07-01, last = 2026-06-30 }
"""
TARGET = '[[target]]\ncode = "{0}"\nlabel = "{0}"\n{1}\n'
CRITERION = '[[target.criterion]]\ncode = "{0}"\nlabel = "{0}"\nmeasure = "{1}"\n{2}\n'


def target(code, *criteria, more=""):
    told = (CRITERION.format(f"{code}{at}", measure, keys) for at, (measure, keys) in enumerate(criteria, start=1))
    return TARGET.format(code, more) + "".join(told)


def loose(measure, keys):
    return f'[[criterion]]\ncode = "x"\nlabel = "X"\nmeasure = "{measure}"\n{keys}\n'


RATE = '[[criterion]]\ncode = "y"\nlabel = "Y"\nmeasure = "house-rate"\nchange = true\n'


@pytest.fixture
def told(place, lan, mai):
    """23 groups and 6 gifts worth 13 billion."""
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    accept(deed(place.town, date(2024, 4, 16), "house-gift", values={"count": 6, "money": 13 * 10**9}), by=mai)


def test_n_of_m_is_split_into_exceeded_and_just_met_with_how_far_they_came(place, told, tmp_path):
    body = target("a", ("house-groups", "goal = 10")) + target("b", ("house-gifts", "goal = 6"))
    seen = review(load(tmp_path, HEAD + body + target("c", ("house-groups", "goal = 20"))), ON)
    whole = seen.tally()
    assert (whole.met, whole.count, whole.exceeded, whole.just) == (3, 3, 2, 1)
    assert overall(seen) == (
        "đạt, vượt 3/3 chỉ tiêu, trong đó 2 chỉ tiêu vượt (đạt từ 115% đến 230%), 1 chỉ tiêu đạt; "
        "có 3 chỉ tiêu hoàn thành trước thời hạn"
    )
    assert review(seen.resolution, date(2026, 6, 30)).tally().early == 0


def test_what_may_still_change_is_not_done_before_its_time(place, told, tmp_path):
    body = target("a", ("house-groups", "goal = 10"), ("house-gifts", "goal = 3\nyearly = true"))
    assert review(load(tmp_path, HEAD + body), ON).tally().early == 0


def test_groups_and_criteria_are_counted_too_and_a_group_says_how_many_are_enough(place, told, tmp_path):
    group = '[[group]]\ncode = "g"\nlabel = "Nhóm"\nenough = 1\n'
    body = group + target("a", ("house-groups", "goal = 10"), ("house-gifts", "goal = 6"), more='group = "g"')
    body += target("b", ("house-gifts", "goal = 7"), more='group = "g"')
    seen = review(load(tmp_path, HEAD + body), ON)
    assert [seen.tally(rank).text for rank in (Rank.GROUP, Rank.TARGET, Rank.CRITERION)] == ["1/1", "1/2", "2/3"]
    assert overall(seen).startswith("đạt, vượt 1/1 nhóm chỉ tiêu, 1/2 chỉ tiêu, 2/3 tiêu chí, trong đó ")


def test_a_target_without_a_number_is_in_no_m_and_one_without_data_is(place, told, tmp_path):
    group = '[[group]]\ncode = "g"\nlabel = "Nhóm"\n'
    body = group + target("a", ("house-groups", "goal = 10"), more='group = "g"')
    body += target("b", ("house-gifts", ""), more='group = "g"') + target("c", ("house-women", ""), more='group = "g"')
    body += target("d", ("house-members", "goal = 7"), more='group = "g"')
    seen = review(load(tmp_path, HEAD + body), ON)
    assert [t.state for t in seen.clauses[0].children] == [MET, NO_GOAL, NO_GOAL, NO_DATA]
    assert (seen.clauses[0].share, seen.tally().text, seen.unnumbered) == (" (1/2 chỉ tiêu)", "1/2", 2)
    assert seen.clauses[0].state == NO_DATA


@pytest.mark.parametrize(("enough", "state"), [(1, MET), (2, NO_DATA), (3, UNMET)])
def test_a_target_says_how_many_criteria_are_enough(place, told, tmp_path, enough, state):
    criteria = ("house-groups", "goal = 10"), ("house-members", "goal = 7"), ("house-gifts", "goal = 7")
    seen = review(load(tmp_path, HEAD + target("a", *criteria, more=f"enough = {enough}")), ON)
    assert seen.targets()[0].state == state


@pytest.mark.parametrize(
    ("measure", "goal", "style", "words", "phrase"),
    [
        ("house-groups", 10, "difference", "vượt 13 tổ", "vượt 13 tổ so với chỉ tiêu"),
        ("house-groups", 55, "difference", "đạt 41,82%", "đạt 41,82% chỉ tiêu"),
        ("house-gift-money", 9 * 10**9, "difference", "vượt 4.000.000.000 đồng", None),
        ("house-groups", 10, "attained", "đạt 230%", "đạt 230% chỉ tiêu"),
        ("house-groups", 23, "attained", "đạt 100%", "đạt 100% chỉ tiêu"),
    ],
)
def test_what_passed_its_goal_is_said_as_the_unit_says_it(place, told, tmp_path, measure, goal, style, words, phrase):
    keys = f'goal = {goal}\nwords = "{style}"'
    found = review(load(tmp_path, HEAD + loose(measure, keys)), ON).criteria()["x"]
    assert (found.words, found.phrase) == (words, phrase or f"{words} so với chỉ tiêu")


@pytest.fixture
def levels(place, lan):
    """140 of 200 women before the term, 70 at the end of 2023, now 90 of 100."""
    for day, kind, count in (
        (date(2021, 6, 30), "house-women-declared", 200), (date(2021, 6, 30), "house-admission", 140),
        (date(2023, 6, 1), "house-leaving", 70),
        (date(2024, 3, 1), "house-women-declared", 100), (date(2024, 3, 1), "house-admission", 20),
    ):  # fmt: skip
        accept(deed(place.branch, day, kind, values={"count": count}), by=lan)


def test_a_rate_that_passed_its_goal_is_said_in_points_and_so_is_its_change(place, levels, tmp_path):
    body = loose("house-rate", 'goal = "80%"\nwords = "difference"\nchange = true')
    found = review(load(tmp_path, HEAD + body), ON).criteria()["x"]
    assert (found.result.text, found.words) == ("90%", "vượt 10 điểm phần trăm")
    assert found.phrase == "vượt 10 điểm phần trăm so với chỉ tiêu, tăng 20 điểm phần trăm so với đầu nhiệm kỳ"


def test_what_rates_lie_apart_is_printed_per_cent_where_the_criterion_asks_for_it(place, levels, tmp_path):
    body = loose("house-rate", 'goal = "80%"\nwords = "percent"\nchange = true')
    found = review(load(tmp_path, HEAD + body), ON).criteria()["x"]
    assert found.phrase == "vượt 10% so với chỉ tiêu, tăng 20% so với đầu nhiệm kỳ"
    share = 'goal = "5%"\nwords = "percent"\nshape = "share"\nlevel = "base"\nthreshold = "65%"'
    found = review(load(tmp_path, HEAD + loose("house-rate", share)), ON).criteria()["x"]
    assert found.words.startswith("vượt ")
    assert found.words.endswith("%")
    with pytest.raises(Refusal, match="“percent” chỉ dùng với tỷ lệ phần trăm, tỷ lệ đơn vị; .* Muốn nêu phần hơn"):
        load(tmp_path, HEAD + loose("house-groups", 'goal = 5\nwords = "percent"'))


def test_a_level_says_how_it_changed_since_the_term_began(place, levels, tmp_path):
    resolution = load(tmp_path, HEAD + loose("house-women", "change = true"))
    assert review(resolution, ON).criteria()["x"].change == "giảm 100 người so với đầu nhiệm kỳ"
    year = HEAD.replace("2021-07-01", "2024-01-01").replace("2026-06-30", "2024-12-31")
    resolution = load(tmp_path, year + loose("house-members", "change = true"))
    assert review(resolution, ON).criteria()["x"].change == "tăng 20 người so với đầu năm"
    out = StringIO()
    call_command("attainment", "dem", "--on", "2024-05-11", "--json", stdout=out)
    said = json.loads(out.getvalue())["clauses"][0]
    assert (said["before"], said["change"]) == ("70", "tăng 20 người so với đầu năm")


def test_a_change_is_not_said_of_units_that_had_not_declared_at_the_start(place, levels, mai, hoa, tmp_path):
    resolution = load(tmp_path, HEAD + loose("house-women", "change = true") + RATE)
    told = "chưa so được với đầu nhiệm kỳ vì khi ấy mới có số liệu của 1/11 đơn vị"
    accept(deed(place.commune, date(2024, 3, 1), "house-women-declared", values={"count": 50}), by=mai)
    assert [a.change for a in review(resolution, ON).criteria().values()] == [told, told]
    assert review(resolution, ON).criteria()["x"].before is None
    assert review(resolution, ON, place.town).criteria()["x"].change == "giảm 100 người so với đầu nhiệm kỳ"
    accept(deed(place.commune, date(2021, 6, 1), "house-women-declared", values={"count": 40}), by=mai)
    assert review(resolution, ON).criteria()["x"].change == "giảm 90 người so với đầu nhiệm kỳ"


def test_a_change_is_not_said_when_nothing_is_known_of_the_beginning(place, levels, tmp_path):
    early = HEAD.replace("2021-07-01", "2019-07-01")
    found = review(load(tmp_path, early + loose("house-women", "change = true")), ON).criteria()["x"]
    assert (found.result.text, found.change) == ("100", "")


def test_a_goal_may_be_the_most_that_a_result_may_be(place, told, tmp_path):
    body = target("a", ("house-gifts", "goal = 5\nat_most = true")) + target(
        "b", ("house-gifts", "goal = 6\nat_most = true")
    )
    seen = review(load(tmp_path, HEAD + body), ON)
    assert [(a.state, a.words) for a in seen.criteria().values()] == [(UNMET, "cao hơn 1 phần"), (MET, "đạt")]
    assert (seen.tally().met, seen.tally().exceeded, seen.tally().early) == (1, 0, 0)


def test_the_resolutions_of_units_above_are_counted_by_what_they_gave_this_unit(place, told, tmp_path):
    body = target("a", ("house-groups", "goal = 100")) + target("b", ("house-gifts", "goal = 100"))
    province = load(tmp_path, HEAD.replace("947@2015", "94@2015") + body)
    assert assigned(place.district, ON) == []
    give_target(province.clauses.get(code="a1"), place.district, 20)
    assert assigned(place.district, ON) == [province]
    assert review(province, ON, place.district).tally().text == "1/1"
    assert review(province, ON).tally().text == "0/2"
    assert assigned(place.district, date(2026, 7, 1)) == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (loose("house-groups", "change = true"), "“change” chỉ dùng với số lũy kế"),
        (loose("house-women", "change = true\nyearly = true"), "“change” chỉ dùng với kết quả của cả đơn vị"),
        (target("a", ("house-groups", "goal = 1"), more="enough = 2"), "“enough” là 2 nhưng chỉ có 1 tiêu chí"),
        (target("a", ("house-groups", "goal = 1"), more="enough = 0"), "“enough” phải là số nguyên từ 1 đến 1000"),
        (loose("house-groups", 'words = "la"'), "words phải là"),
        (
            loose("house-groups", 'shape = "each"\nlevel = "base"\nthreshold = 1\nat_most = true'),
            "“at_most” không dùng với “each”",
        ),
    ],
)
def test_what_cannot_be_said_is_refused(place, tmp_path, body, sentence):
    with pytest.raises(Refusal, match=sentence):
        load(tmp_path, HEAD + body)
