"""Verbs of the programme of a year: draw it up, add items, correct one that gave no task."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from sohoi.refusal import Refusal
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.work.models import Programme, ProgrammeItem
from sohoi.work.wording import one_line
from sohoi.work.write.checks import check_right, check_stands

EARLIEST, LATEST = 2000, 2100


@transaction.atomic
def draw_up(unit: Unit, year: int, title: str, on: date, texts: Sequence[str], *, by: Account) -> Programme:
    """The programme of a unit for a year, with its numbered items.

    Raises Refusal without the right there, for a second one of the same year, a day ahead, or without items.
    """
    check_right(by, unit, "lập chương trình công tác của")
    if not EARLIEST <= year <= LATEST:
        raise Refusal(f"Năm {year} nằm ngoài các năm của sổ ({EARLIEST}–{LATEST}). Chọn lại năm.", "year")
    if on > timezone.localdate():
        raise Refusal("Ngày ban hành chưa đến. Ghi chương trình khi đã ban hành.", "on")
    check_stands(unit, on, "on")
    if Programme.objects.filter(unit=unit, year=year).exists():
        said = f"{unit.full_name} đã có chương trình công tác năm {year}. Mở chương trình ấy rồi thêm mục."
        raise Refusal(said, "year")
    row = Programme.objects.create(
        unit=unit, year=year, title=one_line(title, "tên chương trình", "title"), on=on, by=by
    )
    add_items(row, texts, by=by)
    return row


@transaction.atomic
def add_items(programme: Programme, texts: Sequence[str], *, by: Account) -> list[ProgrammeItem]:
    """Items, numbered on from those there are. Raises Refusal without any."""
    row = _locked(programme, by)
    if not texts:
        raise Refusal("Chưa có mục nào. Viết mỗi mục một dòng rồi lưu lại.", "text")
    begin = row.items.count() + 1
    return [
        ProgrammeItem.objects.create(programme=row, number=at, text=one_line(text, "nội dung mục", "text"))
        for at, text in enumerate(texts, start=begin)
    ]


@transaction.atomic
def reword_item(item: ProgrammeItem, text: str, *, by: Account) -> ProgrammeItem:
    """Correct an item. Raises Refusal when tasks were given from it: their units have read it."""
    _locked(item.programme, by)
    row = ProgrammeItem.objects.get(pk=item.pk)
    if row.tasks.exists():
        raise Refusal(f"Mục {row.number} đã giao việc nên không sửa được. Thêm một mục mới.")
    row.text = one_line(text, "nội dung mục", "text")
    row.save(update_fields=["text"])
    return row


def _locked(programme: Programme, by: Account) -> Programme:
    """The programme, locked, for somebody who may write for its unit."""
    row = Programme.objects.select_for_update(of=("self",)).select_related("unit").get(pk=programme.pk)
    check_right(by, row.unit, "ghi chương trình công tác của")
    return row
