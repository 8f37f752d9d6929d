"""What happened to one woman in the register, the newest first: deeds, corrections, moves, twins, where she was."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from sohoi.desk.cards import LABELS
from sohoi.desk.words import answer
from sohoi.ledger.kinds import KindBody
from sohoi.ledger.models import Record
from sohoi.ledger.read import records
from sohoi.ledger.undoing import taken_back_by
from sohoi.people.masking import hides
from sohoi.people.models import Correction, Link, Member, Membership, Transfer
from sohoi.people.read.cards import Past
from sohoi.units.models import Unit
from sohoi.vietnamese import date as say_date

MOST = 200
OPEN = {"born", "home", "home-address"}  # questions that are no single column of the card
UNSAID = {"transfer", "kept", "cleared"}  # numbers of rows, no answers to read


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, details line by line, who told it, where more stands."""

    day: date
    at: datetime | None
    title: str
    lines: list[str] = field(default_factory=list)
    who: str = ""
    url: str = ""
    undo: str = ""
    gone: str = ""


def events(card: Member, past: Past, scope: QuerySet[Unit]) -> list[Event]:
    """The story of a card; deeds of units outside the scope are told only as where she was."""
    told = list(records(scope).filter(member=card)[:MOST])
    shown: set[object] = {record.pk for record in told}
    corrected: dict[object, list[str]] = {}
    for row in past.corrections:
        corrected.setdefault(row.record or row.pk, []).append(_correction(row))
    bodies = taken_back_by({record.kind for record in told})
    found = [_deed(card, record, bodies[record.kind_id], corrected.get(record.pk, [])) for record in told]
    found += [_alone(row, corrected[row.record or row.pk]) for row in _first(past.corrections, shown)]
    found += [_belonging(row) for row in past.memberships if row.record not in shown]
    found += [event for row in past.transfers for event in _transfer(row)]
    found += [_link(card, row) for row in past.links if row.record not in shown]
    return sorted(found, key=lambda event: (event.day, event.at is not None, event.at or _never()), reverse=True)


def _never() -> datetime:
    """A moment before all others."""
    return datetime.min.replace(tzinfo=timezone.get_current_timezone())


def _deed(card: Member, record: Record, body: KindBody, corrected: list[str]) -> Event:
    """A record about her."""
    asked = [f for f in body.asked if f.code in record.values and f.code not in UNSAID and not f.masked]
    lines = corrected or [f"{f.label}: {answer(f, record.values[f.code])}" for f in asked]
    voiding = getattr(record, "voiding", None)
    gone = f"Đã hủy: {voiding.reason} ({voiding.by})" if voiding else ""
    undo = "" if voiding or (body.writer and not body.undo) else _undo(card, record)
    url = reverse("record", args=[record.pk])
    return Event(record.day, record.recorded_at, body.label, lines, str(record.by), url, undo, gone)


def _undo(card: Member, record: Record) -> str:
    """Where it is taken back: a move on the page of both its sides."""
    move = record.values.get("transfer")
    return reverse("transfer", args=[move]) if move else reverse("member-undo", args=[card.pk, record.pk])


def _correction(row: Correction) -> str:
    """One answer put right: before, after; of what is shown masked only that it was."""
    label = LABELS.get(row.column, row.column)
    if row.column not in OPEN and hides(row.column):
        return f"{label}: {'đã sửa' if row.before and row.after else 'đã ghi' if row.after else 'đã xóa'}"
    return f"{label}: {row.before or '(trống)'} → {row.after or '(trống)'}"


def _first(rows: list[Correction], shown: set[object]) -> list[Correction]:
    """One correction of each deed that is not among the shown records."""
    return list({row.record or row.pk: row for row in rows if row.record not in shown}.values())


def _alone(row: Correction, lines: list[str]) -> Event:
    """A correction that no shown record tells."""
    return Event(timezone.localdate(row.at), row.at, "Sửa thẻ hội viên", lines, str(row.by))


def _belonging(row: Membership) -> Event:
    """A membership that was told elsewhere, or before there were records."""
    until = f"đến trước {say_date(row.during.upper)}" if row.during.upper else "đến nay"
    return Event(row.during.lower, None, f"Thuộc {row.unit.name}", [f"Từ {say_date(row.during.lower)} {until}"])


def _transfer(row: Transfer) -> list[Event]:
    """A move asked, and how it was answered; who asked by number is not told apart."""
    way = f"{row.old.name} → {row.new.name}"
    found = [
        Event(timezone.localdate(row.asked_at), row.asked_at, "Đề nghị chuyển sinh hoạt", [way], str(row.asked_by))
    ]
    if row.accepted is not None and row.answered_at:
        title = "Đồng ý chuyển sinh hoạt" if row.accepted else "Không chuyển sinh hoạt"
        lines = [way, *([f"Lý do: {row.answer}"] if row.answer else [])]
        gone = f"Đã hủy lần chuyển ({row.undone_by})" if row.undone_at else ""
        day, who = timezone.localdate(row.answered_at), str(row.answered_by)
        found.append(Event(day, row.answered_at, title, lines, who, gone=gone))
    return found


def _link(card: Member, row: Link) -> Event:
    """Two cards joined, or cut again."""
    other = row.twin if row.kept_id == card.pk else row.kept
    gone = f"Đã tách ra ({row.cut_by})" if row.cut_at else ""
    return Event(timezone.localdate(row.at), row.at, f"Gộp với thẻ {other.name}", [row.reason] if row.reason else [],
                 str(row.by), gone=gone)  # fmt: skip
