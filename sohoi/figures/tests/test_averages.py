"""Averages: what two measures make with a unit of its own and stated decimals, never per cent; money per person too."""

import io
import zipfile
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from sohoi.figures.read import figure
from sohoi.goals.read import MET, review
from sohoi.goals.tests.test_counting import HEAD, target
from sohoi.goals.write import load_resolution
from sohoi.ledger.amounts import amount
from sohoi.ledger.declare import load_folders
from sohoi.ledger.known import measures_named
from sohoi.ledger.write import accept
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.read.papers import review_paper
from sohoi.reports.tests.test_review import ON, sentences
from sohoi.reports.writers import xlsx
from tests.people import deed

MEASURES = """
[my-per-gift]
label = "Tiền bình quân mỗi phần quà"
count = "đồng/phần"
over = "house-gift-money"
under = "house-gifts"
places = 0
[my-groups]
label = "Số tổ bình quân mỗi phần quà"
count = "tổ/phần"
over = "house-groups"
under = "house-gifts"
"""


def declare(tmp_path, more="places = 1"):
    (tmp_path / "measures.toml").write_text(MEASURES + more, "utf-8")
    load_folders([("my-xuyen", tmp_path)])


@pytest.fixture
def told(place, lan, mai, tmp_path):
    """23 groups, 10 gifts worth 450 million and some."""
    declare(tmp_path)
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    accept(deed(place.town, date(2024, 4, 16), "house-gift", values={"count": 10, "money": 450_123_456}), by=mai)


def test_an_average_is_exact_and_written_with_its_decimals(told, place):
    out = StringIO()
    call_command("figure", "my-groups", "--unit", "31684@2015-01-01", "--period", "2024", stdout=out)
    assert "2,3" in out.getvalue()
    assert "%" not in out.getvalue()
    named = measures_named(["my-per-gift", "my-groups"])
    money = figure(named["my-per-gift"], place.town, parse("2024"))
    assert (money.text, str(money.value)) == ("45.012.346", "225061728/5")
    assert amount(named["my-groups"], money.value / 10**9) == "chưa đến 0,1 tổ/phần"


def test_an_average_is_held_against_a_goal_and_said_in_a_sentence(told, place, tmp_path):
    keys = 'goal = 2\nwords = "difference"\nsection = "family"\n'
    keys += 'say = "bình quân {result} tổ, {my-per-gift:triệu,1} đồng/phần"'
    path = tmp_path / "dem.toml"
    path.write_text(HEAD + target("a", ("my-groups", keys)), "utf-8")
    resolution = load_resolution(path)
    assert review(resolution, ON).criteria()["a1"].state == MET
    paper = review_paper(resolution, ON)
    assert "Bình quân 2,3 tổ, 45 triệu đồng/phần, vượt 0,3 tổ/phần so với chỉ tiêu." in sentences(paper)


def test_in_excel_an_average_shows_the_decimals_that_its_measure_states(told, place, client, hoa, tmp_path):
    client.force_login(hoa)
    asked = {"u": place.town.code, "m": ["my-groups", "my-per-gift"], "k": "Y", "y": "2024"}
    table = client.get(reverse("figures-file"), asked).content
    path = tmp_path / "dem.toml"
    path.write_text(HEAD + target("a", ("my-groups", "goal = 2")), "utf-8")
    paper = xlsx.write(review_paper(load_resolution(path), ON))
    for book in (table, paper):
        with zipfile.ZipFile(io.BytesIO(book)) as inside:
            assert 'formatCode="#,##0.0"' in inside.read("xl/styles.xml").decode()


@pytest.mark.parametrize("more", ["", "places = 4", 'places = "1"'])
def test_an_average_states_its_decimals(db, tmp_path, more):
    with pytest.raises(Refusal, match="places"):
        declare(tmp_path, more)


def test_per_cent_has_no_decimals_of_its_own(db, tmp_path):
    (tmp_path / "measures.toml").write_text(
        'my-rate = { label = "X", count = "%", over = "house-groups", under = "house-gifts", places = 1 }', "utf-8"
    )
    with pytest.raises(Refusal, match="places"):
        load_folders([("my-xuyen", tmp_path)])
