"""She leaves, comes back, is recognised, moves, is merged: each taken back in its turn, and then all is as before."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from sohoi.ledger.models import Closing, Entry, Record
from sohoi.ledger.moving import settle
from sohoi.ledger.register import prove_register
from sohoi.people.models import Link, Member, Membership, Standing, Transfer
from sohoi.people.tests.acts import admit, counted, do, figures, load_member_kinds, state, take_back
from sohoi.people.write.transfers import ask, ask_by_number, decline
from sohoi.refusal import Refusal
from sohoi.units.models import Placement
from tests.people import account

SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 6, 1), date(2024, 9, 1)
NUMBER = "092185001234"


@pytest.fixture(autouse=True)
def register(db):
    """The kinds of the register before, register and ledger of one mind after each test."""
    load_member_kinds()
    yield
    assert prove_register() == []


# ---- left, come back, recognised ------------------------------------------------------------------


def test_she_leaves_with_all_that_she_was_and_taken_back_she_is_it_again(place, lan):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư", standing="automatic")
    do("member-recognised", place.branch, lan, card, SUMMER, **{"as": "core"})
    before = figures(place.branch), list(Standing.objects.order_by("pk").values("kind", "during", "record"))
    left = do("member-left", place.branch, lan, card, AUTUMN, reason="work")
    assert figures(place.branch) == {"new-members": 1, "members-left": 1}
    assert counted("registered-members", labels={"standing": "automatic"}) == 0
    assert Membership.objects.get().during.upper == AUTUMN
    take_back(left, lan)
    assert (figures(place.branch), list(Standing.objects.order_by("pk").values("kind", "during", "record"))) == before
    card.refresh_from_db()
    assert card.active


def test_on_the_day_she_came_she_may_leave_and_all_can_be_taken_back(place, lan):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư")
    core = do("member-recognised", place.branch, lan, card, SPRING, **{"as": "core"})
    left = do("member-left", place.branch, lan, card, SPRING, reason="other")
    assert (Membership.objects.count(), figures(place.branch)) == (0, {"new-members": 1, "members-left": 1})
    with pytest.raises(Refusal, match="đã kết thúc bằng một việc khác"):
        take_back(core, lan)
    for draft in (left, core, card.origin):
        take_back(draft, lan)
    assert (figures(place.branch), Membership.objects.count(), Standing.objects.count()) == ({}, 0, 0)


def test_she_comes_back_and_that_can_be_taken_back(place, lan):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư")
    left = do("member-left", place.branch, lan, card, SUMMER, reason="work")
    back = do("member-returned", place.branch, lan, card, AUTUMN, standing="ordinary")
    assert figures(place.branch) == {
        "new-members": 1, "registered-members": 1, "homes-with-members": 1, "members-left": 1, "members-returned": 1
    }  # fmt: skip
    with pytest.raises(Refusal, match="Hủy việc sau trước"):
        take_back(left, lan)
    take_back(back, lan)
    take_back(left, lan)
    assert figures(place.branch) == {"new-members": 1, "registered-members": 1, "homes-with-members": 1}


def test_a_leave_taken_back_after_her_card_was_put_right_leaves_one_household(place, lan):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư", role="head")
    left = do("member-left", place.branch, lan, card, SUMMER, reason="work")
    do("member-corrected", place.branch, lan, card, AUTUMN, why="mistaken", home="Bà Năm", role="child")
    take_back(left, lan)
    card.refresh_from_db()
    assert (card.household.label, card.role) == ("Bà Tư", "")
    assert card.household == Membership.objects.get().household


def test_two_memberships_at_once_are_refused(place, lan, hoa):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    with pytest.raises(Refusal, match="mỗi lúc chỉ thuộc một nơi"):
        do("member-returned", place.branch, lan, card, SUMMER, standing="ordinary")
    do("member-left", place.branch, lan, card, AUTUMN, reason="work")
    with pytest.raises(Refusal, match="còn thuộc chi hội cũ"):
        do("member-returned", place.branch, lan, card, SUMMER, standing="ordinary")
    with pytest.raises(Refusal, match="do chi hội khác giữ"):
        do("member-returned", place.other, hoa, card, AUTUMN, standing="ordinary")


def test_a_recognition_begins_once_and_ends_once_each_in_its_turn(place, lan):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    given = do("member-recognised", place.branch, lan, card, SUMMER, **{"as": "core"})
    with pytest.raises(Refusal, match="đã được công nhận “Hội viên nòng cốt” từ 01/6/2024"):
        do("member-recognised", place.branch, lan, card, AUTUMN, **{"as": "core"})
    with pytest.raises(Refusal, match="không phải “Hội viên nòng cốt” vào ngày này"):
        do("member-derecognised", place.branch, lan, card, SUMMER, **{"as": "core"})
    with pytest.raises(Refusal, match="công nhận hoặc thôi công nhận “Hội viên nòng cốt” ngày 01/6/2024"):
        do("member-left", place.branch, lan, card, date(2024, 5, 1), reason="work")
    ended = do("member-derecognised", place.branch, lan, card, AUTUMN, **{"as": "core"})
    assert counted("core-members") == 0
    with pytest.raises(Refusal, match="Hủy việc sau trước"):
        take_back(given, lan)
    left = do("member-left", place.branch, lan, card, AUTUMN, reason="work")
    with pytest.raises(Refusal, match="nghỉ hoặc chuyển"):
        take_back(ended, lan)
    for draft, core in ((left, 0), (ended, 1), (given, 0)):
        take_back(draft, lan)
        assert counted("core-members") == core


# ---- moved ----------------------------------------------------------------------------------------


@pytest.fixture
def cuc(place):
    """Chị Cúc, head of the other branch."""
    return account("cuc", "Chị Cúc", (place.other, "branch-head"))


@pytest.mark.parametrize("asked_by_old", [True, False])
def test_she_moves_when_the_other_side_agrees_whoever_asked(place, lan, cuc, asked_by_old):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư", standing="automatic")
    do("member-recognised", place.branch, lan, card, SUMMER, **{"as": "core"})
    asker, answerer = (lan, cuc) if asked_by_old else (cuc, lan)
    row = ask(uuid4(), card, place.other, AUTUMN, "theo chồng", by=asker)
    assert figures(place.other) == {}
    with pytest.raises(Refusal, match="không có quyền trả lời"):
        settle(row, by=asker)
    settle(row, by=answerer)
    card.refresh_from_db()
    assert (card.unit, card.active, card.household) == (place.other, True, None)
    assert figures(place.branch) == {"new-members": 1, "members-moved-out": 1}
    assert figures(place.other) == {"registered-members": 1, "core-members": 1, "members-moved-in": 1}
    assert {r.by_id for r in Record.objects.filter(unit=place.other)} == {cuc.pk}
    assert {s.kind for s in Standing.objects.filter(during__endswith=None)} == {"automatic", "core"}
    with pytest.raises(Refusal, match="đã được trả lời"):
        settle(row, by=answerer)


def test_moved_on_the_day_she_came_and_back_again_she_is_counted_once(place, lan, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    for new, asker, answerer in ((place.other, lan, cuc), (place.branch, cuc, lan), (place.other, lan, cuc)):
        settle(ask(uuid4(), card, new, SPRING, "", by=asker), by=answerer)
    assert (counted("registered-members", unit=place.branch), counted("registered-members", unit=place.other)) == (0, 1)
    assert Membership.objects.get().unit == place.other


def test_where_the_month_is_closed_on_one_side_both_count_from_the_same_day(place, lan, cuc, mai):
    day, july = date(2024, 6, 15), date(2024, 7, 1)
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư")
    Closing.objects.create(unit=place.town, month=SUMMER, by=mai)
    settle(ask(uuid4(), card, place.other, day, "", by=lan), by=cuc)
    moves = Entry.objects.filter(record__kind__code__startswith="member-moved")
    assert {(entry.day, entry.booked) for entry in moves} == {(day, july)}
    notes = Record.objects.filter(kind__code__startswith="member-moved").order_by("kind__code").values_list("note")
    assert [note for (note,) in notes] == [
        "Tháng 6/2024 bên kia đã chốt: việc này tính vào tháng 7/2024, ghi là phát sinh sau kỳ chốt.",
        "Tháng 6/2024 đã chốt: việc này tính vào tháng 7/2024, ghi là phát sinh sau kỳ chốt.",
    ]


@pytest.mark.parametrize("merged", [False, True])
def test_one_who_left_elsewhere_is_received_by_her_number_even_where_it_lay_on_a_merged_card(
    place, lan, cuc, mai, merged
):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư", id_number=NUMBER, standing="automatic")
    if merged:
        twin, card = card, admit(place.branch, "Trần Thị Lan", lan, SPRING, standing="automatic")
        do("member-merged", place.branch, lan, twin, SPRING, kept=card.pk)
    do("member-left", place.branch, lan, card, SUMMER, reason="work")
    with pytest.raises(Refusal, match="Người này từng có thẻ ở chi hội này: ghi “Hội viên trở lại sinh hoạt”"):
        admit(place.branch, "Trần Thị Lan", lan, AUTUMN, id_number=NUMBER)
    asked = ask_by_number(uuid4(), NUMBER, place.other, AUTUMN, "", by=cuc)
    settle(Transfer.objects.get(pk=asked.pk), by=lan)
    card.refresh_from_db()
    assert (card.unit, card.active, card.household) == (place.other, True, None)
    assert figures(place.other) == {"registered-members": 1, "members-moved-in": 1}
    assert counted("registered-members", labels={"standing": "automatic"}, unit=place.other) == 1
    assert counted("members-moved-out") == counted("registered-members", unit=place.branch) == 0


def test_a_move_that_cannot_be_is_refused(place, lan, cuc, thu):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    Placement.objects.filter(unit=place.other, during__contains=AUTUMN).update(during=(date(2015, 1, 1), SUMMER))
    tomorrow = timezone.localdate() + timedelta(days=1)
    for new, day, by, sentence in [
        (place.other, AUTUMN, lan, "không hoạt động"), (place.town, SPRING, lan, "phải là một chi hội"),
        (place.branch, AUTUMN, lan, "chính chi hội này"), (place.other, tomorrow, lan, "còn ở phía trước"),
        (place.other, SPRING, thu, "không có quyền"), (place.other, date(2024, 2, 1), lan, "trước ngày chị vào"),
    ]:  # fmt: skip
        with pytest.raises(Refusal, match=sentence):
            ask(uuid4(), card, new, day, "", by=by)
    assert not Transfer.objects.exists()


def test_one_request_at_a_time_declined_with_a_reason_and_another_may_follow(place, lan, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = ask(uuid4(), card, place.other, AUTUMN, "", by=lan)
    assert ask(row.pk, card, place.other, AUTUMN, "", by=lan) == row
    with pytest.raises(Refusal, match="đã dùng cho một đề nghị khác"):
        ask(row.pk, card, place.other, AUTUMN, "", by=cuc)
    with pytest.raises(Refusal, match="đang chờ trả lời"):
        ask(uuid4(), card, place.other, AUTUMN, "", by=cuc)
    with pytest.raises(Refusal, match="Chưa nêu lý do"):
        decline(row, " ", by=cuc)
    decline(row, "chưa đủ giấy", by=cuc)
    ask(uuid4(), card, place.other, AUTUMN, "", by=cuc)


def test_one_who_left_meanwhile_does_not_move_and_nothing_is_half_done(place, lan, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = ask(uuid4(), card, place.other, AUTUMN, "", by=lan)
    Transfer.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    do("member-left", place.branch, lan, card, SUMMER, reason="work")
    before = state()
    with pytest.raises(Refusal, match="Bên đề nghị không còn ghi được"):
        settle(row, by=cuc)
    assert state() == before


# ---- two cards of one woman -----------------------------------------------------------------------


def test_merged_she_counts_once_and_cut_she_counts_as_before(place, lan):
    kept = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư")
    twin = admit(place.branch, "Tran Thi Lan", lan, AUTUMN, home="Bà Năm")
    before = figures(place.branch), list(Membership.objects.order_by("pk").values())
    merged = do("member-merged", place.branch, lan, twin, AUTUMN, kept=kept.pk)
    assert figures(place.branch) == {"new-members": 2, "registered-members": 1, "homes-with-members": 1}
    assert [card.pk for card in Member.objects.filter(same_as=None)] == [kept.pk]
    with pytest.raises(Refusal, match="không thuộc"):
        do("member-left", place.branch, lan, twin, AUTUMN, reason="work")
    take_back(merged, lan)
    rows = [{**row, "id": None} for row in Membership.objects.order_by("pk").values()]
    assert (figures(place.branch), rows) == (before[0], [{**row, "id": None} for row in before[1]])
    assert Link.objects.get().cut_by == lan


def test_what_is_no_pair_is_not_merged(place, lan, hoa):
    one, other = (admit(place.branch, name, lan, SPRING) for name in ("Trần Thị Lan", "Trần Thị Lan"))
    elsewhere = admit(place.other, "Trần Thị Lan", hoa, SPRING)
    left = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    do("member-left", place.branch, lan, left, SUMMER, reason="work")
    for card, kept, sentence in [
        (one, one, "Chọn lại hai thẻ"), (one, elsewhere, "thuộc đơn vị khác"), (one, left, "đã thôi sinh hoạt"),
    ]:  # fmt: skip
        with pytest.raises(Refusal, match=sentence):
            do("member-merged", place.branch, lan, card, AUTUMN, kept=kept.pk)
    do("member-merged", place.branch, lan, left, AUTUMN, kept=one.pk)
    do("member-merged", place.branch, lan, other, AUTUMN, kept=one.pk)
    with pytest.raises(Refusal, match="Tách thẻ ấy ra trước"):
        do("member-merged", place.branch, hoa, one, AUTUMN, kept=elsewhere.pk)
    assert counted("registered-members", unit=place.branch) == 1


def test_an_admission_is_not_taken_back_while_a_move_waits_and_nobody_agrees_to_a_card_that_was_undone(place, lan):
    cuc = account("cuc", "Chị Cúc", (place.other, "branch-head"))
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = ask(uuid4(), card, place.other, AUTUMN, "Chị Trần Thị Lan theo chồng", by=lan)
    with pytest.raises(Refusal, match="Đang có đề nghị chuyển chị"):
        take_back(card.origin, lan)
    decline(row, "Trần Thị Lan ở lại", by=lan)
    take_back(card.origin, lan)
    row.refresh_from_db()
    assert (row.reason, row.answer) == ("", "")
    Transfer.objects.filter(pk=row.pk).update(accepted=None, answered_at=None, answered_by=None)  # one of before
    with pytest.raises(Refusal, match="không còn ở chi hội đã đề nghị"):
        settle(row, by=cuc)
    assert figures(place.other) == {}
