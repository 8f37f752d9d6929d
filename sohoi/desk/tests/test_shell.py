"""What surrounds the pages: who gets in, what a stranger sees of it all, and that no page has anything inline."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter

from sohoi.desk import urls
from sohoi.desk.tests.promises import resolve
from sohoi.ledger.models import Record
from sohoi.ledger.write import accept
from sohoi.people.models import Member
from sohoi.units.models import Unit
from tests.people import PASSWORD, account, deed, woman

APRIL = date(2024, 4, 15)
ASKED = {
    "record-units": {"kind": "house-group-founded", "tim": "ap"},
    "record-households": {"unit": "lan-1"},
    "record-members": {"kind": "house-help", "unit": "lan-1"},
    "confirm-month": {"unit": "lan-1", "month": "2024-04-01"},
    "record-void": {"reason": "Không phải của tôi"},
    "behind": {"m": "house-groups", "u": "lan-1", "a": "2024-01-01", "z": "2024-12-31", "v": "was"},
    "figures": {"m": "house-groups", "u": "lan-1"},
    "figures-file": {"m": "house-groups", "u": "lan-1"},
}


@pytest.fixture
def rows(place, lan, tmp_path):
    """A record of chị Lan, a woman of her register and a resolution above her: what could leak."""
    woman(place.branch, "Bà Kín Đáo", 1950)
    accept(draft := deed(place.branch, APRIL, "house-visit", household="Bà Kín Đáo"), by=lan)
    resolve(tmp_path)
    return Record.objects.get(pk=draft.id)


def addresses(record):
    """(name, address, its words) of every page of the desk, with arguments that name what is there."""
    known = {"pk": record.pk, "record": record.pk, "kind": "house-visit", "unit": "lan-1", "form": "giua-nhiem-ky"}
    known |= {"act": record.pk, "name": "bien-ban"}
    known |= {"clause": "to", "column": "phone", "number": Member.objects.get(name="Bà Kín Đáo").pk}
    for pattern in urls.urlpatterns:
        names = pattern.pattern.converters
        code = {"goal": "nq-thu", "clause": "nq-thu", "unit": "lan-1"}.get(pattern.name, "khong-co")
        told = {**known, "code": code}
        asked = {name: told["number" if isinstance(kind, IntConverter) else name] for name, kind in names.items()}
        yield pattern.name, reverse(pattern.name, kwargs=asked)


def test_a_stranger_finds_nothing_at_any_address(client, rows, thu):
    client.force_login(thu)
    for name, url in addresses(rows):
        answers = [client.get(url, ASKED.get(name, {})), client.post(url, ASKED.get(name, {}))]
        for answer in answers:
            assert answer.status_code in (404, 405), (name, answer.status_code)
            assert "Kín Đáo" not in answer.content.decode()
        assert 404 in {answer.status_code for answer in answers}, name
    assert not hasattr(Record.objects.get(pk=rows.pk), "voiding")


def test_who_works_elsewhere_sees_nothing_of_it(client, rows):
    quan = Unit.objects.filter(level="province", placements__during__contains=date(2026, 1, 1)).get(
        code="79@2025-07-01"
    )
    client.force_login(account("xa", "Chị Xa", (quan, "province-officer")))
    for name, url in addresses(rows):
        answers = [client.get(url, ASKED.get(name, {})), client.post(url, ASKED.get(name, {}))]
        for answer in answers:
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert "Kín Đáo" not in body.decode("utf-8", "replace"), name
            assert str(rows.pk) not in body.decode("utf-8", "replace") or answer.status_code == 404, name
        if str(rows.pk) in url or "lan-1" in url or url.startswith(f"/so/{Member.objects.get(name='Bà Kín Đáo').pk}/"):
            assert {a.status_code for a in answers} <= {404, 405}, name
    assert not hasattr(Record.objects.get(pk=rows.pk), "voiding")


def test_without_logging_in_every_page_asks_to_log_in(client, rows):
    for name, url in addresses(rows):
        answer = client.get(url)
        if answer.status_code in (404, 405):  # asked by POST only
            answer = client.post(url)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith(reverse("account_login")), name


def test_the_stranger_is_told_what_to_do(client, thu):
    client.force_login(thu)
    answer = client.get("/")
    assert answer.status_code == 404
    assert "chưa được giao nhiệm vụ" in answer.content.decode()


def test_pages_have_nothing_inline_and_are_kept_nowhere(client, rows, lan):
    client.force_login(lan)
    for _, url in addresses(rows):
        answer = client.get(url)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", page), url
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"


def test_the_menu_has_what_she_may_open_and_says_who_she_is(client, place, lan):
    client.force_login(lan)
    page = client.get("/").content.decode()
    assert "Chi hội trưởng, Chi hội Ấp Một" in page
    assert reverse("record-start") in page
    client.force_login(account("theo-doi", "Chị Theo", (place.heir, "reader")))
    page = client.get("/").content.decode()
    assert reverse("goals") in page
    assert reverse("record-start") not in page
    assert reverse("records") not in page


def test_logging_in_and_out_in_vietnamese(client, lan):
    login = reverse("account_login")
    assert "Tên đăng nhập" in client.get(login).content.decode()
    wrong = client.post(login, {"login": "lan", "password": "không phải mật khẩu"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in wrong.content.decode()
    assert client.post(login, {"login": "", "password": ""}).content.decode().count("Chưa điền") == 2
    assert client.post(login, {"login": "lan", "password": PASSWORD}).status_code == 302
    assert client.get("/").status_code == 200
    assert "Đăng xuất" in client.get(reverse("account_logout")).content.decode()
    out = client.post(reverse("account_logout"), follow=True)
    assert "Đã đăng xuất." in out.content.decode()
    assert client.get("/").status_code == 302


def test_a_password_is_changed_with_reasons_in_vietnamese(client, lan):
    client.force_login(lan)
    url, new = reverse("account_change_password"), "một câu dài dễ nhớ 2026"
    wrong = client.post(url, {"oldpassword": "sai", "password1": "ngắn", "password2": "khác"}).content.decode()
    assert "Mật khẩu hiện tại chưa đúng" in wrong
    assert not re.search(r"password (?:is|must|fields)|You must|This field", wrong)
    done = client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new}, follow=True)
    assert "Đã đổi mật khẩu." in done.content.decode()
    lan.refresh_from_db()
    assert lan.check_password(new)


def test_of_the_log_in_library_only_three_pages_are_open():
    given = [p.name for p in get_resolver().url_patterns if getattr(p, "name", None)]
    assert sorted(given) == ["account_change_password", "account_login", "account_logout"]


def test_a_page_that_lay_open_too_long_is_refused_in_vietnamese(lan):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lan)
    answer = client.post(reverse("record-new", args=["house-gift"]), {"count": "1"})
    assert answer.status_code == 403
    assert "Trang này mở đã lâu" in answer.content.decode()
