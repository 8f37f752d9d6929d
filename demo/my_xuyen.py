"""What Mỹ Xuyên's review of May 2024 counted, spread over its communes, branches and the days of the term.

The totals are the published ones; below the district everything is made up: which branch, which day, which name.
"""

from datetime import date
from random import Random
from typing import Any

from demo.book import Book
from demo.branches import Branch, District
from demo.names import women
from demo.spread import days, dice, pieces

FIRST, CUT_OFF = date(2021, 7, 5), date(2024, 5, 11)
HEALTH_GROUPS, COOPERATIVE_GROUPS = 23, 6
HARD_HOUSEHOLDS_A_YEAR, HELPED_AGAIN = 165, 28
HOUSEHOLDS_IN_BROKEN_YEARS = ((date(2021, 7, 5), date(2021, 12, 30), 74), (date(2024, 1, 3), CUT_OFF, 61))
OWNERS, OWNERS_AGAIN = 97, 21
FAMILIES, FAMILIES_AGAIN = 235, 17
NEW_MEMBERS = 3495
ROUNDS, CRITIQUED, OVERSEEN, COMMENTED = 4, 8, 33, 44
REFERRALS, ONLINE_TURNS = 166, 72
STAFF = ((date(2021, 12, 28), 27, 19), (date(2022, 12, 27), 27, 25), (date(2023, 12, 26), 27, 27))
COURSE = "Lý luận chính trị và nghiệp vụ công tác Hội"


def drafts(district: District) -> Book:
    """The deeds of the term up to the day of the review that name no member."""
    book = Book("my-xuyen")
    _groups(book, district)
    _households(book, district)
    _families(book, district)
    _admissions(book, district)
    _heads_declared(book, district)
    _staff(book, district)
    _oversight(book, district)
    _referrals(book, district)
    book.tell("victim-supported", district.code, date(2023, 6, 14), {"count": 1})  # no place: it would name her
    return book


def by_members(district: District, members: dict[str, list[int]]) -> Book:
    """The deeds of the term that name members, by branch code -> numbers in the register, the head first."""
    book = Book("my-xuyen")
    _owners(book, district, members)
    _heads(book, district, members)
    return book


def _groups(book: Book, district: District) -> None:
    """Health groups and cooperative groups, each a deed of its own."""
    rng = dice("my-xuyen", "groups")
    chosen = rng.sample(district.branches, HEALTH_GROUPS)
    for branch, day in zip(chosen, days(HEALTH_GROUPS, FIRST, CUT_OFF, rng), strict=True):
        values = {"count": 1, "form": "health", "name": f"Tổ phụ nữ rèn luyện sức khỏe, {_hamlet(branch)}"}
        book.tell("group-founded", branch.code, day, values)
    trades = ("nuôi tôm", "trồng rau màu", "đan lát", "may gia công", "làm bánh", "nuôi bò sữa")
    chosen = rng.sample(district.branches, COOPERATIVE_GROUPS)
    for trade, branch, day in zip(trades, chosen, days(COOPERATIVE_GROUPS, FIRST, CUT_OFF, rng), strict=True):
        values = {"count": 1, "name": f"Tổ hợp tác {trade} {_hamlet(branch)}"}
        book.tell("cooperative-group-founded", branch.code, day, values)


def _hamlet(branch: Branch) -> str:
    """ "Ấp 3 (mẫu)" """
    return branch.name.removeprefix("Chi hội ")


def _households(book: Book, district: District) -> None:
    """Each full year 165 different households, some of them helped twice; fewer in the two broken years."""
    rng = dice("my-xuyen", "households")
    known = _homes(district, "households", 3)
    for year in (2022, 2023):
        span = (date(year, 1, 4), date(year, 12, 29))
        _help(book, rng, rng.sample(known, HARD_HOUSEHOLDS_A_YEAR), HELPED_AGAIN, *span)
    for first, last, count in HOUSEHOLDS_IN_BROKEN_YEARS:
        _help(book, rng, rng.sample(known, count), 0, first, last)


def _homes(district: District, what: str, a_branch: int) -> list[tuple[Branch, str]]:
    """Households of each branch by the name of their head."""
    return [
        (branch, name)
        for branch in district.branches
        for name in women(a_branch, dice(what, branch.code), khmer_in_ten=3)
    ]


def _help(book: Book, rng: Random, homes: list[tuple[Branch, str]], again: int, first: date, last: date) -> None:
    """Help each of these households once, and `again` of them a second time."""
    told = [*homes, *rng.sample(homes, again)]
    rng.shuffle(told)
    for (branch, home), day in zip(told, days(len(told), first, last, rng), strict=True):
        values: dict[str, Any] = {"help": rng.choice(("capital", "seed", "labour", "goods", "trade"))}
        if values["help"] != "labour":
            values["money"] = rng.randint(5, 40) * 100_000
        book.tell("household-helped", branch.code, day, values, household=home)


