"""The register on a small telephone: a woman is admitted, recognised, moved to another branch by both its officers;
each act is seen at once in the figures of branch, commune, province and country.

Each page on the way is looked at by axe (WCAG 2.2 AA) and never scrolls sideways.
"""

import pytest
from django.utils import timezone
from django.utils.crypto import get_random_string

from sohoi.figures.read import figure
from sohoi.ledger.models import Measure
from sohoi.people.models import Member
from sohoi.people.tests.acts import load_member_kinds
from sohoi.periods import parse
from sohoi.units.models import Unit
from sohoi.units.write import rebuild_closure
from tests.people import account, add_branch
from tests.test_scene_record import log_in, sound


@pytest.fixture
def branches(live):
    """Two branches of phường Mỹ Xuyên that only this test writes to, each with its head."""
    load_member_kinds()
    mark = get_random_string(8).lower()
    before, after = (Unit.objects.get(code=code) for code in ("31684@2015-01-01", "31684@2025-07-01"))
    made = [add_branch(f"{name}-{mark}", f"Chi hội {label} {mark}", before, after) for name, label in NAMES]
    rebuild_closure()
    heads = [
        account(f"{name}-{mark}", f"Chị {label}", (one, "branch-head"))
        for (name, label), one in zip(NAMES, made, strict=True)
    ]
    return made, heads


NAMES = (("som", "Sớm"), ("trua", "Trưa"))


def members(unit) -> int:
    """How many members the register counts for a unit today."""
    measure = Measure.objects.get(code="registered-members")
    return int(figure(measure, unit, parse(str(timezone.localdate().year))).value or 0)


def everywhere(branch) -> list[int]:
    """The same for the branch, its commune, province and country."""
    codes = ("31684@2025-07-01", "92@2025-07-01", "TW")
    return [
        members(branch),
        *(members(unit) for unit in sorted(Unit.objects.filter(code__in=codes), key=lambda u: u.code)),
    ]


def test_she_is_admitted_recognised_and_moved_and_every_level_knows_at_once(site, branches, phone):
    (here, there), (lan, sau) = branches
    start = everywhere(here)
    log_in(phone, site, lan)
    admit(phone, site)
    assert everywhere(here) == [number + 1 for number in start]
    card = Member.objects.get(unit=here)
    recognise(phone)
    ask(phone, site, card, there)
    phone.context.clear_cookies()
    log_in(phone, site, sau)
    answer(phone)
    assert (members(here), members(there)) == (start[0], 1)
    assert everywhere(here)[1:] == [number + 1 for number in start[1:]]


def admit(phone, site):
    """Write her down; a day that no calendar has comes back with its sentence, two taps count once."""
    phone.goto(f"{site}/so/ket-nap/")
    sound(phone)
    phone.get_by_label("Họ và tên").fill("Nguyễn Thị Mới")
    phone.get_by_label("Ngày sinh").fill("31/02/1990")
    phone.get_by_text("Thêm thông tin").tap()
    phone.get_by_label("Chủ hộ", exact=False).first.fill("Nguyễn Văn Cũ")
    phone.get_by_role("button", name="Lưu").tap()
    phone.get_by_role("alert").get_by_text("không có trong lịch").wait_for()
    sound(phone)
    assert phone.get_by_label("Họ và tên").input_value() == "Nguyễn Thị Mới"
    phone.get_by_label("Ngày sinh").fill("1990")
    phone.get_by_role("button", name="Lưu").dblclick()
    phone.get_by_role("heading", name="Đã lưu").wait_for()
    sound(phone)
    phone.get_by_role("link", name="Mở thẻ của chị").tap()
    phone.get_by_role("heading", name="Nguyễn Thị Mới").wait_for()
    sound(phone)


def recognise(phone):
    """From her card: a core member."""
    phone.get_by_role("link", name="Công nhận").tap()
    phone.get_by_role("heading", name="Công nhận hội viên").wait_for()
    sound(phone)
    phone.get_by_text("Hội viên nòng cốt").tap()
    phone.get_by_role("button", name="Lưu").tap()
    phone.get_by_role("heading", name="Đã lưu").wait_for()


def ask(phone, site, card, there):
    """Ask that she moves to the other branch, found by the name of its commune."""
    phone.goto(f"{site}/so/{card.pk}/chuyen/")
    phone.get_by_label("Tìm theo tên xã, phường").fill(f"{there.name.split()[-1]}, mỹ xuyên")
    phone.get_by_role("button", name=there.name).tap()
    sound(phone)
    phone.get_by_role("button", name="Gửi đề nghị").tap()
    phone.get_by_text("đang chờ bên kia trả lời").wait_for()
    sound(phone)


def answer(phone):
    """The other officer finds the request on her first page, agrees, and opens the card that is hers now."""
    phone.get_by_role("link", name="Xem các đề nghị").tap()
    phone.get_by_role("heading", name="Chuyển sinh hoạt").wait_for()
    sound(phone)
    phone.get_by_role("link", name="Nguyễn Thị Mới").tap()
    phone.get_by_role("button", name="Đồng ý chuyển").wait_for()
    sound(phone)
    phone.get_by_role("button", name="Đồng ý chuyển").tap()
    phone.get_by_text("Đã đồng ý").wait_for()
    sound(phone)
    phone.get_by_role("link", name="Mở thẻ của chị").tap()
    phone.get_by_role("heading", name="Nguyễn Thị Mới").wait_for()
    assert phone.get_by_text("Hội viên nòng cốt").count()
    sound(phone)
