"""Chị Mai finds a woman and a list: with one thumb on a telephone, and on a desk without a mouse."""

import re

import pytest
from django.utils.crypto import get_random_string
from playwright.sync_api import expect

from sohoi.people.models import Export, Member
from sohoi.units.models import Unit
from tests.people import account, woman
from tests.test_scene_figures import enter
from tests.test_scene_record import sound


@pytest.fixture
def mai(live):
    """Chị Mai of phường Mỹ Xuyên, and women under a mark of their own: what other scenes wrote there stays."""
    mark = get_random_string(6, "bcdghklmnpqrstvx").capitalize()
    branch = Unit.objects.get(code="lan-1")
    for name, year in (("Nguyễn Thị Hòa", 1985), ("Nguyễn Thị Hoa", 1985), ("Trần Thị Đào", 1960)):
        woman(branch, f"{mark} {name}", year, phone="0905123456")
    officer = account(f"mai-{mark}", "Chị Mai", (Unit.objects.get(code="31684@2025-07-01"), "base-chair"))
    officer.mark = mark
    return officer


def test_a_woman_is_found_and_a_list_narrowed_on_a_telephone(phone, site, mai):
    enter(phone, site, mai)
    phone.get_by_text("Mục lục", exact=True).click()
    phone.get_by_role("link", name="Sổ hội viên").locator("visible=true").click()
    box = phone.get_by_label("Tìm hội viên")
    box.press_sequentially(f"{mai.mark} nguyen hoà", delay=5)
    first = phone.locator("#thay a").first
    expect(first).to_contain_text(f"{mai.mark} Nguyễn Thị Hòa")
    expect(phone.locator("[data-find-said]")).to_have_text("2 người")
    assert "hoà" not in phone.url
    sound(phone, "found")
    phone.get_by_text("Lọc danh sách").click()
    phone.get_by_label("Năm sinh từ").or_(phone.get_by_label("Tuổi từ")).first.fill("1")
    phone.get_by_text("Điều kiện khác").click()
    phone.get_by_label("Năm sinh đến").fill("1960")
    sound(phone, "filters")
    phone.get_by_role("button", name="Lọc", exact=True).click()
    expect(phone.get_by_role("link", name=f"{mai.mark} Trần Thị Đào")).to_be_visible()
    assert re.search(r"/so/\?loc=\w{8}$", phone.url)
    sound(phone, "list")
    phone.get_by_role("link", name="Xem biểu đồ").click()
    expect(phone.get_by_role("heading", name="Biểu đồ hội viên")).to_be_visible()
    sound(phone, "charts")


def test_a_woman_is_found_and_a_list_taken_out_by_keyboard_alone(page, site, mai):
    enter(page, site, mai)
    page.goto(f"{site}/so/")
    page.keyboard.press("/")
    page.keyboard.type(f"{mai.mark} hoa nguyen")
    links = page.locator("#thay a")
    expect(links).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.last).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Tìm hội viên")).to_be_focused()
    page.keyboard.press("Escape")
    expect(links).to_have_count(0)
    page.keyboard.type(f"{mai.mark} dao")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/so/{Member.objects.get(name=f'{mai.mark} Trần Thị Đào').pk}/")
    page.go_back()
    page.get_by_text("Xuất Excel").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Ngắn")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Chưa rõ lấy danh sách để làm gì")).to_be_visible()
    expect(page.get_by_label("Lấy danh sách này để làm gì?")).to_be_focused()
    sound(page, "refused")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Lập danh sách nhận quà Tết")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert re.fullmatch(r"danh-sach-hoi-vien-[\d-]{10}\.xlsx", taken.value.suggested_filename)
    assert Export.objects.filter(by=mai, purpose="Lập danh sách nhận quà Tết").count() == 1
