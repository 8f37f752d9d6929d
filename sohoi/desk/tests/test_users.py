"""Người dùng và vai trò: what each sees and may do on the pages, and what a first password opens."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sohoi.ledger.write import accept
from sohoi.rights.models import Account, Office, OfficeChange
from sohoi.rights.write.offices import end_office, give_office
from tests.people import PASSWORD, account, deed

NEW = "Một câu dài dễ nhớ của tôi"


@pytest.fixture
def yen(place):
    """Chị Yến, administrator of the province."""
    return account("yen", "Chị Yến", (place.today, "administrator"))


@pytest.fixture
def desk():
    """A browser for somebody."""

    def of(who):
        client = Client()
        client.force_login(who)
        return client

    return of


def text(answer):
    """What is read on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def given(unit, role, **more):
    """An answered form of giving."""
    today = timezone.localdate()
    return {"name": "Nguyễn Thị Tươi", "username": "", "unit": unit.code, "role": role, "first": str(today), **more}


PAGES = ("offices", "offices-history", "office-give", "office-give-known", "office-units")


def test_who_may_give_finds_the_pages_and_a_stranger_finds_nothing(yen, hoa, mai, lan, thu, desk):
    for name in PAGES:
        for who in (yen, hoa, mai):
            assert desk(who).get(reverse(name)).status_code == 200
        for who in (lan, thu):
            assert desk(who).get(reverse(name)).status_code == 404
    assert reverse("offices") in desk(mai).get(reverse("home")).content.decode()
    assert reverse("offices") not in desk(lan).get(reverse("home")).content.decode()


def test_somebody_of_another_place_is_not_there(place, mai, hoa, desk):
    far = account("far", "Chị Xa", (place.today, "reader"))
    office = Office.objects.get(account=far)
    client = desk(mai)
    for name, key in (("officer", far), ("officer-give", far), ("officer-password", far), ("officer-close", far)):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404
    assert client.post(reverse("office-end", args=[office.pk]), {"day": "2024-01-01"}).status_code == 404
    assert client.get(f"{reverse('offices')}?unit={place.today.code}").status_code == 404
    end_office(
        Office.objects.get(account=hoa), timezone.localdate(), by=account("ad", "A", (place.centre, "administrator"))
    )
    change = OfficeChange.objects.get(account=hoa)
    assert client.post(reverse("office-undo", args=[change.pk])).status_code == 404


