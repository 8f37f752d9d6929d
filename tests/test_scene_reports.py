"""One month lived through by four women: chị Lan closes it, chị Mai opens a filled report, is returned once and signs,
chị Hoa sees it at once, chị Thu the stranger opens a printed code and hears one sentence."""

import os
import re
from datetime import date

import pytest
from django.utils.crypto import get_random_string
from playwright.sync_api import expect

from sohoi.ledger.write import accept
from sohoi.reports import regular
from sohoi.reports.models import Report, Version
from sohoi.reports.read.verifying import verify
from sohoi.reports.write.regime import load_regime
from sohoi.units.models import Unit
from sohoi.units.read import centre
from tests.people import account, deed
from tests.reporting import FORMS
from tests.test_scene_figures import enter
from tests.test_scene_record import sound

REGIME = """
code = "thu"
label = "Chế độ thử"
since = 2016-01-01

[[owed]]
form = "house-branch"
due = 3

[[owed]]
form = "house-commune"
due = 6
"""


@pytest.fixture
def women(live, settings, tmp_path):
    """Chị Lan, chị Mai, chị Hoa and chị Thu; the forms of the tests and when they are due."""
    settings.FORM_FOLDERS = [str(FORMS)]
    regular.versions.cache_clear()
    (tmp_path / "thu.toml").write_text(REGIME, "utf-8")
    load_regime(tmp_path / "thu.toml", centre())
    mark = get_random_string(5, "bcdghklmn")
    unit = {code: Unit.objects.get(code=code) for code in ("lan-1", "31684@2025-07-01", "92@2025-07-01")}
    yield {
        "lan": account(f"lan-{mark}", "Chị Lan", (unit["lan-1"], "branch-head")),
        "mai": account(f"mai-{mark}", "Chị Mai", (unit["31684@2025-07-01"], "base-chair")),
        "hoa": account(f"hoa-{mark}", "Chị Hoa", (unit["92@2025-07-01"], "province-officer")),
        "thu": account(f"thu-{mark}", "Chị Thu"),
        "branch": unit["lan-1"],
    }
    regular.versions.cache_clear()


def look(page, name):
    """A picture of the page, for whoever asks for one (SCENE_PICTURES=folder)."""
    folder = os.environ.get("SCENE_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def gifts(women, day: date, count: int) -> None:
    """Gifts that chị Lan's branch gave."""
    accept(deed(women["branch"], day, "house-gift", values={"count": count, "money": count * 100_000}), by=women["lan"])


def choose_month(page, name: str, button: str) -> None:
    """The report of a month in the list of what is owed."""
    row = page.locator("article.due").filter(has_text=re.compile(rf"{name}\b", re.IGNORECASE))
    row.get_by_role("button", name=button).click()


def test_a_month_from_the_branch_to_the_signed_paper(page, phone, site, women):
    gifts(women, date(2026, 9, 10), 30)
    the_branch_closes_its_month(phone, site, women)
    address = the_commune_opens_a_filled_report_and_sends_it(page, site, women)
    it_is_returned_once(page, site, women, address)
    it_is_approved_and_signed(page, site, women, address)
    report = Report.objects.get(pk=int(address.rstrip("/").split("/")[-1]))
    first = Version.objects.get(report=report, number=1)
    the_province_sees_it_at_once(page, site, women)
    gifts(women, date(2026, 9, 25), 7)  # late: it changes nothing that was signed
    the_inspector_opens_a_printed_code(page, site, address, first)
    a_stranger_hears_one_sentence(phone, site, women, address, first)
    it_is_opened_again_from_above(page, address)
    assert verify(first) == []


def the_branch_closes_its_month(phone, site, women):
    enter(phone, site, women["lan"])
    phone.goto(f"{site}/bao-cao/dinh-ky/")
    sound(phone, "owed")
    look(phone, "owed")
    choose_month(phone, "tháng 9 năm 2026", "Viết báo cáo")
    expect(phone.get_by_text("đang soạn").first).to_be_visible()
    phone.get_by_role("link", name="I. TÌNH HÌNH TƯ TƯỞNG").click()
    phone.get_by_label("Viết thêm").fill("Hội viên phấn khởi, đồng tình với đợt tặng quà tháng 9.")
    sound(phone, "writing")
    look(phone, "writing")
    phone.get_by_role("button", name="Lưu mục này").click()
    expect(phone.locator(".paper")).to_contain_text("đồng tình với đợt tặng quà")
    expect(phone.get_by_role("heading", name="Nên xem lại trước khi ký")).to_be_visible()
    sound(phone, "branch-report")
    look(phone, "branch-report")
    phone.get_by_role("button", name="Chốt tháng và gửi").click()
    expect(phone.get_by_text("Đã chốt tháng và gửi báo cáo")).to_be_visible()


def the_commune_opens_a_filled_report_and_sends_it(page, site, women):
    enter(page, site, women["mai"])
    page.goto(f"{site}/bao-cao/dinh-ky/?f=house-branch&ky=2026-09")
    expect(page.get_by_text(re.compile(r"đã ký\s+1/\d+"))).to_be_visible()
    sound(page, "round")
    look(page, "round")
    choose_month(page, "tháng 9 năm 2026", "Viết báo cáo")
    expect(page.locator(".paper")).to_contain_text("đồng tình với đợt tặng quà")
    expect(page.locator(".paper-table").first).to_contain_text("30")
    page.get_by_role("link", name="I. TÌNH HÌNH TƯ TƯỞNG").click()
    expect(page.get_by_text("Chi hội Ấp Một").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"Chưa gửi báo cáo:[\s\S]*Chi hội Ấp Hai"))).to_be_visible()
    sound(page, "merged")
    look(page, "merged")
    page.get_by_role("button", name="Lưu mục này").click()
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Báo cáo chị gửi do người khác duyệt")).to_be_visible()
    return page.url


