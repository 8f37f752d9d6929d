"""The twelve months of a commune: one late, one returned, one amended, one opened again; all of it still verifies."""

from collections import Counter
from datetime import date

from django.db.models import Count

from demo.accounts import TWELVE_MONTHS
from demo.twelve_months import ADDED, FORGOTTEN, LATE, MONTHS, REMARK, REOPENED
from sohoi.ledger.totals import prove
from sohoi.periods import parse
from sohoi.reports.models import Report, State, Step, Version
from sohoi.reports.read.differences import differences
from sohoi.reports.read.merging import said_by
from sohoi.reports.read.owed import round_of
from sohoi.reports.read.verifying import verify
from sohoi.reports.regular import form_in_force
from sohoi.units.models import Unit

TODAY = date(2026, 11, 22)


def reports(form: str = "xa-thang"):
    """The reports of the commune, or of its branches, in the order of their months."""
    found = Report.objects.filter(form=form, first__gte=date(2025, 11, 1)).order_by("first")
    return found.filter(unit__code=TWELVE_MONTHS) if form == "xa-thang" else found


def test_all_twelve_months_are_signed_by_the_commune_and_its_three_branches(demo):
    assert [f"{report.first:%Y-%m}" for report in reports()] == list(MONTHS)
    assert reports("chi-hoi-thang").count() == 3 * len(MONTHS)
    assert not reports().exclude(versions__isnull=False).exists()


def test_exactly_one_report_was_late_and_its_commune_named_the_silent_branch(demo):
    commune = Unit.objects.get(code=TWELVE_MONTHS)
    rows = [
        row for month in map(parse, MONTHS) for code in ("chi-hoi-thang", "xa-thang")
        for row in round_of(commune, form_in_force(code, month.last), month, TODAY).rows
    ]  # fmt: skip
    assert Counter(row.state for row in rows) == {"in-time": 4 * len(MONTHS) - 1, "late": 1}
    [late] = [row for row in rows if row.state == "late"]
    assert (f"{late.period.first:%Y-%m}", late.unit.name) == (LATE, "Chi hội số 2 (mẫu)")
    assert late.reason == "đã ký ngày 09/3/2026, muộn 6 ngày"
    children = said_by(Version.objects.get(report__unit=commune, report__first=parse(LATE).first))["children"]
    assert [child["name"] for child in children if child["version"] is None] == ["Chi hội số 2 (mẫu)"]


def test_one_was_returned_one_amended_one_opened_again(demo):
    steps = Counter(Step.objects.filter(report__in=reports()).values_list("state", flat=True))
    assert (steps[State.RETURNED], steps[State.AMENDED], steps[State.REOPENED]) == (1, 1, 1)
    [returned] = Step.objects.filter(report__in=reports(), state=State.RETURNED)
    assert [(row.section, row.text) for row in returned.remarks.all()] == [("noi-bat", REMARK)]
    twice = reports().annotate(signed=Count("versions")).filter(signed=2)
    assert twice.count() == 2


def test_the_amendment_changed_words_alone(demo):
    [step] = Step.objects.filter(report__in=reports(), state=State.AMENDED)
    changed = differences(Version.objects.get(report=step.report, number=2), Unit.objects.all())
    assert (changed.new, changed.gone, changed.figures, changed.senders) == ([ADDED], [], [], [])


def test_the_month_opened_again_says_what_changed_and_why(demo):
    report = reports().get(first=parse(REOPENED).first)
    changed = differences(Version.objects.get(report=report, number=2), Unit.objects.all())
    gifts = next(one for one in changed.figures if one.label == "Phần quà đã trao" and one.column == "Trong kỳ")
    assert int(gifts.after) - int(gifts.before) == FORGOTTEN["count"]
    assert any("19/8/2026" in cause and "tăng 15" in cause for cause in gifts.causes)
    assert changed.senders == ["Chi hội số 2 (mẫu): bản 2 thay bản 1"]


def test_every_signed_version_is_still_what_was_signed_and_the_totals_prove(demo):
    versions = list(Version.objects.select_related("report__unit"))
    assert len(versions) > 4 * len(MONTHS)
    assert [fault.sentence for version in versions for fault in verify(version)] == []
    assert prove() == []
