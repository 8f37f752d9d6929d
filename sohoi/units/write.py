"""What may change on the map: load the country, load branches, make the closure anew. One transaction each.

It refuses a branch, or a base unit of the Union's own, that would stand nowhere for some of its days. Totals follow
the closure and are made anew by the ledger, which knows them; the command `loadunits` does both in one transaction.
"""

from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.units.earlier import lay_earlier
from sohoi.units.models import BEGINNING, Act, Level, Lineage, Placement, Unit
from sohoi.units.read import find, sql
from sohoi.units.rows import Span, days, overlap, read_rows, span
from sohoi.vietnamese import date as say_date
from sohoi.vietnamese import plain

DATA = Path(__file__).parent / "data"
REFORM = date(2025, 7, 1)
CENTRE_CODE = "TW"
BRANCH_COLUMNS = ("code", "parent", "name", "first", "last")
LEVEL_COLUMN = "level"  # may be missing: all rows are branches
OWN_LEVELS = (Level.BASE, Level.BRANCH)  # those above first
LONGEST_CODE = 60


def rebuild_closure(on: date | None = None) -> None:
    """Make the closure anew; today's map is that of `on` (today)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql("closure.sql"), {"today": on or timezone.localdate()})


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
    """Load branches, and base units that are none of the State's, from CSV `code,parent,name,first,last[,level]`;
    returns (new units, new placements). A row that names a unit of the State's map gives it days of before the map
    begins (earlier.py).

    A code that stands already gets a further placement (a branch that moved to another commune on `first`).
    All or nothing: raises Refusal with the row for any other level, an unknown parent, a broken day, days
    that overlap, or days on which the parent does not stand. Totals are the caller's to make anew.
    """
    rows = read_rows(path)
    if not rows or set(BRANCH_COLUMNS) - set(rows[0]):
        raise Refusal(f"{path.name}: cần các cột {', '.join(BRANCH_COLUMNS)} và ít nhất một dòng.", path.name)
    numbered = [(row, f"{path.name}, dòng {at}") for at, row in enumerate(rows, start=2)]
    named = Unit.objects.filter(code__in={row["code"] for row in rows})
    of_map = named.exclude(level=Level.BRANCH).exclude(level=Level.BASE, state_code="")
    map_rows = set(of_map.values_list("code", flat=True))
    grown = lay_earlier([one for one in numbered if one[0]["code"] in map_rows])
    own = [(row, where, _level(row, where)) for row, where in numbered if row["code"] not in map_rows]
    books = [_laid([(row, where) for row, where, told in own if told == level], level) for level in OWN_LEVELS]
    places = sum(len(book.places) for book in books) + grown
    if places:
        rebuild_closure()
    return sum(len(book.fresh) for book in books), places


def _level(row: dict[str, str], where: str) -> str:
    """The level that a row names; none: a branch."""
    level = row.get(LEVEL_COLUMN, "") or Level.BRANCH
    if level not in OWN_LEVELS:
        said = f"{where}: cột {LEVEL_COLUMN} ghi base (cơ sở), branch (chi hội) hoặc để trống, không “{level[:9]}”."
        raise Refusal(said, LEVEL_COLUMN)
    return level


def _laid(rows: list[tuple[dict[str, str], str]], level: str) -> "_Book":
    """The rows of one level, written; units of the next may stand under them."""
    book = _Book({row["code"] for row, _ in rows}, level)
    for row, where in rows:
        book.lay(row, where)
    Unit.objects.bulk_create(book.fresh, batch_size=5000)
    Placement.objects.bulk_update(book.ended, ["during"], batch_size=5000)
    Placement.objects.bulk_create(book.places, batch_size=5000)
    return book


class _Book:
    """What stood before the rows of one level of a file, and what they add."""

    def __init__(self, codes: set[str], level: str) -> None:
        self.level = level
        self.units = {u.code: u for u in Unit.objects.filter(code__in=codes)}
        self.state_codes = set(Unit.objects.filter(state_code__in=codes - {""}).values_list("state_code", flat=True))
        self.stood: dict[str, list[Placement]] = {}
        for place in Placement.objects.filter(unit__in=self.units.values()).select_related("unit"):
            self.stood.setdefault(place.unit.code, []).append(place)
        self.parents: dict[tuple[str, date], Unit] = {}
        self.spans: dict[int, list[Span]] = {}
        self.fresh: list[Unit] = []
        self.places: list[Placement] = []
        self.ended: list[Placement] = []

    def lay(self, row: dict[str, str], where: str) -> None:
        """One row: a unit under a parent for some days. The same row again says nothing new."""
        code = row["code"]
        first, until = days(row, where)
        unit = self.units.get(code) or self._fresh(row, where)
        if unit.level != self.level:
            said = f"{where}: “{code}” là {Level(unit.level).label.lower()}, không đổi sang cấp khác được. "
            raise Refusal(f"{said}Xem lại cột {LEVEL_COLUMN}, hoặc đặt mã khác.", LEVEL_COLUMN)
        parent = self._parent(row["parent"], first, where)
        place = Placement(unit=unit, parent=parent, name=row["name"], during=(first, until))
        stood = self.stood.setdefault(code, [])
        if any(_says(old) == _says(place) or _opened(old, place) for old in stood):
            return
        self._end_the_open_one(stood, first)
        if any(overlap(span(old), (first, until)) for old in stood):
            said = f"{where}: {row['name']} đã đứng ở đơn vị khác, hoặc với tên khác, trong những ngày này."
            raise Refusal(f"{said} Xem lại hai cột first và last.", "first")
        self._refuse_uncovered(parent, first, until, where)
        stood.append(place)
        self.places.append(place)

    def _end_the_open_one(self, stood: list[Placement], first: date) -> None:
        """A branch that still stands somewhere and now moves leaves there on the day it arrives."""
        for old in stood:
            lower, upper = span(old)
            if upper is None and lower < first:
                old.during = (lower, first)
                self.ended.extend([old] if old.pk else [])

    def _fresh(self, row: dict[str, str], where: str) -> Unit:
        """A new unit; its code is letters, digits, dots and dashes, and no code of the State's."""
        code = row["code"]
        if not code or len(code) > LONGEST_CODE or not all(c.isalnum() or c in "-.@" for c in code):
            raise Refusal(f"{where}: mã “{code[:20]}” chỉ gồm chữ, số, dấu chấm và gạch nối.", "code")
        if code in self.state_codes:
            raise Refusal(f"{where}: “{code}” là mã nhà nước của một đơn vị khác. Đặt mã khác.", "code")
        unit = Unit(code=code, level=self.level, name=row["name"], plain=plain(row["name"]))
        self.units[code] = unit
        self.fresh.append(unit)
        return unit

    def _parent(self, code: str, first: date, where: str) -> Unit:
        """The unit that one stands under on its first day; a branch has none below it, a base unit only branches."""
        parent = self.parents.get((code, first))
        if parent is None:
            try:
                parent = self.parents[(code, first)] = find(code, first)
            except Refusal as refusal:
                raise Refusal(f"{where}, cột parent: {refusal}", "parent") from refusal
        if parent.level == Level.BRANCH:
            said = f"{where}, cột parent: {parent.name} là chi hội, không có chi hội khác bên dưới. Nêu mã cơ sở."
            raise Refusal(said, "parent")
        if self.level == Level.BASE and parent.level not in (Level.PROVINCE, Level.DISTRICT):
            said = f"{where}, cột parent: cơ sở đứng dưới cấp tỉnh hoặc cấp huyện; {parent.name} thì không phải."
            raise Refusal(f"{said} Nêu mã của tỉnh, huyện.", "parent")
        return parent

    def _refuse_uncovered(self, parent: Unit, first: date, until: date | None, where: str) -> None:
        """A branch stands under a parent only while that stands: on other days it would count for nobody."""
        if parent.pk not in self.spans:
            places = Placement.objects.filter(unit=parent).order_by("during")
            self.spans[parent.pk] = [span(place) for place in places]
        day: date | None = first
        for lower, upper in self.spans[parent.pk]:
            if day is not None and lower <= day and (upper is None or day < upper):
                day = upper
        if day is None or (until is not None and until <= day):
            return
        if day == first and first < BEGINNING:
            since = BEGINNING.isoformat()
            raise Refusal(f"{where}: bản đồ đơn vị trong sổ bắt đầu từ {since}. Ghi first là {since}, "
                          "hoặc nạp trước những ngày cũ hơn của đơn vị ở trên.", "first")  # fmt: skip
        if day == first:
            said = f"{where}: {parent.name} không có vào ngày {say_date(first)}. Xem lại parent và first."
            raise Refusal(said, "first")
        last = date.fromordinal(day.toordinal() - 1)
        raise Refusal(
            f"{where}: {parent.name} chỉ có đến hết ngày {say_date(last)}. Ghi last là {last.isoformat()}, "
            f"rồi thêm một dòng cùng mã dưới đơn vị kế thừa, first là {day.isoformat()}.", "last"
        )  # fmt: skip


def _opened(old: Placement, new: Placement) -> bool:
    """The row that once opened a placement, handed in again after the branch has moved on."""
    same = (old.parent_id, old.name, span(old)[0]) == (new.parent_id, new.name, span(new)[0])
    return same and span(new)[1] is None


def _says(place: Placement) -> tuple[int | None, str, Span]:
    """What a placement says: under whom, with which name, on which days."""
    return place.parent_id, place.name, span(place)
