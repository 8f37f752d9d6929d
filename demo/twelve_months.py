"""Twelve months of reports in xã Hồ Đắc Kiện, all made up: one branch late, one report returned, one amended, one month
opened again for a forgotten gift. Each step is taken on its own day (demo/clock.py); a month that stands is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from demo.accounts import TWELVE_MONTHS, heads
from demo.book import Book
from demo.branches import Branch
from demo.clock import on_day
from demo.reporting import BRANCH_FORM, COMMUNE_FORM, Texts, edit, next_month, opened, say, send_branch, signed
from demo.spread import days, dice, draft_id
from sohoi.ledger.draft import Draft
from sohoi.ledger.write import accept
from sohoi.periods import Period, parse
from sohoi.reports.models import Report
from sohoi.reports.write.cycle import amend, approve, reopen, send_back, submit
from sohoi.reports.write.signing import sign
from sohoi.rights.models import Account
from sohoi.units.models import Unit

MONTHS = tuple(f"{year}-{month:02}" for year, month in ((2025, 11), (2025, 12), *((2026, at) for at in range(1, 11))))
LATE, RETURNED, AMENDED, REOPENED = "2026-02", "2026-04", "2026-06", "2026-08"
NAMES = ("Thắm", "Loan", "Yến")
BRANCHES_SEND, SENT, APPROVED, SIGNED, LATE_SENT, AMENDED_ON, REOPENED_ON = 2, 4, 5, 6, 9, 15, 20
WORK = (
    "Tuyên truyền Tháng hành động vì bình đẳng giới và phòng ngừa bạo lực trên cơ sở giới",
    "Tổng kết công tác Hội năm, bình xét hội viên",
    "Thăm, tặng quà hội viên có hoàn cảnh khó khăn dịp Tết",
    "Ra quân vệ sinh môi trường, chăm sóc tuyến đường hoa",
    "Họp mặt Ngày Quốc tế Phụ nữ 8/3",
    "Vận động gia đình hội viên giữ gìn vệ sinh, đạt tiêu chí 5 không, 3 sạch",
    "Sinh hoạt chuyên đề nuôi dạy con tốt",
    "Tuyên truyền Ngày Gia đình Việt Nam 28/6",
    "Giúp nhau phát triển kinh tế, góp vốn xoay vòng",
    "Tặng quà học sinh khó khăn trước năm học mới",
    "Hướng dẫn hội viên dùng dịch vụ công trực tuyến",
    "Họp mặt Ngày Phụ nữ Việt Nam 20/10",
)
REMARK = "Nêu rõ có bao nhiêu hội viên tham gia từng hoạt động."
ANSWER = "Các hoạt động trong tháng có hội viên của cả ba chi hội tham gia, số lượt người dự ghi ở bảng số liệu."
AMENDMENT = "Bổ sung kiến nghị của hội viên, gửi sau khi đã ký"
ADDED = "Hội viên đề nghị mở thêm lớp hướng dẫn bán hàng trên mạng."
WHY_REOPENED = "Chi hội số 2 bỏ sót một đợt tặng quà học sinh"
FORGOTTEN_DAY, FORGOTTEN = date(2026, 8, 19), {"count": 15, "money": 4_500_000}


@dataclass(frozen=True)
class Cast:
    """The commune, its branches, and who writes, signs and approves."""

    commune: Unit
    branches: tuple[Unit, ...]
    heads: dict[int, Account]
    chair: Account
    above: Account


def own(country: Sequence[Branch]) -> list[Branch]:
    """The branches of the commune among those across the country."""
    return [branch for branch in country if branch.now == TWELVE_MONTHS]


def deeds(country: Sequence[Branch]) -> Book:
    """What its branches did, month by month; the forgotten gift comes later."""
    book = Book("twelve-months")
    for branch in own(country):
        rng = dice("twelve-months", branch.code)
        for month in map(parse, MONTHS):
            for day in days(rng.randint(1, 2), month.first, month.last, rng):
                values = {"count": 1, "people": rng.randint(20, 60), "topic": rng.choice(("law", "family", "digital"))}
                book.tell("communication-session", branch.code, day, values)
            if rng.randrange(3):
                count = rng.randint(2, 12)
                day = days(1, month.first, month.last, rng)[0]
                book.tell("gift-given", branch.code, day, {"count": count, "money": count * 250_000})
    return book


def live(country: Sequence[Branch]) -> int:
    """Live the months that have not been lived yet and whose days have come, once their deeds stand; returns how many
    were."""
    today, lived = timezone.localdate(), 0
    cast = _cast(country)
    for at, name in enumerate(MONTHS):
        month = parse(name)
        if next_month(month, REOPENED_ON) > today:
            break
        if not signed(cast.commune, COMMUNE_FORM, month):
            with transaction.atomic():
                _live(cast, month, name, at)
            lived += 1
    return lived


def _cast(country: Sequence[Branch]) -> Cast:
    units = Unit.objects.filter(code__in=[branch.code for branch in own(country)]).order_by("code")
    chair, above = (Account.objects.get(username=user) for user in ("nga", "hoa"))
    return Cast(Unit.objects.get(code=TWELVE_MONTHS), tuple(units), heads(list(units), NAMES), chair, above)


def _live(cast: Cast, month: Period, name: str, at: int) -> None:
    """One month: the branches, the commune, and what is told of this month alone."""
    late = cast.branches[1] if name == LATE else None
    with on_day(next_month(month, BRANCHES_SEND)):
        for place, unit in enumerate(cast.branches):
            if unit != late:
                send_branch(unit, month, _texts(at, place), cast.heads[unit.pk])
    report = _commune(cast, month, name)
    if late:
        with on_day(next_month(month, LATE_SENT)):
            send_branch(late, month, _texts(at, 1), cast.heads[late.pk])
    if name == AMENDED:
        with on_day(next_month(month, AMENDED_ON)):
            amend(report, AMENDMENT, by=cast.chair)
            say(report, {"kien-nghi": [ADDED]}, cast.chair)
            _again(cast, report)
    if name == REOPENED:
        with on_day(next_month(month, REOPENED_ON)):
            _reopened(cast, month, report, at)


def _texts(at: int, place: int) -> Texts:
    """What a branch writes; two of three tell of the month's work in the same words."""
    done, ahead = WORK[at], WORK[(at + 1) % len(WORK)]
    own_words = ("Sinh hoạt tổ tiết kiệm đúng kỳ.", "Thăm hội viên ốm đau.", f"{done} tại nhà sinh hoạt cộng đồng ấp.")
    return {
        "tu-tuong-1": ["Hội viên yên tâm lao động, sản xuất, tin tưởng sự lãnh đạo của Đảng."],
        "noi-bat": [own_words[place]] if place == 2 else [f"{done}.", own_words[place]],
        "thang-toi": [f"{ahead}."],
    }


