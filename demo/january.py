"""Phường Thượng Thanh reports: deeds of early 2018, its branches' January, its own merged January, an open February.

All of it is made up. The papers carry days of 2018; that they were signed when the demonstration was loaded stands in
their steps and is hidden from nobody.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from demo.accounts import HA_NOI, heads, quiet
from demo.book import Book
from demo.branches import THUONG_THANH, Branch
from demo.reporting import COMMUNE_FORM, Texts, edit, opened, send_branch, signed
from demo.spread import days, dice
from demo.thuong_thanh import meet
from sohoi.periods import parse
from sohoi.reports.models import Version
from sohoi.reports.write.cycle import approve, submit
from sohoi.reports.write.signing import sign
from sohoi.rights.models import Account
from sohoi.units.models import Unit

NAMES = ("Xuân", "Đào", "Cúc", "Sen", "Lý")
JANUARY, FEBRUARY = parse("2018-01"), parse("2018-02")
BRANCHES_SIGN, WARD_SIGNS = date(2018, 2, 2), date(2018, 2, 5)
NEXT = "Vận động hội viên đăng ký lớp học nghề ngắn hạn."
CALM = "Cán bộ, hội viên phấn khởi, tin tưởng vào sự lãnh đạo của Đảng, chính quyền địa phương."
CLEANED = "Tổng vệ sinh ngõ xóm sáng thứ bảy hằng tuần, mỗi buổi có đông hội viên tham gia."
TEXTS: tuple[Texts, ...] = (
    {
        "tu-tuong-1": [CALM],
        "noi-bat": [CLEANED],
        "mo-hinh": ["Tổ tự quản thu gom rác đúng giờ, không còn điểm đổ rác ở đầu ngõ."],
        "thang-toi": [NEXT, "Thăm, tặng quà hội viên có hoàn cảnh khó khăn dịp Tết."],
    },
    {
        "tu-tuong-1": [CALM],
        "tu-tuong-2": ["Hội viên mong xử lý nước đọng ở đoạn ngõ đang thi công."],
        "noi-bat": ["Tuyên truyền Điều lệ Hội trong buổi sinh hoạt chi hội."],
        "thang-toi": [NEXT],
    },
    {
        "tu-tuong-1": ["Tình hình tư tưởng hội viên ổn định."],
        "noi-bat": ["Tuyên truyền Điều lệ Hội trong buổi sinh hoạt chi hội.", "Rà soát hộ nghèo do phụ nữ làm chủ."],
        "kien-nghi": ["Đề nghị phường hỗ trợ dụng cụ cho tổ tự quản vệ sinh môi trường."],
        "thang-toi": ["Tổng vệ sinh môi trường đón Tết."],
    },
    {
        "tu-tuong-1": [CALM],
        "noi-bat": ["Giúp ngày công sửa nhà cho một hội viên cao tuổi."],
        "thang-toi": ["Rà soát hội viên có hoàn cảnh khó khăn để thăm hỏi dịp Tết."],
    },
)  # the fifth branch is silent
WARD_ADDS = "Hội LHPN phường tổ chức giao ban ngày 18/01/2018, triển khai chương trình công tác năm 2018."
EDITED = {CLEANED: "Tổng vệ sinh ngõ xóm sáng thứ bảy hằng tuần."}


def deeds(branches: Sequence[Branch]) -> Book:
    """What the branches and the ward did in January and February 2018."""
    book = Book("thuong-thanh")
    for branch in branches:
        rng = dice("thuong-thanh", branch.code)
        for month, last in ((1, 31), (2, 12)):
            for day in days(rng.randint(1, 2), date(2018, month, 3), date(2018, month, last), rng):
                values = {"count": 1, "people": rng.randint(25, 70), "topic": rng.choice(("environment", "family"))}
                book.tell("communication-session", branch.code, day, values)
            count = rng.randint(2, 8)
            day = days(1, date(2018, month, 5), date(2018, month, last), rng)[0]
            gift = {"count": count, "money": count * 300_000}
            book.tell("gift-given", branch.code, day, gift, tags=["xuan-yeu-thuong"])
    book.tell("special-branch-founded", THUONG_THANH, date(2018, 2, 26), {"count": 1, "place": "age"})
    return book


def live(branches: Sequence[Branch]) -> Version:
    """The briefing and its tasks, then the reports; once all deeds of January stand. Returns the ward's January."""
    ward = Unit.objects.get(code=THUONG_THANH)
    units = list(Unit.objects.filter(code__in=[branch.code for branch in branches]).order_by("code"))
    chair = Account.objects.get(username="thanh")
    of_branch = heads(units, NAMES)
    meet(ward, units, of_branch, chair)
    if not signed(ward, COMMUNE_FORM, JANUARY):
        _report(ward, units, of_branch, chair)
    return Version.objects.select_related("report__unit", "by").get(
        report__unit=ward, report__form=COMMUNE_FORM, report__first=JANUARY.first, number=1
    )


@transaction.atomic
def _report(ward: Unit, units: Sequence[Unit], of_branch: dict[int, Account], chair: Account) -> None:
    """Four branches send January; the ward merges, edits, sends it up, gets it approved, signs. February is open."""
    above = quiet("ha-noi", "Chị Hà (mẫu)", Unit.objects.get(code=HA_NOI), "province-officer")
    for unit, texts in zip(units, TEXTS, strict=False):
        send_branch(unit, JANUARY, texts, of_branch[unit.pk], on=BRANCHES_SIGN)
    report = opened(ward, COMMUNE_FORM, JANUARY, chair)
    edit(report, "noi-bat", chair, more=WARD_ADDS, reworded=EDITED)
    submit(report, by=chair)
    approve(report, by=above)
    sign(report, by=chair, on=WARD_SIGNS)
    opened(ward, COMMUNE_FORM, FEBRUARY, chair)
