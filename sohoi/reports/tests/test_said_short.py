"""Money said in tỷ and triệu, as published reports word it, with the whole đồng behind."""

from datetime import date
from fractions import Fraction

import pytest

from sohoi.goals.tests.test_counting import HEAD, loose, target
from sohoi.ledger.write import accept
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.read.filling import drafted
from sohoi.reports.read.papers import review_paper
from sohoi.reports.regular import read_regular
from sohoi.reports.table import Cell, Table
from sohoi.reports.telling import Head, Teller
from sohoi.reports.tests.test_own_reviews import load
from sohoi.reports.tests.test_review import ON, sentences
from sohoi.reports.writers import html
from tests.people import deed

MONEY = "house-gift-money"


def give(place, mai, money, day=date(2024, 4, 15)):
    accept(deed(place.town, day, "house-gift", values={"count": 1, "money": money}), by=mai)


def test_money_is_said_in_ty_or_trieu_and_the_whole_dong_stand_beside_it(place, mai, tmp_path):
    give(place, mai, 275_812_345_000)
    resolution = load(tmp_path, HEAD + loose(MONEY, 'say = "vay {result:tỷ,1}"\nsection = "family"'))
    paper = review_paper(resolution, ON, link=lambda address: "/so-lieu")
    assert "Vay 275,8 tỷ đồng." in sentences(paper)
    assert 'title="275.812.345.000 đồng">275,8 tỷ đồng</a>' in html.write(paper)
    assert [shows for _, shows in paper.codes if shows.endswith(": 275.812.345.000 đồng")]


def test_what_is_less_than_one_ty_is_said_in_trieu_and_a_gap_as_the_result(place, mai, tmp_path):
    give(place, mai, 478_250_000)
    body = HEAD + loose(MONEY, 'say = "vận động {result:tỷ}"\nsection = "family"')
    assert "Vận động 478,25 triệu đồng." in sentences(review_paper(load(tmp_path, body), ON))
    give(place, mai, 12_521_750_000)
    goal = 'goal = 9000000000\nwords = "difference"\nsay = "quỹ hội đạt {result:tỷ}"\nsection = "family"'
    said = sentences(review_paper(load(tmp_path, HEAD + target("a", (MONEY, goal))), ON))
    assert "Quỹ hội đạt 13 tỷ đồng, vượt 4 tỷ đồng so với chỉ tiêu." in said


def test_a_goal_and_what_is_missing_are_not_rounded_what_lies_above_is(place, mai, tmp_path):
    for year, money in ((2022, 2_500_000), (2023, 2_500_000), (2024, 4_100_000_000)):
        give(place, mai, money, date(year, 4, 15))
    keys = 'goal = {}\n{}\nwords = "difference"\nsection = "family"\nsay = "vận động {{result:tỷ,1}}"'
    goals = ((5_154_000_000, ""), (5_105_000_000, ""), (3_000_000_000, ""), (3_000_000_000, "at_most = true"),
             (1_234_567_890, "yearly = true"))  # fmt: skip
    body = HEAD + target("a", *((MONEY, keys.format(*one)) for one in goals))
    assert {
        "a1: còn 1.049.000.000 đồng, hoàn thành trước ngày 30/6/2026.",
        "a2: còn 1 tỷ đồng, hoàn thành trước ngày 30/6/2026.",
        "Vận động 4,1 tỷ đồng, vượt 1,1 tỷ đồng so với chỉ tiêu.",
        "Vận động 4,1 tỷ đồng, cao hơn 1.105.000.000 đồng so với chỉ tiêu.",
        "a4: đã vượt mức trần 1.105.000.000 đồng, từ nay đến hết ngày 30/6/2026 không để phát sinh thêm.",
        "a5: mỗi năm ít nhất 1.234.567.890 đồng.",
    } <= set(sentences(review_paper(load(tmp_path, body), ON)))


def test_a_row_of_a_regular_report_says_its_money_short(place, mai, tmp_path):
    body = {
        "code": "thu", "label": "Thử", "since": date(2016, 1, 1), "levels": ["base"], "period": "month",
        "title": ["BÁO CÁO"], "subject": "{period}", "section": [{"code": "a", "heading": "I. SỐ LIỆU"}],
        "table": [{"section": "a", "title": "Bảng", "columns": ["period"],
                   "row": [{"measure": MONEY, "scale": "tỷ", "places": 1}]}],
    }  # fmt: skip
    give(place, mai, 275_812_345_000)
    form = read_regular(body, tmp_path / "form.toml")
    paper = Teller(drafted(form, place.town, parse("2024-04")), Head(ON)).paper()
    [row] = [row for block in paper.body if isinstance(block, Table) for row in block.rows]
    assert [cell.text for cell in row.cells] == ["Tiền quà", "đồng", "275,8 tỷ"]
    assert row.cells[2].whole == "275.812.345.000 đồng"
    body["table"][0]["row"] = [{"measure": MONEY, "places": 1}]
    with pytest.raises(Refusal, match="places"):
        read_regular(body, tmp_path / "form.toml")


def test_only_what_is_said_short_has_the_whole_dong_behind_it():
    assert Cell("478.250.000 đồng", 478_250_000, "money").whole == ""
    assert Cell("45,01 triệu", Fraction(225061728, 5), "money").whole == "45.012.346 đồng"
    assert Cell("8/10", Fraction(8, 10), "money").whole == ""
