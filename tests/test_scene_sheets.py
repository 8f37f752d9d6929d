"""Chị Lan brings a messy list in on a desk: columns, preview, loading, what comes back; and looks on a telephone."""

import pytest
from django.utils.crypto import get_random_string
from playwright.sync_api import expect

from sohoi.people.models import Member
from sohoi.people.tests.acts import load_member_kinds
from sohoi.sheets.tests.lists import book
from sohoi.sheets.work import work_off
from sohoi.units.models import Unit
from sohoi.units.write import rebuild_closure
from tests.people import account, add_branch
from tests.test_scene_figures import enter
from tests.test_scene_record import sound

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def lan(live):
    """Chị Lan, head of a branch that only this scene writes to."""
    load_member_kinds()
    mark = get_random_string(8).lower()
    before, after = (Unit.objects.get(code=code) for code in ("31684@2015-01-01", "31684@2025-07-01"))
    branch = add_branch(f"excel-{mark}", "Chi hội Ấp Chiều", before, after)
    rebuild_closure()
    officer = account(f"lan-{mark}", "Chị Lan", (branch, "branch-head"))
    officer.branch = branch
    return officer


def messy():
    """A list as it is sent: titles, a column that nobody keeps, capitals, a day of no calendar, one woman twice."""
    rows = [["HỘI LHPN PHƯỜNG MẪU"], ["DANH SÁCH HỘI VIÊN"], [],
            ["STT", "HỌ VÀ TÊN", "NTNS", "Số CCCD/CMND", "SĐT liên hệ", "Hoàn cảnh gia đình"]]  # fmt: skip
    for n, name in enumerate(("NGUYỄN THỊ HOA", "TRẦN THỊ LỤA", "LÊ THỊ MAI", "VÕ THỊ CÚC", "VÕ THỊ CÚC"), start=1):
        rows.append([n, name, f"{n}/3/1985" if n < 5 else "4.3.1985", None, 905000000 + n, "Ổn định"])
    rows[6][2] = "31/02/1985"
    return book([*rows, ["Tổng cộng: 6"]])


def test_a_messy_list_goes_in_and_what_is_wrong_comes_back(site, lan, page, phone):
    enter(page, site, lan)
    page.get_by_role("link", name="Nhập Excel").locator("visible=true").click()
    expect(page.get_by_role("heading", name="Nhập danh sách từ Excel")).to_be_visible()
    sound(page, "excel")
    page.get_by_label("Tệp danh sách").set_input_files({"name": "ds.xlsx", "mimeType": EXCEL, "buffer": messy()})
    page.get_by_role("button", name="Tải lên và xem").click()
    expect(page.get_by_label("B. HỌ VÀ TÊN")).to_have_value("name")
    expect(page.get_by_label("C. NTNS")).to_have_value("born")
    page.get_by_role("button", name="Xem từng dòng").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa chọn các cột: Hoàn cảnh gia đình.")
    sound(page, "excel columns")
    page.get_by_text("Bỏ qua các cột không chọn mục nào").click()
    page.get_by_role("button", name="Xem từng dòng").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    sound(page, "excel progress")
    work_off()
    expect(page.get_by_text("Dòng cuối tệp ghi 6, danh sách có 5 người.")).to_be_visible()
    expect(page.get_by_role("row", name="LÊ THỊ MAI")).to_contain_text("Ngày 31/2/1985 không có trong lịch")
    sound(page, "excel preview")
    page.get_by_role("button", name="Đưa 3 dòng mới vào sổ").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_off()
    expect(page.get_by_role("heading", name="Đã đưa vào sổ")).to_be_visible()
    assert sorted(Member.objects.filter(unit=lan.branch).values_list("name", flat=True)) == [
        "Nguyễn Thị Hoa", "Trần Thị Lụa", "Võ Thị Cúc"
    ]  # fmt: skip
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải các dòng cần sửa").click()
    assert download.value.suggested_filename == "cac-dong-can-sua.xlsx"
    enter(phone, site, lan)
    phone.goto(page.url)
    expect(phone.get_by_role("heading", name="Đã đưa vào sổ")).to_be_visible()
    sound(phone, "excel outcome")
    phone.goto(f"{site}/nhap-excel/")
    sound(phone, "excel")
