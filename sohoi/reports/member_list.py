"""The list of members of a branch as an official paper, and their membership cards: what stands on each.

Neither holds anything sensitive: no telephone, no number, no dân tộc, tôn giáo, Party. It refuses no reader: the views
ask who may, and write down what goes out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from sohoi.people.models import Member, Membership
from sohoi.people.read.lists import Wanted, listed, standing_words
from sohoi.people.read.privacy import restricted
from sohoi.reports.read.papers import short_name
from sohoi.reports.table import Cell, Column, Paper, Paragraph, Row, Table
from sohoi.units.models import Unit
from sohoi.units.read import path
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number

COLUMNS = (
    Column("STT", 13, "center"), Column("Họ và tên", 43), Column("Năm sinh", 14, "center"),
    Column("Diện", 29), Column("Địa chỉ", 40), Column("Ngày vào Hội", 26, "center"),
)  # fmt: skip
LEFT_OUT = "Danh sách không in số điện thoại, số định danh, dân tộc, tôn giáo và thông tin về Đảng."


@dataclass(frozen=True)
class Line:
    """One woman: what the list and her card may show."""

    card: Member
    standing: str
    joined: date | None


@dataclass(frozen=True)
class Printed:
    """The women of a branch that go on paper; how many there are with those who asked that their data rest and those
    who were erased, who are counted in every figure."""

    unit: Unit
    lines: list[Line]
    count: int
    erased: int


def printed(unit: Unit, today: date) -> Printed:
    """The members of a branch today, in Vietnamese order; five statements, however many they are."""
    cards = list(listed(Unit.objects.filter(pk=unit.pk), Wanted(unit=unit.code), today))
    resting, ids = restricted(cards), [card.pk for card in cards]
    words, joined = standing_words(ids, today), _joined(ids)
    lines = [Line(card, words.get(card.pk, ""), joined.get(card.pk)) for card in cards if card.pk not in resting]
    erased = Member.objects.filter(unit=unit, active=True, same_as=None).exclude(erased_on=None).count()
    return Printed(unit, lines, len(cards) + erased, erased)


def _joined(ids: Iterable[int]) -> dict[int, date]:
    """Member -> the first day on which she belonged to the Union, as far as the register knows."""
    rows = Membership.objects.filter(member__in=list(ids)).values_list("member_id")
    return dict(rows.annotate(Min("during__startswith")))


def member_list(found: Printed, today: date) -> Paper:
    """The list under the heading of an official paper (Decree 30/2020, handbook 4.5)."""
    above = path(found.unit, today)
    commune = above[-2] if len(above) > 1 else found.unit
    return Paper(
        title_lines=("DANH SÁCH HỘI VIÊN",),
        subject=f"{found.unit.full_name}, tính đến ngày {say_date(today)}",
        issuer_above=commune.full_name.upper(),
        issuer=found.unit.full_name.upper(),
        number="",
        place=short_name(commune),
        day=today,
        body=(Paragraph((_said(found),)), Table("", COLUMNS, tuple(_rows(found)), LEFT_OUT)),
        signer_title="CHI HỘI TRƯỞNG",
        signer_name="",
        recipients=(commune.full_name, "Lưu chi hội"),
    )


def _said(found: Printed) -> str:
    """ "Danh sách có 83 trên 84 hội viên." and why some are not there."""
    shown = len(found.lines)
    said = f"Danh sách có {number(shown)} trên {number(found.count)} hội viên của chi hội."
    resting = found.count - found.erased - shown
    said += f" {number(resting)} người đã yêu cầu hạn chế dùng dữ liệu nên không có tên." if resting else ""
    return said + (f" {number(found.erased)} người đã yêu cầu xóa dữ liệu." if found.erased else "")


def _rows(found: Printed) -> Iterable[Row]:
    """Numbered lines."""
    for place, line in enumerate(found.lines, start=1):
        year, joined = line.card.birth_year, line.joined
        told = (
            number(place), line.card.name, str(year or ""), line.standing, line.card.address,
            say_date(joined) if joined else "",
        )  # fmt: skip
        yield Row(tuple(Cell(text) for text in told))
