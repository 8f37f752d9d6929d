"""Everything that is kept about one woman, read by the registry: for her own eyes, on a page and as a file."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import Model
from django.utils import timezone

from sohoi.people.models import HouseholdStatus, Member
from sohoi.people.read.privacy import own_cards
from sohoi.people.registry import ALL, DEED, HOMES, Column, Her, Table, card_column, purposes, tables
from sohoi.people.sealing import opened
from sohoi.vietnamese import date as say_date


@dataclass(frozen=True)
class Said:
    """One column of one row, in words; `quiet` when it only names a row of ours, which says nothing to her."""

    column: Column
    text: str
    purpose: str
    quiet: bool = False

    @property
    def picture(self) -> bool:
        """Whether it is shown as a picture."""
        return self.text.startswith("data:image/")


BY_ITSELF = "hết hạn thì sổ tự xóa"
LOOKED_AT = {ALL: "Toàn bộ dữ liệu", HOMES: "Hoàn cảnh của hộ", DEED: "Việc cho biết hoàn cảnh của hộ"}

Sayer = Callable[[Any], str]


@dataclass(frozen=True)
class Part:
    """One table: its name, how long it is kept, and her rows."""

    table: Table
    rows: list[list[Said]]

    @property
    def kept(self) -> str:
        """How long, in words."""
        since = {"left": "sau khi thôi sinh hoạt", "made": "kể từ ngày ghi"}
        since |= {"done": "sau khi làm xong", "ended": "sau khi thôi diện ấy"}
        return f"{self.table.years} năm {since[self.table.since]}" if self.table.years else "đến khi thôi sinh hoạt"


def _purpose(code: str) -> str:
    """A purpose by its name; an export's is free text."""
    return purposes()[code].label if code in purposes() else code


def _question(code: str) -> str:
    """A column of the card by its name, or what else is looked at."""
    known = card_column(code)
    return known.label if known else LOOKED_AT.get(code, code)


WORDS: dict[str, Callable[[str], str]] = {"purpose": _purpose, "column": _question}


def told(row: Model, column: Column) -> str:
    """A column as people read it: sealed ones opened, choices and foreign keys in words."""
    value = getattr(row, column.name)
    if value in (None, ""):
        return ""
    if column.sealed:
        return opened(value, column.sealed)
    if column.name in WORDS:
        return WORDS[column.name](value)
    field = row._meta.get_field(column.name)
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{column.name}_display")())
    return _plainly(value)


def statuses_said(card: Member) -> str:
    """What her household is and was, with its days and why, the last first."""
    rows = HouseholdStatus.objects.filter(household=card.household_id).order_by("-during", "pk")
    parts = [(row.get_status_display(), _span(row.during), row.grounds) for row in rows]
    return "; ".join(f"{label} {span}{f' ({why})' if why else ''}" for label, span, why in parts)


def _plainly(value: Any) -> str:
    """Days, spans of days, yes and no, lists, answers: each as it is written on paper."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%H:%M} ngày {say_date(timezone.localdate(value))}"
    if isinstance(value, date):
        return say_date(value)
    if isinstance(value, Range):
        return _span(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plainly(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bytes | memoryview):
        return f"data:image/jpeg;base64,{b64encode(bytes(value)).decode()}"
    if isinstance(value, Model) and type(value).__str__ is Model.__str__:
        return str(value.pk)
    return str(value)


def _span(during: Range) -> str:
    """From a day, and until the day before its end."""
    until = f", đến trước ngày {say_date(during.upper)}" if during.upper else ""
    return f"từ ngày {say_date(during.lower)}{until}" if during.lower else f"đến nay{until}"


def who(cards: list[Member]) -> Her:
    """The woman of these cards, as the registry finds her rows."""
    numbers = [bytes(card.id_index) for card in cards if card.id_index]
    return Her([card.pk for card in cards], numbers, [card.household_id for card in cards if card.household_id])


def everything(card: Member, say: Mapping[str, Sayer] | None = None) -> list[Part]:
    """Her rows in every table of the registry, without what the system needs for itself and what is only derived.

    `say` gives words for columns that a room above can read better ("ledger.Record.values").
    """
    her = who(own_cards(card))
    parts = [Part(table, _rows(table, her, say or {})) for table in tables().values()]
    return [part for part in parts if part.rows]


def _rows(table: Table, her: Her, say: Mapping[str, Sayer]) -> list[list[Said]]:
    shown = [one for one in table.columns if one.level != "L0" and not one.derived]
    keys = [one.name for one in shown if table.is_key(one.name)]
    said = []
    for row in table.rows(her).select_related(*keys):
        texts = [(one, say.get(f"{table.model}.{one.name}", lambda row, one=one: told(row, one))(row)) for one in shown]
        said.append(
            [Said(one, text, purposes()[one.purpose].label, table.is_number(one)) for one, text in texts if text]
        )
    return said


def as_data(parts: list[Part]) -> dict[str, Any]:
    """The same as plain data in the words of the registry, for a JSON file that she and another program can read."""
    return {
        part.table.label: {
            "Giữ trong": f"{part.kept}; {BY_ITSELF}",
            "Các dòng": [{said.column.label: said.text for said in row} for row in part.rows],
        }
        for part in parts
    }
