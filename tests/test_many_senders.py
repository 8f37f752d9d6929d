"""The same draft a thousand times and by eight connections at once counts once; folding meanwhile loses nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.crypto import get_random_string

from sohoi.figures.read import figure
from sohoi.ledger.models import Entry
from sohoi.ledger.totals import fold, prove
from sohoi.ledger.write import accept, accept_many, close_month
from sohoi.people.models import Household
from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.units.models import Unit
from sohoi.units.write import rebuild_closure
from tests.people import account, add_branch, deed, measure

DAY = date(2024, 4, 15)


@pytest.fixture
def scene(live):
    """A branch of phường Tân Định that only this test writes to, and its head."""
    before, after = (Unit.objects.get(code=code) for code in ("26734@2015-01-01", "26737@2025-07-01"))
    mark = get_random_string(8).lower()
    branch = add_branch(f"live-{mark}", "Chi hội Ấp Sáng", before, after)
    rebuild_closure()
    return branch, account(f"lan-{mark}", "Chị Lan", (branch, "branch-head"))


def groups(unit):
    return figure(measure("groups"), unit, parse("2024")).value or 0


def each_with_its_own_connection(work, jobs, at_once=8):
    def one(job):
        try:
            return work(job)
        finally:
            connection.close()

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(one, jobs))


def test_the_same_draft_a_thousand_times_by_eight_connections_counts_once(scene):
    branch, lan = scene
    draft = deed(branch, DAY)
    told = each_with_its_own_connection(lambda _: accept_many([draft] * 25, by=lan, door="test"), range(40))
    states = [outcome.state for outcomes in told for outcome in outcomes]
    assert len(states) == 1000
    assert sorted(set(states)) == ["accepted", "known"]
    assert states.count("accepted") == 1
    assert Entry.objects.filter(record_id=draft.id).count() == 1
    assert groups(branch) == 1


def test_eight_bodies_under_one_id_at_once_leave_one(scene):
    branch, lan = scene
    key = uuid4()

    def send(count):
        try:
            return accept(deed(branch, DAY, id=key, values={"count": count}), by=lan).state
        except Refusal as refusal:
            return str(refusal)

    states = each_with_its_own_connection(send, range(1, 9))
    assert states.count("accepted") == 1
    assert sum("đã dùng cho một việc khác" in state for state in states) == 7


def test_folding_beside_eight_writers_loses_and_doubles_nothing(scene):
    branch, lan = scene
    district = Unit.objects.get(code="760@2015-01-01")
    before = groups(district)
    jobs = [deed(branch, DAY) if at % 5 else None for at in range(200)]
    seen = each_with_its_own_connection(
        lambda job: fold() and groups(district) if job is None else accept(job, by=lan).state, jobs
    )
    assert seen.count("accepted") == 160
    assert groups(district) == before + 160
    fold()
    assert groups(district) == before + 160
    assert prove() == []


def test_a_household_that_eight_name_at_once_is_one(scene):
    branch, lan = scene
    jobs = [deed(branch, DAY, "house-visit", household="Bà Ba", values={}) for _ in range(8)]
    assert each_with_its_own_connection(lambda job: accept(job, by=lan).state, jobs) == ["accepted"] * 8
    assert Household.objects.filter(unit=branch).count() == 1


def test_no_deed_slips_into_a_month_while_it_is_being_closed(scene):
    branch, lan = scene
    officer = account(f"hoa-{branch.code}", "Chị Hoa", (Unit.objects.get(code="79@2025-07-01"), "province-officer"))
    jobs = [deed(branch, DAY) if at != 20 else None for at in range(60)]

    def work(job):
        if job is not None:
            return accept(job, by=lan).state
        close_month(branch, DAY, by=officer)
        return figure(measure("groups"), branch, parse("2024-04")).value or 0

    at_closing = each_with_its_own_connection(work, jobs)[20]
    assert (figure(measure("groups"), branch, parse("2024-04")).value or 0) == at_closing
    assert groups(branch) == 59, "the late ones count in the first open month"
