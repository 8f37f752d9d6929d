"""The demonstration as a whole: twice is once, its women may work, its map moves, its months differ."""

from datetime import date

from django.utils import timezone

from demo import accounts, branches, later, months, my_xuyen
from demo.accounts import PASSWORD, TELLER
from demo.load import books, hand_in, run
from sohoi.figures.read import UNREPORTED, ZERO, figure, figures_of
from sohoi.goals.models import Resolution
from sohoi.goals.read import review
from sohoi.ledger.models import Closing, Measure, Record
from sohoi.ledger.read import behind
from sohoi.ledger.totals import prove
from sohoi.ledger.write import KNOWN, accept, accept_many, void
from sohoi.periods import parse
from sohoi.reports.models import Passage, Regime, Step, Version
from sohoi.rights.models import Account
from sohoi.units.models import Level, Unit, View
from sohoi.units.read import below, path
from sohoi.units.write import REFORM
from sohoi.work.models import Meeting, Programme, Task, TaskStep
from tests.people import deed

APRIL = date(2024, 4, 15)


def attained(demo) -> tuple[int, str]:
    """Mỹ Xuyên's health groups as the review says them now."""
    resolution = Resolution.objects.select_related("unit").get(unit=demo.my_xuyen)
    found = review(resolution, resolution.cut_off).criteria()["1.1"]
    return found.result.value, found.words


def test_a_second_run_adds_nothing_and_says_the_same(demo, tmp_path):
    told = (Record, Version, Step, Passage, Task, TaskStep, Meeting, Programme, Closing, Regime, Account)
    before = [model.objects.count() for model in told]
    again = run(lambda step: None, tmp_path)
    assert [model.objects.count() for model in told] == before
    assert again.table == demo.outcome.table
    assert prove() == []


def test_what_stands_outside_every_target_is_not_printed_under_the_last_one(demo):
    lines = demo.outcome.table.splitlines()
    aside = next(place for place, line in enumerate(lines) if line.strip() == "Kết quả khác, không thuộc chỉ tiêu nào")
    assert [line.split()[0] for line in lines[:aside] if line[:1].isdigit()][-1] == "8"
    assert "72 lượt" in lines[aside + 1]
    assert "72 lượt" not in "".join(lines[:aside])


def test_the_gate_knows_every_deed_when_it_is_sent_again(demo):
    told, register = books(branches.my_xuyen(), branches.quan_1(), [])
    sent = [d for book in (*told, register.enrolled, register.admitted) for d in book.drafts]
    assert len(sent) > 6000
    outcomes = accept_many([d for d in sent if d.day <= timezone.localdate()], by=accounts.teller(), door="demo")
    assert {outcome.state for outcome in outcomes} == {KNOWN}


def test_a_deed_that_is_still_ahead_waits_for_a_later_run(demo, monkeypatch):
    monkeypatch.setattr(later, "UNTIL", date(2999, 12, 31))
    ahead = later.in_district("my-xuyen", branches.my_xuyen())
    ahead.drafts = [draft for draft in ahead.drafts if draft.day > timezone.localdate()]
    assert ahead.drafts
    assert hand_in([ahead], accounts.teller(), lambda step: None) == 0


def test_the_23_groups_are_23_records(demo):
    period = demo.my_xuyen_review.period
    found = behind(
        Measure.objects.get(code="health-groups-founded"), demo.my_xuyen, period.first, period.last, View.WAS,
        Unit.objects.all(),
    )  # fmt: skip
    assert found.count() == 23
    assert {record.values["form"] for record in found} == {"health"}


def test_chi_lan_records_one_more_and_takes_it_back(demo):
    lan = Account.objects.get(username="lan")
    branch = Unit.objects.get(code=accounts.lan_branch(branches.my_xuyen()))
    draft = deed(branch, APRIL, "group-founded", values={"count": 1, "form": "health"})
    accept(draft, by=lan)
    assert attained(demo) == (24, "đạt 43,64%")
    void(Record.objects.get(pk=draft.id), "Ghi nhầm ngày", by=lan)
    assert attained(demo) == (23, "đạt 41,82%")


