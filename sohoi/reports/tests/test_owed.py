"""Who owes which report by when: every reason in words, the regime and the map of the period's last day."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import connection

from sohoi.periods import parse
from sohoi.refusal import Refusal
from sohoi.reports.read.owed import owed_by, round_of
from sohoi.reports.regular import form_in_force
from sohoi.reports.write import signing
from sohoi.reports.write.cycle import amend, approve, open_report, reopen, send_back, submit
from sohoi.reports.write.regime import load_regime
from sohoi.reports.write.signing import send_alone, sign
from sohoi.units.models import Placement
from sohoi.units.read import centre
from sohoi.units.write import rebuild_closure
from tests.people import account
from tests.reporting import MONTH, say

pytestmark = pytest.mark.django_db

BODY = """
code = "thu"
label = "Chế độ thử"
since = {since}
[[owed]]
form = "house-branch"
due = {branch}
[[owed]]
form = "house-commune"
due = {commune}
"""
FIRST, THIRD, TENTH = date(2026, 11, 1), date(2026, 11, 3), date(2026, 11, 10)


@pytest.fixture
def regime(forms, tmp_path):
    """Put a regime in force: for the country, from 1 October 2026 on, a branch's due on the third unless told else."""

    def load(unit=None, since="2026-10-01", branch=3, commune=6, body=BODY):
        path = tmp_path / "thu.toml"
        path.write_text(body.format(since=since, branch=branch, commune=commune), "utf-8")
        return load_regime(path, unit or centre())

    return load


@pytest.fixture
def signed_at(monkeypatch):
    """Signatures are made at nine in the morning of a day of ours."""

    def at(day: date):
        moment = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        monkeypatch.setattr(signing, "timezone", SimpleNamespace(now=lambda: moment, localdate=lambda: day))

    return at


def owed(unit, today=FIRST):
    """The one report that a unit owes."""
    [due] = owed_by(unit, today)
    return due


def october(unit, today=TENTH, form=None):
    """How the unit stands in the round of October."""
    form = form_in_force(form or ("house-branch" if unit.level == "branch" else "house-commune"), MONTH.last)
    [due] = round_of(unit, form, MONTH, today).rows
    return due


def test_a_round_names_its_units_as_vietnamese_lists_do_whatever_the_database_sorts_by(regime, place):
    rows = round_of(place.today, form_in_force("house-commune", MONTH.last), MONTH, FIRST).rows
    names = [row.unit.name for row in rows]
    assert names.index("Phường Cái Răng") < names.index("Phường Đại Thành") < names.index("Phường Hưng Phú")


def test_what_nobody_has_opened_is_owed_from_the_day_after_its_period(regime, place):
    regime()
    assert owed_by(place.branch, date(2026, 10, 30)) == []
    due = owed(place.branch)
    assert (due.form.code, due.period.name, due.due, due.state) == ("house-branch", "Tháng 10 năm 2026", THIRD, "open")
    assert due.reason == "chưa mở báo cáo"
    assert [owed(place.branch, day).state for day in (THIRD, date(2026, 11, 4))] == ["open", "overdue"]


def test_a_branch_that_writes_owes_the_same_with_another_reason(regime, place, of_branch, lan):
    regime()
    assert owed(place.branch).reason == "đang soạn, chưa gửi"
    say(of_branch, "opinion", "Ổn định.", by=lan)
    assert owed(place.branch).reason == "đang soạn, chưa gửi"


def test_a_commune_waits_for_its_branches_by_number(regime, place, of_branch, lan, mai):
    regime()
    assert owed(place.heir).reason == "chưa gửi vì còn 2/2 đơn vị bên dưới chưa chốt"
    say(of_branch, "opinion", "Ổn định.", by=lan)
    send_alone(of_branch, by=lan)
    assert owed(place.heir).reason == "chưa gửi vì còn 1/2 đơn vị bên dưới chưa chốt"
    assert owed_by(place.branch, FIRST) == []


