"""Ordinary, honorary and back: one deed each, counted on the day it tells, and taken back."""

from datetime import date

import pytest

from sohoi.ledger.register import prove_register
from sohoi.ledger.totals import prove
from sohoi.people.models import Standing
from sohoi.people.tests.acts import admit, counted, do, figures, load_member_kinds, take_back
from sohoi.refusal import Refusal

SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 6, 1), date(2024, 9, 1)


@pytest.fixture(autouse=True)
def register(db):
    load_member_kinds()
    yield
    assert prove_register() == prove() == []


def ways():
    return {kind: n for kind in ("ordinary", "honorary") if (n := counted("registered-members", labels__standing=kind))}


def test_an_ordinary_member_becomes_an_honorary_one_and_back_and_is_counted_once(place, lan):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    do("member-recognised", place.branch, lan, card, SPRING, **{"as": "core"})
    made = do("member-restood", place.branch, lan, card, SUMMER, standing="honorary")
    assert ways() == {"honorary": 1}
    back = do("member-restood", place.branch, lan, card, AUTUMN, standing="ordinary")
    assert (ways(), figures(place.branch)) == (
        {"ordinary": 1}, {"new-members": 1, "registered-members": 1, "core-members": 1}
    )  # fmt: skip
    with pytest.raises(Refusal, match="đã đổi diện lần nữa"):
        take_back(made, lan)
    take_back(back, lan)
    assert ways() == {"honorary": 1}
    take_back(made, lan)
    assert ways() == {"ordinary": 1}
    kinds = Standing.objects.filter(member=card, during__endswith=None).values_list("kind", flat=True)
    assert sorted(kinds) == ["core", "ordinary"]


def test_on_the_day_of_her_admission_she_may_become_another_and_be_it_no_more(place, lan):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    made = do("member-restood", place.branch, lan, card, SPRING, standing="honorary")
    assert ways() == {"honorary": 1}
    with pytest.raises(Refusal, match="Sau lần kết nạp này"):
        take_back(card.origin, lan)
    take_back(made, lan)
    assert ways() == {"ordinary": 1}
    take_back(card.origin, lan)


def test_what_cannot_be_is_said(place, lan):
    man = admit(place.branch, "Lê Văn Tám", lan, SPRING, standing="honorary", man=True)
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    with pytest.raises(Refusal, match="Nam giới"):
        do("member-restood", place.branch, lan, man, SUMMER, standing="ordinary")
    with pytest.raises(Refusal, match="đã là “Hội viên”"):
        do("member-restood", place.branch, lan, card, SUMMER, standing="ordinary")
    do("member-restood", place.branch, lan, card, AUTUMN, standing="honorary")
    with pytest.raises(Refusal, match="đổi ngày 01/9/2024"):
        do("member-restood", place.branch, lan, card, SUMMER, standing="automatic")
