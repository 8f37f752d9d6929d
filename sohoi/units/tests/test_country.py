"""The real country in the database: totals, identities, lineage, and both closures."""

from datetime import date

import pytest

from sohoi.units.models import Closure, Level, Lineage, Placement, Unit, View
from sohoi.units.read import below, centre
from sohoi.units.write import load_country

BEFORE, TODAY = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.django_db
def test_the_whole_country_stands_on_both_sides_of_the_reform():
    for model in (Lineage, Closure, Placement, Unit):
        model.objects.all().delete()
    load_country()
    top = centre()
    counts = {
        day: {level: below(top, day, level).count() for level in (Level.PROVINCE, Level.DISTRICT, Level.BASE)}
        for day in (BEFORE, TODAY)
    }
    assert counts[BEFORE] == {Level.PROVINCE: 63, Level.DISTRICT: 696, Level.BASE: 10035}
    assert counts[TODAY] == {Level.PROVINCE: 34, Level.DISTRICT: 0, Level.BASE: 3321}
    assert Placement.objects.filter(during__contains=BEFORE).count() == 1 + 63 + 696 + 10035
    reach = Closure.objects.filter(view=View.TODAY, ancestor=top).values("descendant").distinct().count()
    assert reach == Unit.objects.count(), "every unit that ever stood counts for the country today"
