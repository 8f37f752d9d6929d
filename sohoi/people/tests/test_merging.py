"""Two cards of one woman merged, and cut again with nothing lost; each may be done by whoever holds both registers."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoi.ledger.erasing import erase_woman
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.totals import prove
from sohoi.ledger.write import void
from sohoi.people.models import Household, Member, Membership, Standing
from sohoi.people.sealing import blind
from sohoi.people.tests.acts import SPRING, admit, counted, do, load_member_kinds
from sohoi.people.write.privacy import ask_for
from sohoi.people.write.twins import not_the_same
from sohoi.refusal import Refusal

NUMBER = "092185001234"


def life(*cards):
    """What is known of these cards and counted of them, to be compared before and after."""
    keys = [one.pk for one in cards]
    rows = Member.objects.filter(pk__in=keys).order_by("pk").values()
    return (
        list(rows),
        sorted(Membership.objects.filter(member__in=keys).values_list("member", "unit", "during"), key=str),
        sorted(Standing.objects.filter(member__in=keys).values_list("member", "kind", "during"), key=str),
    )


MEASURES = (
    "registered-members",
    "core-members",
    "regular-members",
    "homes-with-members",
    "new-members",
    "members-left",
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_a_merge_and_its_cut_nothing_is_lost(place, lan, data):
    load_member_kinds()
    born = st.sampled_from(["1985", "12/3/1985", ""])
    pair = []
    for name in ("Nguyễn Thị Hòa", "Nguyen Thi Hoa"):
        told = {"home": data.draw(st.sampled_from(["", "Bà Tư", "Ông Năm"])), "born": data.draw(born)}
        day = data.draw(st.sampled_from([SPRING, date(2026, 3, 10)]))
        pair.append(admit(place.branch, name, lan, day, **{key: value for key, value in told.items() if value}))
    twin, kept = pair
    day = date(2026, 3, 10)
    for kind in data.draw(st.sets(st.sampled_from(["core", "regular"]))):
        do("member-recognised", place.branch, lan, twin, day, **{"as": kind})
    if data.draw(st.booleans()):
        do("member-left", place.branch, lan, kept, date(2026, 3, 12), reason="work")
        do("member-returned", place.branch, lan, kept, date(2026, 3, 14), standing="honorary")
    before, count = life(twin, kept), {code: counted(code) for code in MEASURES}
    on = data.draw(st.sampled_from([day, date(2026, 3, 20)]))
    draft = do("member-merged", place.branch, lan, twin, on, kept=kept.pk)
    assert counted("registered-members") == count["registered-members"] - 1
    void(Record.objects.get(pk=draft.id), "Không phải một người", by=lan)
    assert life(twin, kept) == before
    assert {code: counted(code) for code in MEASURES} == count
    assert prove() == []


def test_a_card_that_no_longer_counts_is_merged_on_a_day_when_it_did(place, lan):
    load_member_kinds()
    kept, twin = (admit(place.branch, "Nguyễn Thị Hòa", lan, born="1985") for _ in "ab")
    do("member-left", place.branch, lan, twin, date(2026, 3, 10), reason="work")
    entries = Entry.objects.count()
    draft = do("member-merged", place.branch, lan, twin, date(2026, 3, 9), kept=kept.pk)
    assert Entry.objects.count() == entries
    void(Record.objects.get(pk=draft.id), "Không phải một người", by=lan)
    assert not Member.objects.get(pk=twin.pk).active


def test_a_household_of_two_cards_is_one_household_before_and_after(place, lan):
    load_member_kinds()
    kept, twin = (admit(place.branch, "Nguyễn Thị Hòa", lan, home="Bà Tư") for _ in "ab")
    assert Household.objects.count() == counted("homes-with-members") == 1
    draft = do("member-merged", place.branch, lan, twin, kept=kept.pk)
    assert counted("homes-with-members") == 1
    void(Record.objects.get(pk=draft.id), "Không phải một người", by=lan)
    assert counted("homes-with-members") == 1


def test_whoever_holds_only_one_of_the_branches_cannot_merge_or_part_them(place, lan, mai):
    load_member_kinds()
    one, other = admit(place.branch, "Nguyễn Thị Hòa", lan), admit(place.other, "Nguyễn Thị Hòa", mai)
    with pytest.raises(Refusal, match="cấp trên"):
        do("member-merged", place.branch, lan, one, kept=other.pk)
    with pytest.raises(Refusal, match="cấp trên"):
        not_the_same(one, other, by=lan)
    do("member-merged", place.branch, mai, one, kept=other.pk)
    assert counted("registered-members") == 1


def test_whoever_holds_only_the_twins_branch_cannot_cut(place, lan, mai):
    load_member_kinds()
    one, other = admit(place.branch, "Nguyễn Thị Hòa", lan), admit(place.other, "Nguyễn Thị Hòa", mai)
    draft = do("member-merged", place.branch, mai, one, kept=other.pk)
    with pytest.raises(Refusal, match="Nhờ Hội cấp trên tách"):
        void(Record.objects.get(pk=draft.id), "Không phải một người", by=lan)
    assert counted("registered-members") == 1


def test_after_her_erasure_her_two_cards_are_not_cut(place, lan):
    load_member_kinds()
    kept, twin = (admit(place.branch, "Nguyễn Thị Hòa", lan) for _ in "ab")
    draft = do("member-merged", place.branch, lan, twin, kept=kept.pk)
    erase_woman(ask_for(kept, "erase", SPRING, by=lan), by=lan)
    with pytest.raises(Refusal, match="đã được xóa theo yêu cầu"):
        void(Record.objects.get(pk=draft.id), "Không phải một người", by=lan)
    assert counted("registered-members") == 1


@pytest.mark.parametrize("kind", ["member-returned", "member-corrected", "member-merged", "member-moved-in"])
def test_a_card_of_another_branch_is_answered_like_one_that_is_not_there_and_not_locked(place, lan, mai, kind):
    load_member_kinds()
    here, there = admit(place.branch, "Nguyễn Thị Hòa", lan), admit(place.other, "Lê Thị Cúc", mai)
    nobody = Member(pk=there.pk + 10_000)
    values = {
        "member-returned": {"standing": "ordinary"}, "member-corrected": {"why": "added", "phone": "0905123456"},
        "member-merged": {"kept": here.pk}, "member-moved-in": {"transfer": str(uuid4())},
    }[kind]  # fmt: skip
    said = []
    for stranger in (there, nobody):
        with CaptureQueriesContext(connection) as asked, pytest.raises(Refusal) as refusal:
            do(kind, place.branch, lan, stranger, **values)
        assert not [one for one in asked if "FOR UPDATE" in one["sql"] and str(stranger.pk) in one["sql"]]
        said.append((str(refusal.value), refusal.value.where))
    assert said[0] == said[1]


def test_a_kept_card_of_another_branch_is_answered_like_one_that_is_not_there(place, lan, mai):
    load_member_kinds()
    here, there = admit(place.branch, "Nguyễn Thị Hòa", lan), admit(place.other, "Lê Thị Cúc", mai)
    said = []
    for kept in (there.pk, there.pk + 10_000):
        with pytest.raises(Refusal) as refusal:
            do("member-merged", place.branch, lan, here, kept=kept)
        said.append((str(refusal.value), refusal.value.where))
    assert said[0] == said[1]


@pytest.mark.parametrize("told_anew", [False, True])
def test_the_number_goes_to_the_kept_card_and_back_unless_another_was_told(place, lan, told_anew):
    load_member_kinds()
    kept, twin = (
        admit(place.branch, "Nguyễn Thị Hòa", lan),
        admit(place.branch, "Nguyễn Thị Hòa", lan, id_number=NUMBER),
    )
    before = {key: value for key, value in Member.objects.filter(pk=twin.pk).values()[0].items()}
    draft = do("member-merged", place.branch, lan, twin, kept=kept.pk)
    assert [(c.id_index, c.id_tail) for c in Member.objects.order_by("pk")] == [(blind(NUMBER), "234"), (None, "")]
    if told_anew:
        do("member-corrected", place.branch, lan, kept, why="mistaken", **{"id-number": "092185001299"})
    void(Record.objects.get(pk=draft.id), "Không phải một người", by=lan)
    assert (Member.objects.filter(pk=twin.pk).values()[0] == before) is not told_anew
    tails = list(Member.objects.order_by("pk").values_list("id_tail", flat=True))
    assert tails == (["299", ""] if told_anew else ["", "234"])
