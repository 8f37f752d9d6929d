"""A deed on a small telephone, as it is lived: told in a minute, told once, taken back, not lost with the connection.

Each page on the way is looked at by axe (WCAG 2.2 AA) and never scrolls sideways.
"""

import re
from datetime import date

import pytest
from django.utils import timezone
from django.utils.crypto import get_random_string
from playwright.sync_api import expect

from sohoi.goals.write import load_resolution
from sohoi.ledger.models import Entry, Record
from sohoi.ledger.write import accept
from sohoi.units.models import Unit
from sohoi.units.write import rebuild_closure
from tests.people import PASSWORD, account, add_branch, deed, tell

AXE = "/static/axe.min.js"  # of tests/vendor; kept by the browser, not sent into each page anew
TAGS = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
RULES = f"{{{TAGS}, resultTypes: ['violations']}}"  # every rule runs; only what breaks one is written out in full
RESOLUTION = """
code = "canh-{mark}"
title = "Nghị quyết huyện Mỹ Xuyên"
unit = "947@2015-01-01"
term = {{ first = 2021-07-01, last = 2026-06-30 }}
cut_off = 2024-05-11
[[criterion]]
code = "to"
label = "Tổ được thành lập"
measure = "house-groups"
goal = 55
"""


@pytest.fixture
def lan(live, tmp_path):
    """Chị Lan, head of a branch of thị trấn Mỹ Xuyên that only this test writes to, with a district's target above."""
    mark = get_random_string(8).lower()
    before, after = (Unit.objects.get(code=code) for code in ("31684@2015-01-01", "31684@2025-07-01"))
    branch = add_branch(f"canh-{mark}", "Chi hội Ấp Chiều", before, after)
    rebuild_closure()
    file = tmp_path / "nq.toml"
    file.write_text(RESOLUTION.format(mark=mark), "utf-8")
    resolution = load_resolution(file)
    others = account(f"xa-{mark}", "Chị Mai", (after, "base-chair"))
    tell(*[deed(before, date(2024, 3, 8)) for _ in range(3)], by=others)
    yield account(f"lan-{mark}", "Chị Lan", (branch, "branch-head"))
    resolution.delete()


SEEN: set[tuple[str, int]] = set()


