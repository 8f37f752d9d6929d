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
    changed = _load_measures(measures, {room_body.code: room_body for _, room_body, _ in kinds})
    return sum(_load_kind(room, body, raw) for room, body, raw in kinds), changed


def _load_kind(room: str, body: KindBody, raw: dict[str, Any]) -> bool:
    """Keep the body as a new version when it differs from the current one."""
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


def _load_measures(measures: dict[str, tuple[str, dict[str, Any]]], kinds: dict[str, KindBody]) -> int:
    """Write the measures: bases first, then what refers to them. Changed filters rebuild the totals."""
    asked, sensitive = _from_kinds(kinds)
    for code in asked:
        known = code in measures or Measure.objects.filter(code=code).exists()
        if not known:
            raise Refusal(f"Đầu số liệu “{code}” chưa có trong measures.toml. Thêm label và count rồi nạp lại.", code)
    changed = refold = 0
    order = {"of": 1, "over": 2}
    for code, (room, body) in sorted(measures.items(), key=lambda m: max([order.get(k, 0) for k in m[1][1]])):
        values = _measure_values(code, room, body)
        values["asked"] = asked.get(body.get("of", code), [])
        values["sensitive"] = bool(body.get("sensitive")) or body.get("of", code) in sensitive
        before = Measure.objects.filter(code=code).first()
        row, _ = Measure.objects.update_or_create(code=code, defaults=values)
        if row.base_id is None and row.take != Take.RATIO:
            Measure.objects.filter(pk=row.pk).update(base=row)
        after = {**values, "base": values.get("base") or row}
        if before is None or any(getattr(before, key) != after.get(key) for key in after if key != "base"):
            changed += 1
        counted = (before.take, before.filter, before.base_id) if before else None
        refold += counted != (row.take, row.filter, after["base"].pk if after["base"] else None)
    if refold and Entry.objects.exists():
        rebuild()
    return changed


def _from_kinds(kinds: dict[str, KindBody]) -> tuple[dict[str, list[str]], set[str]]:
    """Per measure code: the levels that are asked, and the codes that sensitive kinds post to."""
    asked: dict[str, list[str]] = {}
    for kind in kinds.values():
        for line in kind.measures:
            asked[line.code] = sorted({*asked.get(line.code, []), *kind.levels})
    return asked, {line.code for kind in kinds.values() if kind.sensitive for line in kind.measures}


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
