"""Load kinds and measures from their files into rows; a changed body becomes a new version, nothing is lost."""

import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from sohoi.ledger.kinds import KindBody, read_kind
from sohoi.ledger.models import Entry, Kind, Measure, Take
from sohoi.ledger.totals import rebuild
from sohoi.refusal import Refusal

KEYS = {"label", "count", "take", "of", "where", "over", "under", "sensitive", "threshold"}


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file's body; raises Refusal when it is not TOML or cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Refusal(f"{path.name}: không đọc được tệp này ({error}). Sửa lại rồi nạp lại.", path.name) from error


def room_folders() -> list[tuple[str, Path]]:
    """(room, folder) of every installed room that has kinds or measures of its own."""
    rooms = [(config.label, Path(config.path)) for config in apps.get_app_configs()]
    return [(room, path) for room, path in rooms if (path / "measures.toml").exists() or (path / "kinds").is_dir()]


@transaction.atomic
def load_rooms() -> tuple[int, int]:
    """Load the kinds and measures of all rooms; returns how many kinds and measures are new or changed."""
    return load_folders(room_folders())


@transaction.atomic
def load_folders(folders: list[tuple[str, Path]]) -> tuple[int, int]:
    """Load `measures.toml` and `kinds/*.toml` of each (room, folder). All or nothing.

    Raises Refusal with the file and key for a body outside the language, a measure without a label, or a
    name that nobody declares.
    """
    kinds = [(room, read_kind(read_toml(path), path.name), read_toml(path))
             for room, folder in folders for path in sorted(folder.glob("kinds/*.toml"))]  # fmt: skip
    measures: dict[str, tuple[str, dict[str, Any]]] = {}
    for room, folder in folders:
        path = folder / "measures.toml"
        for code, body in (read_toml(path) if path.exists() else {}).items():
            if code in measures:
                raise Refusal(f"{path.name}: đầu số liệu “{code}” đã có ở phòng khác.", path.name)
            measures[code] = (room, body)
    changed = _load_measures(measures)
    fresh = sum(_load_kind(room, body, raw) for room, body, raw in kinds)
    _mark_measures({code for code, (_, body) in measures.items() if body.get("sensitive")})
    return fresh, changed


def _load_kind(room: str, body: KindBody, raw: dict[str, Any]) -> bool:
    """Keep the body as a new version when it differs from the current one."""
    known = set(Measure.objects.filter(code__in=[m.code for m in body.measures]).values_list("code", flat=True))
    missing = [m.code for m in body.measures if m.code not in known]
    if missing:
        raise Refusal(f"Đầu số liệu “{missing[0]}” chưa có trong measures.toml. Thêm label và count rồi nạp lại.")
    raw = {**raw, "since": body.since.isoformat()}
    current = Kind.objects.filter(code=body.code, current=True).first()
    if current and current.body == raw:
        return False
    version = 1
    if current:
        Kind.objects.filter(pk=current.pk).update(current=False)
        version = current.version + 1
    Kind.objects.create(
        code=body.code, version=version, room=room, label=body.label, body=raw, sensitive=body.sensitive
    )
    return True


def _load_measures(measures: dict[str, tuple[str, dict[str, Any]]]) -> int:
    """Write the measures: bases first, then what refers to them. A changed way of counting rebuilds the totals."""
    changed = refold = 0
    order = {"of": 1, "over": 2}
    for code, (room, body) in sorted(measures.items(), key=lambda m: max([order.get(k, 0) for k in m[1][1]])):
        values = _measure_values(code, room, body)
        before = Measure.objects.filter(code=code).first()
        if values["take"] != Take.RATIO and values["base"] is None:
            values["base"] = before  # its own base; a new one gets it below
        row, _ = Measure.objects.update_or_create(code=code, defaults=values)
        if row.base_id is None and row.take != Take.RATIO:
            Measure.objects.filter(pk=row.pk).update(base=row)
            row.base = row
        changed += before is None or any(getattr(before, key) != getattr(row, key) for key in values)
        counted = (before.take, before.filter, before.base_id) if before else None
        refold += counted != (row.take, row.filter, row.base_id)
    if refold and Entry.objects.exists():
        rebuild()
    return changed


def _mark_measures(declared: set[str]) -> None:
    """Which levels each measure is asked of, and which are sensitive: by their kinds, their base, their parts.

    All current kinds are looked at, not only those of this call; a measure once sensitive stays so.
    """
    asked: dict[str, list[set[str]]] = {}
    quiet = set(declared)
    for kind in Kind.objects.filter(current=True):
        body = read_kind(kind.body, kind.code)
        for line in body.measures:
            asked.setdefault(line.code, []).append(set(body.levels))
            quiet |= {line.code} if body.sensitive else set()
    rows = list(Measure.objects.select_related("base", "over", "under"))
    quiet |= {row.code for row in rows if row.sensitive}
    for row in rows:
        parts = [part for part in (row, row.base, row.over, row.under) if part is not None]
        row.sensitive = any(part.code in quiet for part in parts)
        levels = asked.get(row.base.code if row.base else row.code, [])
        row.asked = sorted(set().union(*levels)) if all(levels) else []
    Measure.objects.bulk_update(rows, ["sensitive", "asked"])


def _measure_values(code: str, room: str, body: dict[str, Any]) -> dict[str, Any]:
    """One entry of measures.toml as columns; raises Refusal for an unknown key, way to add, or name."""
    strange = sorted(set(body) - KEYS)
    if strange:
        raise Refusal(f"Đầu số liệu “{code}”: không hiểu khóa “{strange[0]}”.", code)
    take = body.get("take", Take.RATIO if "over" in body else Take.SUM)
    if take not in Take.values:
        raise Refusal(f"Đầu số liệu “{code}”: take phải là một trong: {', '.join(Take.values)}.", code)
    for key in ("label", "count"):
        if key not in body:
            raise Refusal(f"Đầu số liệu “{code}”: thiếu khóa “{key}”.", code)
    return {
        "room": room, "label": body["label"], "count": body["count"], "take": take,
        "filter": body.get("where", {}), "threshold": body.get("threshold", 0),
        "base": _named(code, body.get("of")), "over": _named(code, body.get("over")),
        "under": _named(code, body.get("under")),
    }  # fmt: skip


def _named(code: str, other: str | None) -> Measure | None:
    """The measure that another one refers to."""
    if other is None:
        return None
    row = Measure.objects.filter(code=other).first()
    if row is None:
        raise Refusal(f"Đầu số liệu “{code}” nêu “{other}” nhưng không có đầu số liệu đó.", code)
    return row
