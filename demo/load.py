"""Load the demonstration: country, kinds, branches, women, deeds through the gate, resolutions. Twice is once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from demo import (
    accounts,
    attainment,
    branches,
    january,
    later,
    lives,
    members,
    months,
    my_xuyen,
    older,
    papers,
    quan_1,
    reporting,
    twelve_months,
)  # fmt: skip
from demo.book import Book
from demo.branches import Branch, District
from demo.members import Register
from sohoi.goals.models import Resolution
from sohoi.goals.write import load_resolution
from sohoi.ledger.declare import load_rooms
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Record
from sohoi.ledger.totals import fold
from sohoi.ledger.write import REFUSED, accept_many
from sohoi.refusal import Refusal
from sohoi.reports.models import Version
from sohoi.rights.models import Account
from sohoi.units.write import load_country
from sohoi.vietnamese import number

Say = Callable[[str], None]
RESOLUTIONS = Path(__file__).parent / "resolutions"
BATCH = 1000


@dataclass(frozen=True)
class Outcome:
    """What the terminal shows: log-ins as (who, user name, password), Mỹ Xuyên's table, the files written."""

    logins: list[tuple[str, str, str]]
    table: str
    files: list[Path] = field(default_factory=list)


def run(say: Say, out: Path = papers.OUT) -> Outcome:
    """Bring an empty database to the demonstration; what stands already is left alone.

    `say` is told each long step; the two reviews are written into the folder `out`. Raises Refusal when the gate
    refuses a made-up deed.
    """
    say("Nạp địa giới cả nước và đơn vị Hội hai thời kỳ")
    load_country()
    say("Nạp các loại việc và đầu số liệu")
    load_rooms()
    say("Lập các chi hội mẫu")
    xuyen, quan, country = branches.my_xuyen(), branches.quan_1(), branches.across_the_country()
    ward = branches.thuong_thanh()
    branches.load([*xuyen.branches, *quan.branches, *country, *ward])
    say("Mở tài khoản dùng thử")
    logins = accounts.load(xuyen)
    teller = accounts.teller()
    say("Ghi hội viên mẫu vào sổ")
    told, register = books(xuyen, quan, country)
    older.bring_up(register, teller)
    hand_in([register.enrolled], teller, say)
    known = members.known(register)
    of_members = [my_xuyen.by_members(xuyen, known), lives.standings(register, known), lives.homes(register)]
    reported = [january.deeds(ward), twelve_months.deeds(country)]
    hand_in([*told, *reported, register.admitted, *of_members], teller, say)
    hand_in([lives.leaving(register)], teller, say)
    lives.move(register, teller)
    _close_a_month(xuyen, quan, teller, say)
    for who, unit in (("lan", accounts.lan_branch(xuyen)), ("mai", accounts.TOWN_HEIR)):
        hand_in([later.told_by_herself(who, unit)], Account.objects.get(username=who), say)
    say("Cộng số liệu lên các cấp")
    fold()
    say("Nạp nghị quyết của Mỹ Xuyên và Quận 1")
    load_resolutions()
    signed = _reports(ward, country, say)
    say("Viết hai báo cáo sơ kết, báo cáo tháng 1/2018 và giấy tờ giao ban của phường Thượng Thanh")
    files = [*papers.write(out), *papers.write_january(signed, out)]
    return Outcome(logins, attainment.table("my-xuyen-2021-2026"), files)


def books(xuyen: District, quan: District, country: list[Branch]) -> tuple[list[Book], Register]:
    """The deeds that name no member, and everyone who is written down, from whom the others follow."""
    told = [my_xuyen.drafts(xuyen), later.in_district("my-xuyen", xuyen)]
    register = members.register(xuyen, told)
    later.declare(told[1], xuyen, register)
    return [*told, quan_1.drafts(quan), later.in_district("quan-1", quan), later.in_country(country)], register


def hand_in(told: Iterable[Book], by: Account, say: Say) -> int:
    """Send what the ledger does not have yet through the gate; returns how many were sent.

    Days still ahead are left for a later run: a computer whose clock is behind loads what has happened by then.
    """
    today = timezone.localdate()
    drafts = [draft for book in told for draft in book.drafts if draft.day <= today]
    there = set(Record.objects.filter(pk__in=[draft.id for draft in drafts]).values_list("pk", flat=True))
    missing = [draft for draft in drafts if draft.id not in there]
    for at in range(0, len(missing), BATCH):
        _send(missing[at : at + BATCH], by)
        say(f"Ghi việc qua cổng: {number(min(at + BATCH, len(missing)))}/{number(len(missing))}")
    return len(missing)


def _send(drafts: list[Draft], by: Account) -> None:
    """One batch; a made-up deed that is refused is a fault of ours and stops the load."""
    for outcome in accept_many(drafts, by=by, door="demo"):
        if outcome.state == REFUSED:
            raise Refusal(f"Việc mẫu {outcome.draft.kind} ở {outcome.draft.unit} bị trả lại: {outcome.reason}")


def _reports(ward: list[Branch], country: list[Branch], say: Say) -> Version:
    """The regime, seed 003 and the twelve months; returns the ward's January 2018."""
    reporting.load_the_regime()
    say("Giao ban tháng 1/2018 ở phường Thượng Thanh, báo cáo tháng (giấy ghi ngày 2018, thực ký hôm nay)")
    signed = january.live(ward)
    say("Mười hai tháng báo cáo của xã Hồ Đắc Kiện (mẫu): mỗi bước ghi theo ngày của câu chuyện")
    twelve_months.live(country)
    fold()
    return signed


def _close_a_month(xuyen: District, quan: District, by: Account, say: Say) -> None:
    """Confirmed months, then a closed one with a deed that came late."""
    say("Xác nhận và chốt một số tháng")
    for district in (xuyen, quan):
        months.confirm(district, by)
    months.close(by)
    hand_in([months.late(accounts.lan_branch(xuyen))], by, say)


def load_resolutions() -> None:
    """Load the resolutions that are not there; one that stands keeps the targets given to it since."""
    for path in sorted(RESOLUTIONS.glob("*.toml")):
        if not Resolution.objects.filter(code=f"{path.stem}-2021-2026").exists():
            load_resolution(path)
