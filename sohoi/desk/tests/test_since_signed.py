"""A report over days that somebody chose: its months may stay open, so what comes after it was signed is said apart."""

import shutil
from datetime import date

import pytest
from django.urls import reverse

from sohoi.desk.tests.promises import statements, words
from sohoi.periods import between
from sohoi.reports import regular
from sohoi.reports.models import Report
from sohoi.reports.read.filling import filled
from sohoi.reports.read.since import since_signed
from sohoi.reports.read.verifying import paper_of, verify
from sohoi.reports.regular import form_in_force
from sohoi.reports.write.cycle import amend, approve, open_report, submit
from sohoi.reports.write.signing import sign
from tests.reporting import FORMS

FIRST, NEXT = between(date(2026, 10, 3), date(2026, 10, 20)), between(date(2026, 10, 21), date(2026, 10, 30))


@pytest.fixture
def chosen(settings, tmp_path, place):
    """A form for days that somebody chooses, beside those of the tests."""
    shutil.copytree(FORMS / "house-commune", tmp_path / "house-days")
    path = tmp_path / "house-days" / "form.toml"
    text = (
        path.read_text("utf-8")
        .replace('"house-commune"', '"house-days"')
        .replace('period = "month"', 'period = "days"')
    )
    text = text.replace('merges = "house-branch"\n', "").replace('from = ["opinion"]', "optional = true")
    text = text.replace('from = ["wishes"]\n', "").replace('content = "units"', 'content = "late"')
    path.write_text(text, "utf-8")
    settings.FORM_FOLDERS = [str(FORMS), str(tmp_path)]
    regular.versions.cache_clear()
    yield lambda: form_in_force("house-days", FIRST.last)
    regular.versions.cache_clear()


def signed(report: Report, mai, hoa):
    """Sent, approved, signed."""
    submit(report, by=mai)
    approve(report, by=hoa)
    return sign(report, by=mai)


@pytest.fixture
def first(chosen, place, lan, mai, hoa, gift):
    """Thirty gifts, then the report of those days is signed."""
    gift(place.branch, 5, 30, lan)
    return signed(open_report(chosen(), place.heir, FIRST, by=mai), mai, hoa)


def test_nothing_came_since(client, first, mai):
    assert since_signed(first) == []
    client.force_login(mai)
    assert "sổ không có gì thêm bớt" in words(client.get(reverse("regular", args=[first.report_id])))


def test_what_comes_later_is_said_beside_the_paper_that_stays(client, first, place, lan, mai, gift):
    gift(place.branch, 6, 20, lan)
    assert [one.sentence for one in since_signed(first)][:1] == ["Phần quà: thêm 20 phần"]
    client.force_login(mai)
    for page in (reverse("regular", args=[first.report_id]), reverse("signed", args=[first.report_id, 1])):
        said = words(client.get(page))
        assert "Phát sinh sau khi ký" in said
        assert "Phần quà: thêm 20 phần." in said
    assert verify(first) == []


def test_the_next_report_on_the_form_tells_it_and_its_own_figures_do_not_count_it(
    first, chosen, place, lan, mai, hoa, gift
):
    gift(place.branch, 6, 20, lan)
    gift(place.branch, 22, 7, lan)
    report = open_report(chosen(), place.heir, NEXT, by=mai)
    assert filled(report).figures["house-gifts", "period"].value == 7
    version = signed(report, mai, hoa)
    said = [piece for block in paper_of(version).body for piece in getattr(block, "pieces", ())]
    told = "Phần quà: thêm 20 phần, ghi sau khi ký báo cáo từ 03/10/2026 đến 20/10/2026"
    assert f"{told}; chưa tính vào số của kỳ nào." in said
    assert "Không có việc nào phát sinh sau kỳ chốt." not in said


def test_an_amendment_takes_it_in(first, place, lan, mai, hoa, gift):
    gift(place.branch, 6, 20, lan)
    report = first.report
    amend(report, "Thêm đợt quà ghi muộn", by=mai)
    second = signed(report, mai, hoa)
    assert since_signed(second) == []


def test_a_form_of_months_says_nothing_of_it(client, signed_commune, mai):
    client.force_login(mai)
    assert "Phát sinh sau khi ký" not in words(client.get(reverse("regular", args=[signed_commune.report_id])))


def test_the_page_takes_no_more_statements_for_more_deeds(client, first, place, lan, mai, gift):
    client.force_login(mai)
    page = reverse("regular", args=[first.report_id])
    gift(place.branch, 6, 1, lan)
    before = statements(client, page)
    for day in (7, 8, 9):
        gift(place.branch, day, 1, lan)
    assert statements(client, page) == before
