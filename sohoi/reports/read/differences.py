"""What a version says otherwise than the one before, and why: figures with the records behind each, words, senders."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from sohoi.figures.changes import Change, changes
from sohoi.ledger.known import measures_named
from sohoi.periods import between
from sohoi.reports.models import Version
from sohoi.reports.read.merging import said_by
from sohoi.reports.regular import COLUMNS
from sohoi.units.models import Unit
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import number


@dataclass(frozen=True)
class Moved:
    """A figure that changed: what it is, before, after, and the records that made the difference."""

    label: str
    column: str
    before: str
    after: str
    causes: list[str]


@dataclass(frozen=True)
class Differences:
    """Everything in which two versions differ."""

    figures: list[Moved]
    gone: list[str]
    new: list[str]
    senders: list[str]

    def __bool__(self) -> bool:
        return bool(self.figures or self.gone or self.new or self.senders)


def differences(version: Version, scope: QuerySet[Unit]) -> Differences | None:
    """What this version changed; None for the first. Causes are told of units in `scope` alone."""
    before = Version.objects.filter(report=version.report, number=version.number - 1).first()
    if before is None:
        return None
    old, now = said_by(before), said_by(version)
    return Differences(_moved(version, before, old, now, scope), *_words(old, now), _senders(old, now))


def _moved(
    version: Version, before: Version, old: dict[str, Any], now: dict[str, Any], scope: QuerySet[Unit]
) -> list[Moved]:
    """Figures whose text changed, with causes; each window of days is asked once."""
    keys = [key for key, one in now["figures"].items() if old["figures"].get(key, {}).get("text") != one["text"]]
    windows: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        windows.setdefault((now["figures"][key]["first"], now["figures"][key]["last"]), []).append(key)
    causes: dict[str, list[str]] = {}
    for (first, last), asked in windows.items():
        codes = {now["figures"][key]["measure"] for key in asked if now["figures"][key]["raw"] is not None}
        measures = {m.pk: m for m in measures_named(codes).values()}
        period = between(date.fromisoformat(first), date.fromisoformat(last))
        found = changes(version.report.unit, measures.values(), period, before.position, version.position, scope=scope)
        for key in asked:
            code = now["figures"][key]["measure"]
            causes[key] = [_said(one) for one in found if measures[one.measure_id].code == code]
    return [
        Moved(now["figures"][key]["label"], COLUMNS[key.split("|")[1]],
              old["figures"].get(key, {}).get("text", "chưa có"), now["figures"][key]["text"], causes.get(key, []))
        for key in keys
    ]  # fmt: skip


def _said(one: Change) -> str:
    """One record as a cause: "ghi thêm Tặng quà ngày 12/3/2026 ở Chi hội 2: 30"."""
    sign = "tăng" if one.amount >= 0 else "giảm"
    deed = f"{one.kind} ngày {say_date(one.day)} ở {one.unit}"
    tail = f"{sign} {number(abs(one.amount))}"
    return f"ghi thêm {deed}: {tail}" if one.told else f"hủy {deed} ({one.reason.rstrip('.')}): {tail}"


def _words(old: dict[str, Any], now: dict[str, Any]) -> tuple[list[str], list[str]]:
    """(sentences that were there and are not, sentences that were not)."""
    was = [line["text"] for lines in old["texts"].values() for line in lines if line["kept"]]
    are = [line["text"] for lines in now["texts"].values() for line in lines if line["kept"]]
    return [text for text in was if text not in are], [text for text in are if text not in was]


def _senders(old: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Reports below that are another version now, or have come since."""
    was = {child["unit"]: child["version"] for child in old["children"]}
    return [
        f"{child['name']}: bản {child['version']}{_instead(was.get(child['unit']))}"
        for child in now["children"] if child["version"] and was.get(child["unit"]) != child["version"]
    ]  # fmt: skip


def _instead(version: int | None) -> str:
    return f" thay bản {version}" if version else ""
