"""Whatever happens to a handful of women, in whatever order, however often taken back: the figures are the rows."""

from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sohoi.figures.read import figures_of
from sohoi.ledger.models import Measure, Record
from sohoi.ledger.moving import settle, unsettle
from sohoi.ledger.register import prove_register
from sohoi.ledger.totals import fold, prove
from sohoi.ledger.write import void
from sohoi.people.models import Member, Membership, Standing, StandingKind, Transfer
from sohoi.people.tests.acts import admit as write_down
from sohoi.people.tests.acts import do, load_member_kinds
from sohoi.people.write.transfers import ask, decline
from sohoi.periods import Period
from sohoi.refusal import Refusal
from sohoi.units.models import View
from tests.people import account

FIRST = date(2024, 3, 1)
DAYS = 6
CODES = ("registered-members", "core-members", "regular-members", "homes-with-members")
WOMEN, HOMES = ("Mai Thị Một", "Mai Thị Hai", "Mai Thị Ba", "Mai Thị Bốn"), ("", "Bà Tư", "Bà Năm")

VERBS = ("admit", "enrol", "leave", "come_back", "recognise", "derecognise", "merge", "ask", "settle", "decline",
         "correct", "restand", "unsettle", "void", "void")  # fmt: skip
EXAMPLES = 4  # besides STORIES; hundreds were run when the writers were made
THREE = [(0, 1, 0), (0, 1, 1), (1, 1, 0)]  # two women of one household, one of the other branch
STORIES = [  # what once went wrong, or nearly: verb, who, with whom or what, days since the act before
    [("void", 2, 3, 0)],
    [("merge", 0, 1, 0), ("leave", 0, 0, 1), ("void", 1, 3, 0)],
    [("recognise", 0, 1, 0), ("leave", 0, 0, 0), ("void", 0, 0, 0), ("void", 0, 0, 0), ("void", 2, 3, 0)],
    [("recognise", 0, 1, 0), ("derecognise", 0, 0, 1), ("leave", 0, 0, 0), ("void", 1, 3, 0), ("void", 0, 0, 0)],
    [("recognise", 0, 1, 0), ("settle", 0, 1, 0), ("settle", 0, 1, 0), ("leave", 2, 0, 1), ("come_back", 0, 0, 1)],
    [("restand", 0, 1, 1), ("settle", 0, 1, 1), ("unsettle", 0, 0, 0), ("correct", 0, 2, 0), ("void", 0, 3, 0)],
    [("restand", 0, 1, 0), ("restand", 0, 2, 0), ("void", 0, 0, 0), ("void", 0, 0, 0), ("settle", 1, 1, 1)],
    [("leave", 0, 0, 0), ("come_back", 0, 0, 1), ("void", 1, 3, 0), ("leave", 0, 0, 0), ("void", 0, 0, 0)],
]

few = st.integers(0, 5)
begun = st.lists(st.tuples(few, few, st.integers(0, 2)), min_size=3, max_size=4)
steps = st.sampled_from((0, 0, 1, 1, -2))
acts = st.lists(st.tuples(st.sampled_from(VERBS), few, few, steps), min_size=12, max_size=20)


