"""The gate: what comes in becomes a record and its entries, once; what may not come in gets a sentence."""

from datetime import date, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sohoi.ledger.draft import read_draft
from sohoi.ledger.models import Entry, Kind, Record
from sohoi.ledger.standing import Standing
from sohoi.ledger.write import accept, accept_many, close_month, void
from sohoi.people.models import Member, Membership
from sohoi.refusal import Refusal
from sohoi.units.models import Lineage
from sohoi.units.read import find
from tests.people import LONG_AGO, add_branch, deed

APRIL = date(2024, 4, 15)


def test_an_accepted_draft_is_a_record_with_its_entries(place, lan):
    draft = deed(place.branch, APRIL, values={"count": 2, "form": "health"})
    assert accept(draft, by=lan).state == "accepted"
    record = Record.objects.get(pk=draft.id)
    assert (record.unit, record.day, record.booked) == (place.branch, APRIL, APRIL)
    entry = Entry.objects.get(record=record)
    assert (entry.amount, entry.n, entry.labels) == (2, 1, {"form": "health"})


def test_the_same_draft_twice_counts_once(place, lan):
    draft = deed(place.branch, APRIL)
    assert [accept(draft, by=lan).state for _ in range(3)] == ["accepted", "known", "known"]
    assert Entry.objects.filter(record_id=draft.id).count() == 1


def test_the_same_draft_twice_in_one_file_counts_once(place, lan):
    draft = deed(place.branch, APRIL)
    assert [o.state for o in accept_many([draft, draft], by=lan, door="file")] == ["accepted", "known"]


def test_the_same_id_with_another_body_is_refused(place, lan):
    first = deed(place.branch, APRIL)
    accept(first, by=lan)
    with pytest.raises(Refusal, match="đã dùng cho một việc khác"):
        accept(deed(place.branch, APRIL, id=first.id, values={"count": 9}), by=lan)
    assert Entry.objects.get(record_id=first.id).amount == 1


def test_the_hash_of_a_deed_confirms_no_guess_and_one_of_before_is_still_known(place, lan):
    draft = deed(place.branch, APRIL)
    accept(draft, by=lan)
    plain = sha256(draft._body().encode()).digest()
    assert bytes(Record.objects.get(pk=draft.id).body_hash) == draft.body_hash() != plain
    Record.objects.filter(pk=draft.id).update(body_hash=plain)
    assert accept(draft, by=lan).state == "known"
    with pytest.raises(Refusal, match="việc khác"):
        accept(deed(place.branch, APRIL, id=draft.id, values={"count": 9}), by=lan)


def test_good_lines_go_in_and_bad_ones_come_back(place, lan):
    good, bad = deed(place.branch, APRIL), deed(place.branch, APRIL, values={"count": -1})
    outcomes = accept_many([bad, good], by=lan, door="file")
    assert [o.state for o in outcomes] == ["refused", "accepted"]
    assert outcomes[0].where == "count"
    assert set(Record.objects.values_list("pk", flat=True)) == {good.id}


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("khong-co", {}, "Không có loại việc"),
        ("house-group-founded", {"count": -1}, "không được nhỏ hơn"),
        ("house-group-founded", {"count": 10**30}, "lớn quá mức"),
        ("house-group-founded", {"count": "hai"}, "phải là số nguyên"),
        ("house-group-founded", {"count": 1.5}, "phải là số nguyên"),
        ("house-group-founded", {"count": True}, "phải là số nguyên"),
        ("house-group-founded", {}, "Chưa điền “Số tổ”"),
        ("house-group-founded", {"count": 1, "form": "khác"}, "phải chọn một trong"),
        ("house-group-founded", {"count": 1, "la": 2}, "không có trường “la”"),
        ("house-gift", {"count": 1, "outside": True, "giver": "a\x00b"}, "Nơi tặng"),
        ("house-gift", {"count": 1, "handed": "31/02/2024"}, "không có trong lịch"),
        ("house-group-founded", "không phải bảng", "các cặp trường và giá trị"),
    ],
)
def test_nonsense_is_answered_with_a_sentence_and_nothing_is_kept(place, lan, kind, values, sentence):
    with pytest.raises(Refusal, match=sentence):
        accept(deed(place.branch, APRIL, kind, values=values), by=lan)
    assert not Record.objects.exists()


def test_decomposed_unicode_is_kept_composed(place, lan):
    giver = "Hoa\u0300 Bi\u0300nh"
    draft = deed(place.branch, APRIL, "house-gift", values={"count": 1, "outside": True, "giver": giver})
    accept(draft, by=lan)
    assert Record.objects.get(pk=draft.id).values["giver"] == "Hoà Bình"