def _families(book: Book, district: District) -> None:
    """235 families that reached the standard; some were assessed again and count once."""
    rng = dice("my-xuyen", "families")
    homes = rng.sample(_homes(district, "families", 4), FAMILIES)
    told = [*homes, *rng.sample(homes, FAMILIES_AGAIN)]
    for (branch, home), day in zip(told, days(len(told), FIRST, CUT_OFF, rng), strict=True):
        standard = rng.choice(("five-no-three-clean", "five-have-three-clean"))
        tags = ["nong-thon-moi"] if rng.randrange(3) == 0 else []
        book.tell("family-standard-met", branch.code, day, {"standard": standard}, household=home, tags=tags)


def _owners(book: Book, district: District, members: dict[str, list[int]]) -> None:
    """97 women owners and managers; 21 of them took part twice and count once."""
    rng = dice("my-xuyen", "owners")
    known = [(branch.code, member) for branch in district.branches for member in members[branch.code][1:]]
    roles = {pair: rng.choice(("enterprise", "cooperative", "business", "business")) for pair in known}
    chosen = rng.sample(known, OWNERS)
    told = [*chosen, *rng.sample(chosen, OWNERS_AGAIN)]
    for pair, day in zip(told, days(len(told), FIRST, CUT_OFF, rng), strict=True):
        content = rng.choice(("Bán hàng trên mạng", "Quản lý tài chính hộ kinh doanh", "Quản trị hợp tác xã"))
        values = {"role": roles[pair], "content": content}
        book.tell("women-owner-supported", pair[0], day, values, member=pair[1])


def _admissions(book: Book, district: District) -> None:
    """New members, four times in the term at each branch; demo/members.py makes each count so many women."""
    rng = dice("my-xuyen", "admissions")
    told = [branch for branch in district.branches for _ in range(4)]
    rng.shuffle(told)
    counts = pieces(NEW_MEMBERS, len(told), rng, least=2)
    for branch, day, count in zip(told, days(len(told), FIRST, CUT_OFF, rng), counts, strict=True):
        book.tell("members-admitted", branch.code, day, {"count": count})


def _heads_declared(book: Book, district: District) -> None:
    """Each commune declares its branch heads."""
    for day in (date(2021, 10, 5), date(2022, 11, 15), date(2023, 11, 14)):
        for commune in district.communes:
            book.tell("branch-heads-declared", commune, day, {"count": len(district.of(commune))})


def _heads(book: Book, district: District, members: dict[str, list[int]]) -> None:
    """Every head attends the yearly class, some a second one."""
    rng = dice("my-xuyen", "heads")
    for year, first, last in ((2021, 10, 12), (2022, 6, 9), (2023, 6, 9)):
        twice = rng.sample(district.branches, 9)
        for branch in (*district.branches, *twice):
            day = days(1, date(year, first, 6), date(year, last, 24), rng)[0]
            head = members[branch.code][0]
            book.tell("branch-head-trained", branch.code, day, {"course": COURSE}, member=head, tags=["de-an-1893"])


def _staff(book: Book, district: District) -> None:
    """The district declares its full-time staff with that of its communes, and tells their training in turns."""
    rng = dice("my-xuyen", "staff")
    for day, staff, using in STAFF:
        book.tell("staff-declared", district.code, day, {"staff": staff, "using": using})
    for form, turns, classes in (("online", ONLINE_TURNS, 11), ("in-person", 35, 5)):
        counts = pieces(turns, classes, rng, least=2)
        for day, count in zip(days(classes, FIRST, CUT_OFF, rng), counts, strict=True):
            book.tell("staff-trained", district.code, day, {"count": count, "form": form})


def _oversight(book: Book, district: District) -> None:
    """The district's own rounds and critiques, its communes' policies and comments; and some of the other level's,
    which no target of this resolution counts."""
    rng = dice("my-xuyen", "oversight")
    own, base = (district.code,), district.communes
    told = (
        ("oversight-round", own, ROUNDS, 4),
        ("social-critique", own, CRITIQUED, 5),
        ("policy-overseen", base, OVERSEEN, 27),
        ("draft-comment", base, COMMENTED, 36),
        ("oversight-round", base, 12, 12),
        ("social-critique", base, 3, 3),
        ("draft-comment", own, 6, 5),
    )
    for kind, units, total, deeds in told:
        counts = pieces(total, deeds, rng)
        for at, (day, count) in enumerate(zip(days(deeds, FIRST, CUT_OFF, rng), counts, strict=True)):
            book.tell(kind, units[at % len(units)], day, {"count": count})


def _referrals(book: Book, district: District) -> None:
    """Referrals to the Party, by the communes."""
    rng = dice("my-xuyen", "referrals")
    deeds = 88
    counts = pieces(REFERRALS, deeds, rng)
    for at, (day, count) in enumerate(zip(days(deeds, FIRST, CUT_OFF, rng), counts, strict=True)):
        book.tell("party-referral", district.communes[at % len(district.communes)], day, {"count": count})
