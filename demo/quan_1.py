"""What Quận 1's review of May 2024 counted, spread over its wards, branches and the days of the term.

The totals are the published ones; below the district everything is made up. The numbers of members and women are
made up too: only their rate was published.
"""

from datetime import date
from fractions import Fraction
from math import ceil

from demo.book import Book
from demo.branches import District
from demo.spread import days, dice, pieces, shares

FIRST, CUT_OFF = date(2021, 7, 5), date(2024, 5, 4)
ONLINE_GROUPS, APARTMENT_BRANCHES, WARDS_WITH_MODEL = 181, 6, 7
WOMEN, MEMBERS, LEAST_RATE = 40_000, 31_540, Fraction(65, 100)  # 31.540/40.000 = 78,85%
GIFTS, GIFT_MONEY, GIFT_DEEDS, GIFT_STEP = 1298, 478_250_000, 74, 50_000
SCHOLARSHIPS, CORNERS, SCHOLARSHIP_MONEY, SCHOLARSHIP_DEEDS, SCHOLARSHIP_STEP = 378, 23, 700_900_000, 46, 100_000
HOMES_GIVEN, HOMES_REPAIRED, LIVELIHOODS, AWARDED = 5, 5, 9, 7


def drafts(district: District) -> Book:
    """All deeds of the term up to the day of the review."""
    book = Book("quan-1")
    _groups(book, district)
    _gathering(book, district)
    _lanes(book, district)
    _gifts(book, district)
    _scholarships(book, district)
    _homes(book, district)
    content = "Thực hiện tốt phong trào phụ nữ và hoạt động Hội giai đoạn 2021 - 2023"
    book.tell("award-given", district.code, CUT_OFF, {"collectives": AWARDED, "content": content})
    return book


def _groups(book: Book, district: District) -> None:
    """Groups on the internet, some founded two at a time; special branches in apartment blocks."""
    rng = dice("quan-1", "groups")
    deeds = 150
    counts = pieces(ONLINE_GROUPS, deeds, rng)
    for day, count in zip(days(deeds, FIRST, CUT_OFF, rng), counts, strict=True):
        branch = rng.choice(district.branches)
        book.tell("group-founded", branch.code, day, {"count": count, "form": "online"})
    wards = rng.sample(district.communes, APARTMENT_BRANCHES)
    for ward, day in zip(wards, days(APARTMENT_BRANCHES, FIRST, CUT_OFF, rng), strict=True):
        book.tell("special-branch-founded", ward, day, {"count": 1, "place": "apartment"})


def _gathering(book: Book, district: District) -> None:
    """Seven wards with a model; each ward declares women and members: every one above 65%, all together 78,85%."""
    rng = dice("quan-1", "gathering")
    wards = rng.sample(district.communes, WARDS_WITH_MODEL)
    for at, (ward, day) in enumerate(zip(wards, days(WARDS_WITH_MODEL, FIRST, CUT_OFF, rng), strict=True)):
        book.tell("gathering-model", ward, day, {"count": 1, "state": "kept" if at % 3 else "new"})
    women = pieces(WOMEN, len(district.communes), rng, least=2500)
    least = [ceil(LEAST_RATE * count) for count in women]
    more = shares(MEMBERS - sum(least), [count * rng.randint(5, 8) for count in women])
    for day, percent in ((date(2021, 12, 20), 91), (date(2022, 12, 20), 96), (date(2024, 4, 22), 100)):
        for at, ward in enumerate(district.communes):
            members = (least[at] + more[at]) * percent // 100
            book.tell("women-declared", ward, day, {"count": women[at]})
            book.tell("members-declared", ward, day, {"count": members})


def _lanes(book: Book, district: District) -> None:
    """Each ward registers one lane; that is no lane done."""
    rng = dice("quan-1", "lanes")
    for ward, day in zip(district.communes, days(len(district.communes), FIRST, CUT_OFF, rng), strict=True):
        book.tell("lane-registered", ward, day, {"count": 1})


def _gifts(book: Book, district: District) -> None:
    """Gifts of two programmes with their money, in round sums that add up to the published one."""
    rng = dice("quan-1", "gifts")
    counts = pieces(GIFTS, GIFT_DEEDS, rng, least=4)
    money = shares(GIFT_MONEY // GIFT_STEP, [count * rng.randint(8, 12) for count in counts])
    for day, count, steps in zip(days(GIFT_DEEDS, FIRST, CUT_OFF, rng), counts, money, strict=True):
        tag = "xuan-yeu-thuong" if day.month in (1, 2, 12) else "phu-nu-vi-cong-dong"
        branch = rng.choice(district.branches)
        values = {"count": count, "money": steps * GIFT_STEP}
        book.tell("gift-given", branch.code, day, values, tags=[tag])


def _scholarships(book: Book, district: District) -> None:
    """Scholarships and study corners handed over together, one sum for both."""
    rng = dice("quan-1", "scholarships")
    counts = pieces(SCHOLARSHIPS, SCHOLARSHIP_DEEDS, rng, least=3)
    with_corner = set(rng.sample(range(SCHOLARSHIP_DEEDS), CORNERS))
    weights = [count * 10 + (25 if at in with_corner else 0) for at, count in enumerate(counts)]
    money = shares(SCHOLARSHIP_MONEY // SCHOLARSHIP_STEP, weights)
    for at, day in enumerate(days(SCHOLARSHIP_DEEDS, FIRST, CUT_OFF, rng)):
        values = {"scholarships": counts[at], "fund": "nguyen-thi-minh-khai", "money": money[at] * SCHOLARSHIP_STEP}
        if at in with_corner:
            values["corners"] = 1
        book.tell("scholarship-given", rng.choice(district.communes), day, values)


def _homes(book: Book, district: District) -> None:
    """Homes given, homes repaired, means of livelihood."""
    rng = dice("quan-1", "homes")
    told: tuple[tuple[str, int, dict[str, str]], ...] = (
        ("home-given", HOMES_GIVEN, {}),
        ("home-repaired", HOMES_REPAIRED, {}),
        ("livelihood-given", LIVELIHOODS, {"form": "tool"}),
    )
    for kind, total, more in told:
        for day in days(total, FIRST, CUT_OFF, rng):
            book.tell(kind, rng.choice(district.communes), day, {"count": 1, **more})
