"""The register: finding women among ten times as many, searching a commune beside SQL by hand, and letting rows in
through the gate beside COPY of the same rows into the same tables. Targets 14, 17 and 18."""

import gc
import io
import resource
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, transaction
from psycopg import sql

from bench.asking import COMMUNE, PROVINCE
from bench.databases import Databases, read
from bench.load import ASLEEP, indexed_afterwards
from bench.sheet import AT_LEAST, AT_MOST, Sheet
from bench.timing import Differing, turns
from sohoi.ledger.ahead import in_turn, read_all
from sohoi.ledger.checks import current_kinds
from sohoi.ledger.declare import load_rooms
from sohoi.ledger.draft import Draft
from sohoi.ledger.models import Kind
from sohoi.ledger.write import ACCEPTED, accept_many
from sohoi.people.models import Member
from sohoi.people.read.box import find
from sohoi.people.sealing import blind
from sohoi.rights.models import Account, Office
from sohoi.units.models import Closure, Level, Unit, View

CROWD = 20_000  # members of one commune
KNOWN = "092185000000"  # an ID number that is in the register at every size
ROWS, BATCH = 5_000, 1_000
DOOR = "bench-sheet"
LOOSELY = "từ theo thứ tự bất kỳ"  # reads every card with these words: measured, not judged
WRITTEN = ("people_household", "people_member", "people_membership", "people_standing", "ledger_record", "ledger_entry")


def measure(sheet: Sheet, databases: Databases, small: int, large: int, judged: bool) -> None:
    """All of it, on two copies of the tree with so many members."""
    for lines in (small, large):
        load(databases, name(lines), lines)
        sheet.say(f"{name(lines)}: {lines} hội viên, một xã {min(CROWD, lines)}")
    ten_times(sheet, databases, small, large, judged)
    in_a_commune(sheet, databases, name(large), judged)
    let_in(sheet, databases, name(large), judged)


def name(lines: int) -> str:
    """The database of one size."""
    return f"bench_members_{lines}"


def load(databases: Databases, name: str, lines: int) -> None:
    """A copy of the tree with made-up members and an officer of the large commune."""
    databases.copy_tree(name)
    with databases.product_on(name), databases.connect(name) as link:
        Kind.objects.update(current=False)  # the tree's only kind is a name for entries that were laid by COPY
        load_rooms()
        commune = Unit.objects.get(code=COMMUNE)
        with indexed_afterwards(link, "people_member"), psycopg.ClientCursor(link) as cursor:
            cursor.execute(ASLEEP)
            cursor.execute(read("members.sql"), {"lines": lines, "crowd": CROWD, "commune": commune.pk})
        link.execute("vacuum (analyze) people_member")
        known = Member.objects.filter(unit__in=_under(PROVINCE)).order_by("pk").first()
        Member.objects.filter(pk=known.pk if known else 0).update(id_index=blind(KNOWN), id_tail=KNOWN[-3:])
        by = Account.objects.get()
        Office.objects.create(account=by, unit=commune, role="base-chair", during=(date(2020, 1, 1), None))


def _under(code: str) -> Any:
    """A unit's branches of today, as a scope."""
    below = Closure.objects.filter(view=View.TODAY, ancestor__code=code).values("descendant_id")
    return Unit.objects.filter(level=Level.BRANCH, pk__in=below)


def ten_times(sheet: Sheet, databases: Databases, small: int, large: int, judged: bool) -> None:
    """Target 14: the same look-ups over a province, the widest that anybody may search, with ten times the women."""
    branches = _under(PROVINCE)
    with databases.product_on(name(small)):
        sought = Member.objects.filter(unit__in=branches).order_by("pk")[7]  # the same woman in every register
    backwards = " ".join(reversed(sought.plain.split()))
    for what, text in (
        ("đúng cả họ tên", sought.name),
        ("phần đầu họ tên", sought.plain[:-1]),
        ("họ tên và năm sinh", f"{sought.plain} {sought.birth_year}"),
        ("số định danh", KNOWN),
        (LOOSELY, backwards),
    ):
        asks: dict[str, Callable[[], Any]] = {
            "ít": _on(databases, name(small), branches, text), "gấp mười": _on(databases, name(large), branches, text)
        }  # fmt: skip
        for ask in asks.values():
            ask()
        took = turns(asks, least=11, most=41)
        words = f"tìm theo {what} trong một tỉnh, cả nước {large} hội viên so với {small}"
        sheet.judge(14, words, took["gấp mười"] / took["ít"], AT_MOST, 1.5, took, judged=judged and what != LOOSELY)


def _on(databases: Databases, name: str, scope: Any, text: str) -> Callable[[], Any]:
    """One look-up on one database; it must find somebody."""

    def ask() -> None:
        with databases.product_on(name):
            if not find(scope.all(), text).rows:
                raise Differing(f"{name}: không tìm thấy ai theo “{text}”.")

    return ask


def in_a_commune(sheet: Sheet, databases: Databases, name: str, judged: bool) -> None:
    """Target 17: the box inside a commune of twenty thousand against SQL by hand that gives the same rows."""
    with databases.product_on(name), databases.connect(name) as link:
        scope = _under(COMMUNE)
        commune = Unit.objects.get(code=COMMUNE)
        for what, text in (("tên riêng", "nguyen thi hoa"), ("phần đầu", "tran thi kim c")):
            hand = partial(_by_hand, link, commune.pk, text)
            if [row.pk for row in find(scope.all(), text).rows] != hand():
                raise Differing(f"Ô tìm và SQL viết tay cho kết quả khác nhau với “{text}”.")
            took = turns({"sản phẩm": partial(find, scope.all(), text), "SQL": hand}, least=11, most=41)
            words = f"tìm trong một xã {CROWD} hội viên, {what}: so với SQL viết tay"
            sheet.judge(17, words, took["sản phẩm"] / took["SQL"], AT_MOST, 1.3, took, judged=judged)


