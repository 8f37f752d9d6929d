"""Persons and households, each once: by the histogram, by the entries and by hand they are the same for any months, and
no month that is closed moves when something of it is taken back."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from sohoi.figures.as_it_stood import as_it_stood
from sohoi.figures.rollup import NOTHING, figures
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.read import position
from sohoi.ledger.totals import fold, prove, rebuild
from sohoi.ledger.write import accept, close_month, void
from sohoi.periods import between, parse
from sohoi.units.models import View
from tests.people import account, deed, measure

FIRSTS = [date(2024, month, 1) for month in range(1, 8)]
MONTHS = [between(one, after - timedelta(days=1)) for one, after in pairwise(FIRSTS)]
RANGES = [between(MONTHS[one].first, MONTHS[other].last) for one in range(6) for other in range(one, 6)]
BROKEN = parse("2024-02-10..2024-05-15")
HOUSEHOLDS = ("Bà Một", "Bà Hai", "Bà Ba")


@pytest.fixture
def boss(place):
    """An officer of the province."""
    return account("boss", "Chị Hoa", (place.today, "province-officer"))


def said(units, period):
    """How many households were visited, in each of some units."""
    seen = measure("households-visited")
    sums = figures(units, [seen], period, View.WAS)
    return [sums.get((unit.pk, seen.pk), NOTHING).amount for unit in units]


def by_hand(units, period):
    """Households with a record whose lines in the period come to more than none."""
    lines: dict[object, list[Entry]] = {}
    for line in Entry.objects.filter(unit__in=units, booked__range=(period.first, period.last), subject__isnull=False):
        lines.setdefault(line.record_id, []).append(line)
    return len({own[0].subject for own in lines.values() if sum(line.n for line in own) > 0})


@pytest.mark.parametrize("seed", range(2))
def test_any_months_are_what_the_lines_say_and_closed_ones_stand_still(place, boss, seed):
    chance, told, shut = Random(seed), [], {}
    below = {place.district: [place.branch, place.other], place.town: [place.branch], place.branch: [place.branch]}
    for at, month in enumerate(MONTHS):
        for _ in range(5):
            day = month.first - timedelta(days=chance.choice((0, 0, 5, 40))) + timedelta(days=chance.randrange(28))
            unit, home = chance.choice([place.branch, place.other]), chance.choice(HOUSEHOLDS)
            told.append(accept(deed(unit, max(day, FIRSTS[0]), "house-visit", household=home), by=boss).draft.id)
        for _ in range(chance.randrange(3)):
            key = told.pop(chance.randrange(len(told)))
            void(Record.objects.get(pk=key), "Ghi nhầm", by=boss)
        if chance.random() < 0.5:
            fold()
        for period, before in shut.items():
            assert said(below, period) == before, "a closed month moved"
        if at != 2:
            close_month(place.district, month.first, by=boss)
            closed = [p for p in RANGES if p.last <= month.last and (at < 2 or p.first > MONTHS[2].last)]
            shut |= {period: said(below, period) for period in closed}
    wanted = {period: [by_hand(own, period) for own in below.values()] for period in (*RANGES, BROKEN)}
    seen = measure("households-visited")
    for again in (fold, rebuild, fold):
        for period, right in wanted.items():
            assert said(below, period) == right, (period.first, period.last)
        assert prove() == []
        again()
    for period, right in wanted.items():
        stood = as_it_stood(below, [seen], period, position())
        assert [stood.get((unit.pk, seen.pk), NOTHING).amount for unit in below] == right


def test_whoever_was_seen_later_and_not_after_all_counts_in_the_earlier_month_again(place, boss):
    keys = [
        accept(deed(place.branch, date(2024, month, 10), "house-visit", household="Bà Một"), by=boss).draft.id
        for month in (1, 2)
    ]
    close_month(place.district, date(2024, 1, 1), by=boss)
    close_month(place.district, date(2024, 2, 1), by=boss)
    void(Record.objects.get(pk=keys[1]), "Ghi nhầm", by=boss)
    for _ in range(2):
        asked = ("2024-01", "2024-02", "2024-03", "2024-01..2024-02", "2024-02..2024-03", "2024-01..2024-03")
        assert [said([place.district], _months(one))[0] for one in asked] == [1, 1, 0, 1, 0, 1]
        fold()


def _months(name):
    """From a month to another."""
    first, _, last = name.partition("..")
    return between(parse(first).first, parse(last or first).last)
