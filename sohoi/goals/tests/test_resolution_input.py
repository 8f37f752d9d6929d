"""Resolutions as somebody may write them: every wrong shape is a sentence that names the file, and nothing is kept."""

import tomllib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.goals.declare import exact, read_resolution
from sohoi.goals.models import Clause, Resolution
from sohoi.goals.tests.test_attainment import BODY, load
from sohoi.goals.write import give_target
from sohoi.refusal import Refusal

BAD_GOALS = ["1e5000", "1e3", "-5", "55.5", "65/0", "65/00", "/5", "5/", "%", "65%%", "5/6%", "٥", "1_0", "", "9" * 16,
             "1/" + "9" * 16, 5.0, True, None, [], 10**15, -1, 1 << 20000]  # fmt: skip


@pytest.mark.parametrize("goal", BAD_GOALS, ids=lambda goal: str(type(goal).__name__))
def test_a_goal_is_one_of_three_forms(goal):
    with pytest.raises(Refusal, match="thu.toml: (viết số nguyên|không được nhỏ hơn 0)"):
        exact(goal, "thu.toml")


@given(st.integers(0, 10**15 - 1), st.integers(1, 10**15 - 1))
def test_a_goal_is_read_exactly(over, under):
    assert exact(over, "") == exact(f" {over} ", "") == Fraction(over)
    assert exact(f"{over}/{under}", "") == Fraction(over, under)
    assert exact(f"{over}%", "") == Fraction(over, 100)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "thu"', 'code = 5'), ('code = "thu"', f'code = "{"k" * 61}"'), ('code = "thu"', 'code = " "'),
        ('title = "Nghị quyết dùng để thử"', 'title = ["a"]'), ('title = "Nghị', 'title = "\\u0000Nghị'),
        ('unit = "947@2015-01-01"', 'unit = 947'), ('first = 2021-07-01', 'first = 2021-07-01T00:00:00'),
        ('first = 2021-07-01', 'first = "mai"'), ('first = 2021-07-01', 'first = 0999-07-01'),
        ('last = 2026-06-30', 'last = 9999-12-31'), ('last = 2026-06-30', 'last = 5'), ('last = ', 'lost = '),
        ('term = {', 'term = 5 #'), ('cut_off = 2024-05-11', 'cut_off = 5'), ('["Ứng dụng công nghệ thông tin"]', '5'),
        ('["Ứng dụng công nghệ thông tin"]', '[5]'), ('["Một", "Hai"]', '[""]'), ('["Một", "Hai"]', '{ a = "b" }'),
        ('cut_off = 2024-05-11', 'cut_off = 2024-05-11\nours = 5'),
        ('cut_off = 2024-05-11', 'cut_off = 2024-05-11\nours = { a = 1 }'),
        ('cut_off = 2024-05-11', 'cut_off = 2024-05-11\nleading_zeros = 1'),
        ('cut_off = 2024-05-11', 'cut_off = 2024-05-11\ncriterion = 1'),
        ('cut_off = 2024-05-11', 'cut_off = 2024-05-11\ncriterion = [1]'),
        ('code = "nhom"\n', ''), ('label = "Nhóm một"\n', ''), ('label = "Nhóm một"', 'label = 1'),
        ('number = "I"', 'number = [1]'), ('number = "I"', 'number = true'), ('number = "I"', 'number = -1'),
        ('group = "nhom"', 'group = 5'), ('code = "ct1"', 'code = {}'), ('number = "1"', 'number = "1"\nours = 5'),
        ('measure = "house-groups"', 'measure = 5'), ('measure = "house-groups"', 'measure = ["house-groups"]'),
        ('goal = 55', 'goal = 55\nunits = ["a"]'), ('goal = 55', 'goal = 55\nunits = { "31684@2015-01-01" = "x" }'),
        ('goal = 55', 'goal = "1e5000"'), ('goal = 55', 'goal = 55\nsay = "a\\nb"'),
        ('goal = 55', 'goal = 55\nsay = 5'), ('goal = 55', 'goal = {}'),
        ('goal = 55', 'goal = 55\nsection = 5'), ('goal = 55', 'goal = 55\nregistered = "x"'),
        ('yearly = true', 'yearly = 1'), ('level = "base"', 'level = 5'), ('words = "both"', 'words = ["both"]'),
        ('shape = "share"', 'shape = 5'), ('threshold = 2', 'threshold = "hai"'), ('goal = 55', 'goal = 55\nours = 5'),
    ],
)  # fmt: skip
def test_a_resolution_of_another_shape_is_refused_with_its_file_and_nothing_is_kept(place, tmp_path, old, new):
    body = BODY.replace(old, new, 1)
    assert body != BODY
    with pytest.raises(Refusal, match=r"^thu\.toml"):
        load(tmp_path, body)
    assert not Resolution.objects.exists()


