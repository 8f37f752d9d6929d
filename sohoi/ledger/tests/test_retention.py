"""What was kept for its whole time goes by itself: women who left long ago, logs, lists; every count stays."""

import logging
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from sohoi.ledger.erasing import forget
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.totals import prove
from sohoi.people.models import (
    Consent,
    DataRequest,
    Ending,
    Export,
    HouseholdStatus,
    Member,
    Photo,
    Reading,
    SavedList,
    Transfer,
)  # fmt: skip
from sohoi.people.read.overdue import cards_past, overdue, rows_past
from sohoi.people.registry import FORGOTTEN, tables
from sohoi.people.tests.acts import admit, counted, do, load_member_kinds
from sohoi.people.write import retention
from sohoi.people.write.erasure import forget_cards
from sohoi.people.write.privacy import agree, ask_for
from sohoi.people.write.retention import Reached
from sohoi.refusal import Refusal
from sohoi.sheets.management.commands import sheets
from sohoi.work.models import Meeting

LONG_AGO, LEFT = date(2019, 1, 5), date(2020, 6, 15)
NAME = "Trịnh Thị Lâuxa"


@pytest.fixture
def gone(place, lan):
    """A woman who left on 15/6/2020, with a picture and a consent; her home is called by her name."""
    load_member_kinds()
    card = admit(place.branch, NAME, lan, LONG_AGO, home=NAME, role="head", phone="0905178364", born="1985")
    agree(card, "membership", LONG_AGO, by=lan)
    do("member-left", place.branch, lan, card, LEFT, reason="work", note="Đi xa")
    Photo.objects.create(member=card, jpeg=b"\xff\xd8")
    return card


def told(today):
    return {one.label: one.rows for one in overdue(today)}


def test_a_woman_is_erased_five_years_after_she_left_and_not_a_day_before(gone, place, lan, caplog):
    before, entries = counted("members-left"), list(Entry.objects.order_by("id").values_list())
    for day in (LEFT, date(2025, 6, 14)):
        forget(day)
        assert Member.objects.get(pk=gone.pk).name == NAME
    assert not Photo.objects.exists()  # the picture went when she left
    with caplog.at_level(logging.INFO):
        done = forget(date(2025, 6, 15))
        assert (done.women, done.rows, done.reached) == (1, {}, None)
    card = Member.objects.get(pk=gone.pk)
    assert (card.name, card.phone, card.household.label, card.birth_year) == (FORGOTTEN, "", FORGOTTEN, 1985)
    assert not Consent.objects.exists()
    assert f"card {gone.pk}" in caplog.text
    assert "Lâuxa" not in caplog.text
    assert Record.objects.get(kind__code="member-left").values["note"] == "Đi xa"  # a deed is kept for ten years
    assert (counted("members-left"), list(Entry.objects.order_by("id").values_list())) == (before, entries)
    assert prove() == []
    assert forget(date(2025, 6, 16)).women == 0


def test_whoever_belongs_again_waits_for_an_answer_or_is_merged_with_one_who_belongs_stays(gone, place, lan):
    late = date(2026, 3, 1)
    assert told(late)["Thẻ hội viên"] == 1
    request = ask_for(gone, "see", date(2026, 2, 1), by=lan)
    assert "Thẻ hội viên" not in told(late)
    request.delete()
    move = Transfer.objects.create(
        id=uuid4(), asked_by_old=True, member=gone, old=place.branch, new=place.other, day=LEFT, asked_by=lan
    )
    assert "Thẻ hội viên" not in told(late)
    move.delete()
    kept = admit(place.branch, NAME, lan, date(2026, 1, 5))
    Member.objects.filter(pk=gone.pk).update(same_as=kept)
    assert "Thẻ hội viên" not in told(late)
    Member.objects.filter(pk=gone.pk).update(same_as=None)
    do("member-returned", place.branch, lan, gone, date(2026, 2, 1), standing="ordinary")
    assert "Thẻ hội viên" not in told(late)


def test_a_card_that_cannot_be_erased_is_told_in_the_log_and_keeps_nobody_waiting(
    gone, place, lan, caplog, monkeypatch
):
    second = admit(place.branch, "Lê Thị Sau", lan, LONG_AGO)
    do("member-left", place.branch, lan, second, LEFT, reason="work")

    def refusing(cards, *more):
        if cards[0].pk == gone.pk:
            raise Refusal("Không mở được.")
        forget_cards(cards, *more)

    monkeypatch.setattr(retention, "forget_cards", refusing)
    first = forget(date(2026, 1, 5), 1)
    assert (first.women, first.reached) == (0, Reached(last=gone.pk))
    then = forget(date(2026, 1, 5), 1, first.reached)
    assert (then.women, then.reached) == (1, Reached(last=second.pk))
    assert forget(date(2026, 1, 5), 1, then.reached).reached is None
    assert (Member.objects.get(pk=gone.pk).name, Member.objects.get(pk=second.pk).name) == (NAME, FORGOTTEN)
    assert f"card {gone.pk} not erased" in caplog.text


