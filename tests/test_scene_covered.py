"""Behind a figure of poor households, on a telephone: no name until she says why; then the name, at its place, once."""

from datetime import date

from playwright.sync_api import expect

from sohoi.desk.addresses import figure_url
from sohoi.figures.read import figure
from sohoi.ledger.models import Measure
from sohoi.ledger.write import accept
from sohoi.people.models import Reading
from sohoi.people.tests.acts import load_member_kinds
from sohoi.periods import parse
from tests.people import deed
from tests.test_scene_record import lan, log_in, sound  # noqa: F401 (a fixture)


def test_whose_household_it_is_opens_at_its_place_with_a_reason_and_is_covered_again(phone, site, lan):  # noqa: F811 (the fixture)
    load_member_kinds()
    branch = lan.offices.get().unit
    for home in ("Bà Tám", "Bà Chín"):
        told = deed(branch, date(2026, 3, 8), "household-status-given", values={"status": "poor"}, household=home)
        accept(told, by=lan)
    address = site + figure_url(figure(Measure.objects.get(code="poor-households"), branch, parse("2026")))
    log_in(phone, site, lan)
    phone.goto(address)
    sound(phone)
    expect(phone.get_by_text("Bà")).to_have_count(0)
    phone.get_by_role("link", name="Xem việc này của ai").first.click()
    phone.get_by_label("Xem việc này của ai để làm gì").fill("Lập danh sách vay vốn")
    sound(phone)
    phone.get_by_role("button", name="Xem").click()
    expect(phone.get_by_text("Lần xem này đã được ghi lại.")).to_be_visible()
    expect(phone.get_by_text("Bà")).to_have_count(1)
    sound(phone)
    assert Reading.objects.get(by=lan).reason == "Lập danh sách vay vốn"
    phone.reload()
    expect(phone.get_by_text("Bà")).to_have_count(0)
    phone.goto(site + phone.get_by_role("link", name="Xem việc này của ai").first.get_attribute("href"))
    sound(phone)
