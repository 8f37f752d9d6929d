"""Deeds after the two reviews and all over the country in 2026, so that every page has something to show.

All of it is made up, none of it counts in a review: it happened after the day on which the review looks back.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from demo.book import Book
from demo.branches import Branch, District
from demo.members import LAN_DECLARES, Register
from demo.names import women
from demo.spread import days, dice
from sohoi.units.write import REFORM

AFTER_REVIEWS, UNTIL = date(2024, 5, 13), date(2026, 11, 14)
A_DISTRICT_BEFORE, A_DISTRICT_SINCE = 90, 160
A_PROVINCE = 14
THIS_YEAR = date(2026, 1, 5)
LAST_MONTHS = date(2026, 8, 3)
BY_HERSELF = 9
DECLARED_ON, LAN_DECLARED_ON = date(2026, 6, 25), date(2026, 11, 12)
REGISTERED = "my-xuyen"
Told = tuple[str, dict[str, Any]]


def _gift(rng: Random) -> Told:
    count = rng.randint(3, 40)
    return "gift-given", {"count": count, "money": count * rng.randint(4, 10) * 50_000}


def _admission(rng: Random) -> Told:
    return "members-admitted", {"count": rng.randint(2, 25)}


def _group(rng: Random) -> Told:
    return "group-founded", {"count": 1, "form": rng.choice(("health", "online", "family", "environment", "saving"))}


def _help(rng: Random) -> Told:
    return "household-helped", {"help": rng.choice(("capital", "seed", "goods")), "money": rng.randint(5, 40) * 100_000}


def _session(rng: Random) -> Told:
    topic = rng.choice(("law", "family", "health", "environment", "digital"))
    return "communication-session", {"count": 1, "people": rng.randint(20, 120), "topic": topic}


def _lane(rng: Random) -> Told:
    return "lane-done", {"count": 1}


MAKERS: tuple[Callable[[Random], Told], ...] = (_gift, _gift, _admission, _group, _help, _session, _lane)


def in_district(name: str, district: District) -> Book:
    """What the branches of a district did between the review and the reform, and since."""
    book = Book(f"{name}-later")
    rng = dice(name, "later")
    branches = list(district.branches)
    _deeds(book, branches, days(A_DISTRICT_BEFORE, AFTER_REVIEWS, REFORM - timedelta(days=1), rng), rng)
    _deeds(book, branches, days(A_DISTRICT_SINCE, REFORM, UNTIL, rng), rng)
    if name != REGISTERED:
        _declared(book, district.today, rng)
    return book


def declare(book: Book, district: District, register: Register) -> None:
    """Where there is a register the communes declare nearly what is in it: lists and counts never quite agree."""
    for commune in district.today:
        rng = dice("declared", commune)
        size = register.size([branch for branch in district.branches if branch.now == commune], DECLARED_ON)
        book.tell("women-declared", commune, DECLARED_ON, {"count": size * 100 // rng.randint(58, 88)})
        book.tell("members-declared", commune, DECLARED_ON, {"count": size + rng.randint(-5, 11)})


def told_by_herself(who: str, unit: str) -> Book:
    """What one of the women tells of her own unit in these last months."""
    book = Book(f"{who}-herself")
    rng = dice(who, "herself")
    for day in days(BY_HERSELF, LAST_MONTHS, UNTIL, rng):
        kind, values = rng.choice((_gift, _group, _session))(rng)
        book.tell(kind, unit, day, values)
    if who == "lan":
        book.tell("members-declared", unit, LAN_DECLARED_ON, {"count": LAN_DECLARES})
    return book


def in_country(branches: list[Branch]) -> Book:
    """A light set for each province of today: some deeds of this year, and what its communes declared."""
    book = Book("country")
    provinces: dict[str, list[Branch]] = {}
    for branch in branches:
        provinces.setdefault(branch.code.split("-")[1], []).append(branch)
    for code, own in provinces.items():
        rng = dice("country", code)
        _deeds(book, own, days(A_PROVINCE + rng.randint(0, 6), THIS_YEAR, UNTIL, rng), rng)
        _declared(book, sorted({branch.now for branch in own}), rng)
    return book


def _deeds(book: Book, branches: list[Branch], when: list[date], rng: Random) -> None:
    """One deed on each of these days, at branches by chance."""
    for day in when:
        branch = rng.choice(branches)
        kind, values = rng.choice(MAKERS)(rng)
        home = f"Hộ bà {women(1, rng)[0]}" if kind == "household-helped" else None
        book.tell(kind, branch.code, day, values, household=home)


def _declared(book: Book, communes: list[str], rng: Random) -> None:
    """Women from 18 and members of today's communes, at mid-year."""
    for commune in communes:
        women_there = rng.randint(3000, 9000)
        book.tell("women-declared", commune, DECLARED_ON, {"count": women_there})
        book.tell("members-declared", commune, DECLARED_ON, {"count": women_there * rng.randint(58, 88) // 100})
