"""Việc đã ghi: found by what is asked, shown with its lines and history, taken back with a reason, nothing erased."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from sohoi import movement
from sohoi.desk.tests.promises import markup, searchable, statements
from sohoi.desk.views.records import PAGE
from sohoi.desk.words import answers, summary
from sohoi.ledger.declare import read_toml
from sohoi.ledger.models import Entry, Kind, Record, Voiding
from sohoi.ledger.write import accept, close_month, void
from sohoi.people.tests.acts import admit, do, load_member_kinds
from tests.people import deed

APRIL = date(2024, 4, 15)
LIST = reverse("records")


def tell(who, unit, day=APRIL, kind="house-group-founded", **more):
    """A record that stands."""
    accept(draft := deed(unit, day, kind, **more), by=who)
    return Record.objects.get(pk=draft.id)


def listed(client, **query):
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return [str(row.pk) for row in answer.context["rows"]]


def test_each_sees_the_records_of_her_units_and_nobody_a_sensitive_one(client, place, lan, mai, hoa):
    mine, other = tell(mai, place.branch), tell(mai, place.other)
    tell(mai, place.branch, kind="house-quiet", values={"count": 1})
    for who, rows in ((lan, {mine}), (mai, {mine, other}), (hoa, {mine, other})):
        client.force_login(who)
        assert set(listed(client)) == {str(row.pk) for row in rows}


def test_the_list_is_narrowed_by_kind_unit_days_and_state(client, place, mai, hoa):
    searchable(place.branch, place.other)
    gift = tell(mai, place.branch, date(2024, 1, 5), "house-gift", values={"count": 2})
    group = tell(mai, place.other)
    gone = tell(mai, place.other, date(2024, 5, 1))
    void(gone, "Ghi nhầm", by=mai)
    close_month(place.branch, date(2024, 2, 1), by=hoa)
    late = tell(mai, place.branch, date(2024, 2, 9))
    client.force_login(mai)
    assert listed(client, kind="house-gift") == [str(gift.pk)]
    assert listed(client, unit="áp hai") == listed(client, unit="ap hai") == [str(gone.pk), str(group.pk)]
    assert listed(client, unit=place.heir.code) == listed(client)
    assert listed(client, unit="lan-2") == [str(gone.pk), str(group.pk)]
    assert listed(client, a="2024-04-15", z="2024-04-30") == [str(group.pk)]
    assert listed(client, a="15/4/2024", z="30.4.2024") == [str(group.pk)]
    assert listed(client, state="void") == [str(gone.pk)]
    assert listed(client, state="late") == [str(late.pk)]
    assert listed(client, state="counted") == [str(group.pk), str(late.pk), str(gift.pk)]
    assert listed(client, state="khong-co") == listed(client)


def test_the_line_of_a_deed_says_what_was_told_and_not_what_the_register_filled_in():
    body = read_toml(Path(movement.__file__).parent / "kinds/member-left.toml")
    values = {"reason": "work", "standing": "ordinary", "core": 0, "regular": 0}
    assert summary(Record(kind=Kind(code="member-left", body=body), values=values)) == "Đi làm ăn xa"


def test_what_cannot_be_read_in_the_address_is_said(client, lan):
    client.force_login(lan)
    answer = client.get(LIST, {"a": "2024-02-31"})
    assert answer.status_code == 400
    assert "không có trong lịch" in markup(answer)
    for query in ({"trang": "abc"}, {"trang": "99999"}, {"kind": "\x00"}, {"unit": "\x00" * 9}, {"state": "\x00"}):
        assert client.get(LIST, query).status_code == 200


def test_an_empty_list_says_what_to_do(client, place, lan):
    client.force_login(lan)
    assert "Chưa có việc nào được ghi" in markup(client.get(LIST))
    tell(lan, place.branch)
    answer = client.get(LIST, {"kind": "house-gift"})
    assert "Bỏ bớt điều kiện lọc" in markup(answer)


def test_a_long_list_is_paged_and_keeps_what_was_asked(client, place, lan):
    for _ in range(PAGE + 1):
        tell(lan, place.branch)
    client.force_login(lan)
    answer = client.get(LIST, {"kind": "house-group-founded"})
    assert len(answer.context["rows"]) == PAGE
    assert "?kind=house-group-founded&amp;trang=2" in markup(answer)
    assert "Trang 1 trên 2" in markup(answer)
    assert len(listed(client, kind="house-group-founded", trang=2)) == 1


def test_statements_do_not_grow_with_the_list_nor_with_the_lines(client, place, mai):
    client.force_login(mai)
    one = tell(mai, place.branch, kind="house-visit", household="Bà Tư")
    page, single = statements(client, LIST), statements(client, reverse("record", args=[one.pk]))
    tell(mai, place.other, kind="house-gift", values={"count": 1, "money": 5000})
    three = tell(mai, place.heir, date(2026, 1, 5), "house-gift", values={"count": 1, "money": 5000})
    assert statements(client, LIST) == page
    assert statements(client, reverse("record", args=[three.pk])) == single


def test_a_record_says_what_was_told_by_whom_and_what_it_counts_for(client, place, lan):
    record = tell(lan, place.branch, kind="house-gift", values={"count": 20, "money": 6000000, "outside": False})
    client.force_login(lan)
    page = markup(client.get(reverse("record", args=[record.pk])))
    for said in ("Trao quà", "Số phần quà</dt><dd>20", "6.000.000 đồng", "Có nguồn ngoài</dt><dd>Không",
                 "Phần quà", "20 phần", "Chị Lan, ", "Huyện Mỹ Xuyên", "Thị trấn Mỹ Xuyên", "15/4/2024",
                 "Đang tính"):  # fmt: skip
        assert said in page, said


def test_taking_it_back_shows_both_lines_and_the_history(client, place, lan, mai):
    record = tell(lan, place.branch, values={"count": 3})
    client.force_login(mai)
    page = markup(client.get(reverse("record", args=[record.pk])))
    assert "Không có gì bị xóa" in page
    url = reverse("record-void", args=[record.pk])
    page = markup(client.post(url, {"reason": "Trùng với việc đã ghi"}, follow=True))
    assert "3 tổ" in page
    assert "−3 tổ" in page
    assert "Hủy: Trùng với việc đã ghi" in page
    assert "Chị Mai, " in page
    assert "Đã hủy" in page
    assert f'action="{url}"' not in page
    assert Entry.objects.filter(record=record).count() == 2


@pytest.mark.parametrize(("reason", "sentence"), [("  ", "Chưa nêu lý do"), ("a\x00b", "không lưu được")])
def test_without_a_reason_nothing_is_taken_back(client, place, lan, reason, sentence):
    record = tell(lan, place.branch)
    client.force_login(lan)
    answer = client.post(reverse("record-void", args=[record.pk]), {"reason": reason})
    assert answer.status_code == 422
    assert sentence in markup(answer)
    assert not Voiding.objects.exists()


def test_a_second_void_changes_nothing_and_says_so(client, place, lan):
    record = tell(lan, place.branch)
    void(record, "Lần đầu", by=lan)
    client.force_login(lan)
    page = markup(client.post(reverse("record-void", args=[record.pk]), {"reason": "Lần hai"}, follow=True))
    assert "đã được hủy trước đó" in page
    assert Voiding.objects.get().reason == "Lần đầu"


def test_in_a_closed_month_the_page_says_where_the_opposite_will_count(client, place, lan, hoa):
    record = tell(lan, place.branch)
    close_month(place.branch, APRIL, by=hoa)
    client.force_login(lan)
    assert "dòng đối ứng tính vào ngày 01/5/2024" in markup(client.get(reverse("record", args=[record.pk])))


def test_another_branch_is_as_if_it_were_not_there(client, place, lan, mai):
    record = tell(mai, place.other)
    client.force_login(lan)
    assert client.get(reverse("record", args=[record.pk])).status_code == 404
    assert client.post(reverse("record-void", args=[record.pk]), {"reason": "x"}).status_code == 404
    assert client.get(reverse("record", args=[uuid4()])).status_code == 404
    assert not Voiding.objects.exists()


def test_who_may_only_see_figures_reads_no_record(client, place, lan):
    record = tell(lan, place.branch)
    lan.offices.update(role="reader")
    client.force_login(lan)
    for url in (LIST, reverse("record", args=[record.pk]), reverse("record-start")):
        assert client.get(url).status_code == 404
    assert client.get("/").status_code == 200


def told_by_an_older_version(row, **changed):
    """The record is one of a version of its kind that was otherwise; None: it had no such key."""
    kind = row.kind
    body = {key: value for key, value in (kind.body | changed).items() if value is not None}
    old = Kind.objects.create(code=kind.code, version=99, room=kind.room, label=kind.label, body=body, current=False)
    with connection.cursor() as cursor:  # what is written never changes: the test speaks as those who came before
        cursor.execute("set session_replication_role = replica")
        Record.objects.filter(pk=row.pk).update(kind=old)
        cursor.execute("set session_replication_role = default")


def test_what_the_register_counts_is_said_in_words_and_its_nothing_not_at_all(place, lan):
    """A record of recognising her as core counts 1 core and 0 regular; nobody says "nòng cốt: 1"."""
    load_member_kinds()
    woman = admit(place.branch, "Trần Thị Lan", lan)
    do("member-recognised", place.branch, lan, woman, **{"as": "core"})
    told = answers(Record.objects.get(kind__code="member-recognised"))
    assert told == [("Công nhận là", "Hội viên nòng cốt"), ("Là hội viên nòng cốt", "có")]


@pytest.mark.parametrize("older", [False, True])
def test_what_a_household_is_stands_on_no_list_and_no_page_of_records(client, place, lan, older):
    """Also where the record was told by an older version of its kind, which masked nothing."""
    load_member_kinds()
    row = tell(lan, place.branch, kind="household-status-given", values={"status": "poor"}, household="Bà Tư")
    if older:
        fields = [{k: v for k, v in one.items() if k != "masked"} for one in row.kind.body["field"]]
        told_by_an_older_version(row, field=fields)
    client.force_login(lan)
    for url in (LIST, reverse("record", args=[row.pk]), reverse("home")):
        page = markup(client.get(url))
        assert ("Bà Tư" in page, "Hộ nghèo" in page) == (True, False), url
    assert "••• (xem khi cần)" in markup(client.get(reverse("record", args=[row.pk])))
    assert ("Hộ thuộc diện", "Hộ nghèo") in answers(row, whole=True)


def test_a_deed_that_cannot_be_taken_back_says_so_where_the_button_was(client, place, lan):
    load_member_kinds()
    row = tell(lan, place.branch, kind="household-status-given", values={"status": "poor"}, household="Bà Tư")
    told_by_an_older_version(row, undo=None, writer="sohoi.people.write.statuses.end")
    client.force_login(lan)
    said = "“Ghi diện của hộ” đã đổi sổ hội viên, không hủy được. Ghi việc ngược lại thay vì hủy."
    url = reverse("record-void", args=[row.pk])
    for name, told in (("record", True), ("record-saved", False)):
        page = markup(client.get(reverse(name, args=[row.pk])))
        assert (said in page, f'action="{url}"' in page) == (told, False), name
    answer = client.post(url, {"reason": "Ghi nhầm"})
    assert (answer.status_code, markup(answer).count(said)) == (422, 1)
    assert not Voiding.objects.exists()


def test_a_deed_of_a_card_that_cannot_be_taken_back_asks_no_reason(client, place, lan):
    load_member_kinds()
    card = admit(place.branch, "Trần Thị Lan", lan)
    told_by_an_older_version(Record.objects.get(pk=card.origin), undo=None, writer="sohoi.people.write.cards.correct")
    client.force_login(lan)
    page = markup(client.get(reverse("member-undo", args=[card.pk, card.origin])))
    assert "đã đổi sổ hội viên, không hủy được. Ghi việc ngược lại thay vì hủy." in page
    assert 'name="reason"' not in page