def _commune(cast: Cast, month: Period, name: str) -> Report:
    """The commune's month: sent, perhaps returned and sent again, approved, signed."""
    with on_day(next_month(month, SENT)):
        report = opened(cast.commune, COMMUNE_FORM, month, cast.chair)
        submit(report, by=cast.chair)
    with on_day(next_month(month, APPROVED)):
        if name == RETURNED:
            send_back(report, [("noi-bat", REMARK)], by=cast.above)
            edit(report, "noi-bat", cast.chair, more=ANSWER)
            submit(report, by=cast.chair)
        approve(report, by=cast.above)
    with on_day(next_month(month, SIGNED)):
        sign(report, by=cast.chair)
    return report


def _again(cast: Cast, report: Report) -> None:
    """Sent, approved and signed once more, all on one day."""
    submit(report, by=cast.chair)
    approve(report, by=cast.above)
    sign(report, by=cast.chair)


def _reopened(cast: Cast, month: Period, report: Report, at: int) -> None:
    """The province opens the commune's month, the commune the branch's; the gift is told; both sign a second time."""
    unit = cast.branches[1]
    reopen(report, WHY_REOPENED, by=cast.above)
    below = Report.objects.select_related("unit").get(unit=unit, form=BRANCH_FORM, first=month.first)
    reopen(below, WHY_REOPENED, by=cast.chair)
    key = draft_id("twelve-months", "forgotten")
    accept(Draft(key, "gift-given", unit.code, FORGOTTEN_DAY, FORGOTTEN), by=cast.heads[unit.pk], door="demo")
    send_branch(unit, month, _texts(at, 1), cast.heads[unit.pk])
    _again(cast, report)
