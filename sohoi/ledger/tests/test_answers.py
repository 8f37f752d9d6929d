"""Answers as they are handed in: what counts as a whole number, a day, yes and no; everything else is a sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.ledger.answers import checked_values
from sohoi.ledger.kinds import Field, KindBody
from sohoi.ledger.shapes import LARGEST
from sohoi.refusal import Refusal
from sohoi.vietnamese import number

COUNT = Field("count", "Số tổ", "number", min=-LARGEST)


def told(field, value):
    """The answer as the gate would keep it."""
    kind = KindBody("k", "Việc", None, "unit", (field,), ())
    return checked_values(kind, {field.code: value})[field.code]


@given(st.integers(-LARGEST, LARGEST), st.sampled_from([int, str, number, "  {} ".format, lambda n: f" {number(n)}\t"]))
def test_a_whole_number_is_kept_as_it_was_meant_however_it_was_written(n, write):
    assert told(COUNT, write(n)) == n


@given(st.one_of(st.text(), st.text("0123456789.-, "), st.floats(), st.booleans(), st.binary(), st.integers()))
def test_anything_else_is_a_sentence_and_never_another_number(value):
    text = value.strip() if isinstance(value, str) else ""
    plain = re.fullmatch(r"-?[0-9]+|-?[0-9]{1,3}(\.[0-9]{3})+", text)
    meant = int(text.replace(".", "")) if plain else value if type(value) is int else None
    if meant is not None and abs(meant) <= LARGEST:
        assert told(COUNT, value) == meant
    else:
        with pytest.raises(Refusal, match="Số tổ"):
            told(COUNT, value)


@pytest.mark.parametrize(
    "value",
    ["1.5", "0.5", "2.5.0", "--5", "1.0000", "1.200.3", ".500", "1,5", "1 000", "1_0", "٣", "1e3", "9" * 5000, True,
     1.0, [1], {"a": 1}, "−5"],
)  # fmt: skip
def test_what_is_no_whole_number_is_said_so(value):
    with pytest.raises(Refusal, match="phải là số nguyên|lớn quá mức"):
        told(COUNT, value)


@pytest.mark.parametrize(("value", "kept"), [("2024-04-15", "2024-04-15"), (" 5/4/2024 ", "2024-04-05")])
def test_a_day_is_kept_in_one_way(value, kept):
    assert told(Field("handed", "Ngày trao", "date"), value) == kept


@pytest.mark.parametrize("value", [20240415, "20240415", "2024-W16-1", "1_0/4/2024", "1/4/24", "mai", True, "0/0/0000"])
def test_what_is_no_day_is_said_so(value):
    with pytest.raises(Refusal, match="Ngày trao"):
        told(Field("handed", "Ngày trao", "date"), value)


@pytest.mark.parametrize("value", [1, 0, 1.0, "có", [True]])
def test_yes_and_no_are_no_numbers(value):
    with pytest.raises(Refusal, match="phải trả lời Có hoặc Không"):
        told(Field("outside", "Có nguồn ngoài", "yes-no"), value)


@pytest.mark.parametrize("kind", ["text", "number", "date"])
def test_blanks_are_no_answer(kind):
    with pytest.raises(Refusal, match="Chưa điền “Nơi tặng”"):
        told(Field("giver", "Nơi tặng", kind), " \t ")
