"""Closed months opened again: from above only, with a reason, one closing at a time; and the place in the ledger."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from sohoi.ledger.models import Closing, Entry, Record, Reopening
from sohoi.ledger.read import open_day, position
from sohoi.ledger.reopening import may_reopen, reopen_month, reopen_months
from sohoi.ledger.write import accept, close_month, close_months, void
from sohoi.refusal import Refusal
from tests.people import account, deed

APRIL, MAY, JUNE = date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1)
DAY = date(2024, 4, 15)
AFTER = date(2025, 8, 1)  # after the reform: chị Mai's ward stands
WHY = "Chi hội báo thiếu hai tổ."


@pytest.fixture
def chair(place):
    """An officer of the centre, who may open again what a province closed."""
    return account("chair", "Chị Hồng", (place.centre, "centre-officer"))


def test_a_reopened_month_takes_deeds_again_and_is_closed_anew(place, lan, hoa):
    first = close_month(place.branch, DAY, by=hoa)
    late = accept(deed(place.branch, DAY), by=lan).draft
    row = reopen_month(place.branch, DAY, "  Chi hội báo thiếu hai tổ. ", by=hoa)
    assert (row.closing, row.reason, row.by) == (first, WHY, hoa)
    in_time = accept(deed(place.branch, DAY), by=lan)
    assert in_time.note == ""
    again = close_month(place.branch, DAY, by=hoa)
    assert (first.round, again.round) == (1, 2)
    assert close_month(place.branch, DAY, by=hoa) == again, "closing what is closed changes nothing"
    after = accept(deed(place.branch, DAY), by=lan).draft
    booked = dict(Record.objects.values_list("pk", "booked"))
    assert [booked[key] for key in (late.id, in_time.draft.id, after.id)] == [MAY, DAY, MAY]


def test_a_void_counts_in_the_month_that_was_opened_again(place, lan, hoa):
    draft = accept(deed(place.branch, DAY), by=lan).draft
    close_month(place.district, DAY, by=hoa)
    reopen_month(place.district, DAY, WHY, by=hoa)
    void(Record.objects.get(pk=draft.id), "Ghi nhầm", by=lan)
    assert set(Entry.objects.filter(record=draft.id).values_list("booked", flat=True)) == {DAY}


def test_only_somebody_above_opens_again(place, lan, mai, hoa, thu, chair):
    close_months(place.heir, [AFTER], by=hoa)
    close_months(place.today, [date(2025, 9, 1)], by=hoa)
    for person in (lan, mai, thu):
        with pytest.raises(Refusal, match="do đơn vị cấp trên mở lại"):
            reopen_month(place.heir, AFTER, WHY, by=person)
    with pytest.raises(Refusal, match="do đơn vị cấp trên mở lại"):
        reopen_month(place.today, date(2025, 9, 1), WHY, by=hoa)
    assert [may_reopen(hoa, unit) for unit in (place.branch, place.heir, place.town, place.today)] == [
        True, True, True, False
    ]  # fmt: skip
    assert not may_reopen(mai, place.town), "the ward is what became of it, and no unit above"
    assert not Reopening.objects.exists()
    reopen_month(place.today, date(2025, 9, 1), WHY, by=chair)
    reopen_month(place.heir, AFTER, WHY, by=hoa)


def test_nobody_opens_again_in_another_province_or_for_the_centre(place, hoa, chair):
    far = account("xa", "Chị Xa", (place.centre.__class__.objects.get(code="79@2025-07-01"), "province-officer"))
    close_month(place.heir, AFTER, by=hoa)
    close_month(place.centre, APRIL, by=chair)
    with pytest.raises(Refusal, match="cấp trên"):
        reopen_month(place.heir, AFTER, WHY, by=far)
    with pytest.raises(Refusal, match="do Trung ương chốt không mở lại được"):
        reopen_month(place.centre, APRIL, WHY, by=chair)


def test_a_month_that_a_unit_above_closed_is_opened_there_first(place, lan, hoa, chair):
    close_month(place.branch, DAY, by=hoa)
    close_month(place.district, DAY, by=hoa)
    with pytest.raises(Refusal, match=f"Mở lại tháng này ở {place.district.name} trước"):
        reopen_month(place.branch, DAY, WHY, by=hoa)
    assert [row.closing.unit for row in reopen_months([place.district, place.branch], [DAY], WHY, by=hoa)]
    assert open_day(place.branch, DAY) == DAY
    close_month(place.today, AFTER, by=hoa)
    with pytest.raises(Refusal, match="Tháng 8/2025 của Chi hội Ấp Một còn do"):
        reopen_month(place.branch, AFTER, WHY, by=hoa)


def test_there_must_be_a_reason_and_something_to_open(place, hoa):
    for reason in ("", "  \n "):
        with pytest.raises(Refusal, match="Chưa nêu lý do"):
            reopen_month(place.branch, DAY, reason, by=hoa)
    with pytest.raises(Refusal, match="Tháng 4/2024 của Chi hội Ấp Một chưa chốt lần nào"):
        reopen_month(place.branch, DAY, WHY, by=hoa)
    close_month(place.branch, DAY, by=hoa)
    reopen_month(place.branch, DAY, WHY, by=hoa)
    with pytest.raises(Refusal, match="đã được mở lại"):
        reopen_month(place.branch, DAY, WHY, by=hoa)


def test_a_quarter_is_closed_and_opened_at_once(place, lan, hoa):
    close_month(place.branch, MAY, by=hoa)
    with pytest.raises(Refusal, match="không có quyền chốt"):
        close_months(place.branch, [APRIL, MAY, JUNE], by=lan)
    closed = close_months(place.branch, [JUNE, DAY, MAY, APRIL], by=lan, right="sign")
    assert [(row.month, row.round, row.by) for row in closed] == [(APRIL, 1, lan), (MAY, 1, hoa), (JUNE, 1, lan)]
    assert open_day(place.branch, DAY) == date(2024, 7, 1)
    reopen_month(place.branch, MAY, WHY, by=hoa)
    assert open_day(place.branch, DAY) == MAY
    rows = reopen_months([place.branch], [APRIL, MAY, JUNE], WHY, by=hoa)
    assert [row.closing.month for row in rows] == [APRIL, JUNE], "what is open already stays as it is"
    again = close_months(place.branch, [APRIL, MAY, JUNE], by=lan, right="sign")
    assert [row.round for row in again] == [2, 2, 2]
    assert Closing.objects.binding().count() == 3


def test_months_ahead_are_not_closed_with_those_behind(place, hoa):
    with pytest.raises(Refusal, match="chưa hết"):
        close_months(place.branch, [APRIL, date(2099, 1, 1)], by=hoa)
    assert not Closing.objects.exists()
    assert close_months(place.branch, [], by=hoa) == []


def test_many_months_cost_as_many_statements_as_one(place, hoa, django_assert_num_queries):
    with django_assert_num_queries(8):
        close_months(place.branch, [APRIL], by=hoa)
    with django_assert_num_queries(8):
        close_months(place.other, [date(2024, month, 1) for month in range(1, 13)], by=hoa)


def test_the_database_keeps_one_closing_at_a_time_and_what_was_written(place, hoa):
    row = close_month(place.branch, APRIL, by=hoa)
    reopened = reopen_month(place.branch, APRIL, WHY, by=hoa)
    close_month(place.branch, APRIL, by=hoa)
    with pytest.raises(IntegrityError, match="đã chốt và chưa mở lại"), transaction.atomic():
        Closing.objects.create(unit=place.branch, month=APRIL, by=hoa)
    for change in (row.delete, reopened.delete, row.save):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_position_is_the_last_entry_whatever_its_year(place, lan):
    before = position()
    for day in (date(2024, 4, 1), date(2019, 4, 1), date(2023, 4, 1)):
        accept(deed(place.branch, day), by=lan)
        assert position() == Entry.objects.latest("id").pk > before
        before = position()


def test_all_parts_of_the_ledger_draw_from_one_sequence(place):
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*), count(distinct s.seqrelid) from pg_sequence s"
            " join pg_depend d on d.objid = s.seqrelid and d.deptype in ('a', 'i')"
            " where d.refobjid in (select inhrelid from pg_inherits where inhparent = 'ledger_entry'::regclass"
            " union select 'ledger_entry'::regclass)"
        )
        assert cursor.fetchone() == (1, 1)
