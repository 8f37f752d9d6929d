"""Measures in memory: what was declared is seen at once, what was taken back too, and nothing is read twice."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sohoi.ledger.known import all_measures, measures_named
from sohoi.ledger.models import Measure, Take

pytestmark = pytest.mark.django_db


def measure(code: str, **more: object) -> Measure:
    return Measure.objects.create(code=code, room="movement", label=code, count="tổ", take=Take.SUM, **more)


def test_a_measure_that_is_declared_changed_or_removed_is_so_at_once() -> None:
    row = measure("mot-to")
    assert all_measures()["mot-to"].label == "mot-to"
    Measure.objects.filter(pk=row.pk).update(label="Tổ phụ nữ")
    assert all_measures()["mot-to"].label == "Tổ phụ nữ"
    row.delete()
    assert "mot-to" not in all_measures()


def test_what_is_rolled_back_was_never_declared_and_what_comes_in_its_place_is_seen() -> None:
    measure("mot-to")
    with transaction.atomic():
        measure("hai-to")
        assert "hai-to" in all_measures()
        transaction.set_rollback(True)
    assert "hai-to" not in all_measures()
    measure("ba-to")
    assert "ba-to" in all_measures()


def test_asking_again_costs_the_token_alone() -> None:
    measure("mot-to")
    all_measures()
    with CaptureQueriesContext(connection) as asked:
        assert all_measures() is all_measures()
    assert len(asked) == 2


def test_a_ratio_names_the_very_measures_it_is_made_of() -> None:
    over, under = measure("tu-so"), measure("mau-so")
    measure("ty-le", over=over, under=under)
    with CaptureQueriesContext(connection) as asked:
        found = measures_named(["ty-le", "khong-co", "tu-so"])
        assert [*found] == ["ty-le", "tu-so"]
        assert found["ty-le"].over is found["tu-so"]
    assert len(asked) <= 2
