"""What goes when she takes a consent back: her picture, or what the registry keeps for that purpose alone."""

from sohoi.people.models import Correction, Member
from sohoi.people.read.cards import TOLD
from sohoi.people.registry import Column, tables
from sohoi.people.write.photos import drop_photo
from sohoi.rights.models import Account

WHY = "Hội viên rút lại sự đồng ý"
EMPTY = {"blank": "", "null": None}
QUESTIONS = {"religion_sealed": "religion"}  # corrections name the question, which is the column for all others


def forget(cards: list[Member], purpose: str, *, by: Account) -> None:
    """Empty on all her cards what the purpose alone allowed to keep; that it was there is kept as a correction, what
    stood there is not, nor in the corrections of before. Inside the caller's transaction."""
    if purpose == "photo":
        for card in cards:
            drop_photo(card, by=by)
        return
    columns = [one for one in tables()["people.Member"].columns if one.purpose == purpose != "membership"]
    for card in cards:
        for column in columns:
            _empty(card, column, by)
        if columns:
            card.save(update_fields=[one.name for one in columns])
    told = Correction.objects.filter(member__in=cards, column__in=[_question(one) for one in columns])
    told.exclude(before="").update(before=TOLD, before_sealed=None)
    told.exclude(after="").update(after=TOLD)


def _empty(card: Member, column: Column, by: Account) -> None:
    """One column of one card."""
    empty = EMPTY[column.erase]
    if getattr(card, column.name) == empty:
        return
    setattr(card, column.name, empty)
    Correction.objects.create(member=card, column=_question(column), before=TOLD, after="", reason=WHY, by=by)


def _question(column: Column) -> str:
    """What corrections call it."""
    return QUESTIONS.get(column.name, column.name)
