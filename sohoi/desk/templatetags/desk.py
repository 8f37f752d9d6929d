"""How the desk writes values in its templates: days, numbers, the address of a figure, the bar of a target."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from django import template

from sohoi import vietnamese
from sohoi.desk.addresses import figure_url
from sohoi.desk.attained import Node
from sohoi.desk.words import called, greeted, summary
from sohoi.figures.read import Figure
from sohoi.goals.read import Attainment
from sohoi.ledger.models import Record
from sohoi.people.addressing import addressed
from sohoi.people.models import Member
from sohoi.rights.models import Account
from sohoi.units.models import Level, Unit

register = template.Library()


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> str:
    """04/5/2024, as the Union's papers write days; a moment is written with its hour."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        from_utc = value.astimezone(datetime.timezone(datetime.timedelta(hours=7)))
        return f"{from_utc:%H:%M} ngày {vietnamese.date(from_utc.date())}"
    return vietnamese.date(value)


@register.filter
def of(words: str, card: Member | None) -> str:
    """A sentence about the person of a card: "chị", or "anh" of a man."""
    return addressed(str(words), bool(card and card.man))


@register.filter
def calling(account: Account) -> str:
    """Her name short: "Hương"."""
    return called(str(account))


@register.filter
def greeting(account: Account) -> str:
    """Her name whole, as it stands in a greeting."""
    return greeted(str(account))


@register.filter
def typed_day(value: datetime.date | str | None) -> str:
    """A day in a box: as papers write it, or the very text that was typed when it is no day."""
    try:
        return day(vietnamese.read_date(value) if isinstance(value, str) else value)
    except ValueError:
        return str(value)


@register.filter
def number(value: int | None) -> str:
    """1298 -> 1.298; nothing for none."""
    return "" if value is None else vietnamese.number(value)


@register.filter
def signed(value: int) -> str:
    """A line of the ledger: 2, or −2 for its opposite."""
    return vietnamese.number(value) if value >= 0 else f"−{vietnamese.number(-value)}"


@register.filter
def exact(value: Fraction | int | None) -> str:
    """A goal or a result: whole or with a comma."""
    return "" if value is None else vietnamese.decimal(Fraction(value))


@register.filter
def address(figure: Figure) -> str:
    """Where the records behind the figure are; empty when it has no address."""
    return figure_url(figure) or ""


@register.filter
def counting(figure: Figure) -> str:
    """What the number counts, with the blank before it: " tổ"; nothing where the number says it or is absent."""
    if figure.value is None or figure.measure.count in ("đồng", "%"):
        return ""
    return f"\u00a0{figure.measure.count}"


@register.filter
def bare(figure: Figure) -> str:
    """The figure under a head that says what it counts: 478.250.000 without its đồng."""
    return figure.text.removesuffix(" đồng")


@register.filter
def said(record: Record) -> str:
    """A record in one line."""
    return summary(record)


@register.filter
def organisation(unit: Unit) -> str:
    """The Union's organisation at the unit: "Hội LHPN huyện Mỹ Xuyên"."""
    return unit.full_name


@register.filter
def place_name(unit: Unit) -> str:
    """The place a total speaks of: the country has no name of a unit."""
    return "Cả nước" if unit.level == Level.CENTRE else unit.name


@register.filter
def in_words(node: Node) -> str:
    """ ", đạt 41,82%" after a result, with what changed since the term began; nothing where neither is said."""
    return "".join(f", {said}" for said in (node.attainment.words, node.attainment.change) if said)


@register.filter
def held_against(node: Node) -> str:
    """ "/55 tổ, đạt 41,82%" after a result."""
    return f"/{node.goal}{in_words(node)}" if node.goal else in_words(node)


@dataclass(frozen=True)
class Bar:
    """A bar on a scale of 0 to 100, written for SVG: how far it reaches, where the goal and the due mark stand."""

    done: str
    goal: str
    due: str
    words: str


@register.filter
def bar(attainment: Attainment) -> Bar | None:
    """The bar of a criterion with a goal and a result, else None (then it is hatched)."""
    result = attainment.result
    if result is None or result.value is None or not attainment.goal:
        return None
    scale = max(result.value, attainment.goal)
    due = "" if attainment.due is None else _part(Fraction(attainment.due), scale)
    return Bar(_part(result.value, scale), _part(attainment.goal, scale), due, attainment.words)


def _part(value: Fraction, scale: Fraction) -> str:
    """A share of the scale as SVG writes numbers, two decimals rounded down."""
    hundredths = min(max(value / scale, Fraction(0)), Fraction(1)) * 100
    whole, rest = divmod(int(hundredths * 100), 100)
    return f"{whole}.{rest:02d}"
