"""What may change on the map: load the country, load branches, make the closure anew. One transaction each."""

import csv
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.units.models import Act, Level, Lineage, Placement, Unit
from sohoi.units.read import find, sql
from sohoi.vietnamese import nfc, plain

DATA = Path(__file__).parent / "data"
REFORM = date(2025, 7, 1)
BEGINNING = date(2015, 1, 1)  # ours: the sources know the old map as of 30 June 2025; we carry it back to here
CENTRE_CODE = "TW"
BRANCH_COLUMNS = ("code", "parent", "name", "first", "last")


def rebuild_closure(on: date | None = None) -> None:
    """Make the closure anew; today's map is that of `on` (today)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql("closure.sql"), {"today": on or timezone.localdate()})


def read_rows(path: Path) -> list[dict[str, str]]:
    """A CSV file's rows, NFC; raises Refusal when it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{key: nfc(value or "") for key, value in row.items() if key} for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refusal(f"{path.name}: không đọc được tệp CSV này ({error}).", path.name) from error


@transaction.atomic
def load_country(only: set[str] | None = None) -> int:
    """Load the State's two maps and their lineage from the repository; returns the number of units.

    `only` keeps those provinces of today (State codes) and what they came out of: the cut that tests load.
    Loading twice changes nothing. Source of the maps: units/data/SOURCES.md.
    """
    if Unit.objects.exists():
        return Unit.objects.count()
    before, today = read_rows(DATA / "before.csv"), read_rows(DATA / "today.csv")
    lineage = read_rows(DATA / "lineage.csv")
    if only is not None:
        before, today, lineage = _cut(before, today, lineage, only)
    kept = {(row["level"], row["code"]) for row in today if row["kept"] == "yes"}
    old = {(r["level"], r["code"]): _unit(r, BEGINNING) for r in before}
    new = {(r["level"], r["code"]): _unit(r, REFORM) for r in today if (r["level"], r["code"]) not in kept}
    top = Unit.objects.create(code=CENTRE_CODE, level=Level.CENTRE, name="Trung ương", plain="trung uong")
    Unit.objects.bulk_create([*old.values(), *new.values()], batch_size=5000)
    now = {key: new.get(key) or old[key] for key in ((r["level"], r["code"]) for r in today)}
    _place_country(top, before, today, old, now, kept)
    _lineage(lineage, old, now)
    rebuild_closure()
    return Unit.objects.count()


def _cut(
    before: list[dict[str, str]], today: list[dict[str, str]], lineage: list[dict[str, str]], only: set[str]
) -> tuple[list[dict[str, str]], list[dict[str, str]], list[dict[str, str]]]:
    """The rows of some provinces of today and of everything they came out of."""
    now = [r for r in today if (r["code"] if r["level"] == Level.PROVINCE else r["parent"]) in only]
    codes = {(r["level"], r["code"]) for r in now}
    provinces = {r["old"] for r in lineage if r["level"] == Level.PROVINCE and r["new"] in only}
    districts = {r["code"] for r in before if r["level"] == Level.DISTRICT and r["parent"] in provinces}
    was = [
        r for r in before
        if (r["level"] == Level.PROVINCE and r["code"] in provinces) or r["parent"] in provinces | districts
    ]  # fmt: skip
    kept = {(r["level"], r["code"]) for r in was}
    lines = [r for r in lineage if (r["level"], r["old"]) in kept and (_heir_level(r), r["new"]) in codes]
    return was, now, lines


def _heir_level(row: dict[str, str]) -> str:
    """A district went into a province, an island district into its đặc khu; others into one of their level."""
    if row["level"] != Level.DISTRICT:
        return row["level"]
    return Level.BASE if len(row["new"]) == 5 else Level.PROVINCE


def _unit(row: dict[str, str], first: date) -> Unit:
    """A unit of the State's map; its public code carries its first day, for State codes were used again."""
    code = f"{row['code']}@{first.isoformat()}"
    return Unit(code=code, state_code=row["code"], level=row["level"], name=row["name"], plain=plain(row["name"]))


def _place_country(
    top: Unit, before: list[dict[str, str]], today: list[dict[str, str]],
    old: dict[tuple[str, str], Unit], now: dict[tuple[str, str], Unit], kept: set[tuple[str, str]],
) -> None:  # fmt: skip
    """Where every unit stood until the reform and stands since; a kept province stays where it is."""
    rows = [Placement(unit=top, parent=None, name="Trung ương", during=(BEGINNING, None))]
    above = {Level.PROVINCE: "", Level.DISTRICT: Level.PROVINCE, Level.BASE: Level.DISTRICT}
    for r in before:
        key = (r["level"], r["code"])
        stays = key in kept and r["level"] == Level.PROVINCE
        parent = top if r["level"] == Level.PROVINCE else old[(above[Level(r["level"])], r["parent"])]
        during = (BEGINNING, None if stays else REFORM)
        rows.append(Placement(unit=old[key], parent=parent, name=r["name"], during=during))
    for r in today:
        key = (r["level"], r["code"])
        if key in kept and r["level"] == Level.PROVINCE:
            continue
        parent = top if r["level"] == Level.PROVINCE else now[(Level.PROVINCE, r["parent"])]
        rows.append(Placement(unit=now[key], parent=parent, name=r["name"], during=(REFORM, None)))
    Placement.objects.bulk_create(rows, batch_size=5000)