def test_on_its_way_it_says_where_it_stands(regime, place, of_branch, lan, of_commune, mai, hoa, huong):
    regime()
    say(of_branch, "opinion", "Ổn định.", by=lan)
    send_alone(of_branch, by=lan)
    say(of_commune, "opinion", "Ổn định.", by=mai)
    submit(of_commune, by=mai)
    assert owed(place.heir).reason == "đã gửi, chờ duyệt"
    send_back(of_commune, [("opinion", "Nêu rõ dư luận.")], by=hoa)
    assert owed(place.heir).reason == "bị trả lại, chưa sửa xong: Nêu rõ dư luận."
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    assert owed(place.heir, TENTH).reason == "đã duyệt, chờ ký"
    assert owed(place.heir, TENTH).state == "overdue"


def test_signed_in_time_or_late_it_is_owed_no_more(regime, place, of_branch, lan, signed_at):
    regime()
    say(of_branch, "opinion", "Ổn định.", by=lan)
    signed_at(THIRD)
    send_alone(of_branch, by=lan)
    assert owed_by(place.branch, TENTH) == []
    due = october(place.branch)
    assert (due.state, due.reason) == ("in-time", "đã ký ngày 03/11/2026")


def test_signed_after_its_day_it_says_how_late(regime, place, of_branch, lan, signed_at):
    regime()
    say(of_branch, "opinion", "Ổn định.", by=lan)
    signed_at(TENTH)
    send_alone(of_branch, by=lan)
    due = october(place.branch)
    assert (due.state, due.reason) == ("late", "đã ký ngày 10/11/2026, muộn 7 ngày")


def test_opened_again_or_amended_it_is_owed_with_the_reason_and_is_not_late_for_that(
    regime, place, of_branch, lan, mai, signed_at
):
    regime()
    say(of_branch, "opinion", "Ổn định.", by=lan)
    signed_at(THIRD)
    send_alone(of_branch, by=lan)
    reopen(of_branch, "Thiếu một đợt quà", by=mai)
    due = owed(place.branch, TENTH)
    assert (due.state, due.reason) == ("again", "được mở lại: Thiếu một đợt quà")
    send_alone(of_branch, by=lan)
    amend(of_branch, "Thêm kiến nghị", by=lan)
    assert owed(place.branch, TENTH).reason == "đang bổ sung: Thêm kiến nghị"
    signed_at(TENTH)
    send_alone(of_branch, by=lan)
    assert october(place.branch).state == "in-time"  # the first signature decides


def test_a_round_counts_who_signed_who_was_in_time_and_names_the_late(
    regime, place, of_branch, lan, huong, mai, signed_at
):
    regime()
    say(of_branch, "opinion", "Ổn định.", by=lan)
    signed_at(THIRD)
    send_alone(of_branch, by=lan)
    seen = round_of(place.today, form_in_force("house-branch", MONTH.last), MONTH, TENTH)
    assert (len(seen.rows), seen.signed, seen.in_time) == (2, 1, 1)
    assert [due.unit.name for due in seen.late] == ["Chi hội Ấp Hai"]
    theirs = open_report(form_in_force("house-branch", MONTH.last), place.other, MONTH, by=huong)
    say(theirs, "opinion", "Ổn định.", by=huong)
    signed_at(TENTH)
    send_alone(theirs, by=huong)
    seen = round_of(place.today, form_in_force("house-branch", MONTH.last), MONTH, TENTH)
    assert (seen.signed, seen.in_time, seen.late) == (2, 1, [])


def test_no_day_is_invented_where_no_regime_asks(regime, place):
    due = october(place.branch)
    assert (due.due, due.state, due.late) == (None, "unasked", False)
    assert owed_by(place.branch, TENTH) == []


def stands(unit, parent, first, last):
    """A branch under a commune from one day until before another."""
    Placement.objects.create(unit=unit, parent=parent, name=unit.name, during=(first, last))
    rebuild_closure()


