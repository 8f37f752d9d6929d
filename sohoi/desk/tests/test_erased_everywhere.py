"""She is erased: whatever was done with her before, no column of any table says a number of hers, nor her name in what
her branch, its commune and her households kept; what is said of others stays."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from sohoi.ledger.erasing import erase_woman
from sohoi.ledger.models import Record
from sohoi.ledger.moving import settle
from sohoi.ledger.totals import prove
from sohoi.people.models import Correction, Export, Household, HouseholdStatus, Member, Reading, SavedList
from sohoi.people.registry import ERASED
from sohoi.people.tests.acts import admit, do, load_member_kinds
from sohoi.people.write.amendments import amend
from sohoi.people.write.privacy import ask_for, hand_out, reveal
from sohoi.people.write.transfers import ask
from sohoi.rights.models import Office
from sohoi.vietnamese import plain
from sohoi.work.models import Attendance, Conclusion, Meeting
from tests.people import account

NAME, OLD, DAUGHTER = "Trịnh Thị Oăngxi", "Trịnh Thị Oăngzi", "Lê Thị Con"
PHONE, NUMBER, ADDRESS = "0905178364", "092185074913", "Hẻm Kỳquặc 77"
TRACES = ("oangxi", "oangzi", "0905178364", "0905 178 364", "905.178.364", NUMBER, "ky quac", "kyquac")
WHEN = date(2026, 3, 5)


def columns():
    """Every column of every table of the database that can hold words, with its table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns join information_schema.tables"
            " using (table_schema, table_name) where table_schema = 'public' and table_type = 'BASE TABLE'"
            " and data_type in ('text', 'json', 'jsonb', 'character varying', 'tsvector', 'bytea', 'ARRAY')"
        )
        return cursor.fetchall()


def written():
    """(table.column, what stands there) of every row; a session as it is read."""
    for table, column in columns():
        with connection.cursor() as cursor:
            cursor.execute(f'select convert_to("{column}"::text, \'UTF8\') from "{table}" where "{column}" is not null')
            for (said,) in cursor:
                yield f"{table}.{column}", bytes(said).decode()
    for row in Session.objects.all():
        yield "django_session, read", str(row.get_decoded())


def traces():
    """Where in the database something of her stands."""
    return sorted({where for where, said in written() for trace in TRACES if trace in plain(said)})


def see(client, who, name, **data):
    client.force_login(who)
    return client.post(reverse(name), data)


def filtered(client, who, home):
    """She narrows the list by the name of a household, keeps that, and leaves."""
    word = see(client, who, "members-sift", home=home)["Location"].partition("loc=")[2]
    client.post(reverse("members-keep"), {"loc": word, "name": f"Nhà {home}", "shared": "1"})
    client.post(reverse("members-file"), {"loc": word, "purpose": f"Mời chị {home} họp", "columns": ["home"]})
    client.get(reverse("members"), {"loc": word})


@pytest.fixture
def her(place, lan, mai, client):
    """A head of a household who was searched, listed, saved, put right, moved, merged, given a grant, at a meeting."""
    load_member_kinds()
    card = admit(place.branch, OLD, lan, home=OLD, role="head", phone=PHONE, id_number=NUMBER, address=ADDRESS)
    daughter = admit(place.branch, DAUGHTER, lan, home=OLD, role="child")
    do("member-corrected", place.branch, lan, card, WHEN, name=NAME, why="mistaken")
    amend(Household.objects.get(pk=card.household_id), f"Bà {NAME}", "Số 5 đường Làng", by=lan)
    _daughter(place, lan, daughter)
    _home_and_meeting(place, lan, card)
    reveal(card, "phone", f"Gọi {NAME}", by=lan)
    hand_out(card, f"{NAME} xin bản của mình, gọi 0905 178 364", by=lan)
    for typed in (NAME, PHONE, NUMBER, "oangxi"):
        see(client, lan, "members-find", tim=typed)
    for who in (lan, mai):
        filtered(client, who, NAME)
    twin = admit(place.branch, NAME, lan, home=NAME, role="head")
    do("member-merged", place.branch, lan, twin, date(2026, 3, 9), kept=card.pk, why=f"Đều là {NAME}")
    sau = account("sau", "Chị Sáu", (place.other, "branch-head"))
    settle(ask(uuid4(), card, place.other, date(2026, 3, 10), f"Chị {NAME} theo con", by=lan), by=sau)
    do("member-corrected", place.other, sau, card, date(2026, 3, 11), home=NAME, role="head", why="added")
    return Member.objects.get(pk=card.pk)


