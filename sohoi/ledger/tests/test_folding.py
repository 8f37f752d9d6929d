"""The folder takes the queue a bite at a time and rests in between; what it leaves is read from the queue."""

from datetime import date

import pytest

from sohoi.figures.read import figure
from sohoi.ledger import folder, totals
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


def test_it_rests_while_somebody_records_and_half_a_second_when_there_is_nothing(told, monkeypatch):
    monkeypatch.setattr(folder, "BITE", 5)
    rests = []
    folder.fold_gently(lambda seconds: rests.append(seconds) or (len(rests) > 1 and seconds == folder.PAUSE))
    assert rests[0] == 0
    assert all(0 < rest < folder.PAUSE for rest in rests[1:-1])
    assert len(rests) > 2
    assert totals.queue_length()[0] == 0


@pytest.fixture
def waiting(monkeypatch):
    """How many lines the folder sees waiting, look after look."""
    lines = []
    monkeypatch.setattr(folder, "queue_length", lambda: (lines.pop(0), 0.0))
    return lines


def test_it_takes_little_while_lines_come_in_and_much_once_none_comes(waiting):
    pace = folder.Pace(folder.BITE)
    waiting += [900, 960, 950, 480]
    for folded, now, taken in ((0, 10, folder.BITE), (40, 11, folder.BITE), (10, 12, folder.MOUTHFUL)):
        pace.after(folded, now)
        assert pace.most == taken
    pace.after(480, 13)  # ten fewer than it took are gone: somebody recorded ten
    assert pace.most == folder.BITE


def test_it_looks_at_the_queue_once_a_second_only(waiting):
    pace = folder.Pace(folder.BITE)
    waiting += [50]
    pace.after(10, 100.0)
    pace.after(10, 100.9)
    assert (pace.waiting, pace.folded) == (50, 10)


def test_it_has_no_manners_left_when_too_many_lines_wait(waiting):
    pace = folder.Pace(folder.BITE)
    waiting += [folder.LONG]
    pace.after(10, 1.0)
    assert pace.most == folder.MOUTHFUL


def test_what_it_folds_bite_by_bite_is_what_the_entries_say(told, place):
    folder.fold_gently(lambda seconds: seconds == folder.PAUSE)
    assert totals.queue_length()[0] == 0
    assert figure(measure("groups"), place.province, YEAR).raw.amount == 9
    assert totals.prove() == []