def it_is_returned_once(page, site, women, address):
    enter(page, site, women["hoa"])
    page.goto(address)
    page.get_by_text("Trả lại để sửa").click()
    page.get_by_label("I. TÌNH HÌNH TƯ TƯỞNG").fill("Nêu rõ dư luận về đợt tặng quà.")
    sound(page, "returning")
    look(page, "returning")
    page.get_by_role("button", name="Trả lại kèm nhận xét").click()
    expect(page.get_by_text("Đã trả lại báo cáo")).to_be_visible()
    enter(page, site, women["mai"])
    page.goto(address)
    expect(page.get_by_text("Nêu rõ dư luận về đợt tặng quà.").first).to_be_visible()
    page.get_by_role("link", name="I. TÌNH HÌNH TƯ TƯỞNG").first.click()
    page.get_by_label("Viết thêm").fill("Nhân dân đồng tình, không có ý kiến phản ánh.")
    page.get_by_role("button", name="Lưu mục này").click()
    page.get_by_role("button", name="Gửi duyệt").click()
    expect(page.get_by_text("Đã gửi báo cáo, chờ duyệt.")).to_be_visible()


def it_is_approved_and_signed(page, site, women, address):
    enter(page, site, women["hoa"])
    page.goto(address)
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_text("Đã duyệt báo cáo, chờ ký.")).to_be_visible()
    enter(page, site, women["mai"])
    page.goto(address)
    page.get_by_role("button", name="Ký báo cáo").click()
    expect(page.get_by_text("Đã ký báo cáo.")).to_be_visible()
    expect(page.locator(".paper")).to_contain_text("Số: 01/BC-BTV")
    sound(page, "signed")
    look(page, "signed")


def the_province_sees_it_at_once(page, site, women):
    enter(page, site, women["hoa"])
    page.goto(f"{site}/bao-cao/dinh-ky/?f=house-commune&ky=2026-09")
    expect(page.get_by_role("row", name=re.compile("Phường Mỹ Xuyên"))).to_contain_text("Đã ký")
    sound(page, "province")
    look(page, "province")


def the_inspector_opens_a_printed_code(page, site, address, first):
    page.goto(f"{address}ban/1/")
    page.get_by_role("link", name="Cộng lại từ sổ").click()
    expect(page.get_by_text("Đã đối chiếu")).to_be_visible()
    sound(page, "version")
    look(page, "version")
    page.goto(f"{site}/s/{first.code}-1/")
    expect(page.get_by_role("heading", name="Phần quà: 30")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    sound(page, "printed")
    look(page, "printed")


def a_stranger_hears_one_sentence(phone, site, women, address, first):
    enter(phone, site, women["thu"])
    phone.goto(f"{site}/s/{first.code}-1/")
    expect(phone.get_by_text("Số liệu khớp với bản chốt ngày")).to_be_visible()
    assert "Mỹ Xuyên" not in phone.locator("main").inner_text()
    sound(phone, "stranger")
    look(phone, "stranger")
    assert phone.request.get(address).status == 404


def it_is_opened_again_from_above(page, address):
    page.goto(address)
    page.get_by_text("Mở lại báo cáo và tháng").click()
    page.get_by_label("Lý do").first.fill("Thiếu một đợt quà cuối tháng")
    page.get_by_role("button", name="Mở lại").click()
    expect(page.get_by_text("Đã mở lại báo cáo")).to_be_visible()
