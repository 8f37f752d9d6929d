"""A paper frozen and thawed is the same paper; written down, it is written in one way."""

import dataclasses
import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoi.reports.frozen import canonical, freeze, thaw
from sohoi.reports.table import Address, Cell, Column, Paper, Paragraph, Row, Table
from sohoi.reports.tests import sample
from sohoi.vietnamese import nfc

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
days = st.dates()
values = st.none() | st.integers() | st.fractions()
addresses = st.none() | st.builds(Address, words, words, days, days, words, words)
kinds = st.sampled_from(["text", "number", "money", "percent"])
cells = st.builds(Cell, words, values, kinds, addresses, st.none(), st.none() | words)
styles = st.sampled_from(["body", "heading1", "heading2", "item"])
paragraphs = st.builds(Paragraph, st.lists(words | cells, max_size=3).map(tuple), styles)
columns = st.builds(Column, words, st.integers(1, 200), st.sampled_from(["left", "center", "right"]))


@st.composite
def tables(draw):
    heads = draw(st.lists(columns, min_size=1, max_size=3).map(tuple))
    row = st.lists(cells, min_size=len(heads), max_size=len(heads)).map(tuple)
    rows = draw(st.lists(st.builds(Row, row, st.sampled_from(["head", "body", "total"])), max_size=3))
    across = [Row((draw(cells),), "group")] if draw(st.booleans()) else []
    return Table(draw(words), heads, (*across, *rows), draw(words))


papers = st.builds(
    Paper, st.lists(words, max_size=2).map(tuple), words, words, words, words, words, days,
    st.lists(paragraphs | tables(), max_size=4).map(tuple), words, words, st.lists(words, max_size=2).map(tuple),
    st.lists(st.tuples(words, words), max_size=2).map(tuple), st.sampled_from(["state", "party", "plain"]),
    st.none() | words, st.booleans(),
)  # fmt: skip


@settings(max_examples=60)
@given(papers)
def test_a_paper_thaws_as_it_was(paper):
    again = thaw(freeze(paper))
    assert again == paper
    assert [type(cell.value) for cell in again.cells] == [type(cell.value) for cell in paper.cells]
    assert thaw(json.loads(json.dumps(freeze(paper)))) == paper


@settings(max_examples=60)
@given(papers)
def test_what_is_written_down_reads_back_and_is_written_the_same_again(paper):
    written = canonical(freeze(paper))
    assert written == nfc(written)
    assert canonical(freeze(thaw(json.loads(written)))) == written


def test_the_review_of_a_district_is_kept_whole():
    paper = dataclasses.replace(sample.paper(), style="party", wide=True, qr="https://sohoi.example.vn/s/K7QM4TZ/")
    assert thaw(json.loads(canonical(freeze(paper)))) == paper


def test_the_order_of_keys_and_the_way_letters_are_made_up_change_nothing():
    one = {"b": "Mỹ Xuyên", "a": [1, "2/3", None, True]}
    other = {"a": [1, "2/3", None, True], "b": "My\u0303 Xuye\u0302n"}
    assert canonical(one) == canonical(other) == '{"a":[1,"2/3",null,true],"b":"Mỹ Xuyên"}'


@pytest.mark.parametrize("thing", [{"a": 0.1}, {"a": Fraction(1, 2)}, {1: "a"}, {"a": date(2026, 1, 1)}])
def test_what_two_programs_could_write_differently_is_refused(thing):
    with pytest.raises(TypeError, match="Bản lưu|Khóa"):
        canonical(thing)


def test_two_keys_that_are_one_are_refused():
    with pytest.raises(ValueError, match="Hai khóa"):
        canonical({"é": 1, "e\u0301": 2})


@pytest.mark.parametrize("lost", ["body", "day", "issuer"])
def test_a_paper_that_lost_a_part_is_refused_and_one_with_too_many_too(lost):
    frozen = freeze(sample.paper())
    with pytest.raises(ValueError, match="không đọc được"):
        thaw({key: value for key, value in frozen.items() if key != lost})
    with pytest.raises(ValueError, match="không đọc được"):
        thaw(frozen | {"colour": "đỏ"})


def test_a_paper_frozen_before_a_field_was_thought_of_thaws_with_its_usual_value():
    frozen = freeze(sample.paper())
    assert not {"style", "qr", "wide"} & set(frozen)
    assert thaw(frozen).style == "state"
