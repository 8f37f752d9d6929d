"""Which units a writer shares and a closer has alone: whatever could ever count for a unit is locked with it."""

from datetime import date

import pytest
from django.db import connection

from sohoi.ledger import holding
from sohoi.ledger.holding import hold_alone, hold_open
from sohoi.people.write import holding as registers
from sohoi.units.models import Closure, Lineage, Placement, Unit
from sohoi.units.write import REFORM, rebuild_closure
from tests.people import add_branch

DAYS = (date(2020, 1, 1), date(2025, 6, 30), REFORM, date(2026, 10, 31))


def held(mode="ShareLock"):
    """Units whose lock this session holds; 0 is the map."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select objid from pg_locks where locktype = 'advisory' and classid = 7041931 and objsubid = 2 and granted"
            " and pid = pg_backend_pid() and mode = %s",
            [mode],
        )
        return {row[0] for row in cursor.fetchall()}


def of_closings():
    """The locks that this session holds on the table of closings."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select mode from pg_locks where relation = 'ledger_closing'::regclass and pid = pg_backend_pid()"
        )
        return {row[0] for row in cursor.fetchall()}


def counted_under(unit):
    """Every unit that this one counts for on the map of some day, or in the view of the time."""
    found = set(Closure.objects.filter(descendant=unit).values_list("ancestor_id", flat=True))
    with connection.cursor() as cursor:
        for day in DAYS:
            cursor.execute("select ancestor_id from units_reach(%s, %s)", [day, [unit.pk]])
            found |= {row[0] for row in cursor.fetchall()}
    return found


def test_a_writer_shares_her_unit_and_all_above_it_then_and_now(place):
    hold_open([place.branch.code])
    above = {place.town, place.district, place.province, place.heir, place.today, place.centre}
    assert held() == {0, place.branch.pk, *(unit.pk for unit in above)}
    assert held("ExclusiveLock") == set()


@pytest.mark.parametrize("named", ["branch", "other", "town", "commune", "district", "province", "heir", "centre"])
def test_whatever_could_count_for_a_unit_is_shared_with_it(place, named):
    unit = getattr(place, named)
    hold_open(units=[unit.pk])
    assert held() >= counted_under(unit) | {unit.pk}


def test_a_branch_that_ended_without_an_heir_goes_on_in_its_commune_s_heirs(place):
    branch = add_branch("ended", "Chi hội Ấp Cũ", place.town, None)
    rebuild_closure()
    hold_open(["ended"])
    assert held() >= {branch.pk, place.town.pk, place.heir.pk, place.today.pk} | counted_under(branch)


def test_a_unit_that_came_and_went_between_two_reforms_is_shared_too(place):
    middle = Unit.objects.create(code="giua", level="base", name="Xã Giữa", plain="xa giua")
    Placement.objects.create(unit=middle, parent=place.today, name="Xã Giữa", during=(REFORM, date(2026, 1, 1)))
    branch = add_branch("ended", "Chi hội Ấp Cũ", place.town, None)
    act = Lineage.objects.filter(new=place.heir).first().act
    Lineage.objects.create(old=branch, new=middle, whole=True, act=act)
    rebuild_closure()
    assert middle.pk not in set(Closure.objects.filter(descendant=branch).values_list("ancestor_id", flat=True))
    hold_open(["ended"])
    assert middle.pk in held(), "a balance of the end of 2025 counts the branch there"


def test_a_bare_state_code_may_mean_each_unit_that_has_it(place):
    hold_open([place.heir.state_code])
    named = set(Unit.objects.filter(state_code=place.heir.state_code).values_list("pk", flat=True))
    assert {place.heir.pk, place.town.pk} <= named <= held()


def test_who_closes_has_her_unit_alone_and_shares_those_above(place):
    hold_alone([place.town.pk])
    assert held("ExclusiveLock") == {place.town.pk}
    assert held() >= {0, place.district.pk, place.heir.pk, place.today.pk, place.centre.pk}
    assert place.branch.pk not in held()


def test_deeds_of_very_many_units_lock_no_unit_and_stop_every_closing(place, monkeypatch):
    monkeypatch.setattr(holding, "MOST", 1)
    hold_open([place.branch.code])
    assert "ShareLock" not in of_closings()
    hold_open([place.branch.code, place.other.code])
    assert "ShareLock" in of_closings()
    assert place.other.pk not in held()


def test_it_costs_one_statement(place, django_assert_num_queries):
    with django_assert_num_queries(1):
        hold_open([place.branch.code, place.other.code])


def registers_held(mode):
    """The places of the registers that this session holds; those below nought come as the server's unsigned numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select objid from pg_locks where locktype = 'advisory' and classid = 7041932 and granted"
            " and pid = pg_backend_pid() and mode = %s",
            [mode],
        )
        return {row[0] if row[0] < 2**31 else row[0] - 2**32 for row in cursor.fetchall()}


@pytest.mark.parametrize(
    ("most", "alone", "shared", "own"),
    [
        (2, False, {-1, "branches"}, set()),
        (2, True, {-1, 0}, {"branches"}),
        (1, False, {-1}, {0}),
        (1, True, set(), {-1}),
    ],
)
def test_registers_of_very_many_branches_are_held_as_one(place, monkeypatch, most, alone, shared, own):
    def named(places):
        return {pk for at in places for pk in ([place.branch.pk, place.other.pk] if at == "branches" else [at])}

    monkeypatch.setattr(registers, "MOST", most)
    registers.hold_registers([place.branch.pk, place.other.pk], alone=alone)
    assert registers_held("ShareLock") == named(shared)
    assert registers_held("ExclusiveLock") == named(own)
