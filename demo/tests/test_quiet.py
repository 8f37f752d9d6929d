"""The one case of violence that a review told: it counts inside, and no paper, page or terminal prints it."""

import re

import pytest

from sohoi.figures.breakdown import breakdown
from sohoi.figures.read import WITHHELD, figure
from sohoi.ledger.models import Entry, Measure, Record
from sohoi.ledger.read import behind
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.read.papers import review_paper
from sohoi.reports.table import Paragraph
from sohoi.units.models import Unit, View
from sohoi.units.read import below


@pytest.fixture
def supported(demo) -> Measure:
    """The measure of women who were helped."""
    return Measure.objects.get(code="victims-supported")


def test_one_case_is_in_the_ledger(demo, supported):
    assert [entry.amount for entry in Entry.objects.filter(measure=supported)] == [1]


def test_the_district_says_only_that_it_happened(demo, supported):
    found = figure(supported, demo.my_xuyen, parse("2023"))
    assert (found.state, found.text, found.value, found.has_address) == (WITHHELD, "có phát sinh", None, False)


def test_no_commune_and_no_branch_says_anything(demo, supported):
    period = demo.my_xuyen_review.period
    for level in ("base", "branch"):
        for unit in below(demo.my_xuyen, period.last, level):
            with pytest.raises(Refusal, match="từ cấp huyện trở lên"):
                figure(supported, unit, period)


def test_it_has_no_parts_and_no_records(demo, supported):
    period = demo.my_xuyen_review.period
    with pytest.raises(Refusal, match="không chia nhỏ"):
        breakdown(demo.my_xuyen, [supported], period, View.WAS, period.last)
    everything = Unit.objects.all()
    assert not behind(supported, demo.my_xuyen, period.first, period.last, View.WAS, everything).exists()
    assert not Record.objects.within(everything).filter(kind__code="victim-supported").exists()
    assert Record.objects.filter(kind__code="victim-supported").count() == 1


def test_the_paper_tells_it_in_words_without_a_number_or_a_code(demo):
    review = demo.my_xuyen_review
    paper = review_paper(review.resolution, review.on)
    told = [block for block in paper.body if isinstance(block, Paragraph) and "nạn nhân" in _text(block).lower()]
    assert any("có phát sinh" in _text(block) for block in told)
    assert not [cell for block in told for cell in block.cells if cell.code or cell.address]
    assert not re.search(r"\d", _text(told[0]))


def _text(block: Paragraph) -> str:
    """A paragraph as it is read."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in block.pieces)


def test_the_terminal_does_not_print_it(demo):
    line = next(line for line in demo.outcome.table.splitlines() if "nạn nhân" in line)
    assert line.split()[-4:] == ["Chưa", "có", "số", "liệu"]
    assert not re.search(r"\b1\b", line)
