"""From a target down to the records on a desk computer and a telephone: read, drill, choose, look back, take home.

Each page on the way is looked at by axe (WCAG 2.2 AA) and never scrolls sideways; one way goes by keyboard alone.
"""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils.crypto import get_random_string
from playwright.sync_api import expect

from sohoi.goals.write import load_resolution
from sohoi.ledger.models import Record
from sohoi.ledger.write import accept, void
from sohoi.units.models import Placement, Unit
from sohoi.units.write import REFORM, rebuild_closure
from tests.people import LONG_AGO, account, add_branch, deed, tell
from tests.test_scene_record import sound

RESOLUTION = """
code = "{mark}"
title = "Nghị quyết xã Mới"
unit = "{mark}"
term = {{ first = 2021-07-01, last = 2026-06-30 }}
cut_off = 2024-05-11
key_tasks = ["Xây dựng tổ chức Hội vững mạnh"]
[[target]]
code = "1"
number = "1"
label = "Thành lập tổ"
[[target.criterion]]
code = "1.1"
label = "Tổ được thành lập"
measure = "house-groups"
goal = 55
say = "thành lập {{result}} tổ"
section = "family"
ours = "Nguồn không in số giao."
[[target.criterion]]
code = "1.2"
label = "Phần quà mỗi năm"
measure = "house-gifts"
goal = 10
yearly = true
"""


@pytest.fixture
def commune(live):
    """A commune of huyện Mỹ Tú that ended with the reform, and that only this test writes to."""
    mark = f"so-{get_random_string(8).lower()}"
    district = Unit.objects.get(code="944@2015-01-01")
    unit = Unit.objects.create(code=mark, level="base", name=f"Xã {mark}", plain=f"xa {mark}")
    Placement.objects.create(unit=unit, parent=district, name=unit.name, during=(LONG_AGO, REFORM))
    return unit


@pytest.fixture
def hoa(commune, tmp_path):
    """Chị Hoa of the city; in the commune two branches, 23 groups, gifts in two years and one deed taken back."""
    branches = [add_branch(f"{commune.code}-{n}", f"Chi hội Ấp {n}", commune, None) for n in (1, 2)]
    rebuild_closure()
    officer = account(commune.code, "Chị Hoa", (Unit.objects.get(code="92@2025-07-01"), "province-officer"))
    groups = [deed(branches[0], date(2024, 4, 15), values={"count": count}) for count in (20, 3)]
    gifts = [deed(branches[1], date(year, 5, 5), "house-gift", values={"count": 7}) for year in (2022, 2023)]
    tell(*groups, *gifts, by=officer)
    wrong = accept(deed(branches[0], date(2023, 3, 8)), by=officer).draft
    void(Record.objects.get(pk=wrong.id), "Ghi trùng", by=officer)
    file = tmp_path / "nq.toml"
    file.write_text(RESOLUTION.format(mark=commune.code), "utf-8")
    resolution = load_resolution(file)
    yield officer
    resolution.delete()


def enter(page, site, who):
    """She is logged in already; logging in is a scene of its own (test_scene_record.py)."""
    client = Client()
    client.force_login(who)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page.goto(site)


def to(page, name):
    """By the menu, on a telephone after opening it."""
    narrow = page.get_by_text("Mục lục", exact=True)
    if narrow.is_visible():
        narrow.click()
    page.get_by_role("link", name=name, exact=True).locator("visible=true").first.click()
    page.get_by_role("heading", name=name, exact=True, level=1).wait_for()
    sound(page, name)


def drill(page, site, who):
    """From the list of resolutions to the records behind the 23."""
    enter(page, site, who)
    to(page, "Chỉ tiêu")
    page.get_by_role("link", name="Nghị quyết xã Mới").click()
    expect(page.get_by_text("đạt 41,82%")).to_be_visible()
    expect(page.get_by_text(re.compile("cần 32 tổ"))).to_be_visible()
    sound(page, "goal")
    page.get_by_role("link", name=re.compile("^23 tổ, ")).click()
    page.get_by_role("heading", name="Tổ được thành lập", level=1).wait_for()
    expect(page.get_by_text("Còn thiếu 32 tổ")).to_be_visible()
    sound(page, "clause")
    page.get_by_role("link", name="Xem các việc làm nên số này").click()
    expect(page.get_by_text("3 việc dưới đây cộng lại là 23: khớp với con số trên.")).to_be_visible()
    expect(page.locator("s", has_text="Thành lập tổ")).to_be_visible()
    sound(page, "behind")


def test_from_a_target_to_its_records_on_a_desk(page, site, hoa):
    drill(page, site, hoa)


def test_from_a_target_to_its_records_on_a_telephone(phone, site, hoa):
    drill(phone, site, hoa)


