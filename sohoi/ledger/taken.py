"""Codes that the program and a folder of one's own both declare: neither replaces the other unasked.

A declaration belongs to the room or folder that loaded it (`room`). A new version of the program may bring a code that
a province has used for years: hers stays, with all that was told under it, and what the program brings stays out
together with whatever would count through it, until she gives way (docs/kinds.md).
"""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Q

from sohoi.ledger.kinds import KindBody, read_kind
from sohoi.ledger.measures import MeasureBody
from sohoi.ledger.models import Entry, Kind, Measure
from sohoi.ledger.shapes import shown
from sohoi.refusal import Refusal

Folders = list[tuple[str, Path]]
KindFile = tuple[str, KindBody, dict[str, Any], str]  # room, body, body as written, file
Kinds = list[KindFile]
Measures = dict[str, MeasureBody]
Say = Callable[[str], object]


def shipped_rooms() -> dict[str, Path]:
    """Every room of the program with its folder."""
    return {config.label: Path(config.path) for config in apps.get_app_configs()}


def refuse_room_names(folders: Folders) -> None:
    """A folder of one's own bears no room's name: what it declares would pass for the program's."""
    rooms = shipped_rooms()
    for name, folder in folders:
        if name in rooms and folder.resolve() != rooms[name].resolve():
            said = f"Thư mục “{name}” trùng tên một phòng của chương trình. Đổi tên thư mục, ví dụ “my-xuyen-{name}”."
            raise Refusal(said, name)


def refuse_taken(kinds: Kinds, measures: Measures) -> None:
    """A folder of one's own declares nothing that a room of the program has: the next `loadkinds` would undo it."""
    shipped = shipped_rooms()
    rooms = {body.code: room for room, body, _, _ in kinds}
    taken = Kind.objects.filter(code__in=rooms, current=True, room__in=shipped).values_list("code", "room")
    lost = [(code, room, "Loại việc") for code, room in taken if rooms[code] not in shipped]
    rows = Measure.objects.filter(code__in=measures, room__in=shipped).values_list("code", "room")
    lost += [(code, room, "Đầu số liệu") for code, room in rows if measures[code].room not in shipped]
    if lost:
        code, room, what = lost[0]
        said = f"{what} “{code}” là của chương trình (phòng {room}). Đặt mã riêng, ví dụ “my-xuyen-{code}”."
        raise Refusal(said, code)


def left_to_own(kinds: Kinds, measures: Measures, giving: Collection[str], say: Say) -> tuple[Kinds, Measures]:
    """What may be loaded: without what the program brings under a code of an own folder, unless that gives way, and
    without what would count through it. Each code that stays out is told with both files and what to do."""
    _check_giving(kinds, measures, giving)
    shipped = shipped_rooms()
    own_kinds = dict(Kind.objects.filter(current=True).exclude(room__in=shipped).values_list("code", "room"))
    own_measures = dict(Measure.objects.exclude(room__in=shipped).values_list("code", "room"))
    out = {c: own_measures[c] for c, body in measures.items() if _hers(c, body.room, own_measures, shipped, giving)}
    with_them = _made_of(measures, set(out))
    kept = {code: body for code, body in measures.items() if code not in with_them}
    for code, folder in out.items():
        say(_measure_sentence(measures[code], folder))
    left = []
    for room, body, raw, where in kinds:
        if _hers(body.code, room, own_kinds, shipped, giving):
            say(_kind_sentence(room, body.code, own_kinds[body.code]))
        elif room in shipped and (through := {line.code for line in body.measures} & with_them):
            say(f"Loại việc “{body.code}” ({room}/kinds/{where}) chưa nạp, vì nó ghi vào “{min(through)}”.")
        else:
            left.append((room, body, raw, where))
    for code in sorted(with_them - set(out)):
        say(f"Đầu số liệu “{code}” ({measures[code].room}/measures.toml) chưa nạp, vì nó lấy từ số chưa nạp nói trên.")
    return left, kept


