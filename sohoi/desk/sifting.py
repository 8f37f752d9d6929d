"""What narrows the list of women: read from a form, said in words, kept in the session under a word that says nothing.

Nothing of it stands in an address: what is asked of people never does.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.crypto import get_random_string

from sohoi.ledger.models import Kind, Record
from sohoi.people.models import StandingKind, Status
from sohoi.people.read.lists import (
    EVERYBODY,
    FORMER,
    HERE,
    KNOWN,
    NO,
    UNKNOWN,
    UNTOLD,
    YES,
    Wanted,
    condition,
    read_wanted,
)  # fmt: skip
from sohoi.units.models import Unit
from sohoi.vietnamese import date as written
from sohoi.vietnamese import nfc, read_date

LEFT = "member-left"
BELONGS = {HERE: "Đang sinh hoạt", FORMER: "Đã thôi sinh hoạt", EVERYBODY: "Cả hai"}
BIRTHS = {"": "Tất cả", KNOWN: "Có đủ ngày sinh", "year": "Chỉ có năm sinh", UNKNOWN: "Chưa có năm sinh"}
PHONES = {"": "Tất cả", KNOWN: "Đã có số điện thoại", UNKNOWN: "Chưa có số điện thoại"}
PARTIES = {"": "Tất cả", YES: "Là đảng viên", NO: "Không phải đảng viên", UNTOLD: "Chưa ghi"}
TEXTS = {"ethnicity": "Dân tộc", "occupation": "Nghề nghiệp", "schooling": "Trình độ",
         "politics": "Lý luận chính trị", "home": "Hộ của"}  # fmt: skip
NUMBERS = {"age_from": "Tuổi từ", "age_to": "Tuổi đến", "born_from": "Năm sinh từ", "born_to": "Năm sinh đến"}
DAYS = {"joined_from": "Vào từ ngày", "joined_to": "Vào đến ngày",
        "left_from": "Thôi từ ngày", "left_to": "Thôi đến ngày"}  # fmt: skip
CHOICES = {"belongs": BELONGS, "birth": BIRTHS, "phone": PHONES, "party": PARTIES}
KEPT, LONGEST = 12, 80


@dataclass
class Read:
    """What a form asked; `problems` are sentences about what could not be read, by field."""

    given: QueryDict
    problems: dict[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """A short text, signs that no text has taken out."""
        said = "".join(sign for sign in nfc(self.given.get(key, "")) if sign.isprintable())
        return " ".join(said.split())[:LONGEST]

    def choice(self, key: str, choices: dict[str, str], default: str = "") -> str:
        """One of the choices, else the default."""
        said = self.given.get(key, default)
        return said if said in choices else default

    def number(self, key: str, most: int) -> int | None:
        """A whole number from 0, or none; what cannot be read is said."""
        said = self.given.get(key, "").strip()
        if not said:
            return None
        if not said.isdecimal() or not said.isascii() or len(said) > 4 or int(said) > most:
            self.problems[key] = f"“{NUMBERS[key]}” phải là một số không lớn hơn {most}. Viết lại."
            return None
        return int(said)

    def day(self, key: str) -> date | None:
        """A day, or none; what cannot be read is said."""
        said = self.given.get(key, "").strip()
        try:
            return read_date(said) if said else None
        except ValueError:
            self.problems[key] = f"Ngày “{said[:20]}” không có trong lịch. Viết lại ngày, ví dụ 04/5/2024."
            return None

    def wanted(self, scope: QuerySet[Unit], today: date) -> Wanted:
        """All of it; a unit outside the scope narrows nothing, as if it did not exist."""
        unit, days = self.text("unit"), {key: self.day(key) for key in DAYS}
        reason = self.choice("left_reason", reasons())
        gone = bool(reason or days["left_from"] or days["left_to"])  # who asks when they left asks for those who left
        belongs = self.choice("belongs", BELONGS, HERE)
        told: dict[str, Any] = {key: self.text(key) for key in TEXTS} | days
        told |= {key: self.choice(key, CHOICES[key]) for key in ("birth", "phone", "party")}
        told |= {key: self.number(key, 130) for key in ("age_from", "age_to")}
        told |= {key: self.number(key, today.year) for key in ("born_from", "born_to")}
        asked = Wanted(
            unit=unit if unit and scope.filter(code=unit).exists() else "",
            belongs=FORMER if gone and belongs == HERE else belongs,
            standings=tuple(kind for kind in self.given.getlist("standings") if kind in StandingKind.values),
            homes=tuple(kind for kind in self.given.getlist("homes") if kind in Status.values),
            left_reason=reason,
            **told,
        )
        self._orders(asked)
        return asked

    def _orders(self, asked: Wanted) -> None:
        """A stretch that ends before it begins holds nobody: that is said, not shown as an empty list."""
        for first in ("age", "born", "joined", "left"):
            low, high = getattr(asked, f"{first}_from"), getattr(asked, f"{first}_to")
            if low is not None and high is not None and low > high:
                names = NUMBERS | DAYS
                self.problems[f"{first}_to"] = (
                    f"Ô “{names[f'{first}_from']}” lớn hơn ô “{names[f'{first}_to']}”. Đổi chỗ hai ô."
                )


def reasons() -> dict[str, str]:
    """Why women leave, as the kind of record says it: code -> words."""
    body = Kind.objects.filter(code=LEFT, current=True).values_list("body", flat=True).first() or {}
    asked: dict[str, Any] = next((one for one in body.get("field", []) if one.get("code") == "reason"), {})
    return dict(asked.get("choices", {}))


def narrowing(wanted: Wanted, today: date) -> Q:
    """The condition on cards, the reason of leaving with it: that stands in the ledger."""
    asked = condition(wanted, today)
    if not wanted.left_reason:
        return asked
    told = Record.objects.filter(
        member=OuterRef("pk"), kind__code=LEFT, values__reason=wanted.left_reason, voiding=None
    )
    days = {"day__gte": wanted.left_from, "day__lte": wanted.left_to}
    return asked & Q(Exists(told.filter(**{key: day for key, day in days.items() if day})))


def said(wanted: Wanted, unit: Unit | None, *, names: bool = True) -> list[str]:
    """What narrows the list, in words; for a log without the name of a household."""
    words = [unit.full_name] if unit else []
    words += [BELONGS[wanted.belongs]] if wanted.belongs != HERE else []
    words += [StandingKind(kind).label for kind in wanted.standings] + [Status(kind).label for kind in wanted.homes]
    words += [f"{label} {getattr(wanted, key)}" for key, label in NUMBERS.items() if getattr(wanted, key) is not None]
    words += [choices[getattr(wanted, key)] for key, choices in CHOICES.items()
              if key != "belongs" and getattr(wanted, key)]  # fmt: skip
    words += [f"{label}: {getattr(wanted, key) if names or key != 'home' else '…'}"
              for key, label in TEXTS.items() if getattr(wanted, key)]  # fmt: skip
    words += [f"{label} {written(getattr(wanted, key))}" for key, label in DAYS.items() if getattr(wanted, key)]
    return words + ([f"Lý do thôi: {reasons().get(wanted.left_reason, '')}"] if wanted.left_reason else [])


def keep(request: HttpRequest, wanted: Wanted, name: str = "") -> str:
    """Keep what is asked in the session; returns the word under which the address of the list finds it again."""
    word = get_random_string(8)
    lists: dict[str, Any] = request.session.get("lists", {})
    newest = dict(list(lists.items())[-KEPT + 1 :])
    request.session["lists"] = newest | {word: {"wanted": wanted.written(), "name": name}}
    return word


def kept(request: HttpRequest, word: str) -> tuple[Wanted, str] | None:
    """What was kept under the word, with the name of the saved list it came from; nothing narrows without a word, None
    when it is gone."""
    if not word:
        return Wanted(), ""
    found = request.session.get("lists", {}).get(word)
    return (read_wanted(found["wanted"]), found["name"]) if found else None
