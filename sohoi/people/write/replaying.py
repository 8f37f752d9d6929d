"""Erasures carried outside the database, and done again after an older backup was restored: the number that the deed
which wrote her down has, and the day. Nothing personal; whoever restores does not know whom it is about."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sohoi.people.models import DataRequest, Member, Transfer, Wish
from sohoi.people.registry import ERASED
from sohoi.people.write.erasure import Way, erase_cards
from sohoi.refusal import Refusal
from sohoi.rights.models import Account

Erasure = tuple[date, UUID]


def erasures() -> list[Erasure]:
    """The cards that were erased at their women's request, merged ones too, by day."""
    rows = Member.objects.filter(name=ERASED).exclude(erased_on=None).exclude(origin=None)
    found = rows.order_by("erased_on", "origin").values_list("erased_on", "origin")
    return [(day, origin) for day, origin in found if day and origin]


def written(listed: Iterable[Erasure]) -> str:
    """One line for each: 2026-03-12 0b4c…"""
    return "".join(f"{day.isoformat()} {origin}\n" for day, origin in listed)


def read_erasures(text: str) -> list[Erasure]:
    """The lines again. Raises Refusal for one that cannot be read: then nothing is to be done."""
    found = []
    for at, line in enumerate(text.splitlines(), start=1):
        try:
            day, origin = line.split()
            found.append((date.fromisoformat(day), UUID(origin)))
        except ValueError:
            raise Refusal(f"Dòng {at} không phải “ngày mã”, ví dụ 2026-03-12 rồi mã của thẻ. Chưa xóa gì.") from None
    return found


@transaction.atomic
def erase_again(erasure: Erasure, ways: Mapping[str, Way], *, by: Account) -> bool:
    """Erase the card of that deed as it was erased on that day; False when there is none, or it is erased. Only this
    card: those that were merged into it have lines of their own, and may have been parted from it since."""
    day, origin = erasure
    card = Member.objects.select_for_update(of=("self",)).filter(origin=origin, erased_on=None).first()
    if card is None:
        return False
    now, index = timezone.now(), card.id_index
    waiting = Transfer.objects.filter(member=card, accepted=None)
    waiting.update(accepted=False, answered_by=by, answered_at=now)
    erase_cards([card], ways)
    Member.objects.filter(pk=card.pk).update(erased_on=day)
    told = DataRequest.objects.filter(member=card, wish=Wish.ERASE, done_on=None)
    done = {"acknowledged_on": day, "done_on": day, "done_by": by, "id_index": index}
    if not told.update(**done):
        DataRequest.objects.create(member=card, wish=Wish.ERASE, asked_on=day, due_on=day, taken_by=by, **done)
    return True
