"""What the cycle meets when the world moved: a measure or a form that is gone, a unit that ended, two who press at
once. Each is a sentence, and nothing is half-done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.crypto import get_random_string

from sohoi.desk.tests.promises import words
from sohoi.ledger.models import Closing, Measure
from sohoi.refusal import Refusal
from sohoi.reports.models import DocumentNumber, Report, State, Step, Version
from sohoi.reports.read.states import standing_of
from sohoi.reports.read.verifying import verify
from sohoi.reports.regular import form_in_force, versions
from sohoi.reports.write.cycle import approve, open_report, send_back, submit
from sohoi.reports.write.signing import send_alone, sign
from sohoi.units.models import Placement, Unit
from sohoi.units.write import rebuild_closure
from tests.people import account
from tests.reporting import MONTH, say


@pytest.fixture
def sent(of_commune, mai):
    """The commune's October, sent by chị Mai."""
    say(of_commune, "opinion", "Ổn định.", by=mai)
    submit(of_commune, by=mai)
    return of_commune


def lose_a_measure():
    """A measure of the form is known by this code no more."""
    Measure.objects.filter(code="house-gifts").update(code="house-gifts-old")


def test_a_report_whose_measure_is_gone_says_so_and_takes_no_step(client, sent, mai, hoa):
    lose_a_measure()
    for who in (mai, hoa):
        client.force_login(who)
        answer = client.get(reverse("regular", args=[sent.pk]))
        assert answer.status_code == 409
        assert "hỏi đầu số liệu “house-gifts” không còn trong sổ" in words(answer)
    assert client.get(reverse("regular-checks", args=[sent.pk])).status_code == 409
    approve(sent, by=hoa)
    client.force_login(mai)
    answer = client.post(reverse("regular-sign", args=[sent.pk]))
    assert answer.status_code == 409
    assert (standing_of(sent).state, Version.objects.count(), Closing.objects.count()) == (State.APPROVED, 0, 0)
    assert not DocumentNumber.objects.exists()


def test_nothing_is_sent_while_a_measure_is_gone(of_branch, lan):
    say(of_branch, "opinion", "Ổn định.", by=lan)
    lose_a_measure()
    for act in (submit, send_alone):
        with pytest.raises(Refusal, match="không còn trong sổ. Báo quản trị hệ thống"):
            act(of_branch, by=lan)
    assert not Step.objects.exists()
    assert not Closing.objects.exists()


def test_what_was_signed_opens_and_verify_names_the_measure_that_is_gone(client, sent, mai, hoa):
    approve(sent, by=hoa)
    version = sign(sent, by=mai)
    lose_a_measure()
    client.force_login(mai)
    assert client.get(reverse("regular", args=[sent.pk])).status_code == 200
    page = client.get(reverse("signed", args=[sent.pk, 1]), {"kiem": "1"})
    assert page.status_code == 200
    assert "đầu số liệu “Phần quà” không còn trong sổ" in words(page)
    assert any("không còn trong sổ" in fault.sentence for fault in verify(version))


def test_a_signed_report_outlives_its_form(client, settings, sent, mai, hoa):
    approve(sent, by=hoa)
    version = sign(sent, by=mai)
    settings.FORM_FOLDERS = []
    versions.cache_clear()
    client.force_login(mai)
    page = client.get(reverse("signed", args=[sent.pk, 1]))
    assert page.status_code == 200
    assert "Báo cáo tháng của Hội cơ sở (thử), tháng 10 năm 2026: bản 1" in words(page)
    assert client.get(reverse("signed", args=[sent.pk, 1]), {"as": "docx"}).status_code == 200
    for url in (reverse("regular", args=[sent.pk]), reverse("figure-code", args=[version.code]), "/"):
        assert client.get(url).status_code == 200
    listed = words(client.get(reverse("regular-reports")))
    assert "house-commune, từ 01/10/2026 đến 31/10/2026" in listed
    assert verify(version) == []


