"""Of the rows that name her and are not hers only her name goes: what others told, and their own, stays."""

from datetime import date
from unicodedata import normalize
from uuid import uuid4

import pytest

from sohoi.ledger.draft import Draft
from sohoi.ledger.erasing import erase_woman
from sohoi.ledger.models import Record
from sohoi.ledger.moving import settle
from sohoi.people.models import Household, SavedList
from sohoi.people.registry import ERASED
from sohoi.people.tests.acts import SPRING, admit, do, load_member_kinds
from sohoi.people.write.privacy import ask_for
from sohoi.people.write.transfers import ask
from tests.people import account

NAME, DAY = "Trần Thị Canh", date(2026, 3, 10)


@pytest.fixture(autouse=True)
def kinds(place):
    load_member_kinds()


def test_a_household_that_she_left_stays_as_others_of_it_told_though_nobody_lives_there_now(place, lan):
    mother = admit(place.branch, "Lê Thị Mẹ", lan, home="Lê Thị Mẹ", role="head")
    card = admit(place.branch, NAME, lan, home="Lê Thị Mẹ", role="child")
    home, cuc = Household.objects.get(), account("cuc", "Chị Cúc", (place.other, "branch-head"))
    Household.objects.update(address="Số 5 đường Làng")
    do("member-left", place.branch, lan, card, date(2026, 3, 4), reason="work")
    do("member-returned", place.branch, lan, card, date(2026, 3, 5), standing="ordinary")
    do("member-corrected", place.branch, lan, card, date(2026, 3, 5), home=NAME, role="head", why="changed")
    settle(ask(uuid4(), mother, place.other, date(2026, 3, 6), "", by=lan), by=cuc)
    erase_woman(ask_for(card, "erase", DAY, by=lan), by=lan)
    home.refresh_from_db()
    assert (home.label, home.address) == ("Lê Thị Mẹ", "Số 5 đường Làng")
    assert set(Household.objects.values_list("label", flat=True)) == {"Lê Thị Mẹ", ERASED}


def test_two_lists_of_one_officer_that_named_her_in_two_ways_stand_in_nobodys_way(place, lan):
    card = admit(place.branch, "Trần Thị Cánh", lan)
    do("member-corrected", place.branch, lan, card, name=NAME, why="mistaken")
    for name in (NAME, "Trần Thị Cánh", "Tổ Một"):
        SavedList.objects.create(name=f"Nhà {name}", wanted={"home": name}, by=lan)
    erase_woman(ask_for(card, "erase", DAY, by=lan), by=lan)
    names = list(SavedList.objects.order_by("pk").values_list("name", flat=True))
    assert names == [f"Nhà {ERASED}", f"Nhà {ERASED} 2", "Nhà Tổ Một"]


def told_of_nobody(place, lan, her, *notes):
    """Deeds of her branch that are about nobody, with these words, as any door could have left them."""
    kind = Record.objects.filter(member=her).first().kind
    rows = [
        Record(id=uuid4(), kind=kind, unit=place.branch, day=SPRING, booked=SPRING, values={"note": note}, by=lan,
               door="desk", body_hash=uuid4().bytes) for note in notes
    ]  # fmt: skip
    return Record.objects.bulk_create(rows)


def test_her_name_goes_in_capitals_without_marks_and_decomposed(place, lan):
    her = admit(place.branch, NAME, lan)
    notes = [
        f"ĐÃ THĂM CHỊ {NAME.upper()} VÀ TẶNG QUÀ", "thăm chị Tran Thi Canh", "TRAN THI CANH",
        *(normalize("NFD", f"Thăm {name} hôm qua") for name in (NAME, NAME.upper())),
    ]  # fmt: skip
    rows = told_of_nobody(place, lan, her, *notes, normalize("NFD", "Thăm chị Trần Thị Cánh"))
    erase_woman(ask_for(her, "erase", DAY, by=lan), by=lan)
    left = [Record.objects.get(pk=row.pk).values["note"] for row in rows]
    assert left == [
        f"ĐÃ THĂM CHỊ {ERASED} VÀ TẶNG QUÀ", f"thăm chị {ERASED}", ERASED, *[f"Thăm {ERASED} hôm qua"] * 2,
        normalize("NFD", "Thăm chị Trần Thị Cánh"),
    ]  # fmt: skip


def test_a_deed_about_nobody_that_named_her_confirms_no_guess(place, lan):
    her = admit(place.branch, NAME, lan)
    draft = Draft(uuid4(), "meeting-told", place.branch.code, SPRING, {"note": NAME})
    rows = told_of_nobody(place, lan, her, NAME, "Lê Thị Một")
    Record.objects.filter(pk__in=[row.pk for row in rows]).update(body_hash=draft.body_hash())
    erase_woman(ask_for(her, "erase", DAY, by=lan), by=lan)
    named, other = (Record.objects.get(pk=row.pk) for row in rows)
    assert named.values == {"note": ERASED}
    assert bytes(named.body_hash) != draft.body_hash() == bytes(other.body_hash)
