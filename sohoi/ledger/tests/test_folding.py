"""The folder takes the queue a bite at a time and rests in between; what it leaves is read from the queue."""

from datetime import date

import pytest

from sohoi.figures.read import figure
from sohoi.ledger import totals
from sohoi.ledger.write import accept_many
from sohoi.periods import between
from tests.people import deed, measure

YEAR = between(date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def told(place, lan):
    """Nine deeds of one branch, not folded."""
    totals.fold()
    accept_many([deed(place.branch, date(2024, 4, at)) for at in range(1, 10)], by=lan, door="test")


def test_a_bite_takes_so_many_lines_and_leaves_the_rest_in_the_queue(told):
    waiting = totals.queue_length()[0]
    assert totals.fold(4) == 4
    assert totals.queue_length()[0] == waiting - 4


def test_between_two_bites_the_figure_is_exact(told, place):
    groups = measure("groups")
    for _ in range(4):
        assert figure(groups, place.province, YEAR).raw.amount == 9
        totals.fold(3)
    assert totals.prove() == []


def test_it_rests_as_long_as_a_bite_took_and_half_a_second_when_there_is_nothing(told, monkeypatch):
    monkeypatch.setattr(totals, "BITE", 5)
    rests = []
    totals.fold_gently(lambda seconds: rests.append(seconds) or (len(rests) > 1 and seconds == totals.PAUSE))
    assert rests[0] == 0
    assert all(rest < totals.PAUSE for rest in rests[1:-1])
    assert len(rests) > 2
    assert totals.queue_length()[0] == 0
