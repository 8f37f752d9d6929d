"""The second way to add, line by line up to a position: it says what `figures` says, with an older one what it said."""

from datetime import date, timedelta
from random import Random

import pytest

from sohoi.figures.as_it_stood import as_it_stood, late
from sohoi.figures.changes import changes
from sohoi.figures.rollup import NOTHING, figures
from sohoi.figures.windows import figures_over
from sohoi.ledger.models import Closing, Measure, Record
from sohoi.ledger.read import behind, position
from sohoi.ledger.reopening import reopen_month
from sohoi.ledger.totals import fold, prove
from sohoi.ledger.write import accept, close_month, void
from sohoi.people.tests.acts import admit, load_member_kinds
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.units.models import Unit, View
from tests.people import account, deed, measure

PERIODS = [parse(one) for one in ("2025-05", "2025-Q2", "2025", "2025-05-10..2025-08-20")]
START = date(2025, 4, 1)  # the map changes on 1 July 2025
DAYS = 180
STEPS, LOOK = 60, 15
YEARS = ("1994", "1979", "1963", "")


class Story:
    """Deeds of two branches and their communes, taken back, told late, months closed and opened, by chance."""

    def __init__(self, place, people, seed) -> None:
        self.place, self.boss, self.top, self.chance = place, *people, Random(seed)
        self.told: list[object] = []

    def step(self) -> None:
        """One act; a refused one changes nothing."""
        act = self.chance.choice(
            [self.tell] * 8 + [self.admit] + [self.take_back] * 3 + [self.close] * 2 + [self.open] * 2 + [fold]
        )
        try:
            act()
        except Refusal:
            return

    def day(self) -> date:
        return START + timedelta(days=self.chance.randrange(DAYS))

    def tell(self) -> None:
        kind, values, more = self.chance.choice([
            ("house-group-founded", {"count": self.chance.randint(1, 9), "form": "health"}, {}),
            ("house-group-founded", {"count": 2}, {"tags": ("nong-thon-moi",)}),
            ("house-visit", {}, {"household": self.chance.choice(["Bà Một", "Bà Hai", "Bà Ba"])}),
            ("house-visit", {}, {"household": "Bà Một"}),
            ("house-admission", {"count": self.chance.randint(1, 9)}, {}),
            ("house-leaving", {"count": 1}, {}),
            ("house-women-declared", {"count": self.chance.randint(50, 90)}, {}),
        ])  # fmt: skip
        units = [self.place.branch, self.place.other, self.place.town, self.place.commune]
        draft = deed(self.chance.choice(units), self.day(), kind, values=values, **more)
        accept(draft, by=self.boss)
        self.told.append(draft.id)

    def admit(self) -> None:
        unit = self.chance.choice([self.place.branch, self.place.other])
        self.told.append(admit(unit, "Mai Thị Một", self.boss, self.day(), born=self.chance.choice(YEARS)).origin)

    def take_back(self) -> None:
        if self.told:
            key = self.told.pop(self.chance.randrange(len(self.told)))
            void(Record.objects.get(pk=key), "Ghi nhầm", by=self.boss)

    def close(self) -> None:
        units = [self.place.branch, self.place.town, self.place.commune, self.place.district, self.place.heir]
        close_month(self.chance.choice(units), date(2025, self.chance.randint(4, 9), 1), by=self.boss)

    def open(self) -> None:
        closed = list(Closing.objects.binding().select_related("unit").order_by("pk"))
        if closed:
            row = self.chance.choice(closed)
            reopen_month(row.unit, row.month, "Thiếu việc.", by=self.top)


@pytest.fixture
def people(place):
    """Chị Hoa and somebody above her."""
    load_member_kinds()
    boss = account("boss", "Chị Hoa", (place.today, "province-officer"))
    return boss, account("top", "Chị Cả", (place.centre, "centre-officer"))


def asked(place):
    """All units of the story, and measures of every way to add."""
    units = [
        place.branch,
        place.other,
        place.town,
        place.commune,
        place.heir,
        place.district,
        place.today,
        place.centre,
    ]
    codes = ("groups", "groups-health", "groups-rural", "visits", "households-visited", "members", "women", "rate")
    bands = Measure.objects.filter(code__startswith="registered-")
    return units, [*(measure(code) for code in codes), *bands]


def said(place, view):
    """What `figures` says of everything in each period."""
    return {at: figures(*asked(place), at, view) for at in PERIODS}


