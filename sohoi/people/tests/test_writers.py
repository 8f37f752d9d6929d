"""Each deed on the register changes rows and figures together; refused it leaves nothing, undone all is as before."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from sohoi.ledger.declare import load_folders
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Record
from sohoi.ledger.register import prove_register
from sohoi.ledger.write import accept, accept_many
from sohoi.people.models import Household, Member, Membership, Standing
from sohoi.people.tests.acts import admit, counted, do, figures, load_member_kinds, state, take_back
from sohoi.people.write import holding
from sohoi.refusal import Refusal

OWN = """
code = "my-deed"
label = "Việc riêng"
since = 2018-01-01
subject = "member"
[[field]]
code = "kept"
label = "Thẻ giữ lại"
type = "choice"
choices = { new = "Thẻ mới", old = "Thẻ cũ" }
[[field]]
code = "home"
label = "Nhà ở"
type = "choice"
choices = { brick = "Nhà gạch", leaf = "Nhà lá" }
[[measure]]
code = "my-deeds"
"""
SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 6, 1), date(2024, 9, 1)
NUMBER = "092185001234"


@pytest.fixture(autouse=True)
def register(db):
    """The kinds of the register before, register and ledger of one mind after each test."""
    load_member_kinds()
    yield
    assert prove_register() == []


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
    with pytest.raises(Refusal, match="không thuộc chi hội"):
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


def test_answers_of_an_own_kind_that_are_called_like_ours_name_no_card_and_no_household(
    place, lan, tmp_path, monkeypatch
):
    (tmp_path / "kinds").mkdir()
    (tmp_path / "measures.toml").write_text('my-deeds = { label = "Việc riêng", count = "việc" }', "utf-8")
    (tmp_path / "kinds" / "my-deed.toml").write_text(OWN, "utf-8")
    load_folders([("my-xuyen", tmp_path)])
    card = admit(place.branch, "Trần Thị Lan", lan, SPRING)
    asked, hold = [], holding.hold_registers
    monkeypatch.setattr(
        holding, "hold_registers", lambda *args, **how: (asked.append(how["alone"]), hold(*args, **how))
    )
    told = do("my-deed", place.branch, lan, card, SUMMER, kept="new", home="brick")
    take_back(told, lan)
    assert asked == [False, True]
    assert Record.objects.get(pk=told.id).voiding
