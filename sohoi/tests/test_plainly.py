"""What a command says of bad input, and what it must not swallow."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sohoi import periods, vietnamese
from sohoi.plainly import UNREADABLE, said_plainly
from sohoi.refusal import Refusal


def test_a_refusal_ends_a_command_with_its_sentence():
    with pytest.raises(CommandError, match=r"^Không có đơn vị này\.$"), said_plainly():
        raise Refusal("Không có đơn vị này.", "unit")


def test_words_that_are_no_utf_8_are_said_so():
    with pytest.raises(CommandError, match=UNREADABLE), said_plainly():
        "\udcff".encode()


@pytest.mark.parametrize("error", [ValueError("Invalid isoformat string: ''"), KeyError("unit"), RuntimeError("X")])
def test_a_fault_of_the_program_keeps_its_trace_however_its_sentence_begins(error):
    with pytest.raises(type(error)) as caught, said_plainly():
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    "words",
    [lambda: periods.parse("quý một"), lambda: periods.parse("2024-02-30"), lambda: periods.parse("2024..2023"),
     lambda: vietnamese.clean_text("a\x00"), lambda: vietnamese.attained(1, 0), lambda: vietnamese.exceeded(1, 2)],
)  # fmt: skip
def test_what_the_lowest_floor_refuses_is_a_refusal(words):
    with pytest.raises(Refusal):
        words()


def test_a_long_unreadable_period_is_not_repeated_whole():
    with pytest.raises(Refusal) as caught:
        periods.parse("x" * 10_000)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "words",
    [
        ("figure", "\udcff", "--unit", "TW", "--period", "2024"),
        ("attainment", "\udcff"),
        ("report", "giua-nhiem-ky", "--unit", "\udcff", "--out", "x.docx"),
        ("giveoffice", "chi-moi", "--unit", "\udcff", "--role", "base-chair"),
        ("accept", "viec.jsonl", "--as", "\udcff"),
    ],
)
def test_every_command_says_that_its_words_are_no_utf_8(db, words):
    with pytest.raises(CommandError, match=UNREADABLE):
        call_command(*words)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("2024-02-30", "Không đọc được ngày “2024-02-30”"), ("mai", "Viết theo mẫu"), ("9999-12-31", "bỏ --last")],
)
def test_a_day_of_an_office_that_is_none_is_said(place, day, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("giveoffice", "chi-moi", "--name", "Chị Mới", "--unit", "92@2025-07-01",
                     "--role", "province-officer", "--first", "2025-07-01", "--last", day)  # fmt: skip