def sound(page, name=""):
    """Nothing is wrong for those who hear or enlarge the page, and it does not scroll sideways; a named page once."""
    width = page.viewport_size["width"]
    if name and (name, width) in SEEN:
        return
    SEEN.add((name, width))
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(url=AXE)
    found = page.evaluate(f"axe.run({RULES}).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def log_in(page, site, who):
    page.goto(site)
    sound(page, "log-in")
    page.get_by_label("Tên đăng nhập").fill(who.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("heading", name=re.compile("Xin chào")).wait_for()
    sound(page, "home")


def open_form(page, kind="Thành lập tổ"):
    page.get_by_role("main").get_by_role("link", name="Ghi việc", exact=True).click()
    page.get_by_label("Tìm loại việc").wait_for()
    sound(page, "start")
    page.get_by_label("Tìm loại việc").fill("to" if kind == "Thành lập tổ" else kind)
    page.locator("#loai-viec").get_by_role("link", name=kind, exact=True).click()
    page.get_by_role("heading", name=kind).wait_for()
    sound(page, kind)


def district(page):
    """The district's groups as the page of the saved deed says them."""
    said = " ".join(page.locator(".result-line").inner_text().split())
    found = re.fullmatch(r"Huyện Mỹ Xuyên: (\d+) tổ, đạt ([\d,]+)%", said)
    assert found, said
    return int(found[1]), found[2]


def rung(page, unit):
    """The number beside a unit on the ladder of totals."""
    row = page.locator(".ladder > div", has=page.get_by_text(unit, exact=True)).first
    return int(re.match(r"\d+", row.locator("dd").inner_text())[0])


def test_one_more_founding_is_told_seen_at_every_level_and_taken_back(site, lan, phone):
    log_in(phone, site, lan)
    open_form(phone)
    phone.get_by_label("Số tổ").fill("1")
    phone.get_by_label("Ngày làm").fill("2024-04-15")
    assert phone.get_by_text("Thứ hai, ngày 15 tháng 4 năm 2024").is_visible()
    phone.get_by_text("Rèn luyện sức khỏe").tap()
    phone.get_by_role("button", name="Lưu").tap()
    phone.get_by_role("heading", name="Đã lưu").wait_for()
    sound(phone)
    groups, percent = district(phone)
    assert percent == f"{groups * 100 / 55:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    assert rung(phone, "Chi hội Ấp Chiều") == 1
    before = {unit: rung(phone, unit) for unit in ("Thị trấn Mỹ Xuyên", "Tỉnh Sóc Trăng", "Cả nước")}
    phone.get_by_role("button", name="Hoàn tác").tap()
    phone.get_by_role("heading", name="Đã hoàn tác").wait_for()
    sound(phone)
    assert district(phone)[0] == groups - 1
    assert phone.locator(".ladder dd").first.inner_text().startswith("chưa báo cáo")
    assert {unit: rung(phone, unit) for unit in before} == {unit: number - 1 for unit, number in before.items()}
    record = Record.objects.get(by=lan)
    assert record.voiding.reason == "Ghi nhầm, hoàn tác ngay"
    phone.goto(f"{site}/viec/{record.pk}/")
    assert phone.get_by_text("Dòng đối ứng khi hủy").is_visible()
    sound(phone)
    phone.goto(f"{site}/viec/")
    sound(phone)


def test_what_was_typed_survives_a_lost_connection_and_counts_once(site, lan, phone):
    log_in(phone, site, lan)
    open_form(phone, "Thăm hộ")
    phone.get_by_label("Hộ của ai").fill("Bà Nguyễn Thị Sáu")
    sound(phone)  # with axe in the page before the connection goes
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Lưu").tap()
    phone.get_by_text("Đang mất mạng").wait_for()
    sound(phone)
    phone.context.set_offline(False)
    phone.reload()
    phone.get_by_text("Đã lấy lại những gì chị nhập dở").wait_for()
    assert phone.get_by_label("Hộ của ai").input_value() == "Bà Nguyễn Thị Sáu"
    sent = phone.locator("[name=id]").input_value()
    phone.get_by_role("button", name="Lưu").dblclick()
    phone.get_by_role("heading", name="Đã lưu").wait_for()
    assert str(Record.objects.get(by=lan).pk) == sent
    assert Entry.objects.filter(record__by=lan).count() == 1
    assert phone.evaluate("Object.keys(localStorage).length") == 0


def test_what_one_typed_is_not_there_for_another_nor_after_logging_out(site, lan, phone):
    other = account(f"{lan.username}-2", "Chị Tư", (lan.offices.get().unit, "branch-head"))
    for leave in (True, False):
        log_in(phone, site, lan)
        open_form(phone, "Thăm hộ")
        assert phone.get_by_label("Hộ của ai").input_value() == ""
        phone.get_by_label("Hộ của ai").fill("Bà Kín Đáo")
        assert "Kín Đáo" in phone.evaluate("JSON.stringify(localStorage)")
        if leave:
            phone.get_by_text("Mục lục").tap()
            sound(phone)
            phone.get_by_role("button", name="Đăng xuất").tap()
            phone.get_by_text("Đã đăng xuất").wait_for()
            assert "Kín Đáo" not in phone.evaluate("JSON.stringify(localStorage)")
        else:
            phone.context.clear_cookies()
    log_in(phone, site, other)
    assert "Kín Đáo" not in phone.evaluate("JSON.stringify(localStorage)")


def test_numbers_get_their_dots_and_a_question_waits_for_its_answer(site, lan, phone):
    log_in(phone, site, lan)
    open_form(phone, "Trao quà")
    money, giver = phone.get_by_label("Tổng số tiền"), phone.get_by_label("Nơi tặng")
    money.press_sequentially("6000000")
    assert money.input_value() == "6.000.000"
    assert not giver.is_visible()
    phone.get_by_role("radio", name="Có", exact=True).check()
    assert giver.is_visible()
    phone.get_by_role("button", name="Hôm qua").tap()
    phone.get_by_role("button", name="Lưu").tap()
    phone.get_by_role("alert").wait_for()
    sound(phone)
    assert phone.evaluate("document.activeElement.getAttribute('role')") == "alert"
    phone.get_by_role("link", name="Chưa điền “Số phần quà”").tap()
    phone.get_by_label("Số phần quà").fill("20")
    giver.fill("Một nhà hảo tâm")
    phone.get_by_role("button", name="Lưu").tap()
    phone.get_by_role("heading", name="Đã lưu").wait_for()
    record = Record.objects.get(by=lan)
    assert record.values == {"count": 20, "money": 6000000, "outside": True, "giver": "Một nhà hảo tâm"}
    assert (timezone.localdate() - record.day).days == 1


def test_a_household_is_picked_by_keyboard_and_a_day_typed_in_digits(site, lan, page):
    branch = lan.offices.get().unit
    for name in ("Bà Trần Thị Bảy", "Bà Ngô Thị Tám"):
        accept(deed(branch, date(2024, 3, 8), "house-visit", household=name), by=lan)
    log_in(page, site, lan)
    page.goto(f"{site}/ghi-viec/house-visit/")
    page.get_by_label("Ngày làm").fill("")
    page.keyboard.type("15042024")
    assert page.get_by_label("Ngày làm").input_value() == "15/04/2024"
    assert page.get_by_text("Thứ hai, ngày 15 tháng 4 năm 2024").is_visible()
    page.get_by_label("Hộ của ai").focus()
    page.keyboard.type("bay tran thi")
    expect(page.locator("#thay-household [data-pick]")).to_have_text(["Bà Trần Thị Bảy"])
    expect(page.locator(".sign-new")).to_contain_text("Hộ mới: bay tran thi.")
    sound(page, "household")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_label("Hộ của ai").input_value() == "Bà Trần Thị Bảy"
    expect(page.locator("#thay-household")).to_have_text("Hộ đã có trong sổ.")
    page.get_by_role("button", name="Lưu").press("Enter")
    page.get_by_role("heading", name="Đã lưu").wait_for()
    told = Record.objects.filter(by=lan, day=date(2024, 4, 15)).get()
    assert told.household.label == "Bà Trần Thị Bảy"


def test_on_a_desk_the_whole_deed_is_done_by_keyboard(site, lan, page):
    chair = account(f"mai-{lan.username}", "Chị Mai", (Unit.objects.get(code="31684@2025-07-01"), "base-chair"))
    branch = lan.offices.get().unit
    Unit.objects.filter(pk=branch.pk).update(plain=f"chi hoi {branch.code}")
    log_in(page, site, chair)
    page.goto(f"{site}/ghi-viec/")
    page.keyboard.press("/")
    page.keyboard.type("thanh lap")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thành lập tổ").wait_for()
    page.wait_for_load_state()  # nobody's thumb is faster than the scripts of the page
    page.get_by_label("Số tổ").focus()
    page.keyboard.type("2/")
    assert page.get_by_label("Số tổ").input_value() == "2"
    page.get_by_label("Đơn vị khác").focus()
    page.keyboard.type(branch.code)
    page.locator("#don-vi-thay [data-pick]").wait_for()
    sound(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[name=unit]:checked").get_attribute("value") == branch.code
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Đã lưu").wait_for()
    sound(page)
    record = Record.objects.get(by=chair)
    assert (record.unit, record.values) == (branch, {"count": 2})
    page.goto(f"{site}/viec/")
    page.get_by_role("link", name="Thành lập tổ").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Lý do hủy").focus()
    sound(page)
    page.keyboard.type("Ghi nhầm chi hội")
    page.keyboard.press("Enter")
    page.get_by_text("Hủy: Ghi nhầm chi hội").wait_for()
    sound(page)