def _lineage(lineage: list[dict[str, str]], old: dict[tuple[str, str], Unit], now: dict[tuple[str, str], Unit]) -> None:
    """Who came out of whom on 1 July 2025; a kept unit is its own heir and needs no row."""
    act, _ = Act.objects.get_or_create(
        number="2025-07-01", defaults={"title": "Sắp xếp đơn vị hành chính năm 2025", "day": REFORM}
    )
    rows = []
    for r in lineage:
        was, new = old[(r["level"], r["old"])], now[(_heir_level(r), r["new"])]
        if was.pk != new.pk:
            rows.append(Lineage(old=was, new=new, whole=r["part"] == "whole", act=act))
    Lineage.objects.bulk_create(rows, batch_size=5000)


@transaction.atomic
def load_units(path: Path) -> tuple[int, int]:
    """Load branches from CSV `code,parent,name,first,last`; returns (new units, new placements).

    A code that stands already gets a further placement (a branch that moved to another commune on `first`).
    All or nothing: raises Refusal with the row for an unknown parent, a broken day, or days that overlap.
    """
    rows = read_rows(path)
    if not rows or set(BRANCH_COLUMNS) - set(rows[0]):
        raise Refusal(f"{path.name}: cần các cột {', '.join(BRANCH_COLUMNS)}.", path.name)
    known = {u.code: u for u in Unit.objects.filter(code__in={r["code"] for r in rows})}
    stood: dict[str, list[tuple[date, date | None]]] = {}
    for place in Placement.objects.filter(unit__in=known.values()).select_related("unit"):
        stood.setdefault(place.unit.code, []).append((place.during.lower, place.during.upper))
    parents: dict[tuple[str, date], Unit] = {}
    fresh, places = [], []
    for at, row in enumerate(rows, start=2):
        where = f"{path.name}, dòng {at}"
        first, until = _days(row, where)
        if (first, until) in stood.get(row["code"], []):
            continue
        if row["code"] not in known:
            known[row["code"]] = _branch(row, where)
            fresh.append(known[row["code"]])
        _refuse_overlap(stood.setdefault(row["code"], []), first, until, f"{where}: {row['name']}")
        parent = parents.get((row["parent"], first)) or _parent(row["parent"], first, where)
        parents[(row["parent"], first)] = parent
        unit = known[row["code"]]
        places.append(Placement(unit=unit, parent=parent, name=row["name"], during=(first, until)))
    Unit.objects.bulk_create(fresh, batch_size=5000)
    Placement.objects.bulk_create(places, batch_size=5000)
    if places:
        rebuild_closure()
    return len(fresh), len(places)


def _branch(row: dict[str, str], where: str) -> Unit:
    """A new branch; its code is letters, digits, dots and dashes."""
    code = row["code"]
    if not code or len(code) > 60 or not all(c.isalnum() or c in "-.@" for c in code):
        raise Refusal(f"{where}: mã “{code[:20]}” chỉ gồm chữ, số, dấu chấm và gạch nối.", "code")
    if not row["name"].strip():
        raise Refusal(f"{where}: thiếu tên chi hội ở cột name.", "name")
    return Unit(code=code, level=Level.BRANCH, name=row["name"], plain=plain(row["name"]))


def _parent(code: str, first: date, where: str) -> Unit:
    """The unit that a branch stands under on its first day."""
    try:
        return find(code, first)
    except Refusal as refusal:
        raise Refusal(f"{where}, cột parent: {refusal}", "parent") from refusal


def _days(row: dict[str, str], where: str) -> tuple[date, date | None]:
    """First day of a placement and the day after its last; no last day means: still there."""
    try:
        first = date.fromisoformat(row["first"])
        last = date.fromisoformat(row["last"]) if row["last"] else None
    except ValueError as error:
        raise Refusal(f"{where}: ngày viết theo mẫu 2021-01-31, không đọc được ngày ở dòng này.", "first") from error
    if last and last < first:
        raise Refusal(f"{where}: ngày cuối đứng trước ngày đầu. Xem lại hai cột first và last.", "last")
    return first, date.fromordinal(last.toordinal() + 1) if last else None


def _refuse_overlap(stood: list[tuple[date, date | None]], first: date, until: date | None, where: str) -> None:
    """A unit cannot stand in two places on one day; the days are remembered for the next row."""
    for lower, upper in stood:
        if (until is None or lower < until) and (upper is None or first < upper):
            raise Refusal(
                f"{where} đã đứng ở đơn vị khác trong những ngày này. Xem lại hai cột first và last.", "first"
            )
    stood.append((first, until))
