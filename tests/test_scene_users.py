"""A branch has a new head: the chair gives the office on her telephone, prints the slip, and the new head sets a
password of her own before she sees anything."""

from django.utils.crypto import get_random_string

from sohoi.units.models import Unit
from tests.people import account
from tests.test_scene_record import sound


def test_a_new_head_gets_her_office_on_a_telephone_and_comes_in_with_the_slip(phone, site):
    mark = get_random_string(8, "abcdefghjk")
    chair = account(f"chu-{mark}", "Chị Mai", (Unit.objects.get(code="31684@2025-07-01"), "base-chair"))
    _enter(phone, site, chair.username, "mot-mat-khau-du-dai")
    phone.goto(f"{site}/nguoi-dung/")
    phone.get_by_role("link", name="Giao vai trò cho người mới").click()
    phone.get_by_label("Họ và tên").press_sequentially(f"Nguyễn Thị {mark}")
    phone.get_by_text(f"{mark}.nguyen").wait_for()
    phone.get_by_label("Gõ tên đơn vị để tìm").fill("ap mot, my xuyen")
    phone.locator("[data-pick]").first.click()
    sound(phone, "give")
    phone.get_by_role("button", name="Giao vai trò").click()
    phone.get_by_role("heading", name="Đã giao vai trò").wait_for()
    sound(phone, "slip")
    login, password = phone.locator(".slip-word").all_inner_texts()
    phone.context.clear_cookies()
    _enter(phone, site, login, password)
    assert phone.url.endswith("/tai-khoan/doi-mat-khau/")
    sound(phone, "own password first")


def _enter(phone, site, login, password):
    """Log in as anybody does."""
    phone.goto(site)
    phone.get_by_label("Tên đăng nhập").fill(login)
    phone.get_by_label("Mật khẩu").fill(password)
    phone.get_by_role("button", name="Đăng nhập").click()
    phone.wait_for_load_state()
