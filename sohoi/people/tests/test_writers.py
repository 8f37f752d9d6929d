"""Each deed on the register changes rows and figures together; refused it leaves nothing, undone all is as before."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.moving import settle
from sohoi.ledger.register import prove_register
from sohoi.ledger.write import accept, accept_many, void
from sohoi.people.models import Household, Link, Member, Membership, Standing, Transfer
from sohoi.people.tests.acts import admit, counted, do, load_member_kinds
from sohoi.people.write.transfers import ask, decline
from sohoi.refusal import Refusal
from sohoi.units.models import Placement
from tests.people import account

SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 6, 1), date(2024, 9, 1)
NUMBER = "092185001234"
FIGURES = (
    "new-members", "registered-members", "homes-with-members", "core-members", "members-left", "members-returned",
    "members-moved-in", "members-moved-out",
)  # fmt: skip


@pytest.fixture(autouse=True)
def register(db):
    """The kinds of the register before, register and ledger of one mind after each test."""
    load_member_kinds()
    yield
    assert prove_register() == []


def figures(unit):
    """The figures of a branch that are not nought."""
    said = {code: counted(code, unit=unit) for code in FIGURES}
    return {code: amount for code, amount in said.items() if amount}


def state():
    """Everything that a deed could leave behind."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Member, Membership, Standing, Household, Transfer, Link, Record)
    ] + [Entry.objects.count()]


def take_back(draft_or_key, by):
    void(Record.objects.get(pk=getattr(draft_or_key, "id", draft_or_key)), "ghi nhầm", by=by)


# ---- written down ---------------------------------------------------------------------------------


def test_an_admission_writes_card_membership_standing_household_and_figures(place, lan):
    card = admit(place.branch, "TRẦN THỊ LAN", lan, SPRING, born="12/3/1985", home="Trần Văn Tư", role="wife")
    assert (card.name, card.unit, card.active, card.birth_year) == ("Trần Thị Lan", place.branch, True, 1985)
    row, kind = Membership.objects.get(), Standing.objects.get()
    assert (row.during.lower, row.during.upper, row.household, row.record) == (
        SPRING,
        None,
        card.household,
        card.origin,
    )
    assert (kind.kind, kind.during.lower) == ("ordinary", SPRING)
    assert figures(place.branch) == {"new-members": 1, "registered-members": 1, "homes-with-members": 1}
    assert Record.objects.get().values == {"standing": "ordinary", "homes": 1}


def test_one_who_was_a_member_before_is_written_down_and_is_no_new_member(place, lan):
    admit(place.branch, "Trần Thị Lan", lan, SPRING, kind="member-enrolled")
    assert figures(place.branch) == {"registered-members": 1}


def test_a_man_is_written_down_as_a_member_of_honour(place, lan):
    card = admit(place.branch, "Trần Văn Tư", lan, SPRING, standing="honorary", man=True)
    assert (card.man, Standing.objects.get().kind) == (True, "honorary")


