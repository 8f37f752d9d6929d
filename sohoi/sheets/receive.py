"""A file comes in: read in the child, its lists found, its rows sealed and kept, its columns guessed."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from sohoi.refusal import Refusal
from sohoi.rights.models import Account
from sohoi.sheets.keeping import SHEETS, sealed
from sohoi.sheets.models import Batch, ColumnMap
from sohoi.sheets.reading.start import read
from sohoi.sheets.rows import keep
from sohoi.sheets.understanding.columns import fingerprint, guessed, letter
from sohoi.sheets.understanding.layout import Head, Sheet, best, find_head, text_of
from sohoi.sheets.understanding.legacy import MODERN, MOST_CELLS, mended, way_of
from sohoi.units.models import Unit

CODE_LINE = re.compile(r"Mã đơn vị: (\S+)")
NO_LIST = (
    "Không thấy dòng tiêu đề nào có cột họ tên trong tệp. Thêm một dòng tiêu đề (Họ và tên, Năm sinh, …) ngay trên "
    "danh sách, hoặc chép danh sách vào tệp mẫu, rồi tải lên."
)
NO_ROWS = "Dưới dòng tiêu đề không có dòng nào. Chọn lại tệp có danh sách."


def receive(data: bytes, name: str, unit: Unit, kind: str, day: date, *, by: Account) -> Batch:
    """Keep a file's lists for the next steps; nothing has entered the register. Raises Refusal with one sentence."""
    sheets = list(_sheets(read(data)))
    _refuse_other_unit(sheets, unit)
    lists = [(sheet, head) for sheet in sheets if (head := find_head(sheet))]
    if not lists:
        raise Refusal(NO_LIST)
    if not any(number >= head.first for sheet, head in lists for number in sheet.rows):
        raise Refusal(NO_ROWS)
    chosen = best([sheet for sheet, _ in lists])
    with transaction.atomic():
        batch = Batch.objects.create(
            account=by, unit=unit, kind=kind, day=day, name_digest=sha256(name.encode()).digest(), sheet=chosen,
            sheets_sealed=sealed([_described(*one) for one in lists], SHEETS),
        )  # fmt: skip
        keep(batch.pk, _rows(lists))
        batch.layout = {"codes": codes_for(batch, lists[chosen][1].headings)}
        batch.save(update_fields=["layout"])
    return batch


def _sheets(lines: Iterable[list[Any]]) -> Iterator[Sheet]:
    """The child's lines as sheets, cells merged downwards filled."""
    sheet = None
    for line in lines:
        if line[0] == "sheet":
            if sheet:
                yield _filled(sheet)
            sheet = Sheet(line[1], line[2], line[3])
        elif sheet:
            sheet.rows[line[1]] = line[2]
    if sheet:
        yield _filled(sheet)


def _filled(sheet: Sheet) -> Sheet:
    """A cell merged over several rows of one column says the same for each row that says anything."""
    head = find_head(sheet)
    for first, left, last, right in sheet.merged:
        top = sheet.rows.get(first + 1, [])
        if right != left or left >= len(top) or head is None or first + 1 < head.first:
            continue
        for number in range(first + 2, last + 2):
            row = sheet.rows.get(number)
            if row is not None:
                row += [None] * (left + 1 - len(row))
                row[left] = top[left]
    return sheet


def _refuse_other_unit(sheets: list[Sheet], unit: Unit) -> None:
    """Our own template names its unit; another one's list must not slip in."""
    for sheet in sheets:
        for number in sorted(sheet.rows)[:6]:
            found = CODE_LINE.search(" ".join(map(text_of, sheet.rows[number])))
            if found and found[1] != unit.code:
                raise Refusal(
                    f"Tệp này lập cho đơn vị có mã {found[1]}, không phải {unit.full_name}. Chọn đúng đơn vị, hoặc "
                    "dùng tệp mẫu của đơn vị đang chọn."
                )


def _described(sheet: Sheet, head: Head) -> dict[str, Any]:
    """What the next pages need of a sheet; the old letters of each column are told by its cells."""
    below = [row for number, row in sheet.rows.items() if number >= head.first]
    width = max([len(head.headings), *(len(row) for row in below[:MOST_CELLS])])
    headings = [*head.headings, *[""] * (width - len(head.headings))][:width]
    ways = [_way(below[:MOST_CELLS], at, headings[at]) for at in range(width)]
    named = [mended(text, way_of([text])) or _nameless(below[:MOST_CELLS], at) for at, text in enumerate(headings)]
    return {"name": sheet.name, "headings": named, "rows": len(below), "ways": [w for w, _ in ways],
            "pure": [p for _, p in ways], "head": list(head.rows)}  # fmt: skip


def _nameless(rows: list[list[Any]], at: int) -> str:
    """A name for a column that has none and yet says something; nothing for an empty one."""
    said = any(at < len(row) and text_of(row[at]) for row in rows)
    return f"Cột {letter(at)} (không có tiêu đề)" if said else ""


def _way(rows: list[list[Any]], at: int, heading: str) -> tuple[str, bool]:
    """The old letters of one column, and whether all its cells are written so."""
    texts = [row[at] for row in rows if at < len(row) and isinstance(row[at], str)]
    way = way_of(texts) if any(not text.isascii() for text in texts) else ""
    return way, not any(MODERN.search(text) for text in texts)


def _rows(lists: list[tuple[Sheet, Head]]) -> Iterator[tuple[int, int, list[Any]]]:
    """Every row below the head of each list."""
    for at, (sheet, head) in enumerate(lists):
        for number, cells in sheet.rows.items():
            if number >= head.first:
                yield at, number, cells


def codes_for(batch: Batch, headings: list[str]) -> list[str]:
    """How she read this form the last time, else what the headings say."""
    kept = ColumnMap.objects.filter(account=batch.account, fingerprint=fingerprint(headings)).first()
    if kept and len(kept.codes) <= len(headings):
        return [*kept.codes, *[""] * (len(headings) - len(kept.codes))]
    return guessed(headings)
