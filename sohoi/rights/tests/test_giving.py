"""Who may give, end and take back which office, and what becomes of an account, whatever the page says."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.rights.may import may, roles
from sohoi.rights.models import Account, Office, OfficeChange, Turn
from sohoi.rights.read import found_by_name, given_by, known_in, may_handle, to_take_back
from sohoi.rights.write.accounts import propose_username, reset_password
from sohoi.rights.write.closing import close_account, open_account
from sohoi.rights.write.offices import end_office, give_office, take_back
from sohoi.units.models import Unit
from tests.people import account


@pytest.fixture
def today():
    """This day."""
    return timezone.localdate()


@pytest.fixture
def yen(place):
    """Chị Yến, administrator of the province."""
    return account("yen", "Chị Yến", (place.today, "administrator"))


def codes(found):
    """The codes of roles."""
    return {role.code for role in found}


def test_nobody_gives_more_than_she_holds_but_the_administrator_who_gives_what_she_has_not():
    for role in roles().values():
        for given in role.gives - {"administrator"} if role.code != "administrator" else ():
            assert roles()[given].rights - {"alone"} <= role.rights
        assert bool(role.gives) == ("offices" in role.rights)
        assert role.at


def test_each_gives_the_roles_of_the_level_in_her_own_reach(place, yen, hoa, mai, lan, thu):
    assert codes(given_by(mai, place.branch)) == {"branch-head"}
    assert not given_by(mai, place.heir)
    assert codes(given_by(hoa, place.heir)) == {"base-chair", "base-deputy"}
    assert not given_by(hoa, place.today)
    assert codes(given_by(yen, place.today)) == {"province-officer", "administrator", "reader"}
    assert not given_by(yen, place.centre)
    assert not given_by(yen, Unit.objects.get(code="79@2025-07-01"))
    assert not given_by(yen, place.district)  # it has ended: an office there would open nothing
    assert not given_by(lan, place.branch)
    assert not given_by(thu, place.branch)


def test_what_is_beyond_her_is_refused_by_the_verb_itself(place, mai, today):
    for unit, role in ((place.heir, "base-deputy"), (place.branch, "province-officer"), (place.today, "branch-head")):
        with pytest.raises(Refusal, match="Chị không giao được vai trò"):
            give_office("moi", "Chị Mới", unit, role, today, by=mai)
    with pytest.raises(Refusal, match="tài khoản của chính chị"):
        give_office("mai", "", place.branch, "branch-head", today, by=mai)
    assert not Account.objects.filter(username="moi").exists()


def test_a_new_head_has_a_password_for_once_and_the_line_says_who_gave(place, mai, today):
    office, password = give_office("moi", "Chị  Mới", place.branch, "branch-head", today, by=mai, new=True)
    made = office.account
    assert made.check_password(password)
    assert made.must_change
    assert made.full_name == "Chị Mới"
    assert len(password) == 19
    [line] = OfficeChange.objects.filter(account=made)
    assert (line.by, line.what, line.unit, line.role, line.first) == (mai, "given", place.branch, "branch-head", today)
    with pytest.raises(Refusal, match="Đã có người mang tên đăng nhập"):
        give_office("moi", "Chị Khác", place.other, "branch-head", today, by=mai, new=True)
    with pytest.raises(Refusal, match="Chưa có ai mang tên đăng nhập"):
        give_office("khong-co", "", place.other, "branch-head", today, by=mai, new=False)


def test_a_mistaken_ending_is_taken_back_the_same_day_and_no_later(place, mai, lan, today, monkeypatch):
    office = Office.objects.get(account=lan)
    end_office(office, today - timedelta(days=1), by=mai)
    assert not may(lan, "record", place.branch)
    line = OfficeChange.objects.get(account=lan)
    take_back(line, by=mai)
    assert may(lan, "record", place.branch)
    assert Office.objects.get(account=lan).last is None
    assert line not in to_take_back(mai)
    end_office(office, today, by=mai)
    line = OfficeChange.objects.filter(account=lan, what=Turn.ENDED).latest("pk")
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    with pytest.raises(Refusal):
        take_back(line, by=mai)


def test_an_office_given_to_the_wrong_one_is_gone_at_once_and_stays_in_the_history(place, mai, thu, today):
    give_office("thu", "", place.branch, "branch-head", today, by=mai, new=False)
    assert may(thu, "record", place.branch)
    take_back(OfficeChange.objects.get(account=thu), by=mai)
    assert not Office.objects.filter(account=thu).exists()
    assert [line.what for line in OfficeChange.objects.filter(account=thu).order_by("pk")] == ["given", "undone"]


def test_one_that_had_not_begun_comes_back_with_its_days(place, mai, thu, today):
    first, last = today + timedelta(days=5), today + timedelta(days=9)
    office, _ = give_office("thu", "", place.branch, "branch-head", first, last, by=mai, new=False)
    end_office(office, today, by=mai)
    assert not Office.objects.filter(account=thu).exists()
    take_back(OfficeChange.objects.filter(account=thu).latest("pk"), by=mai)
    again = Office.objects.get(account=thu)
    assert (again.first, again.last) == (first, last)


def test_nobody_ends_her_own_or_one_beyond_her(place, mai, hoa, lan, today):
    deputy = account("phuc", "Chị Phúc", (place.heir, "base-deputy"))
    with pytest.raises(Refusal, match="tài khoản của chính chị"):
        end_office(Office.objects.get(account=mai), today, by=mai)
    with pytest.raises(Refusal):
        end_office(Office.objects.get(account=deputy), today, by=mai)
    with pytest.raises(Refusal):
        end_office(Office.objects.get(account=lan), today, by=lan)
    end_office(Office.objects.get(account=deputy), today, by=hoa)
    assert Office.objects.get(account=deputy).last == today


def test_a_password_is_set_anew_only_for_whom_she_answers_for_whole(place, mai, lan, hoa):
    password = reset_password(lan, by=mai)
    lan.refresh_from_db()
    assert lan.check_password(password)
    assert lan.must_change
    Office.objects.create(account=lan, unit=place.today, role="reader", during=(date(2024, 1, 1), None))
    for who in (lan, hoa):  # else a chair would open the province with the password of one of her branch heads
        with pytest.raises(Refusal, match="vai trò mà chị không quản"):
            reset_password(who, by=mai)
    with pytest.raises(Refusal, match="chính chị"):
        reset_password(mai, by=mai)
    assert not may_handle(mai, account("la", "Chị Lạ"))


def test_who_once_held_more_stays_beyond_her_who_gave_the_rest(place, mai, yen, today):
    """Else a chair would have the account still when its holder gets her province office again."""
    former = account("cu", "Chị Cũ")
    Office.objects.create(
        account=former, unit=place.today, role="province-officer", during=(date(2024, 1, 1), date(2025, 1, 1))
    )
    gone = account("thoi", "Chị Thôi", (place.branch, "branch-head"))
    give_office("thoi", "", place.today, "reader", today, by=yen, new=False)
    take_back(OfficeChange.objects.get(account=gone), by=yen)  # only the history says so
    for who in (former, gone):
        give_office(who.username, "", place.other, "branch-head", today, by=mai, new=False)
        for deed in (reset_password, close_account):
            with pytest.raises(Refusal, match="từng giữ vai trò mà chị không quản"):
                deed(who, by=mai)
    assert may_handle(yen, gone)


def test_an_account_that_was_there_before_is_not_hers_by_giving_it_something(place, mai, thu, today):
    give_office("thu", "", place.branch, "branch-head", today, by=mai, new=False)
    assert not may_handle(mai, thu)
    made, _ = give_office("moi", "Chị Mới", place.branch, "branch-head", today, by=mai, new=True)
    take_back(OfficeChange.objects.get(account=made.account), by=mai)
    assert not may_handle(mai, made.account)
    give_office("moi", "", place.other, "branch-head", today, by=mai, new=False)
    assert may_handle(mai, made.account)


def test_a_log_in_is_one_in_any_case_and_names_nobody(place, mai, thu, lan, today):
    with pytest.raises(Refusal, match="Đã có người mang tên đăng nhập"):
        give_office("LAN", "Chị Lan Khác", place.other, "branch-head", today, by=mai, new=True)
    made, _ = give_office("Moi.Le", "Lê Thị Mới", place.branch, "branch-head", today, by=mai, new=True)
    assert made.account.username == "moi.le"
    assert give_office("Thu", "chi thu", place.branch, "branch-head", today, by=mai, new=False)[0].account == thu
    with pytest.raises(IntegrityError), transaction.atomic():
        account("LaN", "Chị Lân")
    Account.objects.filter(pk=thu.pk).update(is_active=False)
    for name in ("Chị Khác", "Chị Thu"):
        with pytest.raises(Refusal) as refused:
            give_office("thu", name, place.other, "branch-head", today, by=mai, new=False)
        assert "Chị Thu" not in str(refused.value)


def test_an_upgrade_says_which_log_ins_collide(lan):
    with connection.cursor() as cursor:
        cursor.execute("drop index a_log_in_is_one_in_any_case")
    account("LAN", "Chị Lân")
    with pytest.raises(Refusal, match="lan và LAN. Đổi tên"):
        import_module("sohoi.rights.migrations.0003_log_ins_names_history").refuse_same(apps, None)


def test_two_acts_about_one_account_wait_and_lines_that_name_it_do_not(place, mai, lan, today):
    with CaptureQueriesContext(connection) as seen:
        reset_password(lan, by=mai)
        end_office(Office.objects.get(account=lan), today, by=mai)
        take_back(OfficeChange.objects.filter(account=lan).latest("pk"), by=mai)
        close_account(lan, by=mai)
        open_account(lan, by=mai)
    held = [asked["sql"] for asked in seen if " FOR " in asked["sql"]]
    assert all("FOR NO KEY UPDATE" in asked for asked in held)
    tables = ["rights_office" if 'FROM "rights_office"' in asked else "rights_account" for asked in held]
    assert tables == ["rights_account", "rights_account", "rights_office", "rights_account", "rights_account",
                      "rights_office", "rights_account"]  # fmt: skip


def test_the_history_is_changed_by_nobody(place, mai, thu, today):
    give_office("thu", "", place.branch, "branch-head", today, by=mai, new=False)
    table = OfficeChange._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for change in (f"update {table} set role = ''", f"delete from {table}", f"truncate {table}"):
            with pytest.raises(DatabaseError, match="thì không sửa, không xóa"), transaction.atomic():
                cursor.execute(change)


def test_one_that_begins_today_is_shut_out_at_once_and_comes_back(place, mai, thu, today):
    office, _ = give_office("thu", "", place.branch, "branch-head", today, by=mai, new=False)
    end_office(office, today - timedelta(days=1), by=mai)
    assert not may(thu, "record", place.branch)
    take_back(OfficeChange.objects.filter(account=thu).latest("pk"), by=mai)
    assert may(thu, "record", place.branch)


def test_an_account_closed_and_opened_the_same_day_holds_nothing_and_is_given_again(place, mai, lan, today):
    give_office("lan", "", place.other, "branch-head", today, by=mai, new=False)
    close_account(lan, by=mai)
    open_account(lan, by=mai)
    lan.refresh_from_db()
    assert not may(lan, "record", place.branch)
    assert not may(lan, "record", place.other)
    give_office("lan", "", place.branch, "branch-head", today, by=mai, new=False)
    assert may(lan, "record", place.branch)


def test_a_closed_account_holds_nothing_and_opens_again_without_its_offices(place, mai, lan, today):
    close_account(lan, by=mai)
    lan.refresh_from_db()
    assert not lan.is_active
    assert Office.objects.get(account=lan).last == today - timedelta(days=1)
    with pytest.raises(Refusal, match="Tài khoản “lan” đang đóng"):
        give_office("lan", "", place.other, "branch-head", today, by=mai, new=False)
    with pytest.raises(Refusal, match="Mở lại tài khoản trước"):
        take_back(OfficeChange.objects.filter(account=lan, what=Turn.ENDED).latest("pk"), by=mai)
    password = open_account(lan, by=mai)
    assert Account.objects.get(pk=lan.pk).check_password(password)
    take_back(OfficeChange.objects.filter(account=lan, what=Turn.ENDED).latest("pk"), by=mai)
    assert may(Account.objects.get(pk=lan.pk), "record", place.branch)
    with pytest.raises(Refusal, match="chính chị"):
        close_account(mai, by=mai)


def test_a_log_in_is_proposed_that_nobody_has(db):
    assert propose_username("Nguyễn Thị Đẹp") == "dep.nguyen"
    account("dep.nguyen", "Nguyễn Thị Đẹp")
    account("dep.nguyen2", "Nguyễn Đẹp")
    assert propose_username("Nguyễn Đỗ Đẹp") == "dep.nguyen3"
    assert propose_username("Hoa") == "hoa"
    assert propose_username("阮") == ""


def test_people_are_found_without_marks_or_by_log_in_and_only_in_her_reach(place, mai, lan, hoa):
    reach = Unit.objects.filter(pk__in=[place.branch.pk, place.heir.pk])
    assert set(known_in(reach)) == {lan, mai}
    assert found_by_name(reach, "chi la").rows == [lan]
    assert found_by_name(reach, "LẦN").rows == [lan]
    assert found_by_name(reach, "ma").rows == [mai]
    assert found_by_name(reach, "hoa").rows == []
    assert found_by_name(reach, " \x00").count == 0
