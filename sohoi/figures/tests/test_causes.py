"""What made a figure: deeds by kind, taken back, late; a flow's causes add up to it, a balance's to its change."""

from datetime import date
from random import Random

import pytest

from sohoi.figures.causes import Cause, Causes, Move, causes, moves
from sohoi.figures.read import figure
from sohoi.ledger.models import Kind, Record
from sohoi.ledger.totals import fold, rebuild
from sohoi.ledger.write import accept, accept_many, close_month, void
from sohoi.periods import parse
from sohoi.units.models import Placement, View
from sohoi.units.write import rebuild_closure
from tests.people import deed, measure

APRIL = date(2024, 4, 15)


def of(code, unit, period, view=View.WAS, level=""):
    m = measure(code)
    return causes(unit, [m], parse(period), view, level).get(m.pk, Causes())


def test_deeds_are_told_by_kind_and_those_taken_back_apart(place, hoa):
    accept(deed(place.branch, APRIL, "house-admission", values={"count": 9}), by=hoa)
    accept(deed(place.other, APRIL, "house-admission", values={"count": 1}), by=hoa)
    wrong = accept(deed(place.other, APRIL, "house-leaving", values={"count": 4}), by=hoa).draft
    void(Record.objects.get(pk=wrong.id), "Ghi nhầm", by=hoa)
    assert of("members", place.district, "2024-04") == Causes(
        (Cause("Kết nạp hội viên", 2, 10, 0), Cause("Hội viên thôi sinh hoạt", 1, -4, 0)),
        (Cause("Hội viên thôi sinh hoạt", 1, 4, 0),),
    )
    assert of("members", place.branch, "2024-04").total == 9
    assert of("members", place.district, "2024-05") == Causes()


def test_a_kind_goes_by_its_newest_name(place, hoa):
    accept(deed(place.branch, APRIL), by=hoa)
    old = Kind.objects.get(code="house-group-founded")
    Kind.objects.filter(pk=old.pk).update(current=False)
    new = Kind.objects.create(code=old.code, version=old.version + 1, room=old.room, label="Lập tổ mới", body=old.body)
    draft = deed(place.branch, APRIL)
    accept(draft, by=hoa)
    assert Record.objects.get(pk=draft.id).kind_id == new.pk
    assert of("groups", place.branch, "2024-04").told == (Cause("Lập tổ mới", 2, 2, 0),)


def test_a_filter_and_a_level_narrow_the_deeds(place, hoa):
    accept(deed(place.branch, APRIL, values={"count": 2, "form": "health"}), by=hoa)
    accept(deed(place.town, APRIL, values={"count": 3, "form": "saving"}), by=hoa)
    assert [of(code, place.district, "2024").total for code in ("groups", "groups-health")] == [5, 2]
    assert of("groups", place.district, "2024", level="base").total == 3
    assert of("rate", place.district, "2024") == Causes()


@pytest.mark.parametrize("view", [View.WAS, View.TODAY])
def test_whatever_happened_the_causes_of_a_flow_add_up_to_it_and_those_of_a_balance_to_its_change(place, hoa, view):
    """Eighty deeds, some taken back, some after their month was closed; figures by the totals, causes by the lines."""
    chance = Random(4)
    kinds = ("house-group-founded", "house-admission", "house-leaving")
    drafts = [
        deed(chance.choice((place.branch, place.other, place.heir)),
             date(2025, chance.randint(7, 12), chance.randint(1, 28)),
             chance.choice(kinds), values={"count": chance.randint(1, 9)})
        for _ in range(80)
    ]  # fmt: skip
    accept_many(drafts[:50], by=hoa, door="file")
    close_month(place.today, date(2025, 9, 1), by=hoa)
    accept_many(drafts[50:], by=hoa, door="file")
    for draft in chance.sample(drafts, 12):
        void(Record.objects.get(pk=draft.id), "Ghi nhầm", by=hoa)
    fold()
    for unit in (place.branch, place.heir, place.today):
        for month in range(8, 13):
            period, before = parse(f"2025-{month:02d}"), parse(f"2025-{month - 1:02d}")
            flow = figure(measure("groups"), unit, period, view)
            assert of("groups", unit, f"2025-{month:02d}", view).total == (flow.value or 0)
            now, then = (figure(measure("members"), unit, p, view).value or 0 for p in (period, before))
            assert of("members", unit, f"2025-{month:02d}", view).total == now - then
    late = [c.late for c in of("groups", place.today, "2025-10", view).told]
    assert late == [sum(d.values["count"] for d in drafts[50:] if d.kind == kinds[0] and d.day.month == 9)]
    assert late[0] > 0


def test_a_past_balance_asks_where_units_stood_on_its_day(place, hoa):
    accept(deed(place.branch, APRIL, "house-admission", values={"count": 9}), by=hoa)
    rebuild()
    assert of("members", place.district, "2024-04").total == 9
    assert of("members", place.heir, "2024-04").total == 0, "the ward did not stand then"
    assert of("members", place.heir, "2024-04", View.TODAY).total == 9


def test_a_move_is_named_and_a_new_name_or_a_new_map_is_none(place):
    move = date(2024, 4, 16)
    Placement.objects.filter(unit=place.branch, parent=place.town).update(during=(date(2015, 1, 1), move))
    Placement.objects.create(unit=place.branch, parent=place.commune, name="X", during=(move, date(2025, 7, 1)))
    Placement.objects.filter(unit=place.other, parent=place.commune).update(during=(date(2015, 1, 1), move))
    Placement.objects.create(unit=place.other, parent=place.commune, name="Y", during=(move, date(2025, 7, 1)))
    rebuild_closure()
    assert moves(place.commune, parse("2024-Q2")) == (Move("X", move, True),)
    assert moves(place.town, parse("2024-Q2")) == (Move("Chi hội Ấp Một", move, False),)
    assert moves(place.town, parse("2024-Q3")) == ()
    assert moves(place.heir, parse("2025")) == ()
