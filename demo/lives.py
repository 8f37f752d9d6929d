"""What happened to the women of Mỹ Xuyên's register: recognised, gone, come back, moved; two wait for an answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.utils import timezone

from demo.accounts import TOWN_HEIR, lan_branch
from demo.book import Book
from demo.members import A_BRANCH, LAN_LOSES, Register, cards
from demo.my_xuyen import CUT_OFF, FIRST
from demo.spread import days, dice, draft_id
from sohoi.ledger.draft import Draft
from sohoi.ledger.moving import settle
from sohoi.people.models import Member
from sohoi.people.write.transfers import ask
from sohoi.rights.models import Account
from sohoi.units.models import Unit

UNTIL = date(2026, 11, 6)
ONE_IN = 30
REASONS = ("moved", "work", "work", "work", "married", "died", "resigned", "other")
STATUSES, STAYED_POOR = (date(2023, 1, 9), date(2025, 6, 20)), timedelta(days=400)
COME_BACK_AFTER = timedelta(days=200)
MOVED_ON, ASKED_FOR = date(2026, 9, 7), date(2026, 11, 9)
MOVES = 6
Known = dict[str, list[int]]


@dataclass(frozen=True)
class Move:
    """One woman from one branch to another, and from when."""

    who: Draft
    new: str
    day: date
    reason: str


def standings(found: Register, known: Known) -> Book:
    """In each branch its head and another are core members, and two attend regularly."""
    book = Book("standings")
    for branch in found.district.branches:
        rng = dice("standings", branch.code)
        for at, kind in ((0, "core"), (1, "core"), (0, "regular"), (2, "regular")):
            day = days(1, FIRST, CUT_OFF, rng)[0]
            book.tell("member-recognised", branch.code, day, {"as": kind}, member=known[branch.code][at])
    return book


def homes(found: Register) -> Book:
    """What some households of each branch are: woman-headed where she is the head, poor, near poverty, in hardship;
    a third of the poor are so no longer."""
    book = Book("homes")
    for branch in found.district.branches:
        rng = dice("homes", branch.code)
        told = [
            draft.values for draft in found.of(branch) if draft.kind == "member-enrolled" and "home" in draft.values
        ]
        headed = [values["home"] for values in told if values["role"] == "head"]
        for home in headed[:2]:
            _status(book, branch.code, home, "woman-headed", days(1, *STATUSES, rng)[0])
        known = sorted({values["home"] for values in told})
        for home, status in zip(rng.sample(known, min(3, len(known))), ("poor", "near-poor", "hardship"), strict=False):
            day = days(1, *STATUSES, rng)[0]
            _status(book, branch.code, home, status, day)
            if status == "poor" and rng.randrange(3) == 0:
                ended = {"status": status}
                book.tell("household-status-ended", branch.code, day + STAYED_POOR, ended, household=home)
    return book


def _status(book: Book, branch: str, home: str, status: str, day: date) -> None:
    """One household is this from a day on."""
    values = {"status": status} | ({"grounds": "Chị nuôi con nhỏ một mình"} if status == "hardship" else {})
    book.tell("household-status-given", branch, day, values, household=home)


def leaving(found: Register) -> Book:
    """About one in thirty of those admitted left again, for all reasons; some came back. Call it once they stand."""
    book, rng = Book("leaving"), dice("leaving")
    there = cards(found.admitted.drafts)
    movers = {move.who.id for move in (*moves(found), *asked(found))}
    for branch in found.district.branches:
        own = [d for d in found.of(branch) if d.id in there and d.id not in movers and d.day < CUT_OFF]
        mine = branch.code == lan_branch(found.district)
        for draft in rng.sample(own, LAN_LOSES if mine else len(own) // ONE_IN):
            _leave(book, draft, there[draft.id], None if mine else rng)
    return book


def _leave(book: Book, draft: Draft, member: int, rng: Random | None) -> None:
    """One woman leaves; without chance for chị Lan's branch, whose number the declaration is held against."""
    if rng is None:
        book.tell("member-left", draft.unit, UNTIL, {"reason": "work"}, member=member)
        return
    day = days(1, draft.day + timedelta(days=30), UNTIL, rng)[0]
    book.tell("member-left", draft.unit, day, {"reason": rng.choice(REASONS)}, member=member)
    back = day + COME_BACK_AFTER
    if rng.randrange(8) == 0 and back < UNTIL:
        book.tell("member-returned", draft.unit, back, {"standing": "ordinary"}, member=member)


def moves(found: Register) -> list[Move]:
    """Moves that both sides agreed to, none of them from or to chị Lan's branch."""
    rng = dice("moves")
    places = [b for b in found.district.branches if b.code != lan_branch(found.district)]
    chosen = rng.sample(places, 2 * MOVES)
    return [
        Move(found.of(old)[A_BRANCH + 2], new.code, MOVED_ON + timedelta(days=at), "Về ở nhà chồng")
        for at, (old, new) in enumerate(zip(chosen[:MOVES], chosen[MOVES:], strict=True))
    ]


def asked(found: Register) -> list[Move]:
    """Two that wait: somebody wants to join chị Lan's branch, somebody another branch of chị Mai's ward."""
    mine = lan_branch(found.district)
    ward = [b for b in found.district.branches if b.now == TOWN_HEIR and b.code != mine]
    outside = [b for b in found.district.branches if b.now != TOWN_HEIR]
    return [
        Move(found.of(outside[0])[3], mine, ASKED_FOR, "Chuyển nhà về ấp"),
        Move(found.of(outside[-1])[3], ward[0].code, ASKED_FOR, "Về sống cùng con gái"),
    ]


def move(found: Register, by: Account) -> int:
    """Ask for the moves that were never asked, and settle those that both sides agreed to; returns how many."""
    today = timezone.localdate()
    done, told = moves(found), [*moves(found), *asked(found)]
    there, units = cards(m.who for m in told), Unit.objects.in_bulk({m.new for m in told}, field_name="code")
    for one in told:
        if one.day > today or one.who.id not in there:
            continue
        card = Member.objects.get(pk=there[one.who.id])
        transfer = ask(draft_id("move", str(one.who.id)), card, units[one.new], one.day, one.reason, by=by)
        if one in done and transfer.accepted is None:
            settle(transfer, by=by, door="demo")
    return len(told)
