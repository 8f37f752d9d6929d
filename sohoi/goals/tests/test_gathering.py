"""The gathering rate from the register: its four ways, and how many base units reach a threshold."""

from datetime import date
from fractions import Fraction
from uuid import uuid4

import pytest

from sohoi.figures.read import figures_of
from sohoi.goals.read import MET, UNMET, review
from sohoi.goals.tests.test_attainment import BODY, load
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Measure
from sohoi.ledger.write import accept
from sohoi.people.tests.acts import admit, do, load_member_kinds
from sohoi.periods import parse
from sohoi.units.models import View

SPRING, ON = date(2024, 3, 1), date(2024, 5, 11)
DECLARED = {
    "women-declared": 4, "women-eligible-declared": 3, "women-present-declared": 2, "homes-with-women-declared": 4
}  # fmt: skip
SHARE = """
[[target]]
code = "ct4"
number = "4"
label = "Tập hợp phụ nữ"
[[target.criterion]]
code = "tap-hop"
label = "Cơ sở có tỷ lệ tập hợp từ 50%"
measure = "registered-rate"
shape = "share"
level = "base"
threshold = "50%"
goal = "15%"
"""


@pytest.fixture
def women(place, hoa, mai):
    """Three women in two households of the town's branch, one in the commune's; both have told their denominators."""
    load_member_kinds()
    cards = [
        admit(unit, name, hoa, SPRING, home=home)
        for unit, name, home in [
            (place.branch, "Trần Thị Một", "Bà Tư"), (place.branch, "Trần Thị Hai", "Bà Tư"),
            (place.branch, "Trần Thị Ba", "Bà Năm"), (place.other, "Trần Thị Tư", "Bà Tư"),
        ]
    ]  # fmt: skip
    for unit in (place.town, place.commune):
        for kind, count in DECLARED.items():
            accept(Draft(uuid4(), kind, unit.code, SPRING, {"count": count}), by=mai)
    return cards


def test_the_rate_is_said_in_its_four_ways_and_rises_from_its_parts(place, women):
    codes = ("registered-rate", "registered-rate-eligible", "registered-rate-present", "homes-rate")
    measures = [Measure.objects.select_related("over", "under").get(code=code) for code in codes]
    said = figures_of([place.town, place.commune, place.district], measures, parse("2024-05-11"), View.WAS)
    rates = {
        name: [said[getattr(place, name).pk, m.pk].value for m in measures] for name in ("town", "commune", "district")
    }
    assert rates == {
        "town": [Fraction(3, 4), 1, Fraction(3, 2), Fraction(2, 4)],
        "commune": [Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(1, 4)],
        "district": [Fraction(4, 8), Fraction(4, 6), 1, Fraction(3, 8)],
    }


def test_the_share_of_base_units_above_a_threshold_follows_the_register(place, women, hoa, tmp_path):
    resolution = load(tmp_path, BODY + SHARE)
    before = review(resolution, ON).criteria()["tap-hop"]
    assert (before.result.reached, before.result.asked) == (1, 11)
    assert before.state == UNMET
    admit(place.other, "Trần Thị Năm", hoa, SPRING)
    after = review(resolution, ON).criteria()["tap-hop"]
    assert (after.result.reached, after.state) == (2, MET)
    do("member-left", place.other, hoa, women[3], date(2024, 5, 1), reason="work")
    assert review(resolution, ON).criteria()["tap-hop"].result.reached == 1
