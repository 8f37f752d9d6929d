"""Two cards of one woman on a telephone: merged, counted once at branch and commune, parted again, counted twice.

Each page on the way is looked at by axe (WCAG 2.2 AA) and never scrolls sideways.
"""

import re
from datetime import date

import pytest
from django.utils.crypto import get_random_string

from sohoi.people.models import Link, Member, Reading
from sohoi.people.tests.acts import admit, load_member_kinds
from sohoi.people.write.privacy import ask_for
from sohoi.units.models import Unit
from sohoi.units.write import rebuild_closure
from tests.people import account, add_branch
from tests.test_scene_record import log_in, sound


@pytest.fixture
def mai(live):
    """Chị Mai, chair of a commune with a branch of this test in which one woman stands twice."""
    mark = get_random_string(8).lower()
    before, after = (Unit.objects.get(code=code) for code in ("31684@2015-01-01", "31684@2025-07-01"))
    branch = add_branch(f"canh-{mark}", "Chi hội Ấp Sáng", before, after)
    rebuild_closure()
    load_member_kinds()
    chair = account(f"mai-{mark}", "Chị Mai", (after, "base-chair"))
    told = {"born": "12/3/1985", "phone": "0905123456", "ethnicity": "Khmer", "home": "Bà Tư"}
    chair.one = admit(branch, "Nguyễn Thị Hòa", chair, id_number="092185001234", **told)
    chair.other = admit(branch, "Nguyen Thi Hoà", chair, born="1985", phone="0905123456", occupation="Làm ruộng")
    yield chair
    Member.objects.filter(unit=branch).update(id_index=None)  # the next test tells the same number


def counts(page, site, card):
    """(branch, commune) as the card says them."""
    page.goto(f"{site}/so/{card.pk}/")
    said = " ".join(page.locator(".small-print", has_text="trong sổ hôm nay").inner_text().split())
    found = re.search(r"Ấp Sáng: ([\d.]+).*Mỹ Xuyên: ([\d.]+)", said)
    assert found, said
    return tuple(int(one.replace(".", "")) for one in found.groups())


def test_one_woman_on_two_cards_is_counted_once_and_parted_again(site, mai, phone):
    log_in(phone, site, mai)
    before = counts(phone, site, mai.one)
    sound(phone, "card of twins")
    phone.goto(f"{site}/so/trung/")
    pair = phone.locator(".pair", has_text="Nguyễn Thị Hòa").filter(has_text="Ấp Sáng").first
    pair.get_by_text("cùng số điện thoại").wait_for()
    assert "0905123456" not in phone.content()
    sound(phone, "twins")
    pair.get_by_label("Vì sao biết là một người").fill("Hỏi chị rồi")
    pair.get_by_role("button", name="Gộp: là một người").tap()
    phone.get_by_text("Đã gộp hai thẻ").wait_for()
    sound(phone, "merged")
    link = Link.objects.get(by=mai, same=True)
    assert counts(phone, site, link.kept) == (before[0] - 1, before[1] - 1)
    phone.goto(f"{site}/so/trung/")
    phone.locator(f"#tach-{link.pk}").fill("Hai chị em, không phải một người")
    phone.locator("form.merged", has=phone.locator(f"#tach-{link.pk}")).get_by_role("button").tap()
    phone.get_by_text("Đã tách hai thẻ").wait_for()
    assert counts(phone, site, link.twin) == before


def test_a_masked_answer_opens_in_its_place_with_a_reason_and_is_masked_again_after(site, mai, page):
    log_in(page, site, mai)
    ask_for(mai.one, "erase", date(2026, 3, 2), by=mai)
    page.goto(f"{site}/so/{mai.one.pk}/")
    page.get_by_role("link", name="Xem số định danh").click()
    page.get_by_label("Xem số định danh để làm gì").fill("Làm thẻ bảo hiểm")
    sound(page, "asking to see")
    page.keyboard.press("Enter")
    page.get_by_text("092185001234").wait_for()
    sound(page)
    assert Reading.objects.get(member=mai.one).reason == "Làm thẻ bảo hiểm"
    page.reload()
    assert page.get_by_text("•••••••••234").is_visible()
    for address in (f"/so/{mai.one.pk}/quyen/", "/so/yeu-cau/", "/so/nhat-ky/"):
        page.goto(site + address)
        sound(page, re.sub(r"\d+", "n", address))
    page.goto(f"{site}/so/yeu-cau/")
    page.locator("section", has_text="Ấp Sáng").get_by_role("link", name="Xóa dữ liệu của chị").last.click()
    page.get_by_role("heading", name="Xóa dữ liệu của chị").wait_for()
    sound(page, "erase")