def test_unmet_first_another_day_another_map(page, site, hoa):
    enter(page, site, hoa)
    to(page, "Chỉ tiêu")
    page.get_by_role("link", name="Nghị quyết xã Mới").click()
    page.get_by_role("link", name="Chưa đạt trước").click()
    expect(page.get_by_role("link", name="Chưa đạt trước")).to_have_attribute("aria-current", "true")
    page.get_by_label("Số liệu đến ngày").fill("2024-04-14")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("Tính đến 14/4/2024")).to_be_visible()
    expect(page.get_by_role("link", name="Chưa đạt trước")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="hiện nay").click()
    expect(page.get_by_text("không còn trên địa giới hiện nay")).to_be_visible()
    sound(page, "ended")


def test_choosing_figures_by_keyboard(page, site, hoa):
    enter(page, site, hoa)
    to(page, "Số liệu")
    page.get_by_label("Kỳ", exact=True).focus()
    page.keyboard.press("End")
    expect(page.get_by_label("Từ ngày")).to_be_visible()
    expect(page.get_by_label("Năm", exact=True)).to_be_hidden()
    page.keyboard.press("Home")
    page.get_by_label("Năm", exact=True).fill("2024")
    page.get_by_text("Đầu số liệu:").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Tìm đầu số liệu").fill("to thanh")
    expect(page.get_by_role("checkbox", name="Phần quà")).to_be_hidden()
    page.get_by_role("checkbox", name="Tổ thành lập").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Năm 2024, theo địa giới").wait_for()
    expect(page.get_by_role("columnheader", name="Tổ thành lập (tổ)")).to_be_visible()
    sound(page, "figures-chosen")


def test_a_unit_is_found_while_typing_and_its_table_goes_home_as_excel(page, site, hoa, commune):
    enter(page, site, hoa)
    page.goto(f"{site}/so-lieu/?m=house-groups&k=Y&y=2024")
    page.get_by_label("Đơn vị", exact=True).press_sequentially(commune.code)
    page.locator("#tim-thay").get_by_role("link", name=commune.name).click()
    page.get_by_role("heading", name=commune.full_name).wait_for()
    assert "k=Y" in page.url
    sound(page, "figures-unit")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng này về Excel").click()
    assert download.value.suggested_filename == "so-lieu-2024-01-01-2024-12-31.xlsx"


def test_on_a_telephone_the_answer_comes_before_the_questions(phone, site, hoa, commune):
    enter(phone, site, hoa)
    phone.goto(f"{site}/so-lieu/?m=house-groups&u={commune.code}&k=Y&y=2024")
    expect(phone.get_by_label("Năm", exact=True)).to_be_hidden()
    expect(phone.locator(".total").get_by_role("link", name=re.compile("^23, "))).to_be_in_viewport()
    sound(phone, "figures-phone")
    phone.get_by_text("Chọn đơn vị, kỳ và đầu số liệu").click()
    expect(phone.get_by_label("Năm", exact=True)).to_be_visible()


def test_the_tree_of_another_day_opens_in_place(page, site, hoa):
    enter(page, site, hoa)
    to(page, "Đơn vị")
    page.get_by_role("link", name="30/6/2025").click()
    page.get_by_role("button", name="Mở Tỉnh Sóc Trăng").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Mở Huyện Mỹ Xuyên").click()
    commune = page.get_by_role("link", name="Xã Gia Hòa 1")
    expect(commune).to_be_visible()
    sound(page, "tree")
    page.get_by_role("button", name="Mở Tỉnh Sóc Trăng").click()
    expect(commune).to_be_hidden()
    page.get_by_role("button", name="Mở Tỉnh Sóc Trăng").click()
    commune.click()
    page.get_by_role("heading", name="Thành các đơn vị").wait_for()
    sound(page, "unit")


def test_a_long_list_is_sifted_by_name_without_marks(phone, site, hoa):
    enter(phone, site, hoa)
    to(phone, "Đơn vị")
    phone.get_by_label(re.compile("Lọc theo tên")).fill("my xuyen")
    expect(phone.get_by_role("link", name="Phường Mỹ Xuyên")).to_be_visible()
    expect(phone.get_by_role("link", name="Phường An Bình")).to_be_hidden()


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_a_paper_looks_as_it_prints_and_its_figures_are_links(request, screen, site, hoa, commune):
    page = request.getfixturevalue(screen)
    enter(page, site, hoa)
    to(page, "Báo cáo")
    page.get_by_role("link", name=re.compile(f"sơ kết.*{commune.name}")).click()
    page.get_by_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").wait_for()
    sound(page, "paper")
    page.locator(".paper").get_by_role("link", name="23", exact=True).first.click()
    expect(page.get_by_text("khớp với con số trên")).to_be_visible()
