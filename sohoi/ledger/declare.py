"""Load kinds and measures from their files into rows; a changed body becomes a new version, nothing is lost.

It refuses what would count nothing: a kind that posts where no entries are read, a variant of a variant, half a
ratio, a way of counting that the entries already written were not written for.
"""

import logging
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from sohoi.ledger.kinds import KindBody, read_kind
from sohoi.ledger.measures import KEYS, MeasureBody, read_measure
from sohoi.ledger.models import Entry, Kind, Measure, Take
from sohoi.ledger.reached import named
from sohoi.ledger.shapes import cleaned, shown
from sohoi.ledger.taken import Folders, Say, left_to_own, refuse_room_names, refuse_taken
from sohoi.ledger.totals import rebuild
from sohoi.plainly import cause
from sohoi.refusal import Refusal

__all__ = ["KEYS", "declared", "load_folders", "load_rooms", "read_toml", "room_folders"]
LEAST_THRESHOLD = 20  # of a sensitive measure: the threshold for violence (security §10)
WOMEN = ("member", "newcomer", "former")  # subjects that have a year of birth
ONE_EACH = (*WOMEN, "household")  # subjects that can be counted once each

LOG = logging.getLogger(__name__)

Rows = dict[int, Measure]


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file's body, its text composed; raises Refusal when it is not TOML or cannot be read or kept."""
    try:
        body = tomllib.loads(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refusal(f"{path.name}: tệp không viết bằng bảng mã UTF-8. Lưu lại bằng UTF-8.", path.name) from error
    except (ValueError, OSError, RecursionError) as error:
        raise Refusal(
            f"{path.name}: không đọc được tệp này ({cause(error)}). Sửa lại rồi nạp lại.", path.name
        ) from error
    body = cleaned(body, path.name)
    return dict(body)


def room_folders() -> Folders:
    """(room, folder) of every installed room that has kinds or measures of its own."""
    rooms = [(config.label, Path(config.path)) for config in apps.get_app_configs()]
    return [(room, path) for room, path in rooms if _declares(path)]


def _declares(folder: Path) -> bool:
    """Whether a folder has kinds or measures."""
    return (folder / "measures.toml").exists() or (folder / "kinds").is_dir()


def declared(folders: Folders) -> tuple[list[KindBody], dict[str, MeasureBody]]:
    """What the files of these folders declare, read and checked one by one; nothing is loaded."""
    return [body for _, body, _, _ in _read_kinds(folders)], _read_measures(folders)


@transaction.atomic
def load_rooms(giving: Collection[str] = (), say: Say = LOG.warning) -> tuple[int, int]:
    """Load the kinds and measures of all rooms; returns how many kinds and measures are new or changed."""
    return load_folders(room_folders(), giving, say)


@transaction.atomic
def load_folders(folders: Folders, giving: Collection[str] = (), say: Say = LOG.warning) -> tuple[int, int]:
    """Load `measures.toml` and `kinds/*.toml` of each (room, folder). All or nothing; but what the program brings under
    a code of an own folder stays out, which is said, unless that code is among those `giving` way.

    Raises Refusal with the file and key for a body outside the language, a name that nobody declares, or a
    combination that would count nothing.
    """
    refuse_room_names(folders)
    for _, folder in folders:
        if not _declares(folder):
            raise Refusal(f"{folder}: không có measures.toml hay thư mục kinds. Kiểm tra tên thư mục.")
    kinds, measures = _read_kinds(folders), _read_measures(folders)
    refuse_taken(kinds, measures)
    kinds, measures = left_to_own(kinds, measures, giving, say)
    before = _columns(measures)
    recount = [_write_measure(body, measures) for body in sorted(measures.values(), key=lambda body: body.rank)]
    fresh = sum(_load_kind(room, body, raw, where) for room, body, raw, where in kinds)
    rows = {row.pk: row for row in Measure.objects.all()}
    bodies = [read_kind(kind.body, f"{kind.code}.toml") for kind in Kind.objects.filter(current=True)]
    _refuse_idle_measures(rows)
    _refuse_idle_kinds(rows, bodies)
    _mark_measures(rows, bodies, {body.code for body in measures.values() if body.sensitive})
    if any(recount) and Entry.objects.exists():
        rebuild()
    after = _columns(measures)
    return fresh, sum(before.get(code) != after[code] for code in measures)


def _read_kinds(folders: Folders) -> list[tuple[str, KindBody, dict[str, Any], str]]:
    """(room, body, body as written, file) of every kind file."""
    kinds, seen = [], set[str]()
    for room, folder in folders:
        for path in sorted(folder.glob("kinds/*.toml")):
            raw = read_toml(path)
            body = read_kind(raw, path.name)
            if body.code in seen:
                raise Refusal(f"{path.name}: loại việc “{body.code}” đã có ở tệp khác. Đặt mã khác.", path.name)
            seen.add(body.code)
            kinds.append((room, body, raw, path.name))
    return kinds


def _read_measures(folders: Folders) -> dict[str, MeasureBody]:
    """The measures of every folder by code."""
    measures: dict[str, MeasureBody] = {}
    for room, folder in folders:
        path = folder / "measures.toml"
        for code, raw in (read_toml(path) if path.exists() else {}).items():
            if code in measures:
                raise Refusal(f"{path.name}: đầu số liệu “{shown(code)}” đã có ở phòng khác.", path.name)
            measures[code] = read_measure(code, room, raw, path.name)
    return measures


def _columns(measures: dict[str, MeasureBody]) -> dict[str, tuple[Any, ...]]:
    """What stands of these measures, to see which ones a load changed."""
    columns = ("code", "room", "label", "count", "take", "filter", "age", "threshold", "base_id", "over_id", "under_id",
               "places")  # fmt: skip
    return {row[0]: row for row in Measure.objects.filter(code__in=measures).values_list(*columns)}


def _load_kind(room: str, body: KindBody, raw: dict[str, Any], where: str) -> bool:
    """Keep the body as a new version when it differs from the current one."""
    for name in filter(None, (body.writer, body.undo)):
        named(name)
    known = set(Measure.objects.filter(code__in=[m.code for m in body.measures]).values_list("code", flat=True))
    missing = [m.code for m in body.measures if m.code not in known]
    if missing:
        said = f"{where}: đầu số liệu “{missing[0]}” chưa có trong measures.toml. Thêm label và count rồi nạp lại."
        raise Refusal(said, where)
    raw = _in_order({**raw, "since": body.since.isoformat()})
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


def _in_order(raw: dict[str, Any]) -> dict[str, Any]:
    """Choices as pairs: the database keeps the order of a list, not that of a table."""
    fields = [
        {**field, "choices": [list(pair) for pair in field["choices"].items()]} if "choices" in field else field
        for field in raw.get("field", [])
    ]
    return {**raw, "field": fields} if fields else raw


def _write_measure(body: MeasureBody, measures: dict[str, MeasureBody]) -> bool:
    """Write one measure, bases before what refers to them; returns whether it counts otherwise than before."""
    before = Measure.objects.filter(code=body.code).first()
    _refuse_recount(body, before)
    kept = before.threshold if before and before.sensitive else 0
    values = {
        "room": body.room, "label": body.label, "count": body.count, "take": body.take, "filter": body.filter,
        "age": body.age, "places": body.places,
        "threshold": kept if body.threshold is None else body.threshold,
        "base": _named(body, body.of, measures), "over": _named(body, body.over, measures),
        "under": _named(body, body.under, measures),
    }  # fmt: skip
    row, _ = Measure.objects.update_or_create(code=body.code, defaults=values)
    if body.is_base:
        Measure.objects.filter(pk=row.pk).update(base=row)
        row.base = row
    counted = (before.take, before.filter, before.age, before.base_id) if before else None
    return counted != (row.take, row.filter, row.age, row.base_id)


def _refuse_recount(body: MeasureBody, before: Measure | None) -> None:
    """Entries stand as they were written: declared figures are no deeds to add up, and a base does not move away."""
    if before is None:
        return
    was = (before.take == Take.LAST, before.base_id == before.pk)
    if was != (body.take == Take.LAST, body.is_base) and Entry.objects.filter(measure=before).exists():
        said = f"{body.where}: đã có bút toán, không đổi được sang cách cộng khác loại (take, of, over). Đặt mã mới."
        raise Refusal(said, body.code)


def _named(body: MeasureBody, other: str, measures: dict[str, MeasureBody]) -> Measure | None:
    """The measure that another one refers to."""
    if not other:
        return None
    row = Measure.objects.filter(code=other).exclude(code=body.code).first()
    if row is None and other in measures:
        raise Refusal(f"{body.where} nêu “{other}”, mà đó cũng là số liệu lấy từ số khác. Nêu số gốc.", body.code)
    if row is None:
        raise Refusal(f"{body.where} nêu “{shown(other)}” nhưng không có đầu số liệu đó.", body.code)
    return row


def _refuse_idle_measures(rows: Rows) -> None:
    """No variant of a variant or of a ratio, no ratio of ratios, no declared figure taken otherwise than as such."""
    for row in rows.values():
        where = f"measures.toml, đầu số liệu “{row.code}”"
        base = rows.get(row.base_id or 0)
        if row.take == Take.RATIO:
            parts = [rows.get(pk or 0) for pk in (row.over_id, row.under_id)]
            if any(part is None or part.take == Take.RATIO for part in parts):
                raise Refusal(f"{where}: tử số và mẫu số không thể là một tỷ lệ.", row.code)
        elif base is None or base.base_id != base.pk:
            raise Refusal(f"{where}: “of” phải nêu đầu số liệu gốc, không phải số đã lọc hay tỷ lệ.", row.code)
        elif (row.take == Take.LAST) != (base.take == Take.LAST):
            said = 'số khai gần nhất (take = "last") chỉ lấy từ số khai gần nhất, và ngược lại'
            raise Refusal(f"{where}: {said}. Sửa “take” hoặc “of”.", row.code)
        elif row.age and base.take != Take.BALANCE:
            raise Refusal(f"{where}: lứa tuổi (“age”) chỉ lấy từ số gốc cộng dồn (balance).", row.code)


def _refuse_idle_kinds(rows: Rows, bodies: list[KindBody]) -> None:
    """A kind posts to bases only: entries of anything else are read by no figure."""
    bases = {row.code: row for row in rows.values() if row.base_id == row.pk and not row.filter}
    aged = {rows[row.base_id].code for row in rows.values() if row.age and row.base_id}
    for body in bodies:
        for line in body.measures:
            where = f"{body.code}.toml, đầu số liệu “{line.code}”"
            if line.code not in bases:
                raise Refusal(f"{where}: đây là số đã lọc hay tỷ lệ, không ghi vào được. Nêu đầu số liệu gốc.", where)
            if bases[line.code].take == Take.DISTINCT and body.subject not in ONE_EACH:
                said = "số đếm mỗi người (hộ) một lần cần subject là member hoặc household"
                raise Refusal(f"{where}: {said}.", where)
            if line.code in aged and body.subject not in WOMEN:
                raise Refusal(f"{where}: số này chia theo lứa tuổi, cần subject là một hội viên.", where)


def _mark_measures(rows: Rows, bodies: list[KindBody], declared: set[str]) -> None:
    """Which levels each measure is asked of, which are sensitive, from which number on they are said.

    All current kinds are looked at, not only those of this call; a measure once sensitive stays so, and its
    threshold is never below those of what it is made of.
    """
    asked: dict[str, list[set[str]]] = {}
    quiet = declared | {row.code for row in rows.values() if row.sensitive}
    for body in bodies:
        for line in body.measures:
            asked.setdefault(line.code, []).append(set(body.levels))
            quiet |= {line.code} if body.sensitive else set()
    for row in sorted(rows.values(), key=_made_of):
        parts = [rows[pk] for pk in (row.base_id, row.over_id, row.under_id) if pk and pk != row.pk]
        row.sensitive = row.code in quiet or any(part.sensitive for part in parts)
        if row.sensitive:
            row.threshold = max(LEAST_THRESHOLD, row.threshold, *(part.threshold for part in parts))
        levels = asked.get(rows[row.base_id].code if row.base_id else row.code, [])
        row.asked = sorted(set().union(*levels)) if all(levels) else []
    Measure.objects.bulk_update(rows.values(), ["sensitive", "threshold", "asked"])


def _made_of(row: Measure) -> int:
    """Bases, then their variants, then ratios: what a measure is made of comes before it."""
    return 2 if row.take == Take.RATIO else int(row.base_id != row.pk)
