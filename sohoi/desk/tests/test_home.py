"""The first page: her office, what is to be done with the next click, targets in words, last records."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from sohoi.desk.tasks import last_month
from sohoi.desk.tests.promises import BODY, markup, resolve, statements
from sohoi.desk.words import called, greeted
from sohoi.ledger.models import Confirmation
from sohoi.ledger.write import accept, close_month
from sohoi.rights.models import Office
from tests.people import LONG_AGO, account, deed, tell

APRIL = date(2024, 4, 15)


def text(client, **query):
    answer = client.get("/", query)
    assert answer.status_code == 200
    return markup(answer)


def test_nobody_is_addressed_by_guess():
    names = ("Nguyễn Thị Thanh Hương", "Chị Nga (mẫu)", "Quản trị tỉnh", "Nguyễn Văn An", "lan")
    assert [called(name) for name in names] == ["Hương", "Chị Nga", "Quản trị tỉnh", "An", "lan"]
    assert [greeted(name) for name in names[:3]] == ["Nguyễn Thị Thanh Hương", "chị Nga (mẫu)", "Quản trị tỉnh"]


def test_it_greets_with_the_office_and_the_unit(client, lan):
    client.force_login(lan)
    page = text(client)
    assert "Xin chào, chị Lan</h1>" in page
    assert "Chi hội trưởng, Chi hội Ấp Một" in page
    assert reverse("record-start") in page


def test_the_last_month_is_confirmed_in_one_tap(client, place, lan):
    client.force_login(lan)
    month = last_month(timezone.localdate())
    assert f'name="month" value="{month}"' in text(client)
    asked = {"unit": place.branch.code, "month": month.isoformat()}
    page = client.post(reverse("confirm-month"), asked, follow=True).content.decode()
    assert f"Đã xác nhận tháng {month.month}/{month.year} của Chi hội Ấp Một." in page
    assert f'name="month" value="{month}"' not in page
    assert Confirmation.objects.get().by == lan


@pytest.mark.parametrize("month", ["", "2024-13-01", "abc", "today"])
def test_a_month_that_is_none_or_has_not_ended_is_not_confirmed(client, place, lan, month):
    client.force_login(lan)
    month = timezone.localdate().isoformat() if month == "today" else month
    answer = client.post(reverse("confirm-month"), {"unit": place.branch.code, "month": month}, follow=True)
    assert answer.status_code == 200
    assert "flash-error" in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_nobody_confirms_for_a_unit_that_is_not_hers(client, place, lan):
    client.force_login(lan)
    asked = {"unit": place.other.code, "month": "2024-04-01"}
    assert client.post(reverse("confirm-month"), asked).status_code == 404
    assert not Confirmation.objects.exists()


def test_the_chair_sees_which_branches_are_awaited(client, place, mai, lan):
    client.force_login(mai)
    month = last_month(timezone.localdate())
    page = text(client)
    assert f"2/2 chi hội chưa xác nhận tháng {month.month}/{month.year}" in page
    Confirmation.objects.create(unit=place.branch, month=month, by=lan)
    page = text(client)
    assert "1/2 chi hội" in page
    assert "<li>Chi hội Ấp Hai</li>" in page
    assert "<li>Chi hội Ấp Một</li>" not in page


def test_a_target_of_a_unit_above_leads_to_her_own_unit_s_part_of_it(client, place, lan, mai, hoa, tmp_path):
    accept(deed(place.branch, APRIL), by=hoa)
    resolve(tmp_path)
    for who, unit in ((lan, "Chi hội Ấp Một"), (mai, "Hội LHPN phường Mỹ Xuyên")):
        client.force_login(who)
        page = text(client)
        assert "Số của cấp trên" in page
        [url] = re.findall(r'<h3><a href="([^"]+)">Tổ được thành lập</a>', page)
        answer = client.get(url.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert unit in answer.content.decode()
    client.force_login(hoa)
    [url] = re.findall(r'<h3><a href="([^"]+)">Tổ được thành lập</a>', text(client))
    assert "unit=947%402015-01-01" in url


def test_targets_are_bars_with_words_and_figures_with_their_address(client, place, hoa, tmp_path):
    tell(*[deed(place.branch, APRIL) for _ in range(23)], by=hoa)
    resolve(tmp_path)
    client.force_login(hoa)
    page = text(client)
    assert '<a class="figure" href="/so-lieu/goc/?m=house-groups&amp;u=947%402015-01-01' in page
    assert ">23</a>/55 tổ, đạt 41,82%" in page
    assert 'class="bar bar-unmet"' in page
    assert "Chưa đạt" in page


def test_the_branch_head_reads_the_districts_target_without_a_link_to_its_records(client, place, lan, tmp_path):
    accept(deed(place.branch, APRIL), by=lan)
    resolve(tmp_path)
    client.force_login(lan)
    page = text(client)
    assert "1</span>/55 tổ, đạt 1,82%" in page
    assert "/so-lieu/goc/?m=house-groups&amp;u=947" not in page
    assert client.get(reverse("goal", args=["nq-thu"])).status_code == 200


def test_what_lags_behind_its_due_is_a_thing_to_do(client, place, mai, tmp_path):
    today = timezone.localdate()
    body = BODY.replace("947@2015-01-01", place.heir.code).replace("cut_off = 2024-05-11", "")
    body = body.replace("first = 2021-07-01, last = 2026-06-30", f"first = 2025-07-01, last = {today.year + 3}-06-30")
    accept(deed(place.heir, date(2025, 8, 1)), by=mai)
    resolve(tmp_path, body)
    client.force_login(mai)
    page = text(client)
    assert "Chậm tiến độ: Tổ được thành lập" in page
    assert "Mới được 1 tổ, đến" in page
    assert reverse("clause", args=["nq-thu", "to"]) in page


def test_late_deeds_of_this_month_are_a_thing_to_do(client, place, mai, hoa):
    month = last_month(timezone.localdate())
    close_month(place.heir, month, by=hoa)
    accept(deed(place.branch, month), by=mai)
    client.force_login(mai)
    page = text(client)
    assert "1 việc phát sinh sau kỳ chốt" in page
    assert f"{reverse('records')}?state=late" in page


def test_who_has_two_offices_switches_between_them_and_it_is_remembered(client, place, lan):
    Office.objects.create(account=lan, unit=place.other, role="branch-head", during=(LONG_AGO, None))
    client.force_login(lan)
    assert f'href="?unit={place.other.code}"' in text(client)
    assert "Chi hội trưởng, Chi hội Ấp Hai</p>" in text(client, unit=place.other.code)
    assert "Chi hội trưởng, Chi hội Ấp Hai</p></div>" in text(client)
    assert client.get("/", {"unit": place.town.code}).status_code == 404


def test_the_last_records_are_those_of_her_unit_and_never_the_sensitive_ones(client, place, mai, lan):
    accept(deed(place.branch, APRIL, "house-quiet", values={"count": 1}), by=lan)
    accept(deed(place.branch, APRIL, "house-gift", values={"count": 1298}), by=lan)
    client.force_login(mai)
    page = text(client)
    assert "Số phần quà: 1.298" in page
    assert "Chi hội Ấp Một, Thị trấn Mỹ Xuyên" in page
    assert "bạo lực" not in page


def test_a_new_unit_is_told_what_to_do(client, place):
    client.force_login(account("moi", "Chị Mới", (place.other, "branch-head")))
    page = text(client)
    assert "Chưa có việc nào" in page
    assert "Chưa có nghị quyết nào" in page


def test_statements_do_not_grow_with_records(client, place, mai, lan):
    client.force_login(mai)
    accept(deed(place.branch, APRIL), by=lan)
    one = statements(client, "/")
    for unit in (place.other, place.heir):
        accept(deed(unit, date(2026, 1, 5), "house-visit", household="Bà Tư"), by=mai)
    assert statements(client, "/") == one
