"""A meeting written down at 360 and 1280: officers called one by one, members picked by name, the minutes numbered."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils.crypto import get_random_string
from playwright.sync_api import expect

from sohoi.units.models import Unit
from sohoi.work import write
from sohoi.work.write import Plan
from tests.people import account, woman
from tests.test_scene_figures import enter
from tests.test_scene_record import sound
from tests.test_scene_reports import look


@pytest.fixture
def mai(live):
    """Chị Mai of the ward, a branch head near her, two members of one name in a branch."""
    mark = get_random_string(5, "bcdghklmn")
    ward, branch = (Unit.objects.get(code=code) for code in ("31684@2025-07-01", "lan-1"))
    account(f"lan-{mark}", "Chị Lan", (branch, "branch-head"))
    for year in (1980, 1991):
        woman(branch, f"Trần Thị Út {mark}", year)
    return account(f"mai-{mark}", f"Chị Mai {mark}", (ward, "base-chair"))


@pytest.mark.parametrize("width", ["page", "phone"])
def test_who_came_is_picked_and_the_minutes_take_a_number(request, site, mai, width):
    page = request.getfixturevalue(width)
    ward = Unit.objects.get(code="31684@2025-07-01")
    told = Plan(unit=ward, kind="briefing", title="Giao ban tháng 11", on=date(2026, 11, 3), chair="Chị Mai")
    meeting = write.call(uuid4(), told, by=mai)
    mark = str(mai).rsplit(" ", 1)[1]
    enter(page, site, mai)
    page.goto(f"{site}/viec-giao/hop/{meeting.pk}/dien-bien/")
    page.get_by_label(str(mai)).select_option("Có mặt")
    search = page.get_by_label("Tìm theo tên trong sổ hội viên")
    for year in ("1980", "1991"):
        search.press_sequentially(f"ut {mark}")
        page.locator("#thay-members button", has_text=year).click()
    expect(page.locator("[data-picked=members] input:checked")).to_have_count(2)
    page.get_by_label("Người khác có mặt").fill("Ông Sáu, Bí thư chi bộ")
    sound(page, "attending")
    look(page, "attending")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Trong đó hội viên trong sổ: 2")).to_be_visible()
    page.get_by_text("Lấy số cho biên bản").click()
    sound(page, "numbering")
    look(page, "numbering")
    page.get_by_role("button", name="Lấy số").click()
    expect(page.get_by_text("Đã lấy số")).to_be_visible()
    assert {one.member_id is not None for one in meeting.attendances.filter(name__contains="Út")} == {True}