def _by_hand(link: psycopg.Connection[Any], commune: int, text: str) -> list[int]:
    """The same rows in the same order, by SQL written for this one text."""
    words = text.split()
    given = {
        "commune": commune, "plain": text, "begins": f"{text}%", "words": words,
        "whole": " & ".join(words), "any_order": " & ".join([*words[:-1], f"{words[-1]}:*"]),
    }  # fmt: skip
    return [row[0] for row in psycopg.ClientCursor(link).execute(read("hand_find.sql"), given)]


def let_in(sheet: Sheet, databases: Databases, name: str, judged: bool) -> None:
    """Target 18: checked, sealed and posted through the gate, against COPY of the very same rows."""
    took: dict[str, list[float]] = {"qua cổng": [], "COPY": []}
    gc.freeze()  # as the worker does
    with databases.product_on(name):
        by, branches = Account.objects.get(), list(_under(COMMUNE).order_by("pk").values_list("code", flat=True))
        for turn in range(3):
            with transaction.atomic():
                before = _last()
                begun = time.perf_counter()
                _accept(_drafts(turn, branches), by)
                took["qua cổng"].append(time.perf_counter() - begun)
                rows = _taken_out(before)
                transaction.set_rollback(True)
            with transaction.atomic():
                begun = time.perf_counter()
                _copied(rows)
                took["COPY"].append(time.perf_counter() - begun)
                transaction.set_rollback(True)
    best = {how: sorted(seconds)[1] * 1000 for how, seconds in took.items()}
    sheet.judge(
        18, f"đưa {ROWS} hội viên vào sổ qua cổng: bằng mấy phần COPY vào đúng các bảng ấy",
        best["COPY"] / best["qua cổng"], AT_LEAST, 0.4, best, judged=judged,
    )  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sheet.note(
        "members_a_second", f"[18] {ROWS / best['qua cổng'] * 1000:.0f} hội viên mỗi giây; bộ nhớ {memory} MB", memory
    )


def _drafts(turn: int, branches: list[str]) -> list[Draft]:
    """Made-up women with an ID number, a telephone, a household and a religion."""
    drafts = []
    for at in range(ROWS):
        key = sha256(f"{turn} {at}".encode()).digest()
        year = 1950 + key[0] % 50
        signs = "ABCDEGHIKLMNOPQRSTUVXY"
        values = {
            "name": f"Nguyễn Thị Mẫu {signs[key[1] % 22]}{'aeiou'[key[2] % 5]}",
            "born": f"{1 + key[3] % 28}/{1 + key[4] % 12}/{year}",
            "standing": "ordinary",
            "phone": f"09{int.from_bytes(key[5:9], 'big') % 10**8:08d}",
            "id-number": f"0921{year % 100:02d}{turn}{at:05d}",
            "home": f"Trần Văn {signs[at % 22]}{signs[at // 22 % 22]}{signs[at // 484 % 5]}",
            "role": "wife", "ethnicity": "Kinh", "religion": "Không", "occupation": "Làm ruộng",
        }  # fmt: skip
        drafts.append(
            Draft(UUID(bytes=key[:16]), "member-enrolled", branches[at % len(branches)], date(2026, 6, 1), values)
        )
    return drafts


def _accept(drafts: list[Draft], by: Account) -> None:
    """Through the gate a batch at a time, as the import job does."""
    batches = (drafts[at : at + BATCH] for at in range(0, len(drafts), BATCH))
    read = partial(read_all, bodies=current_kinds(["member-enrolled"]))
    for some, ahead in in_turn(batches, read):
        for outcome in accept_many(some, by=by, door=DOOR, ahead=ahead):
            if outcome.state != ACCEPTED:
                raise Differing(f"Dòng mẫu bị trả lại: {outcome.reason}")


def _last() -> dict[str, int]:
    """The last number of each table that counts its rows."""
    with connection.cursor() as cursor:
        last = {}
        for table in WRITTEN:
            if table != "ledger_record":
                cursor.execute(sql.SQL("select coalesce(max(id), 0) from {}").format(sql.Identifier(table)))
                last[table] = cursor.fetchone()[0]
        return last


def _taken_out(before: dict[str, int]) -> dict[str, tuple[str, bytes]]:
    """What was written since, by table: the columns, and the rows as COPY writes them."""
    rows = {}
    with connection.cursor() as cursor:
        for table in WRITTEN:
            columns = _columns(cursor, table)
            since = f"id > {before[table]}" if table in before else f"door = '{DOOR}'"
            out = io.BytesIO()
            with cursor.copy(f"copy (select {columns} from {table} where {since}) to stdout") as stream:
                for piece in stream:
                    out.write(piece)
            rows[table] = (columns, out.getvalue())
    return rows


def _columns(cursor: Any, table: str) -> str:
    """The columns of a table that can be written."""
    cursor.execute(read("columns.sql"), {"table": table})
    return ", ".join(f'"{row[0]}"' for row in cursor.fetchall())


def _copied(rows: dict[str, tuple[str, bytes]]) -> None:
    """The same rows by COPY."""
    with connection.cursor() as cursor:
        for table, (columns, body) in rows.items():
            with cursor.copy(f"copy {table} ({columns}) from stdin") as stream:
                stream.write(body)
