"""Resolution files: docs/resolutions.md names every key of the language, its example loads, ours is said."""

import re
import tomllib
from pathlib import Path

import pytest

from demo.load import RESOLUTIONS
from sohoi.goals.declare import CRITERION, GROUP, TARGET, TOP, read_resolution
from sohoi.goals.read import review
from sohoi.goals.write import load_resolution
from sohoi.reports.forms import form_named

PAGE = (Path(__file__).parents[2] / "docs" / "resolutions.md").read_text("utf-8")
FILES = sorted(RESOLUTIONS.glob("*.toml"))


@pytest.mark.parametrize(
    ("heading", "words"),
    [("Đầu tệp", TOP), ("Nhóm chỉ tiêu", GROUP), ("Chỉ tiêu", TARGET), ("Tiêu chí", CRITERION)],
)
def test_the_page_names_every_key_and_no_other(heading, words):
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)) == sorted(words)


def test_the_example_on_the_page_loads_and_is_judged(demo, tmp_path):
    path = tmp_path / "mau.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1], "utf-8")
    resolution = load_resolution(path)
    seen = review(resolution, resolution.term_last)
    assert [c.clause.code for c in seen.targets()[0].children] == ["1a", "1b"]
    assert seen.criteria()["1a"].goal == 300
    assert [year for year, _ in seen.criteria()["1a"].result.years] == [2022, 2023, 2024]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_goal_that_the_source_does_not_print_says_why_it_is_ours(path):
    body = tomllib.loads(path.read_text("utf-8"))
    assert read_resolution(body, path.name).ours["term"]
    for target in body.get("target", []):
        assert target["ours"]
        assert all(criterion["ours"] for criterion in target["criterion"])
    assert not any("goal" in criterion for criterion in body["criterion"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sentence_stands_in_a_section_of_the_form(path):
    sections = {section.code for section in form_named("giua-nhiem-ky").sections}
    body = tomllib.loads(path.read_text("utf-8"))
    criteria = [c for t in body.get("target", []) for c in t["criterion"]] + body["criterion"]
    assert {c["section"] for c in criteria if "say" in c} <= sections
