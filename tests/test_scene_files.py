"""Chị Mai drops the Word files of her branches into her report: she sees them read and what is to be looked at, puts a
loose part into a section and finds the words there with their file. By axe, on a telephone and at a desk."""

import os
from datetime import date
from itertools import count

import pytest
from django.utils.crypto import get_random_string
from playwright.sync_api import expect

from sohoi.ledger.write import accept
from sohoi.reports import regular
from sohoi.reports.incoming import container
from sohoi.reports.regular import form_in_force
from sohoi.reports.tests.word import report as word
from sohoi.reports.tests.word import zipped
from sohoi.reports.write.cycle import open_report
from sohoi.units.models import Unit
from tests.people import account, deed
from tests.reporting import FORMS, MONTH
from tests.test_scene_figures import enter
from tests.test_scene_record import sound

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TWO = (
    "HỘI LHPN PHƯỜNG MỸ XUYÊN", "CHI HỘI ẤP HAI", "BÁO CÁO", "I. TÌNH HÌNH TƯ TƯỞNG",
    "Chị em phấn khởi với đợt tặng 25 phần quà cho hộ khó khăn.", "II. SỐ LIỆU", "Đã tặng 25 phần quà.",
    "V. ĐỀ XUẤT, KIẾN NGHỊ", "Đề nghị mở thêm lớp nấu ăn.", "TM. CHI HỘI", "Chi hội trưởng", "Nguyễn Thị Mẫu",
)  # fmt: skip
taken = count(1)


@pytest.fixture
def mai(live, settings):
    """Chị Mai, and a report of hers that nobody has opened."""
    settings.FORM_FOLDERS = [str(FORMS)]
    regular.versions.cache_clear()
    yield account(f"mai-{get_random_string(5, 'bcdghklmn')}", "Chị Mai", (_unit("31684@2025-07-01"), "base-chair"))
    regular.versions.cache_clear()


def _unit(code):
    return Unit.objects.get(code=code)


def look(page):
    """A picture for whoever asks for them."""
    if folder := os.environ.get("PICS"):
        page.screenshot(path=f"{folder}/files-{next(taken)}-{page.viewport_size['width']}.png", full_page=True)


def seen(page, where):
    """Sound on a telephone and at a desk."""
    for width, height in ((360, 740), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        sound(page, where)
        look(page)


def test_files_of_branches_go_into_the_report(page, site, mai):
    report = open_report(form_in_force("house-commune", MONTH.last), _unit("31684@2025-07-01"), MONTH, by=mai)
    accept(deed(_unit("lan-2"), date(2026, 10, 5), "house-gift", values={"count": 30, "money": 3_000_000}), by=mai)
    enter(page, site, mai)
    page.goto(f"{site}/bao-cao/dinh-ky/{report.pk}/")
    page.get_by_role("link", name="Gộp lời từ tệp Word").click()
    seen(page, "files, none yet")
    page.get_by_label("Các tệp báo cáo").set_input_files([
        {"name": "bc-t10.docx", "mimeType": WORD, "buffer": word(*TWO)},
        {"name": "cu.docx", "mimeType": WORD, "buffer": container.OLE + "WordDocument".encode("utf-16-le")},
        {"name": "tat-ca.zip", "mimeType": "application/zip", "buffer": zipped(thang10=word(*TWO[3:5]))},
    ])  # fmt: skip
    expect(page.get_by_text("3 tệp đã chọn")).to_be_visible()
    page.get_by_role("button", name="Gửi và đọc tệp").click()
    expect(page.get_by_text("Đã đọc xong 3 tệp.")).to_be_visible()
    expect(page.get_by_text("đây là tệp .doc kiểu cũ")).to_be_visible()
    seen(page, "files")
    page.get_by_label("thang10.docx").select_option(label="Chi hội Ấp Một")
    page.get_by_role("button", name="Lưu đơn vị").click()
    expect(page.get_by_text("Tệp chưa rõ của đơn vị nào")).to_be_hidden()
    page.get_by_role("link", name="bc-t10.docx").click()
    expect(page.get_by_text("trong sổ, “Phần quà” tháng 10 năm 2026").first).to_be_visible()
    seen(page, "one file")
    page.get_by_label("II. SỐ LIỆU").select_option(label="I. TÌNH HÌNH TƯ TƯỞNG")
    page.get_by_role("button", name="Lưu mục").click()
    page.goto(f"{site}/bao-cao/dinh-ky/{report.pk}/muc/opinion/")
    expect(page.get_by_text("Chi hội Ấp Hai, tệp bc-t10.docx").first).to_be_visible()
    expect(page.locator("textarea", has_text="Đã tặng 25 phần quà.")).to_be_visible()
    seen(page, "section")
