"""Made-up particulars of made-up women: births, telephones, numbers, trades, households. Nobody is meant by any of it.

What could be somebody's is made so that it can be nobody's:
- telephones begin with 0000: after the international prefix 00 no country's code begins with 0, so none is given out;
- ID numbers begin with 000: the codes of provinces begin at 001;
- addresses end in "(mẫu)" as the names of the branches do.
"""

from random import Random
from typing import Any

from demo.names import KHMER_FAMILIES, man
from demo.spread import dice

IN_HUNDRED = {"birth date": 72, "phone": 58, "number": 22, "home": 55, "schooling": 60, "trained": 18, "party": 9}
TRADES = ("Làm ruộng", "Trồng rau màu", "Nuôi tôm", "Buôn bán nhỏ", "Nội trợ", "Công nhân may", "Làm bánh", "Giáo viên")
TRAINED = ("Sơ cấp nghề may", "Trung cấp", "Cao đẳng", "Đại học")
CLASSES = ("5/12", "7/12", "9/12", "11/12", "12/12")
Values = dict[str, Any]


def told_of(name: str, born: tuple[int, int], place: str, *seed: str) -> Values:
    """The answers of an admission for a woman born in a year from `born` to `born`; the same for the same seed."""
    rng = dice("woman", *seed)
    year = rng.randint(*born)
    values: Values = {"name": name, "born": _birth(year, rng), "standing": _standing(rng)}
    values["ethnicity"] = "Khmer" if name.split()[0] in KHMER_FAMILIES else "Kinh"
    values["occupation"] = rng.choice(TRADES)
    values["address"] = f"Tổ {rng.randint(1, 9)}, {place}"
    values["insured"] = rng.randrange(100) < 88
    if _chance(rng, "phone"):
        values["phone"] = phone(rng)
    if _chance(rng, "number"):
        values["id-number"] = f"000{1 if year < 2000 else 3}{year % 100:02}{rng.randrange(10**6):06}"
    return values | _schooling(rng) | _household(name, rng)


def phone(rng: Random) -> str:
    """A telephone number that nobody can have."""
    return f"0000{rng.randrange(10**6):06}"


def _birth(year: int, rng: Random) -> str:
    """12/3/1985, or only the year, as lists of branches often have it."""
    day = f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{year}"
    return day if _chance(rng, "birth date") else str(year)


def _standing(rng: Random) -> str:
    """Most are members, some belong by their office."""
    return "automatic" if rng.randrange(100) < 3 else "ordinary"


def _schooling(rng: Random) -> Values:
    """Classes, a trade learnt, the Party, sometimes."""
    values: Values = {"schooling": rng.choice(CLASSES)} if _chance(rng, "schooling") else {}
    if _chance(rng, "trained"):
        values["qualification"] = rng.choice(TRAINED)
    if _chance(rng, "party"):
        values |= {"party": True, "politics": "Sơ cấp"}
    return values


def _household(name: str, rng: Random) -> Values:
    """A household of her own, or of her husband."""
    if not _chance(rng, "home"):
        return {}
    return {"home": name, "role": "head"} if rng.randrange(10) < 4 else {"home": man(rng), "role": "wife"}


def _chance(rng: Random, what: str) -> bool:
    """Whether this is known of her."""
    return rng.randrange(100) < IN_HUNDRED[what]
