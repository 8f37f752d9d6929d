"""A list of women as an Excel workbook: typed cells, no formula, how many of how many, who took it, when, what for.

Sensitive columns stand in it only when they were asked for. Rows are written as they are read, so that a commune of
20,000 women does not fill the memory.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sohoi.among import among
from sohoi.desk.workbook import PLAIN_TEXT
from sohoi.people.masking import masked_phone
from sohoi.people.models import Member, Membership
from sohoi.people.read.cards import yes_no
from sohoi.people.read.lists import home_words, standing_words
from sohoi.people.sealing import opened

DAY = "dd/mm/yyyy"
# In the request itself: on two quiet cores 5,000 rows take 1.3 s, a commune of 20,000 takes 3.3 s; 30,000 need 190 MB.
# Longer lists are refused with a sentence that asks to narrow them.
MOST_ROWS = 30_000


@dataclass(frozen=True)
class Facts:
    """What stands beside the cards, read for all of them at once: words by member or household id."""

    standings: dict[int, str]
    homes: dict[int, str]
    joined: dict[int, date]


@dataclass(frozen=True)
class Column:
    """One column: its head, its width in letters, what it says of a card; `asked` ones only when they are chosen."""

    code: str
    label: str
    width: int
    value: Callable[[Member, Facts], date | int | str | None]
    asked: bool = False
    sensitive: bool = False


def _sealed(card: Member, attribute: str, column: str) -> str:
    body = getattr(card, attribute)
    return opened(body, column) if body else ""


COLUMNS = (
    Column("name", "Họ và tên", 28, lambda card, _: card.name),
    Column("born", "Ngày sinh", 12, lambda card, _: card.birth_date),
    Column("year", "Năm sinh", 10, lambda card, _: card.birth_year),
    Column("unit", "Chi hội", 26, lambda card, _: card.unit.name if card.unit else ""),
    Column("standing", "Diện hội viên", 24, lambda card, facts: facts.standings.get(card.pk, "")),
    Column("state", "Tình trạng", 16, lambda card, _: "Đang sinh hoạt" if card.active else "Đã thôi sinh hoạt"),
    Column("joined", "Vào chi hội từ", 14, lambda card, facts: facts.joined.get(card.pk)),
    Column("occupation", "Nghề nghiệp", 22, lambda card, _: card.occupation),
    Column("schooling", "Trình độ văn hóa", 14, lambda card, _: card.schooling),
    Column("qualification", "Trình độ chuyên môn", 20, lambda card, _: card.qualification),
    Column("masked", "Điện thoại (đã che)", 18, lambda card, _: masked_phone(card.phone)),
    Column("phone", "Điện thoại", 16, lambda card, _: card.phone, asked=True),
    Column("address", "Địa chỉ", 36, lambda card, _: card.address, asked=True),
    Column("home", "Hộ của", 24, lambda card, _: card.household.label if card.household else "", asked=True),
    Column("id", "Số định danh", 18, lambda card, _: _sealed(card, "id_sealed", "id"), True, True),
    Column("ethnicity", "Dân tộc", 14, lambda card, _: card.ethnicity, True, True),
    Column("religion", "Tôn giáo", 16, lambda card, _: _sealed(card, "religion_sealed", "religion"), True, True),
    Column("politics", "Lý luận chính trị", 18, lambda card, _: card.politics, True, True),
    Column("party", "Đảng viên", 12, lambda card, _: yes_no(card.party), True, True),
    Column("homes", "Diện của hộ", 24, lambda card, facts: facts.homes.get(card.household_id or 0, ""), True, True),
)  # fmt: skip


def chosen(codes: Sequence[str]) -> list[Column]:
    """The columns of a file: those always there, and those that were asked for; a full telephone hides the masked."""
    columns = [column for column in COLUMNS if not column.asked or column.code in codes]
    return [column for column in columns if column.code != "masked" or "phone" not in codes]


def facts_of(cards: Sequence[Member], today: date) -> Facts:
    """What stands beside these cards: three statements, however many cards."""
    ids = [card.pk for card in cards]
    joined = Membership.objects.filter(member__in=among(ids), during__endswith=None).values_list("member_id", "during")
    return Facts(
        standing_words(ids, today),
        home_words({card.household_id for card in cards if card.household_id}, today),
        {member: during.lower for member, during in joined},
    )


def write(cards: Sequence[Member], columns: Sequence[Column], heading: Sequence[str], today: date) -> bytes:
    """The workbook of these cards, in their order."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN_TEXT | {"in_memory": False, "constant_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        looks = _looks(workbook)
        sheet = workbook.add_worksheet("Hội viên")
        sheet.set_landscape()
        top = _head(sheet, columns, heading, looks)
        facts = facts_of(cards, today)
        for at, card in enumerate(cards, start=1):
            for place, value in enumerate([at, *(column.value(card, facts) for column in columns)]):
                _put(sheet, top + at, place, value, looks)
    return stream.getvalue()


def _looks(workbook: xlsxwriter.Workbook) -> dict[str, Format]:
    """The few formats of the sheet."""
    face = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    framed = face | {"border": 1}
    styles = {
        "title": face | {"bold": True, "font_size": 14},
        "plain": face,
        "head": framed | {"bold": True, "text_wrap": True, "align": "center"},
        "body": framed,
        "day": framed | {"num_format": DAY},
    }
    return {name: workbook.add_format(style) for name, style in styles.items()}


def _head(sheet: Worksheet, columns: Sequence[Column], lines: Sequence[str], looks: dict[str, Format]) -> int:
    """The lines above the table and the names of its columns; returns the row of those names."""
    widths = [("STT", 6), *((column.label, column.width) for column in columns)]
    for at, (_, width) in enumerate(widths):
        sheet.set_column(at, at, width)
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line, looks["plain" if at else "title"])
    top = len(lines) + 1
    for at, (label, _) in enumerate(widths):
        sheet.write_string(top, at, label, looks["head"])
    sheet.freeze_panes(top + 1, 2)
    return top


def _put(sheet: Worksheet, row: int, place: int, value: date | int | str | None, looks: dict[str, Format]) -> None:
    """A day as a day, a number as a number, all else as text that stays text."""
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, datetime.min.time()), looks["day"])
    elif isinstance(value, int):
        sheet.write_number(row, place, value, looks["body"])
    else:
        sheet.write_string(row, place, value or "", looks["body"])
