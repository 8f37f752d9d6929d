"""Reports on the first page: what is owed and why, what waits for her word, who below is late; each with a click."""

import re

import pytest
from django.urls import reverse

from sohoi.desk.owing import awaited_word, late_below, owing
from sohoi.desk.tasks import Reports, Task, tasks
from sohoi.desk.tests.promises import markup, statements, words
from sohoi.reports.models import Regime, Report
from sohoi.reports.write.cycle import approve, send_back, submit
from sohoi.reports.write.signing import send_alone
from sohoi.rights.may import roles, scope
from sohoi.units.models import Placement, Unit
from sohoi.units.read import centre
from sohoi.units.write import rebuild_closure
from tests.people import LONG_AGO, account
from tests.reporting import MONTH, say

FIRST, TENTH = MONTH.last.replace(month=11, day=1), MONTH.last.replace(month=11, day=10)
CHAIR, HEAD = roles()["base-chair"].rights, roles()["branch-head"].rights


@pytest.fixture
def regime(forms):
    """A regime over the country since October 2026; a year ahead, so that nothing is overdue on the real day."""

    def load(branch=3, commune=6, since="2026-10-01"):
        owed = [{"form": "house-branch", "due": branch}, {"form": "house-commune", "due": commune}]
        body = {"code": "thu", "label": "Thử", "since": since, "owed": owed}
        return Regime.objects.create(code="thu", unit=centre(), body=body, since=since)

    return load


def only(found):
    [task] = found
    return task


def test_what_nobody_opened_says_by_when_and_is_opened_with_one_tap(regime, client, place, lan):
    regime()
    task = only(owing(place.branch, HEAD, FIRST))
    assert task.title == "Báo cáo tháng của chi hội (thử), tháng 10 năm 2026"
    assert task.more == "Hạn 03/11/2026: chưa mở báo cáo."
    assert (task.action, task.begin) == ("Viết báo cáo", ("house-branch", "2026-10"))
    assert only(owing(place.branch, HEAD, TENTH)).more == "Quá hạn 03/11/2026: chưa mở báo cáo."
    client.force_login(lan)
    page = markup(client.get("/"))
    assert "Báo cáo tháng của chi hội (thử), tháng" in page
    sent = dict(re.findall(r'<input type="hidden" name="(unit|form|period)" value="([^"]+)">', page))
    answer = client.post(reverse("regular-begin"), {"unit": "lan-1", "form": "house-branch", "period": "2026-10"})
    assert sent["form"] == "house-branch"
    assert answer["Location"] == reverse("regular", args=[Report.objects.get().pk])


def test_a_chair_sees_for_whom_her_report_waits_and_what_was_given_back(
    regime, place, of_branch, of_commune, lan, mai, hoa
):  # fmt: skip
    regime()
    assert "chưa gửi vì còn 2/2 đơn vị bên dưới chưa chốt" in only(owing(place.heir, CHAIR, FIRST)).more
    say(of_commune, "opinion", "Ổn định.", by=mai)
    submit(of_commune, by=mai)
    assert owing(place.heir, CHAIR, FIRST) == []  # it waits for somebody else
    send_back(of_commune, [("opinion", "Nêu rõ dư luận.")], by=hoa)
    task = only(owing(place.heir, CHAIR, FIRST))
    assert task.more == "Hạn 06/11/2026: bị trả lại, chưa sửa xong: Nêu rõ dư luận."
    assert (task.url, task.action) == (reverse("regular", args=[of_commune.pk]), "Mở báo cáo")
    submit(of_commune, by=mai)
    approve(of_commune, by=hoa)
    assert only(owing(place.heir, CHAIR, FIRST)).action == "Xem và ký"
    assert owing(place.heir, CHAIR - {"sign"}, FIRST) == []


def test_the_newest_stands_first_and_older_ones_are_one_line(regime, place):
    regime(since="2026-06-01")
    newest, older = owing(place.branch, HEAD, FIRST)
    assert "tháng 10 năm 2026" in newest.title
    assert older.title == "Còn 4 báo cáo quá hạn"
    assert older.more == "Lâu nhất: Báo cáo tháng của chi hội (thử), tháng 6 năm 2026."
    assert older.url == f"{reverse('regular-reports')}?unit=lan-1"


