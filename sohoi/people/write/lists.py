"""Lists that are kept under a name, and the line that is written when a list goes out or a sealed column narrows it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from sohoi.people.models import Export, Reading, SavedList
from sohoi.people.read.lists import Wanted
from sohoi.refusal import Refusal
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.vietnamese import clean_text

LONGEST_NAME, MOST_LISTS = 80, 30
SHORTEST_PURPOSE, LONGEST_PURPOSE = 10, 300


def keep_list(name: str, wanted: Wanted, unit: Unit | None, *, by: Account) -> SavedList:
    """Keep these conditions under a name; with a unit its officers may open them too. Raises Refusal."""
    if SavedList.objects.filter(by=by).count() >= MOST_LISTS:
        raise Refusal(f"Đã lưu {MOST_LISTS} danh sách. Xóa bớt danh sách cũ rồi lưu lại.", "name")
    with _once():
        return SavedList.objects.create(name=_named(name), wanted=wanted.written(), unit=unit, by=by)


def change_list(kept: SavedList, name: str, unit: Unit | None) -> None:
    """Give a list another name, share it or not. Raises Refusal."""
    kept.name, kept.unit = _named(name), unit
    with _once():
        kept.save(update_fields=["name", "unit"])


def drop_list(kept: SavedList) -> None:
    """Forget a list; the women on it are not touched."""
    kept.delete()


def log_narrowing(columns: Sequence[str], rows: int, *, by: Account, how: str = "Lọc danh sách") -> None:
    """Write down that a list was narrowed by sensitive columns, or shows them, and how many cards that were."""
    Reading.objects.bulk_create(
        Reading(by=by, member=None, column=column, reason=f"{how}: {rows} người") for column in columns
    )


def log_export(purpose: str, what: str, rows: int, unit: Unit, *, by: Account) -> Export:
    """Write down that a list of this unit goes out; the caller holds the transaction in which the list is read.
    Raises Refusal."""
    return Export.objects.create(by=by, purpose=read_purpose(purpose), what=what, rows=rows, unit=unit)


def read_purpose(text: str) -> str:
    """What a list is taken out for, as a sentence. Raises Refusal."""
    purpose = " ".join(clean_text(text).split())
    if len(purpose) < SHORTEST_PURPOSE or " " not in purpose:
        raise Refusal("Chưa rõ lấy danh sách để làm gì. Viết một câu, ví dụ: Lập danh sách nhận quà Tết.", "purpose")
    if len(purpose) > LONGEST_PURPOSE:
        raise Refusal(f"Mục đích dài quá {LONGEST_PURPOSE} ký tự. Viết ngắn lại.", "purpose")
    return purpose


def _named(text: str) -> str:
    name = " ".join(clean_text(text).split())
    if not name:
        raise Refusal("Chưa đặt tên cho danh sách. Điền tên rồi lưu lại.", "name")
    if len(name) > LONGEST_NAME:
        raise Refusal(f"Tên danh sách dài quá {LONGEST_NAME} ký tự. Viết ngắn lại.", "name")
    return name


@contextmanager
def _once() -> Iterator[None]:
    """Two lists of one account cannot have one name: the database says so, here it becomes a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refusal("Chị đã có danh sách tên như vậy. Đặt tên khác.", "name") from error
