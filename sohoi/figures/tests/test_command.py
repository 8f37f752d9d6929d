"""The figure command: the same number as on the desk, for people and for programs."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi.ledger.write import accept
from tests.people import deed


def ask(*arguments):
    out = StringIO()
    call_command("figure", *arguments, stdout=out)
    return out.getvalue()


def test_a_figure_in_words_and_as_json(place, lan):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 2}), by=lan)
    asked = ("house-groups", "--unit", "947@2015-01-01", "--period", "2024-Q2")
    assert "Huyện Mỹ Xuyên - Quý II năm 2024 (theo địa giới tại thời điểm đó): 2" in ask(*asked)
    body = json.loads(ask(*asked, "--json", "--parts"))
    assert (body["value"], body["state"], body["unit"], body["view"]) == (2, "number", "947@2015-01-01", "was")
    assert [part["text"] for part in body["parts"] if part["state"] == "number"] == ["2"]


def test_a_bare_code_of_a_year_in_which_only_one_unit_bore_it_names_that_one(place, lan):
    accept(deed(place.branch, date(2025, 4, 15), values={"count": 2}), by=lan)
    assert "Huyện Mỹ Xuyên - Năm 2025 (theo địa giới tại thời điểm đó): 2" in ask(
        "house-groups", "--unit", "947", "--period", "2025"
    )
    with pytest.raises(CommandError, match="chưa rõ là đơn vị nào"):
        ask("house-groups", "--unit", "947", "--period", "2026")


def test_a_ratio_as_json_is_two_whole_numbers(place, lan):
    accept(deed(place.branch, date(2024, 1, 1), "house-women-declared", values={"count": 3}), by=lan)
    accept(deed(place.branch, date(2024, 1, 1), "house-admission", values={"count": 2}), by=lan)
    body = json.loads(ask("house-rate", "--unit", "947@2015-01-01", "--period", "2024", "--json"))
    assert (body["value"], body["text"]) == ([2, 3], "66,67%")


def test_a_unit_younger_than_the_days_says_what_is_left_out(place, lan):
    accept(deed(place.branch, date(2024, 4, 15), values={"count": 23}), by=lan)
    term = ("house-groups", "--unit", "92", "--period", "2024-01-01..2025-08-18")
    assert "có từ ngày 01/7/2025: những gì các đơn vị nhập vào đã làm trước ngày ấy chưa cộng ở đây" in ask(*term)
    assert ask(*term, "--view", "today").endswith("(theo địa giới hiện nay): 23\n")
    old = ask("house-groups", "--unit", "947@2015-01-01", "--period", "2014-01-01..2024-12-31")
    assert "có từ ngày" not in old  # the map begins in 2015: nothing of hers is elsewhere


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("khong-co", "--unit", "947@2015-01-01", "--period", "2024"), "Không có đầu số liệu"),
        (("house-groups", "--unit", "la", "--period", "2024"), "Không có đơn vị"),
        (("house-groups", "--unit", "947@2015-01-01", "--period", "2024-13"), "2024"),
        (("house-quiet", "--unit", "947@2015-01-01", "--period", "2024-04"), "giữ kín"),
        (("house-groups", "--unit", "31684", "--period", "2000"), "chưa rõ là đơn vị nào"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_a_sentence(place, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(*arguments)
