"""An agreed move taken back: both sides at once, and never when something at the new branch stands on it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection

from sohoi.ledger.models import Closing, Entry, Kind, Record
from sohoi.ledger.moving import can_be_unsettled, settle, unsettle
from sohoi.ledger.register import prove_register
from sohoi.ledger.totals import prove
from sohoi.people.models import Member, Standing
from sohoi.people.tests.acts import admit, do, figures, load_member_kinds, state, take_back
from sohoi.people.write.transfers import ask, decline, record_of
from sohoi.refusal import Refusal
from tests.people import account

SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 6, 1), date(2024, 9, 1)


@pytest.fixture(autouse=True)
def register(db):
    load_member_kinds()
    yield
    assert prove_register() == prove() == []


@pytest.fixture
def cuc(place):
    return account("cuc", "Chị Cúc", (place.other, "branch-head"))


def stands(place):
    open_now = Standing.objects.filter(during__endswith=None)
    return figures(place.branch), list(Member.objects.values()), sorted(open_now.values_list("kind", flat=True))


def test_an_agreed_move_is_taken_back_on_both_sides_at_once(place, lan, mai, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư", role="head")
    do("member-recognised", place.branch, lan, card, SUMMER, **{"as": "core"})
    before = (
        figures(place.branch),
        list(Member.objects.values()),
        Standing.objects.filter(during__endswith=None).count(),
    )
    row = settle(ask(uuid4(), card, place.other, AUTUMN, "", by=lan), by=cuc)
    with pytest.raises(Refusal, match="việc của hai bên"):
        take_back(record_of(row.pk, "member-moved-in"), cuc)
    with pytest.raises(Refusal, match="Hội cấp trên của cả hai"):
        unsettle(row, "nhầm người", by=cuc)
    unsettle(row, "nhầm người", by=mai)
    assert before == (
        figures(place.branch),
        list(Member.objects.values()),
        Standing.objects.filter(during__endswith=None).count(),
    )
    assert figures(place.other) == {}
    with pytest.raises(Refusal, match="đã hủy"):
        unsettle(row, "lần nữa", by=mai)
    settle(ask(uuid4(), card, place.other, AUTUMN, "", by=lan), by=cuc)


def test_a_move_that_something_followed_stays_with_a_sentence(place, lan, mai, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = settle(ask(uuid4(), card, place.other, AUTUMN, "", by=lan), by=cuc)
    card.refresh_from_db()
    told = do("member-corrected", place.other, cuc, card, AUTUMN, why="added", occupation="May")
    before = state()
    with pytest.raises(Refusal, match="Ở nơi nhận đã ghi “Sửa thẻ hội viên” ngày"):
        unsettle(row, "nhầm người", by=mai)
    assert state() == before
    take_back(told, cuc)
    onward = ask(uuid4(), card, place.branch, AUTUMN, "", by=cuc)
    with pytest.raises(Refusal, match="đề nghị chuyển tiếp"):
        unsettle(row, "nhầm người", by=mai)
    decline(onward, "thôi", by=cuc)
    unsettle(row, "nhầm người", by=mai)
    card.refresh_from_db()
    assert (card.unit, card.active, card.occupation) == (place.branch, True, "")


def test_a_household_that_the_new_branch_told_as_of_an_earlier_day_is_taken_back_first(place, lan, mai, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = settle(ask(uuid4(), card, place.other, AUTUMN, "", by=lan), by=cuc)
    told = do("member-corrected", place.other, cuc, card, SUMMER, why="added", home="Bà Sáu")
    with pytest.raises(Refusal, match="Ở nơi nhận đã ghi hộ của chị"):
        unsettle(row, "nhầm người", by=mai)
    take_back(told, cuc)
    unsettle(row, "nhầm người", by=mai)
    assert figures(place.other) == {}


def test_there_and_back_on_one_day_is_taken_back_step_by_step(place, lan, mai, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư")
    there = settle(ask(uuid4(), card, place.other, SPRING, "", by=lan), by=cuc)
    back = settle(ask(uuid4(), card, place.branch, SPRING, "", by=cuc), by=lan)
    with pytest.raises(Refusal, match="Ở nơi nhận đã ghi “Chuyển sinh hoạt đi”"):
        unsettle(there, "nhầm người", by=mai)
    for row in (back, there):
        unsettle(row, "nhầm người", by=mai)
    card.refresh_from_db()
    assert (card.unit, card.active, figures(place.other)) == (place.branch, True, {})
    assert figures(place.branch) == {"new-members": 1, "registered-members": 1, "homes-with-members": 1}


def test_a_twin_that_was_merged_before_the_move_stands_in_nobodys_way_one_that_came_since_does(place, lan, mai, cuc):
    card, before = (admit(place.branch, name, lan, SPRING) for name in ("Trần Thị Lan", "Tran Thi Lan"))
    do("member-merged", place.branch, mai, before, SUMMER, kept=card.pk)
    row = settle(ask(uuid4(), card, place.other, AUTUMN, "", by=lan), by=cuc)
    since = admit(place.other, "Trần T. Lan", cuc, AUTUMN)
    merged = do("member-merged", place.other, mai, since, AUTUMN, kept=card.pk)
    with pytest.raises(Refusal, match="Sau việc này"):
        unsettle(row, "nhầm người", by=mai)
    take_back(merged, mai)
    unsettle(row, "nhầm người", by=mai)
    card.refresh_from_db()
    assert (card.unit, card.active, card.twins.get()) == (place.branch, True, before)


@pytest.mark.parametrize("closed", ["town", "commune"])
@pytest.mark.parametrize("before", [False, True])
def test_a_move_taken_back_never_counts_her_twice_or_nowhere_whichever_side_is_closed(
    place, lan, mai, cuc, closed, before
):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư", role="head")
    if before:  # the move itself counts late: June was closed on the other side
        Closing.objects.create(unit=place.commune, month=date(2024, 6, 1), by=mai)
    row = settle(ask(uuid4(), card, place.other, date(2024, 6, 15), "", by=lan), by=cuc)
    for month in (6, 7, 8):
        Closing.objects.get_or_create(unit=getattr(place, closed), month=date(2024, month, 1), defaults={"by": mai})
    unsettle(row, "nhầm người", by=mai)
    days = Entry.objects.filter(record__kind__code__startswith="member-moved").values_list("booked", flat=True)
    for day in sorted({SPRING, *days}):
        rows = Entry.objects.filter(booked__lte=day, measure__code="registered-members")
        assert (day, sum(rows.values_list("amount", flat=True))) == (day, 1)
    assert max(days) == AUTUMN
    assert figures(place.other) == {}


def told_before_it_could_be_taken_back(code, **changed):
    """Version 0 of a kind, as it was before it had an `undo`; its records are made to be of that version."""
    now = Kind.objects.get(code=code, current=True)
    body = {key: value for key, value in now.body.items() if key != "undo"} | changed
    old = Kind.objects.create(code=code, version=99, room=now.room, label=now.label, body=body, current=False)
    Record.objects.filter(kind=now).update(kind=old)


def test_a_move_told_before_moves_could_be_taken_back_is_taken_back_by_todays_kinds(place, lan, mai, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = settle(ask(uuid4(), card, place.other, AUTUMN, "", by=lan), by=cuc)
    with connection.cursor() as cursor:  # what is written never changes: the test speaks as those who came before
        cursor.execute("set session_replication_role = replica")
        for code in ("member-moved-in", "member-moved-out"):
            told_before_it_could_be_taken_back(code)
        cursor.execute("set session_replication_role = default")
    assert can_be_unsettled(row)
    unsettle(row, "nhầm người", by=mai)
    assert (figures(place.branch), figures(place.other)) == ({"new-members": 1, "registered-members": 1}, {})


def test_a_kind_whose_writer_or_answers_are_others_lends_no_way_back(place, lan, mai, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = settle(ask(uuid4(), card, place.other, AUTUMN, "", by=lan), by=cuc)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        told_before_it_could_be_taken_back("member-moved-in", writer="sohoi.people.write.cards.correct")
        cursor.execute("set session_replication_role = default")
    assert not can_be_unsettled(row)
    with pytest.raises(Refusal, match="từ khi phần mềm chưa hủy được"):
        unsettle(row, "nhầm người", by=mai)
    assert figures(place.other) == {"registered-members": 1, "members-moved-in": 1}