def test_a_sent_report_waits_for_whoever_may_approve_it_and_not_for_its_sender(
    regime, client, place, of_commune, mai, hoa, thu
):  # fmt: skip
    say(of_commune, "opinion", "Ổn định.", by=mai)
    assert awaited_word(hoa, place.today, scope(hoa, "approve")) == []
    submit(of_commune, by=mai)
    task = only(awaited_word(hoa, place.today, scope(hoa, "approve")))
    assert (task.title, task.action) == ("1 báo cáo chờ chị duyệt", "Xem và duyệt")
    assert task.more == "Phường Mỹ Xuyên: Báo cáo tháng của Hội cơ sở (thử), tháng 10 năm 2026."
    assert task.url == reverse("regular", args=[of_commune.pk])
    deputy = account("pho", "Chị Phó", (place.heir, "base-deputy"))
    assert len(awaited_word(deputy, place.heir, scope(deputy, "approve"))) == 1
    for nobody in (mai, thu):
        assert awaited_word(nobody, place.heir, scope(nobody, "approve")) == []
    client.force_login(hoa)
    assert "1 báo cáo chờ chị duyệt" in words(client.get("/"))
    approve(of_commune, by=hoa)
    assert awaited_word(deputy, place.heir, scope(deputy, "approve")) == []


def test_late_units_of_what_was_due_last_are_named(regime, place, of_branch, lan, hoa):
    regime()
    assert late_below(place.heir, MONTH.last.replace(month=11, day=3)) == []  # the day itself is in time
    assert late_below(place.branch, TENTH) == []
    task = only(late_below(place.heir, TENTH))
    assert task.title == "2/2 chi hội quá hạn báo cáo tháng 10 năm 2026"
    assert task.names == ("Chi hội Ấp Hai", "Chi hội Ấp Một")
    say(of_branch, "opinion", "Ổn định.", by=lan)
    send_alone(of_branch, by=lan)
    assert only(late_below(place.heir, TENTH)).names == ("Chi hội Ấp Hai",)
    of_communes = only(late_below(place.today, TENTH))
    assert "đơn vị quá hạn báo cáo tháng 10 năm 2026" in of_communes.title
    assert of_communes.more == "Báo cáo tháng của Hội cơ sở (thử), hạn 06/11/2026."


def test_the_round_behind_the_link_is_that_of_the_task(regime, client, place, mai):
    regime()
    task = only(late_below(place.heir, TENTH))
    client.force_login(mai)
    page = words(client.get(task.url.partition("#")[0]))
    assert "Báo cáo tháng của chi hội (thử), tháng 10 năm 2026: đã ký 0/2" in page


def test_at_most_five_and_the_pressing_ones_first(place):
    made = {name: [Task(f"{name} {at}") for at in range(3)] for name in ("chờ", "nợ", "muộn")}
    found = tasks(
        place.heir, [], frozenset(), Unit.objects.none(), TENTH, Reports(made["chờ"][:1], made["nợ"], made["muộn"])
    )
    assert [task.title for task in found] == ["chờ 0", "nợ 0", "nợ 1", "nợ 2", "muộn 0"]


def test_statements_of_the_first_page_grow_neither_with_branches_nor_with_reports(
    regime, client, place, of_branch, lan, mai, hoa
):  # fmt: skip
    regime()
    client.force_login(mai)
    one = statements(client, "/")
    for at in range(3):
        unit = Unit.objects.create(code=f"moi-{at}", level="branch", name=f"Chi hội {at}", plain=f"chi hoi {at}")
        Placement.objects.create(unit=unit, parent=place.heir, name=unit.name, during=(LONG_AGO, None))
    rebuild_closure()
    say(of_branch, "opinion", "Ổn định.", by=lan)
    send_alone(of_branch, by=lan)
    assert statements(client, "/") == one


def test_the_page_of_reports_leads_to_the_regular_ones_and_the_menu_knows_where_she_is(client, forms, mai):
    client.force_login(mai)
    assert f'<a href="{reverse("regular-reports")}">Báo cáo định kỳ</a>' in markup(client.get(reverse("reports")))
    for name in ("reports", "regular-reports", "forms", "numbers"):
        page = markup(client.get(reverse(name)))
        here = re.findall(r'<a[^>]*href="([^"]+)"[^>]*aria-current="page"', page)
        assert set(here) == {reverse("reports")}, name