class Story:
    """Two branches and what happens there; a refused act leaves nothing."""

    def __init__(self, units, officers, boss) -> None:
        self.units, self.officers, self.boss = units, officers, boss
        self.cards: list[int] = []
        self.told: list[object] = []
        self.refused: list[str] = []

    def act(self, verb, one, other, day) -> None:
        try:
            with transaction.atomic():
                getattr(self, verb)(one, other, FIRST + timedelta(days=day))
        except Refusal as refusal:
            self.refused.append(str(refusal))

    def card(self, at, *, active=True) -> Member:
        """One of those to whom this can happen; now and then of those to whom it cannot."""
        rows = Member.objects.select_related("unit").filter(pk__in=self.cards, same_as=None).exclude(unit=None)
        fit = list(rows.filter(active=active).order_by("pk")) or list(rows.order_by("pk"))
        if not fit:
            raise Refusal("Không còn ai.")
        return fit[at % len(fit)]

    def admit(self, one, other, day, kind="member-admitted") -> None:
        unit, more = self.units[one % 2], {"home": HOMES[2 if other == 5 else 1]} if other else {}
        card = write_down(unit, WOMEN[one % 4], self.boss, day, kind=kind, **more)
        self.cards.append(card.pk)
        self.told.append(card.origin)

    def enrol(self, one, other, day) -> None:
        self.admit(one, other, day, "member-enrolled")

    def tell(self, kind, at, day, *, active=True, **values) -> None:
        card = self.card(at, active=active)
        self.told.append(do(kind, card.unit, self.officers[card.unit_id], card, day, **values).id)

    def leave(self, one, other, day) -> None:
        self.tell("member-left", one, day, reason="work")

    def come_back(self, one, other, day) -> None:
        self.tell("member-returned", one, day, active=False, standing="ordinary")

    def correct(self, one, other, day) -> None:
        home = HOMES[other % 3]
        self.tell("member-corrected", one, day, why="mistaken", **({"home": home} if home else {"cleared": "home"}))

    def merge(self, one, other, day) -> None:
        card, kept = self.card(one, active=other != 5), self.card(other)
        self.told.append(do("member-merged", card.unit, self.boss, card, day, kept=kept.pk).id)

    def recognise(self, one, other, day) -> None:
        self.tell("member-recognised", one, day, **{"as": "core" if other % 2 else "regular"})

    def derecognise(self, one, other, day) -> None:
        rows = list(Standing.objects.filter(during__endswith=None, kind__in=("core", "regular")).order_by("pk"))
        if not rows:
            raise Refusal("Không có ai nòng cốt.")
        row = rows[one % len(rows)]
        card = Member.objects.select_related("unit").get(pk=row.member_id)
        officer = self.officers[card.unit_id]
        self.told.append(do("member-derecognised", card.unit, officer, card, day, **{"as": row.kind}).id)

    def ask(self, one, other, day) -> None:
        card = self.card(one)
        new = next(unit for unit in self.units if unit.pk != card.unit_id)
        asker = self.officers[card.unit_id if other % 2 and card.unit_id else new.pk]
        ask(uuid4(), card, new, day, "theo chồng", by=asker)

    def _open(self, one) -> Transfer:
        rows = list(Transfer.objects.filter(accepted=None).order_by("asked_at"))
        if not rows:
            raise Refusal("Không có đề nghị nào.")
        return rows[one % len(rows)]

    def settle(self, one, other, day) -> None:
        if not Transfer.objects.filter(accepted=None).exists():
            self.ask(one, other, day)
        row = self._open(one)
        settle(row, by=self.officers[row.new_id if row.asked_by_old else row.old_id])

    def unsettle(self, one, other, day) -> None:
        rows = list(Transfer.objects.filter(accepted=True, undone_at=None).order_by("asked_at"))
        if not rows:
            raise Refusal("Không có lần chuyển nào.")
        unsettle(rows[-1 - one % len(rows)], "nhầm", by=self.boss)

    def restand(self, one, other, day) -> None:
        self.tell("member-restood", one, day, standing="honorary" if other % 2 else "ordinary")

    def decline(self, one, other, day) -> None:
        decline(self._open(one), "chưa đủ giấy", by=self.boss)

    def void(self, one, other, day) -> None:
        rows = {row.pk: row for row in Record.objects.filter(pk__in=self.told, voiding=None)}
        left = [key for key in self.told if key in rows]
        if not left:
            raise Refusal("Không còn việc nào.")
        void(rows[left[-1 - one * (other > 2) % len(left)]], "ghi nhầm", by=self.boss)


@contextmanager
def undone():
    """What happens inside is gone afterwards."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def rows_of(unit, day) -> list[int]:
    """What the rows of the register say of a branch on a day, in the order of CODES."""
    here = Membership.objects.filter(unit=unit, during__contains=day)
    whose = dict(here.values_list("member", "household"))
    kinds = list(Standing.objects.filter(member__in=whose, during__contains=day).values_list("kind", flat=True))
    homes = set(whose.values()) - {None}
    return [here.count(), kinds.count(StandingKind.CORE), kinds.count(StandingKind.REGULAR), len(homes)]


def check(story, above):
    measures = [Measure.objects.get(code=code) for code in CODES]
    for day in (FIRST + timedelta(days=at) for at in range(-1, DAYS + 1)):
        units = [*story.units, above] if day.day % 3 == 0 else story.units
        rows = [rows_of(unit, day) for unit in story.units]
        rows.append([sum(each) for each in zip(*rows, strict=True)])
        said = figures_of(units, measures, Period(day, day, ""), View.WAS)
        for unit, wanted in zip(units, rows, strict=False):
            assert [said[unit.pk, m.pk].value or 0 for m in measures] == wanted, (unit.name, day)
    for unit, now in zip(story.units, rows, strict=False):
        active = Member.objects.filter(unit=unit, active=True, same_as=None)
        homes = active.exclude(household=None).values("household").distinct()
        assert (now[0], now[3]) == (active.count(), homes.count())
    assert prove_register() == []


@pytest.fixture
def scene(place):
    load_member_kinds()
    officers = {unit.pk: account(f"o{at}", "Chị Lan", (unit, "branch-head"))
                for at, unit in enumerate((place.branch, place.other))}  # fmt: skip
    return [place.branch, place.other], officers, account("boss", "Chị Hoa", (place.today, "province-officer")), place


def test_whatever_happens_in_whatever_order_the_figures_are_what_the_rows_say(scene):
    units, officers, boss, place = scene

    checks = list(HealthCheck)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=checks, database=None, derandomize=True)
    @given(begun, acts)
    def tell(women, told):
        with undone():
            story = Story(units, officers, boss)
            for one, other, day in women:
                story.act("admit", one, other, day)
            day = 2
            for verb, one, other, step in told:
                day = max(0, min(DAYS - 1, day + step))
                story.act(verb, one, other, day)
            check(story, place.district)
            fold()
            assert prove() == []

    for story in STORIES:
        tell = example(THREE, story)(tell)
    tell()