def test_the_worker_of_files_forgets_once_a_day_and_a_fault_stops_no_file(gone, monkeypatch, caplog):
    today = timezone.localdate()
    assert sheets.Forgetting().some(today) == sheets.Forgetting(today)
    assert Member.objects.get(pk=gone.pk).name == FORGOTTEN

    def broken(*_):
        raise ValueError

    monkeypatch.setattr(sheets, "forget", broken)
    assert sheets.Forgetting(today).some(today) == sheets.Forgetting(today)
    assert "not erased" not in caplog.text
    assert sheets.Forgetting().some(today) == sheets.Forgetting(today)
    assert "not erased" in caplog.text


def test_the_worker_goes_on_from_where_it_came_until_nothing_is_left(gone, place, lan, monkeypatch):
    monkeypatch.setattr(sheets, "AT_ONCE", 1)
    today = timezone.localdate()
    begun = sheets.Forgetting().some(today)
    assert begun == sheets.Forgetting(reached=Reached(last=gone.pk))
    assert begun.some(today) == sheets.Forgetting(today)


def test_rows_are_cleared_a_few_at_a_time_and_counted_once(gone, lan):
    for _ in range(3):
        aged(Reading.objects.create(by=lan, member=gone, column="phone", reason="Gọi"), 10)
    aged(SavedList.objects.create(name="x", wanted={}, by=lan), 5)
    Photo.objects.all().delete()
    done, left = forget(LEFT, rows=2), []
    assert done.rows == {}  # nothing is so old on that day
    reached, today = None, timezone.localdate()
    while not left or reached:
        done = forget(today, after=reached, rows=2)
        left.append((sum(done.rows.values()), Reading.objects.count()))
        reached = done.reached
    assert left == [(2, 1), (2, 0), (0, 0)]
    assert Ending.objects.get(model="people.Reading").rows == 3


def test_when_her_time_is_over_nothing_of_others_and_nothing_that_somebody_wrote_is_touched(gone, place, lan):
    mate = admit(place.branch, "Lê Thị Con", lan, LONG_AGO, home=NAME, role="child")
    meeting = Meeting.objects.create(unit=place.branch, kind="branch", title=NAME, course=f"{NAME} 0905178364",
                                     on=LEFT, by=lan)  # fmt: skip
    kept = SavedList.objects.create(name=NAME, wanted={"home": NAME}, by=lan)
    assert forget(date(2025, 6, 15)).women == 1
    assert Member.objects.get(pk=gone.pk).name == FORGOTTEN
    for row in (meeting, kept, mate):
        row.refresh_from_db()
    assert (meeting.title, meeting.course) == (NAME, f"{NAME} 0905178364")
    assert (kept.name, kept.wanted, mate.household.label) == (NAME, {"home": NAME}, NAME)


def aged(row, years, **more):
    """The row as if it was made so long ago."""
    at = timezone.now() - timedelta(days=365 * years + 5)
    type(row).objects.filter(pk=row.pk).update(**{"at": at, **more})


def test_logs_lists_and_proofs_go_in_their_time_and_a_restriction_stays(gone, place, lan):
    looked = [Reading.objects.create(by=lan, member=gone, column="phone", reason="Gọi") for _ in range(2)]
    export = Export.objects.create(by=lan, purpose="Lập danh sách", what="x", rows=1, unit=place.branch)
    kept = SavedList.objects.create(name="x", wanted={}, by=lan)
    for row, years in ((looked[0], 10), (export, 10), (kept, 5)):
        aged(row, years)
    old = {"asked_on": LONG_AGO, "due_on": LONG_AGO, "taken_by": lan, "done_on": date(2010, 1, 1)}
    rests = admit(place.branch, "Lê Thị Nghỉ", lan, LONG_AGO)
    DataRequest.objects.create(member=gone, wish="see", **old)
    restricted = DataRequest.objects.create(member=rests, wish="restrict", **old)
    erased = DataRequest.objects.create(member=gone, wish="erase", id_index=b"1" * 32, **old)
    found = forget(timezone.localdate()).rows
    assert found == {"Ai đã xem": 1, "Danh sách đã lấy ra": 1, "Danh sách đã lưu": 1, "Yêu cầu về dữ liệu của mình": 1}
    assert list(Reading.objects.all()) == [looked[1]]
    assert set(DataRequest.objects.all()) == {restricted, erased}
    assert Ending.objects.get(model="people.Reading").rows == 1


