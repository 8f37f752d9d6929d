"""Bands of age: exact at every level, on any day, in both views, without a total; the bands add up to the members."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sohoi.desk.origins import origin
from sohoi.figures.breakdown import breakdown
from sohoi.figures.read import figures_of
from sohoi.ledger.models import Measure, Record
from sohoi.ledger.totals import fold, rebuild
from sohoi.ledger.write import void
from sohoi.people.models import Member
from sohoi.people.tests.acts import admit, do, load_member_kinds
from sohoi.periods import parse
from sohoi.units.models import Unit, View

BANDS = ("to-30", "31-45", "46-60", "over-60", "age-unknown")
DAY = date(2024, 3, 1)


@pytest.fixture
def women(place, hoa):
    """Six women of two branches; one has told no year."""
    load_member_kinds()
    for unit, name, born in [
        (place.branch, "Trần Thị Một", "1994"), (place.branch, "Trần Thị Hai", "12/3/1993"),
        (place.branch, "Trần Thị Ba", "1964"), (place.other, "Trần Thị Tư", "1963"),
        (place.other, "Trần Thị Năm", "1979"), (place.other, "Trần Thị Sáu", ""),
    ]:  # fmt: skip
        admit(unit, name, hoa, DAY, born=born)
    return {card.name: card for card in Member.objects.all()}


def bands(unit, period="2024-12-31", view=View.WAS):
    measures = [Measure.objects.get(code=f"registered-{band}") for band in BANDS]
    said = figures_of([unit], measures, parse(period), view)
    return [said[unit.pk, m.pk].value or 0 for m in measures]


@pytest.mark.parametrize("folded", [False, True], ids=["queued", "folded"])
def test_bands_count_whole_years_by_year_of_birth_at_every_level(place, women, folded):
    if folded:
        fold()
    assert bands(place.branch) == [1, 1, 1, 0, 0]
    assert bands(place.other) == [0, 1, 0, 1, 1]
    for unit in (place.district, place.province, place.centre):
        assert bands(unit) == [1, 2, 1, 1, 1]
    assert [bands(unit) for unit in (place.town, place.commune)] == [[1, 1, 1, 0, 0], [0, 1, 0, 1, 1]]


def test_women_grow_older_without_a_deed(place, women):
    assert bands(place.district, "2024-03-01") == [1, 2, 1, 1, 1]
    assert bands(place.heir, "2026-11-22") == [0, 2, 1, 2, 1]
    assert bands(place.district, "2024-02-29") == [0, 0, 0, 0, 0]


def test_each_view_puts_the_women_where_their_branch_stands(place, women):
    for view in View.values:
        assert bands(place.heir, "2026-11-22", view) == [0, 2, 1, 2, 1]
    assert bands(place.heir, "2024-12-31", View.TODAY) == [1, 2, 1, 1, 1]
    assert bands(place.heir, "2024-12-31", View.WAS) == [0, 0, 0, 0, 0]


def test_the_bands_add_up_to_the_members_whatever_happens(place, hoa, women):
    do("member-left", place.branch, hoa, women["Trần Thị Ba"], date(2024, 5, 1), reason="died")
    void(Record.objects.get(pk=women["Trần Thị Năm"].origin), "ghi nhầm", by=hoa)
    Member.objects.filter(name="Trần Thị Tư").update(birth_year=None)
    assert bands(place.district) == [1, 1, 0, 0, 2]
    assert bands(place.district, "2024-04-30") == [1, 1, 1, 0, 2]
    members = Measure.objects.get(code="registered-members")
    whole = figures_of([place.district], [members], parse("2024-12-31"), View.WAS)
    assert whole[place.district.pk, members.pk].value == sum(bands(place.district))


def test_nothing_is_stored_for_a_band_and_the_proof_holds(place, women):
    fold()
    rebuild()
    call_command("prove", stdout=StringIO())
    ids = [Measure.objects.get(code=f"registered-{band}").pk for band in BANDS]
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ledger_total where measure_id = any(%s)", [ids])
        assert cursor.fetchone() == (0,)


def test_the_children_and_the_records_behind_a_band(place, hoa, women):
    band = Measure.objects.get(code="registered-31-45")
    members = Measure.objects.get(code="registered-members")
    shown = breakdown(place.district, [band, members], parse("2024"), View.WAS, date(2026, 11, 22))
    assert {line.label: [f.value or 0 for f in line.figures] for line in shown.lines if line.figures[1].value} == {
        "Thị trấn Mỹ Xuyên": [1, 3], "Xã Đại Tâm": [1, 3]
    }  # fmt: skip
    found = origin(band, place.district, parse("2024"), View.WAS, "", Unit.objects.all())
    assert (found.sum, found.complete) == (2, True)
    assert {row.member.name for row in found.records} == {"Trần Thị Hai", "Trần Thị Năm"}


def test_bands_of_many_units_cost_as_many_statements_as_one_of_one(place, women):
    measures = [Measure.objects.get(code=f"registered-{band}") for band in BANDS]
    counts = set()
    for units, asked in (([place.branch], measures[:1]), ([place.branch, place.other, place.district], measures)):
        with CaptureQueriesContext(connection) as queries:
            figures_of(units, asked, parse("2024"), View.WAS)
        counts.add(len([q for q in queries if "units_reach" in q["sql"]]))
    assert counts == {1}
