"""Many keys as one value."""

from uuid import uuid4

import pytest

from sohoi.among import among
from sohoi.ledger.models import Record
from sohoi.people.models import Member
from sohoi.units.models import Unit

pytestmark = pytest.mark.django_db


def test_the_rows_with_these_numbers_are_found_and_no_others(place):
    assert list(Unit.objects.filter(pk__in=among([place.branch.pk]))) == [place.branch]


def test_no_keys_match_nothing():
    assert not Unit.objects.filter(pk__in=among([])).exists()


def test_bytes_and_uuids_are_found_too(place):
    key, origin = b"\x00,'\\\xff" + bytes(27), uuid4()
    card = Member.objects.create(name="Nguyễn Thị Lan", id_index=key, origin=origin, unit=place.branch)
    assert list(Member.objects.filter(id_index__in=among([bytes(32), key]))) == [card]
    assert list(Member.objects.filter(origin__in=among([uuid4(), origin]))) == [card]


def test_a_thousand_keys_travel_as_one_value():
    _, given = Record.objects.filter(pk__in=among(uuid4() for _ in range(1000))).query.sql_with_params()
    assert len(given) == 1
