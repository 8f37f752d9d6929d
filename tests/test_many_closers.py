"""Writers and closers at the same moment, each with a connection of its own: who waits for whom, and what they see."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from random import Random
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection, transaction
from django.utils.crypto import get_random_string

from sohoi.figures.rollup import NOTHING, figures
from sohoi.ledger import holding
from sohoi.ledger.holding import hold_alone
from sohoi.ledger.models import Closing, Entry, Record
from sohoi.ledger.read import position
from sohoi.ledger.reopening import reopen_month
from sohoi.ledger.totals import fold, prove
from sohoi.ledger.write import accept, accept_many, close_month, void
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.models import Version
from sohoi.reports.read.verifying import verify
from sohoi.reports.regular import form_in_force
from sohoi.reports.write.cycle import open_report
from sohoi.reports.write.signing import send_alone
from sohoi.reports.write.texts import write_lines
from sohoi.units.models import Unit, View
from sohoi.units.write import rebuild_closure
from tests.people import account, add_branch, deed, measure
from tests.reporting import MONTH

DAY = date(2018, 4, 15)  # a year in which no other test of this database tells anything: closings stay
NEXT = date(2018, 5, 1)
CODES = {
    "commune": "26734@2015-01-01", "since": "26737@2025-07-01", "province": "79@2015-01-01", "now": "79@2025-07-01",
    "ward": "31684@2015-01-01", "ward_since": "31684@2025-07-01", "beyond": "92@2025-07-01", "centre": "TW",
}  # fmt: skip


class Scene:
    """Branches in two provinces of before the reform, their communes, one officer above all of them."""

    def __init__(self) -> None:
        self.mark = mark = get_random_string(8).lower()
        unit = {name: Unit.objects.get(code=code) for name, code in CODES.items()}
        self.commune, self.ward, self.province = unit["commune"], unit["ward"], unit["province"]
        self.branch = add_branch(f"a-{mark}", "Chi hội A", self.commune, unit["since"])
        self.beside = add_branch(f"b-{mark}", "Chi hội B", self.commune, unit["since"])
        self.far = add_branch(f"c-{mark}", "Chi hội C", self.ward, unit["ward_since"])
        rebuild_closure()
        offices = [(unit[name], "province-officer") for name in ("now", "beyond")]
        self.boss = account(f"boss-{mark}", "Chị Hoa", *offices)
        self.top = account(f"top-{mark}", "Chị Cả", (unit["centre"], "centre-officer"))
        self.lan = account(f"lan-{mark}", "Chị Lan", (self.branch, "branch-head"))


@pytest.fixture
def scene(live):
    """Units that only this test writes to."""
    return Scene()


@contextmanager
def meanwhile(act):
    """Somebody else is in the middle of a transaction: `act` is done and not committed until the block ends."""
    begun, go_on, wrong = Event(), Event(), []

    def other():
        try:
            with transaction.atomic():
                act()
                begun.set()
                go_on.wait(20)
        except Exception as error:
            wrong.append(error)
        finally:
            begun.set()
            connection.close()

    thread = Thread(target=other)
    thread.start()
    assert begun.wait(20)
    try:
        yield
    finally:
        go_on.set()
        thread.join()
    assert wrong == []


def waits(act) -> bool:
    """Whether it has to wait for somebody; nothing of it stays."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("set local lock_timeout = '250ms'")
            act()
            transaction.set_rollback(True)
    except OperationalError as error:
        return "lock timeout" in str(error)
    return False


def writer(unit, by, day=DAY):
    return lambda: accept(deed(unit, day), by=by)


def test_only_those_at_or_below_a_unit_wait_for_who_closes_it(scene):
    with meanwhile(lambda: close_month(scene.commune, DAY, by=scene.boss)):
        assert [waits(writer(unit, scene.boss)) for unit in (scene.branch, scene.beside, scene.commune)] == [True] * 3
        assert [waits(writer(unit, scene.boss)) for unit in (scene.far, scene.ward, scene.province)] == [False] * 3
        assert not waits(lambda: close_month(scene.ward, DAY, by=scene.boss)), "nor does who closes another"
        assert waits(lambda: close_month(scene.commune, DAY, by=scene.boss))
    with meanwhile(lambda: close_month(scene.beside, date(2018, 3, 1), by=scene.boss)):
        assert [waits(writer(unit, scene.boss)) for unit in (scene.branch, scene.beside)] == [False, True]
        assert waits(lambda: close_month(scene.commune, DAY, by=scene.boss)), "a unit above waits for who closes below"


def test_a_province_waits_for_a_writer_in_its_branches_alone_and_counts_what_she_wrote(scene):
    groups, year = measure("groups"), parse("2018")
    with meanwhile(writer(scene.branch, scene.boss)):
        assert waits(lambda: close_month(scene.province, DAY, by=scene.boss))
        assert not waits(lambda: close_month(scene.ward, DAY, by=scene.boss))
    with transaction.atomic():
        hold_alone([scene.province.pk])
        last = position()
    assert Entry.objects.filter(unit=scene.branch).latest("id").pk <= last
    assert figures([scene.branch], [groups], year, View.WAS)[scene.branch.pk, groups.pk].amount == 1


def test_a_writer_who_waited_sees_the_month_closed(scene):
    with ThreadPoolExecutor(1) as pool:
        with meanwhile(lambda: close_month(scene.commune, DAY, by=scene.boss)):
            later = pool.submit(told, writer(scene.branch, scene.boss))
            sleep(0.3)
            assert not later.done()
        outcome = later.result(20)
    assert "đã chốt" in outcome.note
    assert Record.objects.get(pk=outcome.draft.id).booked == NEXT