def _hers(code: str, room: str, own: dict[str, str], shipped: Collection[str], giving: Collection[str]) -> bool:
    """Whether the program brings a code that a folder of one's own has and does not give."""
    return room in shipped and code in own and code not in giving


def _made_of(measures: Measures, out: set[str]) -> set[str]:
    """These measures and those of the program that are taken from them."""
    variants = {code for code, body in measures.items() if body.of in out}
    parts = out | variants
    return parts | {code for code, body in measures.items() if {body.over, body.under} & parts}


def _both(room: str, file: str, folder: str) -> str:
    """Where a code stands twice."""
    return f"bản mới của chương trình ({room}/{file}) và thư mục riêng “{folder}” ({folder}/{file}) cùng dùng mã này"


def _kind_sentence(room: str, code: str, folder: str) -> str:
    """What became of a kind, and how to have both."""
    return (
        f"Loại việc “{code}”: {_both(room, f'kinds/{code}.toml', folder)}. Giữ loại việc của thư mục riêng, loại việc "
        f"của chương trình chưa nạp. Muốn có cả hai: trong thư mục riêng đổi mã và tên tệp thành “my-xuyen-{code}”, "
        f"nạp lại thư mục, rồi chạy loadkinds --give-way {code}. Việc đã ghi giữ nguyên."
    )


def _measure_sentence(body: MeasureBody, folder: str) -> str:
    """What became of a measure, and how to have both where that can be."""
    code = body.code
    said = (
        f"Đầu số liệu “{code}”: {_both(body.room, 'measures.toml', folder)}. Giữ đầu số liệu của thư mục riêng, của "
        "chương trình chưa nạp; biểu mẫu của chương trình có nêu mã này thì in số của thư mục riêng."
    )
    if Entry.objects.filter(measure__code=code).exists():
        return f"{said} Mã này đã có bút toán nên không nhường được."
    return (
        f"{said} Muốn có cả hai: trong thư mục riêng đổi mã thành “my-xuyen-{code}”, cả ở những loại việc ghi vào nó "
        f"và nghị quyết nêu nó, nạp lại thư mục và nghị quyết, rồi chạy loadkinds --give-way {code}."
    )


def _check_giving(kinds: Kinds, measures: Measures, giving: Collection[str]) -> None:
    """Refuse to give a code that the program does not bring, or a measure that something of one's own still counts in:
    the figures of both would run together."""
    brought = {body.code for _, body, _, _ in kinds} | set(measures)
    for code in giving:
        if code not in brought:
            raise Refusal(f"Chương trình không có mã “{shown(code)}”. Xem lại --give-way.", code)
        row = Measure.objects.filter(code=code).exclude(room__in=shipped_rooms()).first()
        if row and code in measures:
            _refuse_in_use(row)


def _refuse_in_use(row: Measure) -> None:
    """Entries, own kinds that post to it, own measures that are made of it."""
    if Entry.objects.filter(measure=row).exists():
        said = f"Đầu số liệu “{row.code}” của thư mục “{row.room}” đã có bút toán nên không nhường được."
        raise Refusal(f"{said} Giữ nó, và đừng nêu mã này sau --give-way.", row.code)
    own = ~Q(room__in=shipped_rooms())
    bodies = [
        read_kind(kind.body, f"{kind.room}/kinds/{kind.code}.toml") for kind in Kind.objects.filter(own, current=True)
    ]
    users = [body.code for body in bodies if row.code in {line.code for line in body.measures}]
    users += (
        Measure.objects.filter(own, Q(base=row) | Q(over=row) | Q(under=row))
        .exclude(pk=row.pk)
        .values_list("code", flat=True)
    )
    if users:
        said = f"“{users[0]}” của thư mục riêng còn dùng đầu số liệu “{row.code}”."
        raise Refusal(f"{said} Sửa tệp ấy sang mã mới, nạp lại thư mục riêng, rồi chạy lại.", row.code)
