"""Questions about a woman's rights: what she agreed to, what she asked and by when, who looked, was she erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from sohoi.among import among
from sohoi.people.models import Consent, DataRequest, Export, Member, Reading, Wish
from sohoi.people.registry import DEED, Purpose, asked_purposes
from sohoi.rights.models import Account, Office
from sohoi.units.models import Unit

ACKNOWLEDGE = 2  # working days (NĐ 356/2025, Điều 5)
DAYS = {Wish.SEE: 10, Wish.CORRECT: 10, Wish.WITHDRAW: 15, Wish.RESTRICT: 15, Wish.ERASE: 20}


def own_cards(card: Member) -> list[Member]:
    """All cards of one woman: the one that is kept first, then those merged into it."""
    kept = card
    while kept.same_as is not None:
        kept = kept.same_as
    return [kept, *Member.objects.filter(same_as=kept).order_by("pk")]


def working_day(start: date, days: int) -> date:
    """The day `days` working days after. Holidays are not taken off: so we are early rather than late."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def due(wish: str, asked_on: date) -> date:
    """By when the law wants it done."""
    return asked_on + timedelta(days=DAYS[Wish(wish)])


@dataclass(frozen=True)
class Asked:
    """One purpose, and what she said of it last: agreed, withdrawn, or nothing yet."""

    purpose: Purpose
    last: Consent | None

    @property
    def agreed(self) -> bool:
        """Whether she agrees today."""
        return self.last is not None and self.last.withdrawn_on is None


def consents(card: Member) -> list[Asked]:
    """Each purpose that she is asked for, with her last word."""
    said = {row.purpose: row for row in Consent.objects.filter(member=card).select_related("taken_by").order_by("pk")}
    return [Asked(purpose, said.get(purpose.code)) for purpose in asked_purposes()]


def requests_of(card: Member) -> QuerySet[DataRequest]:
    """What she asked, on this card or on one that was merged into it, the newest first."""
    rows = DataRequest.objects.filter(member__in=own_cards(card)).select_related("taken_by", "done_by", "lifted_by")
    return rows.order_by(F("done_on").desc(nulls_first=True), "due_on", "pk")


def requests_in(scope: QuerySet[Unit]) -> QuerySet[DataRequest]:
    """What women of these units asked; of merged cards the unit that keeps the card that stands is asked."""
    alone = Q(member__same_as=None, member__unit__in=scope)
    return DataRequest.objects.filter(alone | Q(member__same_as__unit__in=scope))


def open_requests(scope: QuerySet[Unit]) -> QuerySet[DataRequest]:
    """What is still to be done for women of these units, what is due first (or overdue) on top."""
    rows = requests_in(scope).filter(done_on=None)
    return rows.select_related("member__unit", "taken_by").order_by("due_on", "pk")


def restricted(cards: Iterable[Member]) -> set[int]:
    """Numbers of the cards whose women had their data restricted: they are in no export, nothing is revealed. What
    she asked on one card holds for all of hers, until she takes it back."""
    kept = {card.pk: card.same_as_id or card.pk for card in cards}
    hers = Q(member__in=among(kept.values())) | Q(member__same_as__in=among(kept.values()))
    done = DataRequest.objects.filter(hers, wish=Wish.RESTRICT, lifted_on=None).exclude(done_on=None)
    resting = {merged or pk for pk, merged in done.values_list("member_id", "member__same_as_id")}
    return {pk for pk, card in kept.items() if card in resting}


def readings(scope: QuerySet[Unit]) -> QuerySet[Reading]:
    """Who looked at women of these units, the last first; where no single card was looked at (a list narrowed by a
    closely kept column, a number held against the register), what was done by those who then held an office there."""
    that_day = Cast(OuterRef("at"), DateField())
    theirs = Office.objects.filter(unit__in=scope, account=OuterRef("by"), during__contains=that_day)
    rows = Reading.objects.filter(Q(member__unit__in=scope) | Q(Exists(theirs), member=None))
    return rows.select_related("by", "member__unit").order_by("-at", "-pk")


def exports(scope: QuerySet[Unit], who: Account) -> QuerySet[Export]:
    """Lists of these units that went out, through whomever; and those that she took out herself."""
    return Export.objects.filter(Q(by=who) | Q(unit__in=scope)).select_related("by").order_by("-at", "-pk")


def erased(indexes: Iterable[bytes | None]) -> dict[bytes, date]:
    """Of these blind indexes those whose women were erased at their own request, with the day."""
    wanted = [index for index in indexes if index]
    if not wanted:
        return {}
    rows = DataRequest.objects.filter(id_index__in=among(wanted)).exclude(done_on=None).order_by("done_on")
    return {bytes(row.id_index or b""): row.done_on for row in rows if row.done_on}


def looked_today(who: Account, column: str = "") -> int:
    """How often she looked today: at columns of single cards and whose single deeds are, or at one column. Lists are no
    looks at a card."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Reading.objects.filter(by=who, at__gte=since)
    one_by_one = rows.exclude(column="id_index").exclude(~Q(column=DEED), member=None)
    return (rows.filter(column=column) if column else one_by_one).count()