@pytest.mark.parametrize("seed", [1, 2])
def test_it_says_what_figures_say_now_and_said_then(place, people, seed):
    story, then = Story(place, people, seed), {}
    for step in range(STEPS):
        story.step()
        if step % LOOK == LOOK - 1:
            view = View.values[step // LOOK % 2]
            then[position()] = view, said(place, view)
            _check_windows(place, view, said(place, view))
    for upto, (view, sums) in then.items():
        for period, wanted in sums.items():
            assert as_it_stood(*asked(place), period, upto, view) == wanted, (period.name, view)
    for period in PERIODS:
        for view in View.values:
            assert late(*asked(place), period, None, view) == late(*asked(place), period, position(), view), period.name
    _check_changes(place, PERIODS[1], list(then))
    _check_changes(place, PERIODS[3], list(then))
    assert prove() == []


def _check_windows(place, view, sums):
    """One unit over several periods is what it is in each: whole months together, a broken one among them."""
    units, chosen = asked(place)
    for unit in units:
        for periods in (PERIODS[:3], PERIODS):
            told = figures_over(unit, chosen, periods, view)
            assert told == [
                {key: raw for key, raw in sums[period].items() if key[0] == unit.pk} for period in periods
            ], (unit.name, view)  # fmt: skip


def _check_changes(place, period, places):
    """What changed between two positions adds up to the difference, for what adds up."""
    chosen = [measure(code) for code in ("groups", "groups-health", "visits", "members")]
    chosen += Measure.objects.filter(code__startswith="registered-")
    for unit in (place.branch, place.district, place.today):
        for after, upto in zip(places, places[1:], strict=False):
            old, new = (as_it_stood([unit], chosen, period, at) for at in (after, upto))
            came = changes(unit, chosen, period, after, upto, scope=Unit.objects.all())
            for m in chosen:
                gap = new.get((unit.pk, m.pk), NOTHING).amount - old.get((unit.pk, m.pk), NOTHING).amount
                assert sum(row.amount for row in came if row.measure_id == m.pk) == gap, (unit.name, m.code)


@pytest.fixture
def late_ones(place, people):
    """Told in April for March's sake: three groups late, one in time; one of February taken back."""
    boss = people[0]
    gone = accept(deed(place.branch, date(2024, 2, 9), values={"count": 5}), by=boss).draft
    close_month(place.district, date(2024, 2, 1), by=boss)
    close_month(place.district, date(2024, 3, 1), by=boss)
    told = accept(deed(place.branch, date(2024, 3, 15), values={"count": 3}), by=boss).draft
    for day in (date(2024, 3, 20), date(2024, 4, 2)):
        accept(deed(place.branch, day, "house-visit", household="Bà Một"), by=boss)
    accept(deed(place.branch, date(2024, 3, 30), "house-admission", values={"count": 7}), by=boss)
    before = position()
    void(Record.objects.get(pk=gone.id), "Ghi hai lần", by=boss)
    accept(deed(place.branch, date(2024, 4, 9)), by=boss)
    return gone, told, before


def test_what_happened_before_the_period_and_counts_in_it(place, late_ones):
    codes = ("groups", "visits", "households-visited", "members")
    chosen = [measure(code) for code in codes]
    units = [place.branch, place.district, place.other]

    def told(period, **more):
        sums = late(units, chosen, parse(period), **more)
        assert {key for key in sums if key[0] == place.other.pk} == set()
        mine = [sums.get((place.branch.pk, m.pk), NOTHING).amount for m in chosen]
        assert mine == [sums.get((place.district.pk, m.pk), NOTHING).amount for m in chosen]
        return mine

    assert told("2024-04") == [3 - 5, 1, 1, 7]
    assert told("2024-04", position=late_ones[2]) == [3, 1, 1, 7], "before one was taken back"
    assert told("2024-05") == told("2024-03") == told("2024") == [0, 0, 0, 0]
    assert told("2024-Q2") == [-2, 1, 1, 7]


def test_the_records_between_two_positions_say_what_changed_and_why(place, late_ones, people):
    gone, told, before = late_ones
    april, everywhere = parse("2024-04"), Unit.objects.all()
    rows = changes(place.district, [measure("groups")], april, before, position(), scope=everywhere)
    assert [(row.amount, row.told, row.reason, row.day, row.unit) for row in rows] == [
        (1, True, "", date(2024, 4, 9), "Chi hội Ấp Một"),
        (-5, False, "Ghi hai lần", date(2024, 2, 9), "Chi hội Ấp Một"),
    ]
    assert rows[1].record == gone.id
    assert changes(place.district, [measure("groups")], april, before, before, scope=everywhere) == []
    assert changes(place.other, [measure("groups")], april, 0, position(), scope=everywhere) == []
    assert changes(place.district, [measure("groups")], april, 0, position(), scope=Unit.objects.none()) == []
    first = behind(measure("groups"), place.district, april.first, april.last, View.WAS, everywhere, upto=before)
    assert [row.pk for row in first] == [told.id]


def test_nothing_is_told_of_what_must_be_kept_quiet(place, people):
    quiet = measure("quiet")
    accept(deed(place.branch, date(2024, 4, 2), "house-quiet", values={"count": 3}), by=people[0])
    assert changes(place.district, [quiet], parse("2024"), 0, position(), scope=Unit.objects.all()) == []


def test_what_was_taken_back_later_was_still_seen_then(place, lan):
    seen, told = measure("households-visited"), []
    for household in ("Bà Một", "Bà Hai"):
        told.append(accept(deed(place.branch, date(2024, 4, 2), "house-visit", household=household), by=lan).draft)
    before = position()
    void(Record.objects.get(pk=told[0].id), "Ghi nhầm", by=lan)
    for unit in (place.branch, place.district):
        stood = [as_it_stood([unit], [seen], parse("2024"), at)[unit.pk, seen.pk] for at in (before, position())]
        assert stood == [(2, 2, None), (1, 1, None)]
