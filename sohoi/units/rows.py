"""Rows of a CSV file of units: read, their days, whether two stretches of days meet."""

import csv
from datetime import date
from pathlib import Path
from typing import TextIO

from sohoi.plainly import cause
from sohoi.refusal import Refusal
from sohoi.units.models import Placement
from sohoi.vietnamese import clean_text

LONGEST_NAME = 200
LAST_YEAR = 9000

Span = tuple[date, date | None]  # the first day, and the day after the last


def read_rows(path: Path) -> list[dict[str, str]]:
    """A CSV file's rows, composed and without blanks around; raises Refusal when it cannot be read or kept."""
    rows = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=_delimiter(file)):
                rows.append({key: clean_text(value or "").strip() for key, value in row.items() if key})
    except Refusal as refusal:
        raise Refusal(f"{path.name}, dòng {len(rows) + 2}: {refusal}", path.name) from refusal
    except UnicodeDecodeError as error:
        said = f"{path.name}: tệp không viết bằng bảng mã UTF-8. Lưu lại bằng UTF-8; trong Excel chọn kiểu “CSV UTF-8”."
        raise Refusal(said, path.name) from error
    except (OSError, csv.Error) as error:
        raise Refusal(f"{path.name}: không đọc được tệp CSV này ({cause(error)}).", path.name) from error
    return rows


def _delimiter(file: TextIO) -> str:
    """What stands between the columns: Excel writes semicolons where the comma is for decimals, as in Vietnam."""
    head = file.readline()
    file.seek(0)
    return next((sign for sign in ",;\t" if sign in head), ",")


def days(row: dict[str, str], where: str) -> Span:
    """First day of a placement and the day after its last; no last day means: still there. Its name is there too."""
    if not row["name"] or len(row["name"]) > LONGEST_NAME:
        raise Refusal(f"{where}: thiếu tên đơn vị ở cột name, hoặc tên dài quá {LONGEST_NAME} ký tự.", "name")
    try:
        first = date.fromisoformat(row["first"])
        last = date.fromisoformat(row["last"]) if row["last"] else None
    except ValueError as error:
        raise Refusal(f"{where}: ngày viết theo mẫu 2021-01-31, không đọc được ngày ở dòng này.", "first") from error
    if max(first, last or first).year > LAST_YEAR:
        raise Refusal(f"{where}: năm sau {LAST_YEAR} không dùng được. Còn đứng ở đó thì để trống cột last.", "last")
    if last and last < first:
        raise Refusal(f"{where}: ngày cuối đứng trước ngày đầu. Xem lại hai cột first và last.", "last")
    return first, date.fromordinal(last.toordinal() + 1) if last else None


def span(place: Placement) -> Span:
    """First day of a placement and the day after its last; a new one carries them as they are."""
    during = place.during
    return during if isinstance(during, tuple) else (during.lower, during.upper)


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a day: a unit cannot stand in two places on one day."""
    return (one[1] is None or other[0] < one[1]) and (other[1] is None or one[0] < other[1])