def test_a_report_on_its_way_whose_form_is_gone_says_so(client, settings, sent, hoa, mai):
    settings.FORM_FOLDERS = []
    versions.cache_clear()
    client.force_login(hoa)
    assert "Phường Mỹ Xuyên: house-commune, từ 01/10/2026" in words(client.get("/"))
    answer = client.get(reverse("regular", args=[sent.pk]))
    assert answer.status_code == 409
    assert "Không có biểu mẫu “house-commune”" in words(answer)
    client.force_login(mai)
    assert client.get(reverse("regular-section", args=[sent.pk, "opinion"])).status_code == 404


def test_a_unit_that_ended_sends_nothing_for_the_month_in_which_it_ended(client, place, of_branch, lan):
    say(of_branch, "opinion", "Ổn định.", by=lan)
    Placement.objects.filter(unit=place.branch, during__contains=MONTH.last).update(
        during=(date(2025, 7, 1), date(2026, 10, 20))
    )
    rebuild_closure()
    with pytest.raises(Refusal, match="Chi hội Ấp Một không còn hoạt động vào ngày 31/10/2026"):
        submit(of_branch, by=lan)
    client.force_login(lan)
    answer = client.post(reverse("regular-send", args=[of_branch.pk]), {"alone": "1"})
    assert answer.status_code in (404, 409, 422)
    asked = {"unit": place.branch.code, "form": "house-branch", "period": "2026-10"}
    client.post(reverse("regular-begin"), asked)
    assert (Report.objects.count(), Step.objects.count(), Closing.objects.count()) == (1, 0, 0)


# ---- two at once, each with a connection of her own -----------------------------------------------


@pytest.fixture
def at_once(live, forms):
    """A commune that only one test writes to, with two chairs, and its approved October."""
    unit = Unit.objects.filter(level="base", code__endswith="@2025-07-01").exclude(code__startswith="267").first()
    mark = get_random_string(8).lower()
    one, two = (account(f"ky-{at}-{mark}", f"Chị Ký {at}", (unit, "base-chair")) for at in (1, 2))
    report = open_report(form_in_force("house-commune", MONTH.last), unit, MONTH, by=one)
    say(report, "opinion", "Ổn định.", by=one)
    return report, one, two


def together(*acts):
    """Start all at the same moment; what each answers, or the sentence that refused it."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_who_press_at_the_same_moment_one_wins_and_the_other_hears_it(at_once):
    report, one, two = at_once
    told = together(*(lambda who=who: submit(report, by=who, seen=0) for who in (one, two)))
    [lost] = [said for said in told if isinstance(said, str)]
    assert lost.startswith("Báo cáo vừa đổi: đã gửi, chờ duyệt (Chị Ký")
    sender = Step.objects.get(report=report).by
    other = two if sender == one else one
    seen = standing_of(report).step
    acts = [
        lambda: approve(report, by=other, seen=seen),
        lambda: send_back(report, [("", "Xem lại.")], by=other, seen=seen),
    ]
    told = together(*acts)
    assert sum(isinstance(said, str) for said in told) == 1
    if standing_of(report).state == State.RETURNED:
        submit(report, by=sender)
        approve(report, by=other)
    seen = standing_of(report).step
    steps = Step.objects.filter(report=report).count()
    told = together(*(lambda who=who: sign(report, by=who, seen=seen) for who in (one, two)))
    [version] = [said for said in told if isinstance(said, Version)]
    [lost] = [said for said in told if isinstance(said, str)]
    assert lost.startswith("Báo cáo vừa đổi: đã ký (Chị Ký")
    assert Version.objects.filter(report=report).count() == 1
    assert Step.objects.filter(report=report).count() == steps + 1
    assert Closing.objects.filter(unit=report.unit).count() == 1
    assert list(DocumentNumber.objects.filter(report=report).values_list("number", flat=True)) == [1]
    assert verify(version) == []