def test_a_chair_gives_a_branch_its_head_who_sets_her_own_password_before_anything_else(place, mai, desk):
    slip = desk(mai).post(reverse("office-give"), given(place.branch, "branch-head"))
    assert slip.status_code == 200
    assert slip["Cache-Control"] == "no-store"
    assert "tuoi.nguyen" in slip.content.decode()
    password = re.search(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", slip.content.decode())[0]
    hers = Client()
    hers.post(reverse("account_login"), {"login": "tuoi.nguyen", "password": password})
    change = reverse("account_change_password")
    for page in (reverse("home"), reverse("members"), reverse("record-start")):
        assert hers.get(page)["Location"] == change
    assert "mật khẩu lần đầu do hệ thống đặt" in text(hers.get(change))
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert hers.post(change, same).status_code == 200
    assert hers.post(change, same | {"password1": NEW, "password2": NEW})["Location"] == reverse("home")
    assert hers.get(reverse("home")).status_code == 200
    assert "Chi hội trưởng" in text(desk(mai).get(reverse("offices")))


def test_what_cannot_be_given_comes_back_with_a_sentence_at_its_question(place, mai, lan, desk):
    client, today = desk(mai), timezone.localdate()
    cases = [
        (given(place.today, "branch-head"), "Không có đơn vị này trong phạm vi của chị"),
        (given(place.heir, "branch-head"), "Chị không giao được vai trò Chi hội trưởng ở Phường Mỹ Xuyên"),
        (given(place.branch, "base-chair"), "base-chair"),
        (given(place.branch, "branch-head", name=" "), "Chưa điền họ và tên"),
        (given(place.branch, "branch-head", username="lan"), "Đã có người mang tên đăng nhập “lan”"),
        (given(place.branch, "branch-head", username="chị lan"), "chỉ gồm chữ không dấu"),
        (given(place.branch, "branch-head", first="31/02/2026"), "không có trong lịch"),
        (given(place.branch, "branch-head", first="9999-01-01"), "nằm ngoài các năm của sổ"),
        (given(place.branch, "branch-head", last=str(today - timedelta(days=1))), "Ngày cuối đứng trước ngày đầu"),
        (given(place.branch, "branch-head", name="\x00"), "Có ký tự không lưu được"),
    ]
    for answers, sentence in cases:
        answer = client.post(reverse("office-give"), answers)
        assert answer.status_code == 422
        assert sentence in text(answer)
    assert Account.objects.count() == 2


def test_the_administrator_gives_to_one_of_another_place_by_her_log_in(place, yen, thu, desk):
    client = desk(yen)
    answers = {"username": "THU", "unit": place.today.code, "role": "province-officer", "first": "01/7/2025"}
    for name, sentence in (("", "Chưa điền họ và tên"), ("Chị Lan", "Họ tên này không phải của người mang tên")):
        wrong = text(client.post(reverse("office-give-known"), answers | {"name": name}))
        assert sentence in wrong
        assert "Chị Thu" not in wrong
    answers["name"] = "chi thu"
    told = client.post(reverse("office-give-known"), answers)
    assert told["Location"] == reverse("officer", args=[thu.pk])
    page = text(client.get(told["Location"]))
    assert "Cán bộ Hội cấp tỉnh" in page
    assert "Giao vai trò Cán bộ Hội cấp tỉnh" in page
    assert "Chị Yến" in page
    line = OfficeChange.objects.get(account=thu)
    gone = client.post(reverse("office-undo", args=[line.pk]), follow=True)
    assert "“thu” không giữ vai trò nào trong phạm vi của chị" in text(gone)
    assert "Chị Thu" not in text(gone)
    client.post(reverse("office-give-known"), answers)
    again = client.post(reverse("officer-give", args=[thu.pk]), {**answers, "role": "reader"})
    assert again.status_code == 302
    assert "Chưa có ai mang tên đăng nhập" in text(
        client.post(reverse("office-give-known"), answers | {"username": "x"})
    )


def test_an_ending_of_yesterday_shuts_her_out_now_and_is_undone_by_one_tap(place, mai, lan, desk):
    client, hers = desk(mai), desk(lan)
    office = Office.objects.get(account=lan)
    assert hers.get(reverse("members")).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    client.post(reverse("office-end", args=[office.pk]), {"day": yesterday.strftime("%d/%m/%Y")})
    assert hers.get(reverse("members")).status_code == 404
    assert client.get(reverse("office-end", args=[office.pk])).status_code == 404
    assert "Chị Lan" in text(client.get(f"{reverse('offices')}?state=thoi"))
    line = OfficeChange.objects.get(account=lan)
    assert client.post(reverse("office-undo", args=[line.pk]))["Location"] == reverse("officer", args=[lan.pk])
    assert hers.get(reverse("members")).status_code == 200
    client.post(reverse("office-undo", args=[line.pk]))
    assert "Người khác vừa làm việc này" in text(client.get(reverse("officer", args=[lan.pk])))


def test_a_closed_account_is_out_at_once_and_her_log_in_says_why(place, mai, lan, desk):
    client, hers = desk(mai), Client()
    done = accept(deed(place.branch, date(2026, 3, 8)), by=lan).draft
    enter = {"login": "lan", "password": PASSWORD}
    assert hers.post(reverse("account_login"), enter).status_code == 302
    assert hers.get(reverse("home")).status_code == 200
    client.post(reverse("officer-close", args=[lan.pk]))
    assert hers.get(reverse("home"))["Location"].startswith(reverse("account_login"))
    told = hers.post(reverse("account_login"), enter, follow=True)
    assert "Tài khoản này đã đóng" in text(told)
    assert "Chị Lan" in text(client.get(reverse("record", args=[done.id])))  # what she told keeps her name
    page = client.post(reverse("officer-open", args=[lan.pk]))
    assert re.search(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", page.content.decode())
    assert "Đóng tài khoản" in text(client.get(reverse("offices-history")))


def test_a_new_password_ends_what_is_open_with_the_old_one(place, mai, lan, desk):
    hers = Client()
    hers.post(reverse("account_login"), {"login": "lan", "password": PASSWORD})
    asked = desk(mai).get(reverse("officer-password", args=[lan.pk]))
    assert "Chị Lan" in text(asked)
    assert "data-once" in asked.content.decode()
    slip = desk(mai).post(reverse("officer-password", args=[lan.pk]))
    assert "Phiếu đăng nhập Sổ Hội" in text(slip)
    assert hers.get(reverse("home"))["Location"].startswith(reverse("account_login"))
    own = desk(mai).post(reverse("officer-password", args=[mai.pk]))
    assert own.status_code == 422
    assert "tài khoản của chính chị" in text(own)


def test_a_name_finds_her_without_marks_and_stands_in_no_address(place, mai, lan, hoa, desk):
    client = desk(mai)
    found = client.post(reverse("offices-find"), {"tim": "chi lan"}, headers={"HX-Request": "true"})
    assert "Chị Lan" in text(found)
    assert "<main" not in found.content.decode()
    assert "Không có ai như vậy" in text(client.post(reverse("offices-find"), {"tim": "hoa"}))
    assert client.get(reverse("offices-find")).status_code == 405
    assert "lan.le" in text(client.post(reverse("office-login"), {"name": "Lê Thị Lan"}))


def test_units_are_found_by_their_own_name_and_that_of_the_one_above(place, hoa, mai, desk):
    client = desk(hoa)
    assert "Ấp Một" in text(client.get(reverse("office-units"), {"tim": "ap mot, my xuyen", "role": "branch-head"}))
    heads = text(client.get(reverse("office-units"), {"tim": "mỹ xuyên", "role": "base-chair"}))
    assert "phường Mỹ Xuyên" in heads
    assert "Ấp Một" not in heads
    assert "Không có đơn vị nào" in text(desk(mai).get(reverse("office-units"), {"tim": "ninh kiều"}))


def test_the_list_is_sifted_and_paged_and_asks_the_same_however_long(place, mai, hoa, desk):
    client, today = desk(hoa), timezone.localdate()

    def asked(address):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(seen), text(answer)

    give_office("a0", "Chị A0", place.branch, "branch-head", today, by=mai)
    pages = [reverse("offices"), reverse("offices-history")]
    few = [asked(page)[0] for page in pages]
    for n in range(1, 40):
        give_office(f"a{n}", f"Chị A{n}", place.other, "branch-head", today, by=mai)
    assert [asked(page)[0] for page in pages] == few
    assert "42 vai trò" in asked(reverse("offices"))[1]
    assert "Trang 2 trên 2" in asked(f"{reverse('offices')}?trang=2")[1]
    assert "40 vai trò" in asked(f"{reverse('offices')}?role=branch-head&unit={place.heir.code}")[1]
    assert "40 vai trò" in asked(f"{reverse('offices')}?role=branch-head&state=moi")[1]
    assert "Không có ai như vậy" in asked(f"{reverse('offices')}?state=thoi")[1]