def test_a_target_has_a_criterion():
    body = tomllib.loads(BODY)
    body["target"][0]["criterion"] = []
    with pytest.raises(Refusal, match="thu.toml, chỉ tiêu “ct1”: cần ít nhất một tiêu chí"):
        read_resolution(body, "thu.toml")


def test_a_resolution_without_end_is_refused():
    body = {**tomllib.loads(BODY), "key_tasks": ["Một"] * 5000}
    with pytest.raises(Refusal, match="quá 1000 chỉ tiêu"):
        read_resolution(body, "thu.toml")


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=6,
)
PLACES = [(), ("term",), ("group", 0), ("target", 0), ("target", 1, "criterion", 0), ("target", 2, "criterion", 0)]
KEYS = ["code", "title", "unit", "term", "cut_off", "breakthroughs", "ours", "leading_zeros", "group", "target",
        "first", "criterion", "number", "label", "measure", "goal", "yearly", "shape", "level", "threshold", "words",
        "units", "say", "section", "registered"]  # fmt: skip


@given(st.sampled_from(PLACES), st.sampled_from(KEYS), JUNK)
def test_whatever_stands_under_a_key_the_answer_is_a_resolution_or_a_sentence(where, key, value):
    body = tomllib.loads(BODY)
    at = body
    for step in where:
        at = at[step]
    at[key] = value
    said = refused(body)
    assert said is None or "thu.toml" in said


def refused(body):
    """The sentence of a refusal; None when it was taken. Any other error is a fault and goes through."""
    try:
        read_resolution(body, "thu.toml")
    except Refusal as refusal:
        return str(refusal)
    return None


@pytest.mark.parametrize("measure", ["house-households-visited", "house-members", "house-women", "house-rate"])
def test_deeds_of_one_level_can_be_read_for_flows_only(place, tmp_path, measure):
    with pytest.raises(Refusal, match="thu.toml, tiêu chí “qua”: “level” chỉ dùng với số cộng trong kỳ"):
        load(tmp_path, BODY.replace('measure = "house-gifts"', f'measure = "{measure}"'))
    assert load(tmp_path, BODY.replace('measure = "house-groups"\nshape', f'measure = "{measure}"\nshape'))


@pytest.mark.parametrize(
    ("measure", "keys", "hole"),
    [
        ("house-rate", "", "below"),
        ("house-rate", "", "untold"),
        ("house-groups", "", "part"),
        ("house-groups", "", "whole"),
        ("house-quiet", 'shape = "share"\nlevel = "district"\nthreshold = 1\n', "part"),
        ("house-groups", 'shape = "share"\nlevel = "base"\nthreshold = 1\n', "house-grups"),
    ],
)
def test_a_hole_that_nothing_fills_is_refused_with_its_sentence(place, tmp_path, measure, keys, hole):
    told = f'measure = "{measure}"\n{keys}say = "{{{hole}}} nơi"\ngoal'
    with pytest.raises(Refusal, match=f"^thu.toml, tiêu chí “to”: câu “say” .*{hole}"):
        load(tmp_path, BODY.replace('measure = "house-groups"\ngoal', told, 1))


def test_a_hole_that_something_fills_is_taken(place, tmp_path):
    rate = 'measure = "house-rate"\nsay = "{part}/{whole}, {result}, {house-gifts} quà"\ngoal'
    load(tmp_path, BODY.replace('measure = "house-groups"\ngoal', rate, 1))
    share = 'shape = "share"\nlevel = "base"\nthreshold = 1\nsay = "{part}/{whole}, {below:%}, {untold}, {result}"'
    load(tmp_path, BODY.replace('measure = "house-groups"\ngoal', f'measure = "house-groups"\n{share}\ngoal', 1))
    assert Clause.objects.filter(say__contains="{untold}").exists()


def test_words_are_kept_composed(place, tmp_path):
    load(tmp_path, BODY.replace("Tổ thành lập", "T\u006f\u0302\u0309 thành lập"))
    assert Clause.objects.get(code="to").label == "Tổ thành lập"


def test_a_goal_given_to_a_unit_is_one_of_three_forms_too(place, tmp_path):
    clause = load(tmp_path).clauses.get(code="to")
    assert give_target(clause, place.town, "65%").goal == "13/20"
    with pytest.raises(Refusal, match="viết số nguyên"):
        give_target(clause, place.town, "1e5000")
