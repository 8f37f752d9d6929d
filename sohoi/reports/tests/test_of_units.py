"""Sentences of a resolution that say how many units reach a threshold, and of what a ratio is made."""

from datetime import date

from sohoi.goals.tests.test_counting import HEAD, loose
from sohoi.ledger.write import accept, confirm_month
from sohoi.reports.read.papers import review_paper
from sohoi.reports.tests.test_own_reviews import load
from sohoi.reports.tests.test_review import ON, sentences
from tests.people import deed


def test_a_ratio_and_a_share_of_units_can_be_said_with_part_and_whole(place, lan, tmp_path):
    accept(deed(place.branch, date(2024, 4, 1), "house-women-declared", values={"count": 200}), by=lan)
    accept(deed(place.branch, date(2024, 4, 1), "house-admission", values={"count": 141}), by=lan)
    body = loose("house-rate", 'say = "{part}/{whole} chị, đạt {result}"\nsection = "members"')
    share = (
        'shape = "share"\nlevel = "base"\nthreshold = "50%"\nsay = "{part}/{whole} cơ sở, {result}"\nsection = "family"'
    )
    body += loose("house-rate", share).replace('"x"', '"y"')
    said = sentences(review_paper(load(tmp_path, HEAD + body), ON))
    assert {"141/200 chị, đạt 70,5%.", "1/11 cơ sở, 9,09%."} <= set(said)


def test_units_that_told_nought_are_counted_though_the_whole_has_not_reported(place, hoa, tmp_path):
    for unit in (place.town, place.commune):
        for month in range(2021 * 12 + 6, 2024 * 12 + 5):
            confirm_month(unit, date(month // 12, month % 12 + 1, 1), by=hoa)
    keys = 'shape = "share"\nlevel = "base"\nthreshold = 1\nsection = "family"\nsay = "{part}/{whole} cơ sở có tổ'
    keys += '[, còn {below} cơ sở chưa có, chiếm {below:%,0}][, {untold} cơ sở chưa nói]"'
    said = sentences(review_paper(load(tmp_path, HEAD + loose("house-groups", keys)), ON))
    assert "0/11 cơ sở có tổ, còn 2 cơ sở chưa có, chiếm 18%, 9 cơ sở chưa nói." in said
