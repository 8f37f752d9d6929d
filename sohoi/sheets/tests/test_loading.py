"""A list on its way into the register: messy or good, loaded once however often it is sent, mended, taken back."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
import python_calamine
from django.conf import settings
from django.utils import timezone

from sohoi.ledger.declare import load_folders
from sohoi.ledger.models import Entry, Record, Voiding
from sohoi.ledger.register import prove_register
from sohoi.ledger.totals import prove
from sohoi.people.models import Member
from sohoi.people.tests.acts import counted, do, take_back
from sohoi.refusal import Refusal
from sohoi.sheets import work, write
from sohoi.sheets.identity import draft_id
from sohoi.sheets.keeping import FAULTS, unsealed
from sohoi.sheets.models import Batch, Row, RowState, State
from sohoi.sheets.read import counts
from sohoi.sheets.receive import receive
from sohoi.sheets.tests.lists import HEAD, MESSES, book, good, person
from sohoi.sheets.workbooks.bad import bad_rows
from tests.people import woman

DAY = date(2026, 1, 10)
HIDDEN = "Trần Thị Kín"


@pytest.fixture(autouse=True)
def kinds(place):
    """The kinds of every room, as they are loaded."""
    load_folders([("movement", Path(settings.ROOT) / "sohoi" / "movement")])


def sent(data, unit, by, kind="member-enrolled"):
    """A file received, its columns taken as guessed, looked at."""
    batch = receive(data, "ds.xlsx", unit, kind, DAY, by=by)
    write.map_columns(batch, batch.layout["codes"], {}, True, by=by)
    assert work.work_off() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (State.CHECKED, "")
    return batch


def loaded(batch, by, twins=False):
    write.load(batch, twins, by=by)
    work.work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (State.DONE, "")
    return batch


def tally(batch):
    return {state: n for state, n in counts(batch).items() if n and state != "aside"}


def faults(batch):
    return {row.number: [tuple(f) for f in unsealed(row.faults_sealed, FAULTS)]
            for row in Row.objects.filter(batch=batch).exclude(faults_sealed=None)}  # fmt: skip


@pytest.mark.parametrize("mess", MESSES)
def test_each_mess_becomes_the_same_thirty_women(place, lan, mess):
    batch = loaded(sent(book(MESSES[mess](), merged="hai dòng" in mess), place.branch, lan), lan)
    assert tally(batch) == {"accepted": 30}
    cards = Member.objects.filter(unit=place.branch)
    wanted = sorted((row[1], date(*reversed([int(p) for p in row[2].split("/")])), row[4]) for row in good()[1:])
    assert sorted(cards.values_list("name", "birth_date", "phone")) == wanted
    assert sorted(cards.values_list("id_tail", flat=True)) == sorted(row[3][-3:] for row in good()[1:])
    assert prove() == []


def test_the_same_file_twice_changes_nothing_and_a_longer_one_brings_only_what_is_new(place, lan):
    loaded(sent(book(good()), place.branch, lan), lan)
    before = (Member.objects.count(), Record.objects.count(), Entry.objects.count())
    again = sent(book(good()), place.branch, lan)
    assert tally(again) == {"known": 30}
    with pytest.raises(Refusal, match="Không có dòng nào"):
        write.load(again, True, by=lan)
    assert (Member.objects.count(), Record.objects.count(), Entry.objects.count()) == before
    assert tally(loaded(sent(book(good(35)), place.branch, lan), lan)) == {"known": 30, "accepted": 5}


def test_bad_rows_come_back_with_reasons_and_go_in_when_they_are_mended(place, lan):
    rows = good()
    rows[3][2] = "31/02/1985"
    rows[5][3] = "12345"
    rows[5][4] = "09"
    rows[7][1] = ""
    rows[7][7] = "gì đó"
    batch = loaded(sent(book(rows), place.branch, lan), lan)
    assert tally(batch) == {"accepted": 27, "bad": 3}
    assert {number: sorted(at for at, _ in said) for number, said in faults(batch).items()} == {
        4: [2], 6: [3, 4], 8: [1, 7]
    }  # fmt: skip
    returned = python_calamine.load_workbook(__import__("io").BytesIO(bad_rows(batch))).get_sheet_by_index(0)
    sheet = returned.to_python(skip_empty_area=False)
    assert sheet[4] == [*HEAD, "Lý do"]
    assert "31/2/1985 không có trong lịch" in sheet[5][-1]
    assert [row[0] for row in sheet[5:]] == ["3", "5", "7"]
    for row, at in zip(sheet[5:], (2, 4, 6), strict=True):
        row[:8] = person(at)
    mended = loaded(sent(book(sheet), place.branch, lan), lan)
    assert tally(mended) == {"accepted": 3}
    assert Member.objects.filter(unit=place.branch, active=True).count() == 30


def test_known_women_twins_and_repeats_are_told_apart(place, mai):
    woman(place.branch, "Nguyễn Thị Hoa", 1985)
    woman(place.other, "Trần Thị Lan", 1970)
    woman(place.branch, "Lê Thị Mai", 1960, birth_date=date(1960, 5, 1))
    rows = [
        ["Họ tên", "Năm sinh", "Chi hội", "CCCD"],
        ["NGUYỄN THỊ HOA", 1985, "Ấp 1", ""],
        ["Trần Thị Lan", 1970, "Chi hội Ấp Một", ""],
        ["Lê Thị Mai", "2/5/1960", "ấp một", ""],
        ["Võ Thị Cúc", 1990, "Ấp Hai", "092190000001"],
        ["Võ Thị Cúc", 1990, "Ấp Hai", "092190000001"],
        ["Võ Thị Đào", 1990, "Ấp Hai", "092190000001"],
        ["Võ Thị Huệ", 1991, "Ấp Ba", ""],
    ]
    batch = sent(book(rows), place.heir, mai)
    states = dict(Row.objects.filter(batch=batch).values_list("number", "state"))
    assert states == {2: "known", 3: "twin", 4: "new", 5: "new", 6: "known", 7: "bad", 8: "bad"}
    said = faults(batch)
    assert said[6] == [(None, "Trùng hoàn toàn với dòng 5 của tệp.")]
    assert said[7] == [(3, "Trùng số định danh với dòng 5 của tệp.")]
    assert said[8][0][1].startswith("Không có chi hội “Ấp Ba” ở ")
    write.look_again(batch, {"ap ba": place.other.code}, by=mai)
    work.work_off()
    batch.refresh_from_db()
    assert tally(loaded(batch, mai, twins=True)) == {"accepted": 4, "known": 2, "bad": 1}
    assert Member.objects.get(name="Võ Thị Huệ").unit == place.other


def test_a_man_in_the_column_of_sex_does_not_slip_in_as_a_woman(place, lan):
    rows = [["Họ tên", "Giới tính", "Diện"], ["Lê Văn Tám", "Nam", ""], ["Lê Văn Chín", "Nam", "Danh dự"]]
    batch = loaded(sent(book(rows), place.branch, lan), lan)
    assert tally(batch) == {"accepted": 1, "bad": 1}
    assert Member.objects.get(unit=place.branch).man


def test_sections_name_the_branches_of_the_rows_below(place, mai):
    rows = [["STT", "Họ và tên", "Năm sinh"], ["I", "CHI HỘI ẤP MỘT"], [1, "Lê Thị Một", 1980],
            ["II", "CHI HỘI ẤP HAI"], [1, "Lê Thị Hai", 1981]]  # fmt: skip
    loaded(sent(book(rows), place.heir, mai), mai)
    assert Member.objects.get(name="Lê Thị Một").unit == place.branch
    assert Member.objects.get(name="Lê Thị Hai").unit == place.other


def test_undo_restores_the_counts_and_the_file_can_be_loaded_again(place, lan):
    batch = loaded(sent(book(good()), place.branch, lan), lan)
    write.undo(batch, by=lan)
    work.work_off()
    batch.refresh_from_db()
    assert (batch.state, tally(batch), batch.undone_by) == (State.UNDONE, {"voided": 30}, lan)
    assert Member.objects.filter(unit=place.branch, active=True).count() == 0
    assert sum(Entry.objects.filter(unit=place.branch).values_list("amount", flat=True)) == 0
    assert tally(loaded(sent(book(good()), place.branch, lan), lan)) == {"accepted": 30}
    assert Member.objects.filter(unit=place.branch, active=True).count() == 30
    assert prove() == []


def test_what_something_followed_stays_with_the_reason_and_the_rest_is_taken_back_together(place, lan):
    rows = [[*row, "Lê Văn Chủ" if at else "Chủ hộ"] for at, row in enumerate(good(6))]
    batch = loaded(sent(book(rows), place.branch, lan), lan)
    first, second, third, fourth, *rest = Member.objects.filter(unit=place.branch).order_by("pk")
    do("member-left", place.branch, lan, second, timezone.localdate(), reason="work")
    do("member-recognised", place.branch, lan, third, timezone.localdate(), **{"as": "core"})
    take_back(first.origin, lan)
    write.undo(batch, by=lan)
    work.work_off()
    batch.refresh_from_db()
    assert (batch.state, tally(batch)) == (State.UNDONE, {"voided": 4, "kept": 2})
    said = {words.partition(".")[0] for told in faults(batch).values() for _, words in told}
    assert len(faults(batch)) == 2
    assert all(one.startswith("Sau lần kết nạp này") for one in said)
    assert list(Member.objects.filter(unit=place.branch, active=True)) == [third]
    assert counted("homes-with-members", unit=place.branch) == 1
    assert not Voiding.objects.filter(record__in=[second.origin, third.origin]).exists()
    assert prove() == prove_register() == []


def test_to_undo_many_rows_costs_no_more_statements_than_few(place, lan, django_assert_max_num_queries):
    for count, first in ((3, 0), (60, 100)):
        batch = loaded(sent(book(good(count, first)), place.branch, lan), lan)
        write.undo(batch, by=lan)
        with django_assert_max_num_queries(45):
            work.work_off()
        assert tally(batch) == {"voided": count}


def test_undo_ends_after_thirty_days_and_then_the_cells_are_gone(place, lan):
    batch = loaded(sent(book(good(3)), place.branch, lan), lan)
    long_ago = timezone.now() - write.KEEP * 2
    Batch.objects.filter(pk=batch.pk).update(loaded_at=long_ago, sent_at=long_ago)
    with pytest.raises(Refusal, match="quá 30 ngày"):
        write.undo(batch, by=lan)
    assert write.clear_old() == 3
    assert not Row.objects.filter(batch=batch).exclude(cells_sealed=None).exists()
    assert Member.objects.filter(unit=place.branch).count() == 3


def test_a_worker_killed_midway_leaves_each_row_once(place, lan, monkeypatch):
    batch = sent(book(good()), place.branch, lan)
    write.load(batch, False, by=lan)
    monkeypatch.setattr(work, "CHUNK", 10)
    calls = []

    def dying(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit  # the second step is told to the gate and never written down
        return accept(*args, **kwargs)

    accept = work.accept_many
    monkeypatch.setattr(work, "accept_many", dying)
    with pytest.raises(SystemExit):
        work.work_off()
    batch.refresh_from_db()
    assert (batch.state, tally(batch)) == (State.LOADING, {"accepted": 10, "new": 20})
    monkeypatch.setattr(work, "accept_many", accept)
    work.work_off()
    batch.refresh_from_db()
    assert (batch.state, tally(batch)) == (State.DONE, {"accepted": 30})
    assert Member.objects.filter(unit=place.branch).count() == 30
    assert prove() == []


def test_a_fault_of_the_program_stops_one_file_with_a_sentence_and_can_be_tried_again(place, lan, monkeypatch, caplog):
    batch = sent(book(good(2)), place.branch, lan)
    write.load(batch, False, by=lan)
    accept = work.accept_many
    monkeypatch.setattr(work, "accept_many", lambda *a, **k: 1 / 0)
    work.work_off()
    batch.refresh_from_db()
    assert batch.problem == work.FELL
    assert "ZeroDivisionError" in caplog.text
    monkeypatch.setattr(work, "accept_many", accept)
    write.again(batch, by=lan)
    work.work_off()
    batch.refresh_from_db()
    assert tally(batch) == {"accepted": 2}


def test_the_log_of_a_fault_never_quotes_the_row_that_the_database_refused(place, lan, monkeypatch, caplog):
    batch = sent(book(good(2)), place.branch, lan)
    write.load(batch, False, by=lan)

    def fail(*a, **k):
        Member.objects.create(name=HIDDEN, plain=HIDDEN, sort="", match=None)

    monkeypatch.setattr(work, "accept_many", fail)
    work.work_off()
    batch.refresh_from_db()
    assert batch.problem == work.FELL
    assert "IntegrityError: SQLSTATE 23502" in caplog.text
    assert HIDDEN not in caplog.text


def test_columns_nobody_mapped_must_be_said_to_be_left_out_and_a_form_is_remembered(place, lan):
    rows = [["Họ tên", "Chồng", "Sinh"], ["Lê Thị Một", "Ông Ba", 1980]]
    batch = receive(book(rows), "ds.xlsx", place.branch, "member-enrolled", DAY, by=lan)
    assert batch.layout["codes"] == ["name", "", ""]
    with pytest.raises(Refusal, match="Chưa chọn các cột: Chồng. "):
        write.map_columns(batch, ["name", "", "born"], {}, False, by=lan)
    with pytest.raises(Refusal, match="Chưa có cột nào là họ tên"):
        write.map_columns(batch, ["", "", "born"], {}, True, by=lan)
    write.map_columns(batch, ["name", "", "born"], {}, True, by=lan)
    again = receive(book([*rows, ["Lê Thị Hai", "", 1981]]), "b", place.branch, "member-enrolled", DAY, by=lan)
    assert again.layout["codes"] == ["name", "", "born"]


def test_nothing_of_a_person_lies_open_in_the_rows_of_a_batch(place, lan):
    batch = sent(book([["Họ tên", "CCCD"], ["Lê Thị Kín", "12"]]), place.branch, lan)
    row = Row.objects.get(batch=batch)
    assert b"K\xc3\xadn" not in bytes(row.cells_sealed) + bytes(row.faults_sealed)
    assert isinstance(row.draft, UUID | None)
    assert batch.layout.keys() == {"codes"}


def test_the_id_of_a_row_is_the_same_for_the_same_words_and_needs_the_key_of_this_house(place, monkeypatch):
    said = (place.branch, "member-enrolled", {"name": "Lê Thị Mẫu", "id-number": "092185001234"}, 0)
    assert draft_id(*said) == draft_id(*said) != draft_id(*said[:3], 1)
    before = draft_id(*said)
    monkeypatch.setattr("sohoi.people.sealing._key", lambda purpose: purpose.encode())
    assert draft_id(*said) != before


def test_five_thousand_rows_go_in(place, lan):
    batch = loaded(sent(book(good(5000)), place.branch, lan), lan)
    assert sum(tally(batch).values()) == 5000
    assert tally(batch)["accepted"] == Member.objects.filter(unit=place.branch).count() == 5000
    assert Row.objects.filter(batch=batch, state=RowState.ACCEPTED).count() == 5000