def test_a_writer_who_waited_for_the_map_sees_the_new_one(scene):
    close_month(scene.commune, DAY, by=scene.boss)
    code = f"new-{scene.mark}"

    def place_one():
        add_branch(code, "Chi hội mới", scene.commune, None)
        rebuild_closure()

    with ThreadPoolExecutor(1) as pool:
        with meanwhile(place_one):
            later = pool.submit(told, writer(code, scene.boss))
            assert waits(lambda: close_month(scene.ward, DAY, by=scene.boss)), "who closes waits for the map too"
            assert not later.done()
        assert Record.objects.get(pk=later.result(20).draft.id).booked == NEXT


def test_deeds_of_very_many_units_wait_for_who_closes_and_the_other_way_round(scene, monkeypatch):
    monkeypatch.setattr(holding, "MOST", 1)

    def many():
        accept_many([deed(unit, DAY) for unit in (scene.branch, scene.far)], by=scene.boss, door="test")

    with meanwhile(lambda: close_month(scene.commune, DAY, by=scene.boss)):
        assert waits(many)
    with meanwhile(many):
        assert waits(lambda: close_month(scene.ward, date(2018, 3, 1), by=scene.boss))
        assert not waits(many)
        assert not waits(writer(scene.beside, scene.boss))


def told(act):
    """What it answers, with a connection of its own."""
    try:
        return act()
    finally:
        connection.close()


def test_of_two_who_sign_the_same_report_one_does(scene, forms):
    report = open_report(form_in_force("house-branch", MONTH.last), scene.branch, MONTH, by=scene.lan)
    write_lines(report, "opinion", [{"text": "Ổn định.", "sources": [], "kept": True}], by=scene.lan)

    def sign():
        try:
            return send_alone(report, by=scene.lan).number
        except Refusal as refusal:
            return str(refusal)

    with ThreadPoolExecutor(2) as pool:
        said = sorted((one.result(20) for one in [pool.submit(told, sign) for _ in range(2)]), key=str)
    assert said[0] == 1
    assert "đã ký" in said[1]
    assert Version.objects.filter(report=report).count() == 1


# ---- everybody at once ----------------------------------------------------------------------------

SECONDS, AT_ONCE = 3, 6


class Crowd:
    """Many who tell, take back, close, open, sign and fold in any order; what a closed month said is kept."""

    def __init__(self, scene) -> None:
        self.scene, self.measure, self.end = scene, measure("groups"), monotonic() + SECONDS
        self.branches = [scene.branch, scene.beside, scene.far]
        self.closers = [*self.branches, scene.commune, scene.ward, scene.province]

    def live(self, seed: int) -> int:
        """One of them, until the time is over; how often she acted."""
        chance, acts = Random(seed), 0
        while monotonic() < self.end:
            act = chance.choice([self.tell] * 6 + [self.many, self.take_back, self.close, self.open, self.sign, fold])
            with suppress(Refusal):
                act() if act is fold else act(chance)
            acts += 1
        return acts

    def day(self, chance):
        return date(2018, chance.randint(2, 4), chance.randint(1, 28))

    def tell(self, chance):
        accept(deed(chance.choice(self.branches), self.day(chance), values={"count": chance.randint(1, 99)}),
               by=self.scene.boss)  # fmt: skip

    def many(self, chance):
        drafts = [deed(unit, self.day(chance)) for unit in chance.sample(self.branches, 3) for _ in range(3)]
        accept_many(drafts, by=self.scene.boss, door="test")

    def take_back(self, chance):
        rows = Record.objects.filter(unit__in=self.branches, voiding=None)[:20]
        if rows:
            void(chance.choice(rows), "Ghi nhầm", by=self.scene.boss)

    def close(self, chance):
        unit, month = chance.choice(self.closers), self.day(chance).replace(day=1)
        with transaction.atomic():
            close_month(unit, month, by=self.scene.top)
            before, last = self.said(unit, month), position()
            sleep(0.02)
            assert self.said(unit, month) == before, "nobody wrote while it was closed"
            late = Entry.objects.filter(unit__in=self.under(unit), id__gt=last)
            assert not late.exists(), "what is written later has a place after it"

    def open(self, chance):
        row = chance.choice(list(Closing.objects.binding().filter(unit__in=self.closers)[:9]) or [None])
        if row:
            reopen_month(row.unit, row.month, "Còn thiếu.", by=self.scene.top)

    def sign(self, chance):
        month = chance.choice((parse("2018-02"), parse("2018-03")))
        report = open_report(form_in_force("house-branch", month.last), self.scene.branch, month, by=self.scene.lan)
        write_lines(report, "opinion", [{"text": "Ổn định.", "sources": [], "kept": True}], by=self.scene.lan)
        send_alone(report, by=self.scene.lan)

    def under(self, unit):
        return [b for b in self.branches if unit in (b, self.scene.province, self.scene.commune) and b != self.scene.far
                or unit in (self.scene.far, self.scene.ward) and b == self.scene.far]  # fmt: skip

    def said(self, unit, month):
        found = figures([unit], [self.measure], parse(f"{month:%Y-%m}"), View.WAS)
        return found.get((unit.pk, self.measure.pk), NOTHING)


def test_in_any_order_nobody_stands_in_anothers_way_for_ever(scene, forms, monkeypatch):
    monkeypatch.setattr(holding, "MOST", 2)
    crowd = Crowd(scene)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        acts = [one.result(60) for one in [pool.submit(told, lambda at=at: crowd.live(at)) for at in range(AT_ONCE)]]
    assert all(acts)
    fold()
    assert prove() == []
    for version in Version.objects.filter(report__unit=scene.branch).select_related("report__unit"):
        assert verify(version) == []
