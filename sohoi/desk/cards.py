"""A card as the desk shows it: what is known of her in groups, what is hidden, how many members her branch now has."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse

from sohoi.desk.impact import Rung
from sohoi.figures.read import figures_of
from sohoi.ledger.known import all_measures
from sohoi.people.masking import NOT_TOLD, masked
from sohoi.people.models import Member, Standing, StandingKind
from sohoi.people.read.cards import born
from sohoi.periods import parse
from sohoi.units.models import Level, Unit, View
from sohoi.units.read import path

COUNTED = "registered-members"
GROUPS = (
    ("Liên hệ", (("phone", "Điện thoại"), ("address", "Địa chỉ"))),
    ("Nhân thân", (("born", "Ngày sinh"), ("id-number", "Số định danh"), ("ethnicity", "Dân tộc"),
                   ("religion", "Tôn giáo"))),
    ("Trình độ, công việc", (("occupation", "Nghề nghiệp"), ("schooling", "Văn hóa"), ("qualification", "Chuyên môn"),
                             ("politics", "Lý luận chính trị"))),
    ("Đoàn thể, bảo hiểm", (("party", "Đảng viên"), ("union-member", "Đoàn viên công đoàn"),
                            ("insured", "Thẻ bảo hiểm y tế"))),
)  # fmt: skip
LABELS = {code: label for _, rows in GROUPS for code, label in rows} | {
    "name": "Họ và tên", "man": "Là nam giới", "home": "Chủ hộ", "role": "Quan hệ với chủ hộ",
    "home-address": "Địa chỉ hộ", "photo": "Ảnh",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One line of the card; `hidden` when only a mask is shown."""

    code: str
    label: str
    text: str
    hidden: bool


@dataclass(frozen=True)
class Group:
    """What is known of one side of her, and what was not told yet."""

    name: str
    facts: list[Fact]
    untold: str


def card_for(scope: QuerySet[Unit], pk: int) -> Member:
    """The card, when a branch in the scope keeps it; else 404. A twin leads to the card that it was merged into."""
    rows = Member.objects.select_related("unit", "household", "same_as__unit")
    card = get_object_or_404(rows, pk=pk, unit__in=scope)
    if card.same_as is None:
        return card
    return get_object_or_404(rows, pk=card.same_as.pk, unit__in=scope, same_as=None)


def facts(card: Member) -> list[Group]:
    """What is known, in groups; what is sensitive stands there as a mask (people/masking.py says which)."""
    groups = []
    for name, rows in GROUPS:
        told = [_fact(card, code, label) for code, label in rows]
        untold = ", ".join(fact.label.lower() for fact in told if fact.text == NOT_TOLD)
        groups.append(Group(name, [fact for fact in told if fact.text != NOT_TOLD], untold))
    return groups


def _fact(card: Member, code: str, label: str) -> Fact:
    """One line: her day of birth as it is known, everything else as every page shows it."""
    if code == "born":
        return Fact(code, label, born(card) or NOT_TOLD, False)
    shown = masked(card, code)
    return Fact(code, label, shown.text, shown.hidden)


@dataclass(frozen=True)
class Held:
    """What she is or was, and when."""

    label: str
    since: date
    ended: date | None


def held(standings: list[Standing]) -> list[Held]:
    """Standings in words, the open ones first; `ended` is the day from which it held no more."""
    rows = sorted(standings, key=lambda row: (row.during.upper is not None, row.during.lower))
    return [Held(StandingKind(row.kind).label, row.during.lower, row.during.upper) for row in rows]


def ladder(unit: Unit, scope: QuerySet[Unit], today: date) -> list[Rung]:
    """The number of members in the register from this branch up to the country, as of now; none before the kinds
    of the register are loaded."""
    measure = all_measures().get(COUNTED)
    upward = list(reversed(path(unit, today) or [unit]))
    if measure is None:
        return []
    said = figures_of(upward, [measure], parse(str(today.year)), View.WAS)
    mine = set(scope.filter(pk__in=[one.pk for one in upward]).values_list("pk", flat=True))
    return [Rung(said[(one.pk, measure.pk)], one.pk in mine) for one in upward]


def commune_of(unit: Unit, today: date) -> Unit | None:
    """The base unit above a branch on that day."""
    return next((one for one in path(unit, today) if one.level == Level.BASE), None)


def branch_of(card: Member) -> Unit:
    """The branch of the card; a card always has one where it can be seen."""
    if card.unit is None:
        raise Http404
    return card.unit


def address(name: str, *args: object) -> str:
    """The address of that name; nothing while no page has it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