def _daughter(place, lan, daughter):
    """The daughter's history and deeds name her mother."""
    do("member-corrected", place.branch, lan, daughter, WHEN, home="Lê Văn Con", why="changed")
    do("member-corrected", place.branch, lan, daughter, WHEN, home=f"Bà {NAME}", role="child", why="changed")
    do("member-left", place.branch, lan, daughter, date(2026, 3, 8), reason="work", note=f"Cùng mẹ {NAME}, {PHONE}")


def _home_and_meeting(place, lan, card):
    """Why her household was helped; minutes and a deed about nobody of the register that name her."""
    HouseholdStatus.objects.create(
        household_id=card.household_id, status="hardship", grounds=f"{NAME} ốm", during=(WHEN, None), record=uuid4()
    )
    meeting = Meeting.objects.create(unit=place.branch, kind="branch", title=f"Nhà chị {NAME}", on=WHEN, by=lan)
    Attendance.objects.create(meeting=meeting, place=1, name=NAME)
    Conclusion.objects.create(meeting=meeting, number=1, text=f"Giúp {NAME} sửa nhà", by=lan)
    told = Record.objects.filter(member=card).first()
    Record.objects.create(
        id=uuid4(), kind=told.kind, unit=place.branch, day=WHEN, booked=WHEN, values={"note": f"Qua cho {plain(NAME)}"},
        person=NAME, by=lan, door="desk", body_hash=b"0" * 32,
    )  # fmt: skip


def erase(card, by):
    erase_woman(ask_for(card, "erase", date(2026, 3, 12), by=by), by=by)


def test_after_erasing_no_column_of_what_was_hers_names_her_and_none_says_a_number(her, place, mai):
    before = traces()
    assert {"people_savedlist.wanted", "django_session, read", "people_correction.before", "ledger_record.values",
            "people_household.label", "people_export.purpose", "work_attendance.name"} <= set(before)  # fmt: skip
    erase(her, mai)
    assert traces() == []
    assert prove() == []
    assert set(Member.objects.values_list("name", flat=True)) == {ERASED, DAUGHTER}


def test_the_look_finds_a_leftover_wherever_it_is_planted(her, mai):
    erase(her, mai)
    row = Correction.objects.first()
    row.after = "bà trinh thi oangxi"
    row.save()
    assert traces() == ["people_correction.after"]


def test_what_others_told_stays_with_them(her, place, lan, mai):
    oanh, bay = "Trịnh Thị Oanh", account("bay", "Chị Bảy", (place.other, "branch-head"))
    kept = SavedList.objects.create(name=f"Nhà {oanh}", wanted={"home": oanh}, by=mai)
    namesake = admit(place.other, oanh, bay, home="Oanh")
    rows = dict(Correction.objects.filter(member__name=DAUGHTER).values_list("pk", "column"))
    erase(her, mai)
    kept.refresh_from_db()
    namesake.refresh_from_db()
    assert (kept.name, kept.wanted, namesake.name) == (f"Nhà {oanh}", {"home": oanh}, oanh)
    assert dict(Correction.objects.filter(member__name=DAUGHTER).values_list("pk", "column")) == rows
    assert Correction.objects.filter(member__name=DAUGHTER, column="home", before="Lê Văn Con").exists()
    left = Record.objects.get(kind__code="member-left")
    assert left.values["reason"] == "work"
    assert left.values["note"] == f"Cùng mẹ {ERASED}, {ERASED}"
    assert {row.wanted["home"] for row in SavedList.objects.exclude(pk=kept.pk)} == {ERASED}


def test_namesakes_officers_longer_names_and_units_above_keep_what_is_said_of_them(place, lan, mai, hoa):
    load_member_kinds()
    her = admit(place.branch, "Lê Hoa", lan, phone=PHONE)
    near, far = (
        Meeting.objects.create(unit=unit, kind="branch", title="Thăm Lê Hoa", on=WHEN, by=lan, chair="Lê Hoa",
                               clerk="Lê Hoa", course="Lê Hòa, Nguyễn Lê Hoa, ấp Lê Hoa, Le Hoa; số " + PHONE)
        for unit in (place.branch, place.province)
    )  # fmt: skip
    for at, who in enumerate((lan, None), start=1):
        Attendance.objects.create(meeting=near, place=at, name="Lê Hoa", account=who)
    erase(her, lan)
    near.refresh_from_db()
    far.refresh_from_db()
    others = "Lê Hòa, Nguyễn Lê Hoa, ấp Lê Hoa, {}; số " + ERASED
    hers, not_hers = others.format(ERASED), others.format("Le Hoa")
    assert (near.title, near.chair, near.clerk, near.course) == (f"Thăm {ERASED}", "Lê Hoa", "Lê Hoa", hers)
    assert (far.title, far.course) == ("Thăm Lê Hoa", not_hers)
    assert [row.name for row in near.attendances.order_by("place")] == ["Lê Hoa", ERASED]