def test_a_unit_owes_for_the_months_on_whose_last_day_it_stood(regime, place):
    regime(since="2026-01-01")
    Placement.objects.filter(unit=place.other).delete()
    stands(place.other, place.heir, date(2026, 3, 15), date(2026, 5, 20))  # opened in March, ended in May
    assert [due.period.first.month for due in owed_by(place.other, FIRST)] == [3, 4]
    for month, units in ((2, 1), (3, 2), (4, 2), (5, 1)):
        period = parse(f"2026-{month:02d}")
        assert len(round_of(place.heir, form_in_force("house-branch", period.last), period, FIRST).rows) == units
    waiting = {due.period.first.month: due.below for due in owed_by(place.heir, FIRST)}
    assert (waiting[2], waiting[3], waiting[5]) == (1, 2, 1)


def test_the_old_commune_owes_until_the_reform_and_the_new_one_since(regime, place):
    regime(since="2025-01-01")
    assert [due.period.first.month for due in owed_by(place.town, date(2025, 9, 1))] == [1, 2, 3, 4, 5, 6]
    assert [due.period.first.month for due in owed_by(place.heir, date(2025, 9, 1))] == [7, 8]


def test_the_regime_of_a_nearer_unit_decides_for_the_forms_that_it_names(regime, place):
    regime()
    regime(unit=place.today, branch=5, commune=9)
    regime(unit=place.heir, body=BODY.split('[[owed]]\nform = "house-commune"')[0], branch=8)
    assert owed(place.branch).due == date(2026, 11, 8)
    assert owed(place.heir).due == date(2026, 11, 9)
    assert october(place.branch).due == date(2026, 11, 8)


def test_a_negative_due_is_before_the_period_ends(regime, place):
    regime(branch=-2)
    assert owed_by(place.branch, date(2026, 10, 30)) == []  # nothing can be signed before its period has ended
    due = owed(place.branch)
    assert (due.due, due.state) == (date(2026, 10, 29), "overdue")


def test_each_month_keeps_the_due_day_of_the_regime_of_its_last_day(regime, place):
    regime(since="2026-08-01", branch=3)
    regime(since="2026-10-01", branch=8)
    assert [due.due for due in owed_by(place.branch, FIRST)] == [
        date(2026, 9, 3), date(2026, 10, 3), date(2026, 11, 8),
    ]  # fmt: skip


def test_a_regime_asks_nothing_of_days_before_it_or_after_its_end(regime, place):
    regime(since="2026-08-15\nuntil = 2026-09-15")
    assert [due.period.first.month for due in owed_by(place.branch, FIRST)] == [8]


def test_loading_a_regime_again_replaces_it_and_a_form_that_is_not_there_is_refused(regime, place):
    regime(branch=3)
    regime(branch=4)
    assert owed(place.branch).due == date(2026, 11, 4)
    with pytest.raises(Refusal, match="thu.toml: không có biểu mẫu “khong-co”"):
        regime(body=BODY.replace("house-branch", "khong-co"))
    assert owed(place.branch).due == date(2026, 11, 4)


def test_statements_grow_neither_with_months_nor_with_units(regime, place, lan):
    regime(since="2026-10-01")
    assert counted(lambda: owed_by(place.heir, FIRST)) <= 6
    one = counted(lambda: owed_by(place.heir, FIRST))
    regime(since="2025-09-01")
    assert len(owed_by(place.heir, FIRST)) > 1
    assert counted(lambda: owed_by(place.heir, FIRST)) == one


def counted(ask):
    """How many statements a question takes."""
    seen = []

    def counting(execute, *rest):
        seen.append(rest[0])
        return execute(*rest)

    with connection.execute_wrapper(counting):
        ask()
    return len(seen)


def test_a_deputy_s_approval_leaves_the_signature_to_be_waited_for(regime, place, of_commune, mai):
    regime()
    say(of_commune, "opinion", "Ổn định.", by=mai)
    submit(of_commune, by=mai)
    approve(of_commune, by=account("pho", "Chị Phó", (place.heir, "base-deputy")))
    assert owed(place.heir).reason == "đã duyệt, chờ ký"
    sign(of_commune, by=mai)
    assert owed_by(place.heir, FIRST) == []