@pytest.mark.parametrize(
    ("told", "where", "sentence"),
    [
        ({"born": "31/02/1985"}, "born", "không có trong lịch"),
        ({"born": "02/3/2024"}, "born", "sau ngày 01/3/2024"),
        ({"born": "1894"}, "born", "hơn 120 tuổi"),
        ({"born": "2/3/2006"}, "born", "Chưa đủ 18 tuổi"),
        ({"name": "  "}, "name", "Họ và tên"),
        ({"name": "Lan 2"}, "name", "không phải họ tên"),
        ({"id_number": "092385001234", "born": "1985"}, "id-number", "năm sinh khác"),
        ({"id_number": "092085001234"}, "id-number", "Chữ số thứ tư"),
        ({"phone": "12"}, "phone", "10 chữ số"),
        ({"man": True}, "man|standing", "không có trường|danh dự"),
        ({"homes": 5}, "homes", "không có trường"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(place, lan, told, where, sentence):
    before = state()
    values = {"name": "Trần Thị Lan", "home": "Bà Tư"} | told
    name = values.pop("name")
    if "man" in told:
        card = admit(place.branch, name, lan, SPRING, **values)  # not asked of an ordinary member: not kept
        assert not card.man
        return
    with pytest.raises(Refusal, match=sentence) as refusal:
        admit(place.branch, name, lan, SPRING, **values)
    assert refusal.value.where == where
    assert state() == before


def test_a_day_ahead_and_another_unit_are_refused(place, lan, mai, thu):
    for unit, by, day in [
        (place.branch, lan, timezone.localdate() + timedelta(days=1)), (place.other, lan, SPRING),
        (place.branch, thu, SPRING), (place.town, mai, SPRING),
    ]:  # fmt: skip
        with pytest.raises(Refusal):
            admit(unit, "Trần Thị Lan", by, day)
    assert not Member.objects.exists()


def test_a_number_that_stands_already_is_refused_wherever_it_stands(place, lan, hoa):
    admit(place.other, "Trần Thị Lan", hoa, SPRING, id_number=NUMBER)
    with pytest.raises(Refusal, match="đã có trong sổ") as refusal:
        admit(place.branch, "Trần Thị Lan", lan, SPRING, id_number="092 185 001 234")
    assert refusal.value.where == "id-number"
    assert Member.objects.count() == 1


def test_the_same_admission_twice_is_one_woman_and_another_under_its_id_is_refused(place, lan):
    key = uuid4()
    draft = Draft(key, "member-admitted", place.branch.code, SPRING, {"name": "Trần Thị Lan", "standing": "ordinary"})
    assert [accept(draft, by=lan).state for _ in range(3)] == ["accepted", "known", "known"]
    with pytest.raises(Refusal, match="đã dùng cho một việc khác"):
        admit(place.branch, "Lê Thị Cúc", lan, SPRING, id=key)
    assert [card.name for card in Member.objects.all()] == ["Trần Thị Lan"]
    assert figures(place.branch) == {"new-members": 1, "registered-members": 1}


def test_of_a_batch_the_good_are_written_and_the_bad_come_back(place, lan):
    told = [
        {"name": "Trần Thị Một", "home": "Bà Tư"}, {"name": "Trần Thị Hai", "home": "bà TƯ"},
        {"name": "Trần Thị Ba", "born": "31/02/1985"}, {"name": "Trần Thị Bốn", "id-number": NUMBER},
        {"name": "Trần Thị Năm", "id-number": NUMBER}, {"name": "Trần Thị Sáu", "home": "Bà Lạ", "phone": "1"},
    ]  # fmt: skip
    drafts = [
        Draft(uuid4(), "member-admitted", place.branch.code, SPRING, {"standing": "ordinary", **one}) for one in told
    ]
    outcomes = accept_many(drafts, by=lan, door="file")
    assert [o.state for o in outcomes[:3]] == ["accepted", "accepted", "refused"]
    assert sorted(o.state for o in outcomes[3:5]) == ["accepted", "refused"]
    assert (outcomes[5].state, outcomes[5].where) == ("refused", "phone")
    assert figures(place.branch) == {"new-members": 3, "registered-members": 3, "homes-with-members": 1}
    assert [home.label for home in Household.objects.all()] == ["Bà Tư"]


def test_an_admission_taken_back_leaves_no_member_and_frees_the_number(place, lan):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING, home="Bà Tư", id_number=NUMBER)
    take_back(card.origin, lan)
    card.refresh_from_db()
    assert (card.active, card.unit) == (False, None)
    assert (figures(place.branch), Membership.objects.count(), Standing.objects.count()) == ({}, 0, 0)
    admit(place.branch, "Trần Thị Lan", lan, SPRING, id_number=NUMBER)
    with pytest.raises(Refusal, match="do chi hội khác giữ|thuộc đơn vị"):
        do("member-returned", place.branch, lan, card, SUMMER, standing="ordinary")


def test_women_of_one_household_may_come_and_be_taken_back_in_any_order(place, lan):
    mother = admit(place.branch, "Trần Thị Mẹ", lan, SUMMER, home="Bà Tư")
    child = admit(place.branch, "Trần Thị Con", lan, SPRING, home="Bà Tư")
    homes = {day: counted("homes-with-members", day__lte=day) for day in (SPRING, SUMMER)}
    assert homes == {SPRING: 1, SUMMER: 1}
    take_back(mother.origin, lan)
    assert counted("homes-with-members", day__lte=SPRING) == counted("homes-with-members") == 1
    take_back(child.origin, lan)
    assert counted("homes-with-members", day__lte=SPRING) == counted("homes-with-members") == 0


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


def test_a_move_that_cannot_be_is_refused(place, lan, cuc, thu):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    Placement.objects.filter(unit=place.other, during__contains=AUTUMN).update(during=(date(2015, 1, 1), SUMMER))
    tomorrow = timezone.localdate() + timedelta(days=1)
    for new, day, by, sentence in [
        (place.other, AUTUMN, lan, "không hoạt động"), (place.town, SPRING, lan, "phải là một chi hội"),
        (place.branch, AUTUMN, lan, "chính chi hội này"), (place.other, tomorrow, lan, "còn ở phía trước"),
        (place.other, SPRING, thu, "không có quyền"),
    ]:  # fmt: skip
        with pytest.raises(Refusal, match=sentence):
            ask(uuid4(), card, new, day, "", by=by)
    assert not Transfer.objects.exists()


def test_one_request_at_a_time_declined_with_a_reason_and_another_may_follow(place, lan, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = ask(uuid4(), card, place.other, AUTUMN, "", by=lan)
    assert ask(row.pk, card, place.other, AUTUMN, "", by=lan) == row
    with pytest.raises(Refusal, match="đang chờ trả lời"):
        ask(uuid4(), card, place.other, AUTUMN, "", by=cuc)
    with pytest.raises(Refusal, match="Chưa nêu lý do"):
        decline(row, " ", by=cuc)
    decline(row, "chưa đủ giấy", by=cuc)
    ask(uuid4(), card, place.other, AUTUMN, "", by=cuc)


def test_one_who_left_meanwhile_does_not_move_and_nothing_is_half_done(place, lan, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    row = ask(uuid4(), card, place.other, AUTUMN, "", by=lan)
    do("member-left", place.branch, lan, card, SUMMER, reason="work")
    before = state()
    with pytest.raises(Refusal, match="Bên đề nghị không còn ghi được"):
        settle(row, by=cuc)
    assert state() == before


def test_a_move_is_answered_by_a_move_back_not_by_a_void(place, lan, cuc):
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    settle(ask(uuid4(), card, place.other, AUTUMN, "", by=lan), by=cuc)
    for record in Record.objects.filter(kind__code__startswith="member-moved"):
        with pytest.raises(Refusal, match="Ghi việc ngược lại"):
            void(record, "ghi nhầm", by=cuc if record.unit == place.other else lan)
    with pytest.raises(Refusal, match="Hủy việc sau trước"):
        take_back(card.origin, lan)


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