def test_a_deed_of_today_goes_to_the_successor_and_not_into_the_review(demo):
    today = timezone.localdate()
    commune = path(Unit.objects.get(code="mx-31690-03"), APRIL)[-2]
    outcome = accept(
        deed(commune, today, "group-founded", values={"count": 1, "form": "health"}),
        by=Account.objects.get(username="mai"),
    )
    assert "đã kết thúc" in outcome.note
    assert Record.objects.get(pk=outcome.draft.id).unit.code == accounts.TOWN_HEIR
    assert attained(demo) == (23, "đạt 41,82%")


def test_the_women_log_in_and_hold_one_office_each(demo):
    assert [user for _, user, _ in demo.outcome.logins] == ["lan", "mai", "hoa", "quan1", "trunguong", "nga", "thanh"]
    for _, user, password in demo.outcome.logins:
        account = Account.objects.get(username=user)
        assert account.check_password(password)
        assert account.offices.count() == 1
    assert len(PASSWORD) >= 15


def test_chi_lan_and_chi_mai_told_deeds_of_their_own_units(demo):
    for user, unit in (("lan", "mx-31690-03"), ("mai", accounts.TOWN_HEIR)):
        told = Record.objects.filter(by__username=user)
        assert set(told.values_list("unit__code", flat=True)) == {unit}


def test_no_two_branches_of_a_commune_have_the_same_name(demo):
    for district in (branches.my_xuyen(), branches.quan_1()):
        places = [(branch.now, branch.name) for branch in district.branches]
        assert len(set(places)) == len(places)


def test_the_telling_account_cannot_log_in(demo):
    assert not Account.objects.get(username=TELLER).has_usable_password()


def test_branches_moved_with_their_communes(demo):
    district = branches.my_xuyen()
    assert {path(Unit.objects.get(code=b.code), APRIL)[-2].code for b in district.branches} == set(district.communes)
    lan = Unit.objects.get(code="mx-31690-03")
    assert path(lan, REFORM)[-2].code == accounts.TOWN_HEIR


def test_the_branches_of_a_split_ward_went_to_both_parts(demo):
    dealt = {b.now for b in branches.quan_1().of("26737@2015-01-01")}
    assert dealt == {"26737@2025-07-01", "26740@2025-07-01"}


def test_every_branch_is_plainly_made_up(demo):
    assert all(
        unit.name.endswith("(mẫu)") for unit in Unit.objects.filter(level=Level.BRANCH).exclude(code__startswith="lan-")
    )


def test_zero_and_not_reported_both_occur(demo):
    measure = Measure.objects.get(code="lanes-registered")
    units = list(below(demo.my_xuyen, APRIL, Level.BRANCH))
    states = {f.state for f in figures_of(units, [measure], parse("2024-04"), View.WAS).values()}
    assert states == {ZERO, UNREPORTED}


def test_a_late_deed_counts_in_the_first_open_month(demo):
    record = Record.objects.get(pk=months.late(accounts.lan_branch(branches.my_xuyen())).drafts[0].id)
    assert (record.day, record.booked, record.late) == (months.LATE_DAY, date(2026, 1, 1), True)
    assert "phát sinh sau kỳ chốt" in record.note


def test_each_province_has_something_to_show_this_year(demo):
    measure = Measure.objects.get(code="gifts")
    for province in below(Unit.objects.get(code="TW"), date(2026, 6, 1), Level.PROVINCE):
        assert figure(measure, province, parse("2026")).value > 0


def test_no_deed_after_the_review_was_booked_into_it(demo):
    later_ones = Record.objects.filter(day__gt=my_xuyen.CUT_OFF)
    assert later_ones.count() > 300
    assert not later_ones.filter(booked__lte=my_xuyen.CUT_OFF).exists()


def test_the_two_reviews_are_written_in_three_formats_and_the_papers_of_january_2018(demo):
    names = ("so-ket-my-xuyen", "so-ket-quan-1")
    january = (
        "bao-cao-thang-1-2018.docx",
        "bao-cao-thang-1-2018.pdf",
        "giay-moi-giao-ban.docx",
        "bien-ban-giao-ban.docx",
    )
    assert {f.name for f in demo.outcome.files} == {f"{n}.{end}" for n in names for end in ("docx", "pdf", "xlsx")} | {
        f"thuong-thanh-{name}" for name in january
    }
    assert all(file.stat().st_size > 4000 for file in demo.outcome.files)