def test_a_question_that_was_not_asked_is_not_kept(place, lan):
    draft = deed(place.branch, APRIL, "house-gift", values={"count": 1, "outside": False, "giver": "ai đó"})
    accept(draft, by=lan)
    assert "giver" not in Record.objects.get(pk=draft.id).values


def test_a_deed_in_the_future_is_refused(place, lan):
    with pytest.raises(Refusal, match="còn ở phía trước"):
        accept(deed(place.branch, timezone.localdate() + timedelta(days=1)), by=lan)


def test_a_deed_before_its_kind_existed_is_refused(place, lan):
    with pytest.raises(Refusal, match="chỉ ghi từ ngày"):
        accept(deed(place.branch, date(2017, 12, 31)), by=lan)


def test_only_those_with_the_right_record_for_a_unit(place, lan, mai, thu):
    for person, unit in ((lan, place.other), (thu, place.branch), (lan, place.town)):
        with pytest.raises(Refusal, match="không có quyền ghi"):
            accept(deed(unit, APRIL), by=person)
    assert accept(deed(place.other, APRIL), by=mai).state == "accepted"


def test_a_deed_for_an_ended_commune_goes_to_its_only_successor_and_says_so(place, mai):
    outcome = accept(deed(place.town, date(2026, 3, 1)), by=mai)
    assert "đã kết thúc: việc này ghi cho" in outcome.note
    assert Record.objects.get(pk=outcome.draft.id).unit == place.heir


def test_a_deed_for_a_commune_that_was_split_asks_which_successor(place, hoa):
    split = Lineage.objects.filter(whole=False, old__level="base", new__placements__parent=place.today).first().old
    with pytest.raises(Refusal, match="Chọn một đơn vị kế thừa"):
        accept(deed(split, date(2026, 3, 1)), by=hoa)


def test_a_deed_before_its_unit_existed_is_refused(place, mai):
    with pytest.raises(Refusal, match="không có vào ngày"):
        accept(deed(place.heir, APRIL), by=mai)


def test_a_deed_of_before_the_map_is_refused_for_that_and_not_as_if_its_unit_had_not_been(place, mai):
    draft = deed(place.town, date(2014, 12, 31))
    with pytest.raises(Refusal, match="bắt đầu từ ngày 01/01/2015: việc ngày 31/12/2014 chưa ghi được"):
        Standing([draft], mai).unit_of(draft)


def test_a_kind_that_a_level_is_not_asked_is_refused(place, hoa):
    with pytest.raises(Refusal, match="là việc của cơ sở, chi hội"):
        accept(deed(place.today, date(2026, 1, 5), "house-women-declared", values={"count": 3}), by=hoa)


def test_a_tag_that_the_kind_does_not_name_is_refused(place, lan):
    with pytest.raises(Refusal, match="không thuộc chương trình"):
        accept(deed(place.branch, APRIL, tags=("la",)), by=lan)
    assert accept(deed(place.branch, APRIL, tags=("nong-thon-moi",)), by=lan).state == "accepted"


def test_a_closed_month_takes_a_deed_as_late_and_says_so(place, lan, hoa):
    close_month(place.branch, APRIL, by=hoa)
    close_month(place.district, date(2024, 5, 1), by=hoa)
    outcome = accept(deed(place.branch, APRIL), by=lan)
    assert "phát sinh sau kỳ chốt" in outcome.note
    record = Record.objects.get(pk=outcome.draft.id)
    assert (record.day, record.booked, record.late) == (APRIL, date(2024, 6, 1), True)


def test_void_takes_the_figure_back_and_erases_nothing(place, lan):
    draft = deed(place.branch, APRIL, values={"count": 3})
    accept(draft, by=lan)
    record = Record.objects.get(pk=draft.id)
    void(record, "Ghi nhầm", by=lan)
    assert [(e.n, e.amount) for e in Entry.objects.filter(record=record).order_by("id")] == [(1, 3), (-1, -3)]
    with pytest.raises(Refusal, match="đã được hủy"):
        void(record, "Lần nữa", by=lan)


def test_void_wants_a_reason_and_the_right(place, lan, thu):
    accept(draft := deed(place.branch, APRIL), by=lan)
    record = Record.objects.get(pk=draft.id)
    with pytest.raises(Refusal, match="Chưa nêu lý do"):
        void(record, "  ", by=lan)
    with pytest.raises(Refusal, match="không có quyền hủy"):
        void(record, "Không phải của tôi", by=thu)