def test_saved_lists_of_whoever_could_see_her_forget_her_name_and_those_of_others_only_her_number(place, lan, hoa, thu):
    load_member_kinds()
    her = admit(place.branch, "Lê Hoa", lan, phone=PHONE)
    centre = account("tam", "Chị Tám", (place.centre, "centre-officer"))
    gone = account("bay", "Chị Bảy", (place.heir, "base-chair"))
    Office.objects.filter(account=gone).update(during=(date(2020, 1, 1), date(2021, 1, 1)))
    sau = account("sau", "Chị Sáu", (place.other, "branch-head"))
    theirs = [(who, None) for who in (lan, hoa, centre, gone, thu)] + [(sau, place.heir), (sau, None)]
    lists = [
        SavedList.objects.create(name=f"Lê Hoa, {PHONE}, {at}", wanted={"home": "lê hoa"}, by=who, unit=unit)
        for at, (who, unit) in enumerate(theirs)
    ]
    look = Reading.objects.create(by=hoa, member=None, column="deed", reason="Thăm Lê Hoa")
    erase(her, lan)
    for row in (*lists, look):
        row.refresh_from_db()
    assert [(row.name, row.wanted["home"]) for row in lists] == [
        *((f"{ERASED}, {ERASED}, {at}", ERASED) for at in range(6)), (f"Lê Hoa, {ERASED}, 6", "lê hoa"),
    ]  # fmt: skip
    assert look.reason == f"Thăm {ERASED}"


def test_a_name_of_words_that_are_written_in_two_ways_is_found_without_any_number(place, lan):
    load_member_kinds()
    her = admit(place.branch, "Huỳnh Thúy Loan", lan, phone=PHONE)
    meeting = Meeting.objects.create(unit=place.branch, kind="branch", title="HUỲNH THUÝ LOAN", on=WHEN, by=lan)
    erase(her, lan)
    meeting.refresh_from_db()
    assert meeting.title == ERASED


def test_a_number_that_was_put_right_is_one_of_hers(place, lan):
    load_member_kinds()
    her = admit(place.branch, "Huỳnh Thúy Loan", lan, id_number=NUMBER)
    do("member-corrected", place.branch, lan, her, WHEN, **{"id-number": "092185074921"}, why="mistaken")
    meeting = Meeting.objects.create(unit=place.branch, kind="branch", title=f"Số {NUMBER}", on=WHEN, by=lan)
    erase(her, lan)
    meeting.refresh_from_db()
    assert meeting.title == f"Số {ERASED}"


def test_the_log_of_lists_forgets_her_name_where_the_list_could_have_had_her(place, lan, mai, hoa):
    load_member_kinds()
    her = admit(place.branch, "Lê Hoa", lan, phone=PHONE)
    lines = [
        Export.objects.create(by=lan, purpose=f"Mời chị Lê Hoa, {PHONE}", what="Danh sách", rows=1, unit=unit)
        for unit in (place.branch, place.heir, place.today, place.centre, None, place.other)
    ]
    look = Reading.objects.create(by=lan, member=None, column="deed", reason="Thăm Lê Hoa")
    erase(her, lan)
    look.refresh_from_db()
    assert look.reason == f"Thăm {ERASED}"
    said = [Export.objects.get(pk=line.pk).purpose for line in lines]
    assert said == [f"Mời chị {ERASED}, {ERASED}"] * 5 + [f"Mời chị Lê Hoa, {ERASED}"]


def test_a_list_that_rests_in_a_session_under_her_name_is_over_for_whoever_narrowed_it(client, place, lan, hoa):
    load_member_kinds()
    her = admit(place.branch, "Lê Hoa", lan, home="Lê Hoa")
    client.force_login(hoa)
    named, other = (
        client.post(reverse("members-sift"), asked)["Location"].partition("loc=")[2]
        for asked in ({"home": "Lê Hoa"}, {"home": "Lê Hoa Mai", "born_from": "1980"})
    )
    erase(her, lan)
    for name, data in (("members-file", {"purpose": "Mời họp tổ phụ nữ"}), ("members-keep", {"name": "Nhà"})):
        answer = client.post(reverse(name), {"loc": named, **data}, follow=True)
        assert "Bộ lọc này đã hết hạn" in answer.content.decode()
    for name in ("members", "members-charts"):
        assert "Bộ lọc này đã hết hạn" in client.get(reverse(name), {"loc": named}, follow=True).content.decode()
        assert "Lê Hoa Mai" in client.get(reverse(name), {"loc": other}).content.decode()
    assert (Export.objects.count(), SavedList.objects.count()) == (0, 0)