def test_free_text_of_records_goes_after_ten_years_once(gone, place, lan):
    ten = timezone.make_aware(datetime(2015, 3, 1))
    Record.objects.filter(member=gone).update(recorded_at=ten)
    assert forget(date(2025, 3, 1)).rows == {"Ảnh": 1}  # the deeds were told ten years ago to the day: not before
    assert told(date(2025, 3, 2))["Việc đã ghi"] == 2
    forget(date(2025, 3, 2))
    left = Record.objects.get(kind__code="member-left")
    assert left.values == {"reason": "work"} | {key: left.values[key] for key in left.values if key != "note"}
    assert "note" not in left.values
    assert "Việc đã ghi" not in told(date(2025, 3, 3))


@pytest.mark.parametrize(("wish", "done"), [("see", None), ("restrict", date(2021, 1, 1))])
def test_whoever_waits_or_rests_keeps_her_picture_and_the_words_of_her_deeds_until_then(gone, lan, wish, done):
    day = {"asked_on": LEFT, "due_on": LEFT, "taken_by": lan}
    Record.objects.filter(member=gone).update(recorded_at=timezone.make_aware(datetime(2010, 3, 1)))
    asked = DataRequest.objects.create(member=gone, wish=wish, done_on=done, **day)
    today = timezone.localdate()
    Ending.objects.create(model="ledger.Record", until=date(2015, 1, 1), rows=1)  # all others were looked through
    assert forget(today).rows == {}
    assert (told(today), Photo.objects.count()) == ({}, 1)
    assert Record.objects.get(kind__code="member-left").values["note"] == "Đi xa"
    over = {"done_on": today} if wish == "see" else {"lifted_on": today}
    DataRequest.objects.filter(pk=asked.pk).update(**over)
    assert {"Ảnh", "Việc đã ghi", "Thẻ hội viên"} <= set(told(today))
    forget(today)
    assert "note" not in Record.objects.get(kind__code="member-left").values
    assert not Photo.objects.exists()


def test_grounds_of_a_hardship_go_ten_years_after_it_ended_and_what_lasts_stays(gone, lan):
    home, told_by = gone.household_id, gone.origin
    for status, until in (("hardship", date(2015, 1, 1)), ("poor", None)):
        HouseholdStatus.objects.create(
            household_id=home, status=status, grounds="Ốm đau", during=(date(2012, 1, 1), until), record=told_by
        )
    forget(date(2025, 1, 2))
    assert dict(HouseholdStatus.objects.values_list("status", "grounds")) == {"hardship": "", "poor": "Ốm đau"}


def test_the_command_counts_first_and_erases_when_told(gone, capsys):
    call_command("retention", "--dry-run")
    said = capsys.readouterr().out
    assert "Thẻ hội viên: 1 dòng đã giữ quá 5 năm." in said
    assert Member.objects.get(pk=gone.pk).name == NAME
    call_command("retention")
    assert "Đã xóa thẻ của 1 chị" in capsys.readouterr().out
    assert Member.objects.get(pk=gone.pk).name == FORGOTTEN
    call_command("retention")
    assert "Không có gì hết thời hạn giữ." in capsys.readouterr().out


def test_every_table_of_the_registry_ends_somehow():
    """With her card, by its own clock, or there is nothing in it that would be erased."""
    for table in tables().values():
        telling = [one.name for one in table.columns if one.erase != "keep"]
        assert table.since == "left" or table.clock or not telling, table.model


def plan(rows):
    """How the database would find them in tables that are too large to be read from end to end."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_indexscan = off")
        return rows.explain()


def both_at_once(told):
    """Where her card and those merged into it are asked for as one: no index serves that."""
    return [line for line in told.splitlines() if " OR (" in line and "same_as_id" in line]


def test_of_no_woman_it_is_asked_by_joining_whole_tables_and_old_records_are_found_by_their_time(gone):
    today = date(2031, 1, 5)
    assert "member_left" in plan(cards_past(today))
    assert both_at_once(plan(cards_past(today))) == []
    Ending.objects.create(model="ledger.Record", until=date(2021, 1, 4), rows=0)
    with connection.cursor() as cursor:
        cursor.execute("drop index readings_of_a_day")  # in a table of a few pages it is now and then the cheaper one
    past = {table.model: plan(rows) for table, rows in rows_past(today)}
    assert both_at_once(past["people.Photo"]) == []
    assert "readings_by_time" in past["people.Reading"]
    assert "record_by_time" in past["ledger.Record"]