def test_void_after_closing_counts_in_the_first_open_month(place, lan, hoa):
    accept(draft := deed(place.branch, APRIL), by=lan)
    close_month(place.today, APRIL, by=hoa)  # on another map: it binds nothing in 2024
    close_month(place.branch, APRIL, by=hoa)
    record = Record.objects.get(pk=draft.id)
    void(record, "Ghi nhầm", by=lan)
    assert [e.booked for e in Entry.objects.filter(record=record).order_by("id")] == [APRIL, date(2024, 5, 1)]


@pytest.mark.parametrize(
    "change", ["update ledger_entry set amount = 9", "delete from ledger_entry", "truncate ledger_entry"]
)
def test_the_database_refuses_to_change_an_entry(place, lan, change):
    accept(deed(place.branch, APRIL), by=lan)
    with (
        pytest.raises(DatabaseError, match="không sửa, không xóa"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_bare_state_code_is_taken_with_a_day_that_decides_it(place, mai):
    assert find("31684", date(2026, 1, 1)) == place.heir
    assert find("31684", APRIL) == place.town
    with pytest.raises(Refusal, match="Không có đơn vị"):
        find("99999", APRIL)
    assert accept(deed("31684", APRIL), by=mai).state == "accepted"


def test_queries_do_not_grow_with_drafts(place, lan):
    def queries(count):
        with connection.execute_wrapper(seen := Counter()):
            accept_many([deed(place.branch, APRIL, "house-visit", household=f"Chị {uuid4()}") for _ in range(count)],
                        by=lan, door="file")  # fmt: skip
        return seen.count

    assert queries(1) == queries(3) == queries(30)


def test_queries_do_not_grow_with_members_ended_units_or_unknown_ones(place, mai):
    women = [Member.objects.create(name=f"Chị {at}", plain=f"chi {at}") for at in range(9)]
    for woman in women:
        Membership.objects.create(member=woman, unit=place.branch, during=(LONG_AGO, None))

    def drafts(count):
        for at in range(count):
            yield deed(place.heir, date(2026, 1, 1 + at), "house-help", member=women[at].pk)
            yield deed(place.town, date(2026, 2, 1 + at))
            yield deed("31684", date(2024 + at % 3, 1, 1 + at))
            yield deed(f"khong-co-{at}", APRIL)

    def queries(count):
        with connection.execute_wrapper(seen := Counter()):
            outcomes = accept_many(list(drafts(count)), by=mai, door="file")
        assert [o.state for o in outcomes[:4]] == ["accepted", "accepted", "accepted", "refused"]
        return seen.count

    assert queries(1) == queries(3) == queries(9)


def test_a_repeat_is_known_whatever_has_changed_since(place, lan):
    accept(draft := deed(place.branch, APRIL), by=lan)
    Kind.objects.filter(code="house-group-founded").update(current=False)
    assert accept(draft, by=lan).state == "known"


def test_a_month_that_has_not_ended_is_not_closed(place, hoa):
    for month in (timezone.localdate(), date(2099, 1, 1)):
        with pytest.raises(Refusal, match="chưa hết"):
            close_month(place.branch, month, by=hoa)


class Counter:
    """Counts statements."""

    count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ([], "không phải một việc"),
        ({"id": "x"}, "Thiếu “kind”"),
        ({"id": "x", "kind": "a", "unit": "b", "day": "2024-01-01"}, "UUID"),
        ({"id": str(uuid4()), "kind": "a", "unit": "b", "day": "2024-02-31"}, "không có trong lịch"),
        ({"id": str(uuid4()), "kind": "a", "unit": "b", "day": "2024-02-01", "x": 1}, "Không hiểu khóa"),
        ({"id": str(uuid4()), "kind": "a\x00", "unit": "b", "day": "2024-02-01"}, "kind"),
        ({"id": str(uuid4()), "kind": "a", "unit": "b", "day": "2024-02-01", "member": "chị Lan"}, "mã số"),
        ({"id": str(uuid4()), "kind": "a", "unit": "b", "day": "2024-02-01", "tags": "x"}, "danh sách"),
    ],
)
def test_a_draft_that_is_none_is_answered_with_a_sentence(body, sentence):
    with pytest.raises(Refusal, match=sentence):
        read_draft(body)


def test_branches_of_a_test_stand_where_they_should(place):
    extra = add_branch("lan-3", "Chi hội Ấp Ba", place.town, None)
    assert extra.level == "branch"
