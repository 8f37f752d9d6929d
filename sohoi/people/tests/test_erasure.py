"""She asks to be erased: her columns go as the registry says, what was counted stays, a file cannot bring her back."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from sohoi.ledger.draft import Draft
from sohoi.ledger.erasing import erase_woman
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.moving import settle
from sohoi.ledger.totals import prove
from sohoi.ledger.write import accept, void
from sohoi.people.models import Consent, DataRequest, Household, Link, Member, Membership, Photo, Reading, Standing
from sohoi.people.read.about import as_data, everything
from sohoi.people.read.privacy import requests_in
from sohoi.people.registry import ERASED, tables
from sohoi.people.sealing import blind
from sohoi.people.tests.acts import SPRING, admit, counted, do, load_member_kinds
from sohoi.people.write.clearing import UNDONE
from sohoi.people.write.privacy import agree, ask_for, reveal
from sohoi.people.write.transfers import ask
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from tests.people import account

MEASURES = ("registered-members", "new-members", "core-members", "homes-with-members")
NUMBER = "092185001234"
SAID = ("Trần Thị Canh", "tran thi canh", "0905123456", NUMBER, "Khmer", "Hồi giáo", "Ấp Năm", "thêu ren")


@pytest.fixture
def her(place, lan):
    """A woman of whom everything is told, with a photo, a consent, a reading, a correction, a leave with a note."""
    load_member_kinds()
    card = admit(
        place.branch, SAID[0], lan, born="12/3/1985", phone=SAID[2], id_number=NUMBER, ethnicity="Khmer",
        religion="Hồi giáo", address="Ấp Năm", occupation="thêu ren", home="Trần Thị Canh", role="head", party=True,
        insured=True,
    )  # fmt: skip
    Photo.objects.create(member=card, jpeg=b"\xff\xd8Canh")
    agree(card, "membership", SPRING, by=lan)
    reveal(card, "phone", "Gọi cho chị Trần Thị Canh", by=lan)
    do("member-recognised", place.branch, lan, card, date(2026, 3, 5), **{"as": "core"})
    do("member-corrected", place.branch, lan, card, date(2026, 3, 6), occupation="thêu ren lụa", why="changed")
    return card


def request(card, by):
    return ask_for(card, "erase", date(2026, 3, 10), by=by)


def whole_database():
    """Every row of every table of ours, as text."""
    rows = []
    for model in apps.get_models():
        if model._meta.app_label in ("people", "ledger", "movement"):
            rows += [list(row) for row in model._base_manager.values_list()]
    return json.dumps(rows, cls=Plainly, ensure_ascii=False)


class Plainly(DjangoJSONEncoder):
    def default(self, value):
        if isinstance(value, bytes | memoryview):
            return bytes(value).decode("latin-1")
        try:
            return super().default(value)
        except TypeError:
            return str(value)


def test_everything_about_her_is_told_table_by_table_with_what_is_sealed_opened(her):
    parts = everything(her)
    text = json.dumps(as_data(parts), ensure_ascii=False)
    for said in ("Trần Thị Canh", "0905123456", NUMBER, "Khmer", "Hồi giáo", "Ấp Năm", "12/3/1985", "Quản lý hội viên"):
        assert said in text or said in str(parts), said
    assert {part.table.model for part in parts} >= {
        "people.Member", "people.Photo", "people.Membership", "people.Standing", "people.Household", "people.Consent",
        "people.Reading", "people.Correction", "ledger.Record",
    }  # fmt: skip
    assert parts[0].kept == "5 năm sau khi thôi sinh hoạt"
    assert "id_index" not in str([[one.column.name for row in part.rows for one in row] for part in parts])


def test_after_erasing_nothing_of_her_stands_anywhere_and_every_count_stays(her, place, lan):
    before = {
        code: counted(code) for code in ("registered-members", "new-members", "core-members", "homes-with-members")
    }
    entries = list(Entry.objects.order_by("id").values_list())
    assert all(said in whole_database() for said in (SAID[0], "0905123456", "thêu ren", "Canh"))
    erase_woman(request(her, lan), by=lan)
    text = whole_database()
    assert [said for said in (*SAID, "Canh", "canh") if said in text] == []
    assert {code: counted(code) for code in before} == before
    assert list(Entry.objects.order_by("id").values_list()) == entries
    assert prove() == []
    card = Member.objects.get(pk=her.pk)
    assert (card.name, card.match, card.birth_date, card.id_index, card.active) == (ERASED, "", None, None, True)
    assert card.birth_year == 1985  # so that no band of age moves
    assert Membership.objects.filter(member=card).count() == 1
    assert set(Standing.objects.filter(member=card).values_list("kind", flat=True)) == {"ordinary", "core"}
    assert not Photo.objects.exists()
    assert not Consent.objects.exists()
    assert Reading.objects.get().reason == ERASED
    assert Household.objects.get().label == ERASED


def test_columns_that_are_to_be_empty_are_empty_in_every_table_of_the_registry(her, lan):
    erase_woman(request(her, lan), by=lan)
    card = Member.objects.get(pk=her.pk)
    for column in tables()["people.Member"].columns:
        if column.erase in ("null", "blank"):
            assert not getattr(card, column.name), column.name


def test_the_same_draft_again_is_another_deed_and_confirms_no_guess(her, place, lan):
    record = Record.objects.get(pk=her.origin)
    values = {"name": SAID[0], "standing": "ordinary", "born": "12/3/1985"}
    again = Draft(record.pk, "member-admitted", place.branch.code, record.day, values)
    before = {row.pk: bytes(row.body_hash) for row in Record.objects.filter(member=her)}
    erase_woman(request(her, lan), by=lan)
    after = {row.pk: bytes(row.body_hash) for row in Record.objects.filter(member=her)}
    assert all(before[pk] != after[pk] for pk in before)
    assert len(set(after.values())) == len(after)
    with pytest.raises(Refusal, match="việc khác"):
        accept(again, by=lan)


def test_an_erased_number_comes_back_only_when_she_agreed_anew(her, place, lan):
    row = request(her, lan)
    erase_woman(row, by=lan)
    row.refresh_from_db()
    assert (bytes(row.id_index), row.done_by) == (blind(NUMBER), lan)
    with pytest.raises(Refusal, match="đồng ý lại") as refused:
        admit(place.branch, "Trần Thị Canh", lan, date(2026, 4, 1), id_number=NUMBER)
    assert refused.value.where == "id-number"
    card = admit(place.branch, "Trần Thị Canh", lan, date(2026, 4, 1), id_number=NUMBER, agreed_again=True)
    assert Consent.objects.get(member=card).purpose == "membership"
    assert "agreed-again" not in Record.objects.get(pk=card.origin).values


def test_her_household_keeps_what_others_of_it_told(her, place, lan):
    daughter = admit(place.branch, "Lê Thị Con", lan, home="Trần Thị Canh", role="child")
    home = Household.objects.get(pk=daughter.household_id)
    Household.objects.filter(pk=home.pk).update(address="Số 5 đường Làng")
    erase_woman(request(her, lan), by=lan)
    home.refresh_from_db()
    assert (home.label, home.address) == (ERASED, "Số 5 đường Làng")
    daughter.refresh_from_db()
    assert daughter.name == "Lê Thị Con"


def test_her_merged_card_goes_with_her(her, place, lan):
    twin = admit(place.branch, "Tran Thi Canh", lan, phone="0905123456")
    do("member-merged", place.branch, lan, twin, date(2026, 3, 9), kept=her.pk, why="Chị Canh đây mà")
    before = counted("registered-members")
    erase_woman(request(her, lan), by=lan)
    assert [card.name for card in Member.objects.order_by("pk")] == [ERASED, ERASED]
    assert Link.objects.get().reason == ""
    assert "Canh" not in whole_database()
    assert counted("registered-members") == before


def test_an_erased_woman_who_is_still_counted_can_leave(her, place, lan):
    erase_woman(request(her, lan), by=lan)
    do("member-left", place.branch, lan, her, date(2026, 4, 1), reason="resigned")
    assert counted("registered-members") == 0
    assert counted("homes-with-members") == 0


def test_a_reason_of_a_voided_record_goes_and_a_void_after_the_erasure_still_counts_back(her, place, lan):
    leaving = do("member-left", place.branch, lan, her, date(2026, 3, 8), reason="work", note="Chị Canh đi Bình Dương")
    void(Record.objects.get(pk=leaving.id), "Chị Canh chưa đi", by=lan)
    second = do("member-left", place.branch, lan, her, date(2026, 3, 9), reason="work", note="Chị Canh đi thật")
    erase_woman(request(her, lan), by=lan)
    assert "Canh" not in whole_database()
    assert counted("registered-members") == 0
    void(Record.objects.get(pk=second.id), "Ghi nhầm người", by=lan)
    assert counted("registered-members") == 1
    assert prove() == []


def test_without_an_open_request_or_the_right_to_her_card_nothing_is_erased(her, place, lan, mai, thu):
    seen = ask_for(her, "see", date(2026, 3, 10), by=lan)
    row = request(her, lan)
    for asked, by in ((seen, lan), (row, thu)):
        with pytest.raises(Refusal):
            erase_woman(asked, by=by)
    neighbour = account("sau", "Chị Sáu", (place.other, "branch-head"))
    with pytest.raises(Refusal, match="cấp trên"):
        erase_woman(row, by=neighbour)
    assert Member.objects.get(pk=her.pk).name == SAID[0]
    erase_woman(row, by=mai)
    with pytest.raises(Refusal):
        erase_woman(row, by=mai)


def test_whoever_keeps_her_card_erases_the_cards_merged_into_it_elsewhere(her, place, lan, mai):
    sau = account("sau", "Chị Sáu", (place.other, "branch-head"))
    twin = admit(place.branch, "Tran Thi Canh", lan)
    on_twin = ask_for(twin, "erase", date(2026, 3, 8), by=lan)
    do("member-merged", place.branch, lan, twin, date(2026, 3, 9), kept=her.pk)
    settle(ask(uuid4(), her, place.other, date(2026, 3, 10), "", by=lan), by=sau)
    assert list(requests_in(scope(sau, "people"))) == [on_twin]
    assert not requests_in(scope(lan, "people")).exists()
    with pytest.raises(Refusal, match="cấp trên"):
        erase_woman(on_twin, by=lan)
    erase_woman(on_twin, by=sau)
    assert set(Member.objects.values_list("name", flat=True)) == {ERASED}


def test_a_move_that_waits_for_an_answer_stands_in_the_way(her, place, lan, mai):
    ask(uuid4(), her, place.other, date(2026, 3, 9), "Theo chồng", by=lan)
    with pytest.raises(Refusal, match="đề nghị chuyển"):
        erase_woman(request(her, lan), by=lan)
    assert DataRequest.objects.get().done_on is None


def test_other_women_stay_as_they_are(her, place, lan):
    for name in ("Lê Thị Một", "Lê Thị Hai"):
        admit(place.branch, name, lan)
    erase_woman(request(her, lan), by=lan)
    assert set(Member.objects.exclude(pk=her.pk).values_list("name", flat=True)) == {"Lê Thị Một", "Lê Thị Hai"}
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from people_member where name = %s", [ERASED])
        assert cursor.fetchone() == (1,)


def test_an_undone_admission_leaves_a_card_that_says_nothing(her, place, lan):
    card = admit(
        place.branch, "Võ Thị Nhầm", lan, born="2/4/1985", phone="0905999888", id_number="092185007777",
        religion="Cao Đài", address="Ấp Chín",
    )  # fmt: skip
    Photo.objects.create(member=card, jpeg=b"\xff\xd8")
    agree(card, "photo", SPRING, by=lan)
    do("member-corrected", place.branch, lan, card, date(2026, 3, 6), address="Ấp Mười", why="changed")
    void(Record.objects.get(pk=card.origin), "Ghi nhầm người", by=lan)
    text = whole_database()
    said = ("Nhầm", "nham", "0905999888", "092185007777", '"777"', "Cao Đài", "Ấp Chín", "Ấp Mười")
    assert [one for one in said if one in text.replace("Ghi nhầm người", "")] == []
    gone = Member.objects.get(pk=card.pk)
    assert (gone.name, gone.unit, gone.id_sealed, gone.religion_sealed, gone.origin) == (
        UNDONE, None, None, None, card.origin
    )  # fmt: skip
    assert not Photo.objects.filter(member=card).exists()
    assert not Consent.objects.filter(member=card).exists()
    assert Photo.objects.filter(member=her).exists()
    assert admit(place.branch, "Võ Thị Nhầm", lan, id_number="092185007777", born="1985").active
