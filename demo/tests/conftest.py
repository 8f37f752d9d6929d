"""The demonstration on the cut of the country, loaded once for this folder in a transaction that is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from demo.branches import MY_XUYEN, QUAN_1
from demo.load import Outcome, run
from demo.tests import long_bien
from sohoi.goals.models import Resolution
from sohoi.goals.read import Review, review
from sohoi.units.models import Unit


@dataclass
class Demo:
    """The loaded demonstration: since when, what the terminal shows, and both districts with their reviews."""

    begun: datetime
    outcome: Outcome
    my_xuyen: Unit
    quan_1: Unit
    my_xuyen_review: Review
    quan_1_review: Review


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Demo]:
    """Load once. The database stays open for the tests of this folder; nothing of it is committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        begun = timezone.now()
        long_bien.load()
        outcome = run(lambda step: None, tmp_path_factory.mktemp("out"))
        reviews = {r.unit.code: review(r, r.cut_off) for r in Resolution.objects.select_related("unit")}
        units = {unit.code: unit for unit in Unit.objects.filter(code__in=(MY_XUYEN, QUAN_1))}
        yield Demo(begun, outcome, units[MY_XUYEN], units[QUAN_1], reviews[MY_XUYEN], reviews[QUAN_1])
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded) -> Iterator[Demo]:
    """The demonstration for one test; what the test writes is taken back."""
    with transaction.atomic():
        yield loaded
        transaction.set_rollback(True)
