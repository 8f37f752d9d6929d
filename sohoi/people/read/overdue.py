"""What has been kept for as long as the registry allows: cards of women who left so long ago, rows of each table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from sohoi.people.models import DataRequest, Ending, Member, Membership, Transfer, Vanished, Wish
from sohoi.people.read.lists import years_before
from sohoi.people.registry import MARKS, Table, tables

CARD = "people.Member"
STAYS = {  # proofs that still bind
    "people.DataRequest": Q(id_index__isnull=False) | Q(wish=Wish.RESTRICT, lifted_on=None),
}


@dataclass(frozen=True)
class Overdue:
    """One table, how many of its rows are past their time, and how long they are kept, in words."""

    label: str
    rows: int
    years: int


def overdue(today: date) -> list[Overdue]:
    """What is past its time today, table by table; the first line counts women, with all that is told of each."""
    card = tables()[CARD]
    found = [Overdue(card.label, cards_past(today).count(), card.years)]
    found += [Overdue(table.label, rows.count(), table.years) for table, rows in rows_past(today)]
    return [one for one in found if one.rows]


def cards_past(today: date) -> QuerySet[Member]:
    """The cards of women who left before that; not of those whose wish is still to be done, who had their data
    restricted, or whose move to another branch waits for an answer: what they wait for would be gone."""
    hers = Q(member=OuterRef("pk")) | Q(member__same_as=OuterRef("pk"))
    moving = Transfer.objects.filter(hers, accepted=None)
    gone = left_before(years_before(today, tables()[CARD].years))
    return gone.exclude(pk__in=_cards_of(_waiting())).exclude(Exists(moving))


def _waiting() -> QuerySet[DataRequest]:
    """Wishes still to be done, and restrictions that nobody lifted."""
    return DataRequest.objects.filter(Q(done_on=None) | Q(wish=Wish.RESTRICT, lifted_on=None))


def _cards_of(requests: QuerySet[DataRequest]) -> QuerySet[Member]:
    """All cards of the women who asked for these: what was asked on one card holds for all of hers."""
    kept = requests.annotate(kept=Coalesce("member__same_as_id", "member_id")).values("kept")
    return Member.objects.alias(kept=Coalesce("same_as_id", "pk")).filter(kept__in=kept)


def left_before(day: date) -> QuerySet[Member]:
    """Cards that stand, of women who belong nowhere, and none of whose cards belonged anywhere on that day or after."""
    hers = Q(member=OuterRef("pk")) | Q(member__same_as=OuterRef("pk"))
    lived, passed = Membership.objects.filter(hers), Vanished.objects.filter(hers)
    later = Q(during__endswith=None) | Q(during__endswith__gt=day)
    cards = Member.objects.filter(Exists(lived) | Exists(passed), active=False, same_as=None, erased_on=None)
    return cards.exclude(Exists(lived.filter(later))).exclude(Exists(passed.filter(day__gte=day))).order_by("pk")


def rows_past(today: date) -> Iterator[tuple[Table, QuerySet[Any]]]:
    """Each table whose rows end by themselves, with those that are past their time and still say something."""
    for table in tables().values():
        if table.since == "left" and table.years < tables()[CARD].years:
            gone = left_before(years_before(today, table.years))
            yield table, _rows(table).filter(**{f"{table.find[0]}__in": gone})
        elif table.clock:
            yield table, _rows(table).filter(_before(table, today), _telling(table), _about(table))


def _rows(table: Table) -> QuerySet[Any]:
    """The rows of a table without proofs that still bind, and without those of women who wait for something."""
    rows = apps.get_model(table.model)._default_manager.order_by("pk")
    rows = rows.exclude(STAYS[table.model]) if table.model in STAYS else rows
    for way, whose in _ways_to(table, _cards_of(_waiting())):
        rows = rows.exclude(**{f"{way}__in": whose})
    return rows


def _ways_to(table: Table, cards: QuerySet[Member]) -> Iterator[tuple[str, QuerySet[Any]]]:
    """By which columns the rows of these women, and of their households, are found."""
    for way in table.find:
        yield way, cards.values("pk")
    if table.home:
        yield table.home, cards.exclude(household=None).values("household")


def _before(table: Table, today: date) -> Q:
    """Made, done or ended so long ago; of a table that was looked through before, since then, or of a woman for whose
    wish it waited then."""
    first, wanted = years_before(today, table.years), Q()
    done = Ending.objects.filter(model=table.model).order_by("until", "at").last() if _has_texts(table) else None
    if done:
        wanted = Q((f"{table.clock}__gte", _moment(table, done.until)))
        day = timezone.localdate(done.at)
        freed = _cards_of(DataRequest.objects.filter(Q(done_on__gte=day) | Q(lifted_on__gte=day)))
        for way, whose in _ways_to(table, freed):
            wanted |= Q((f"{way}__in", whose))
    return wanted & Q((f"{table.clock}__lt", _moment(table, first)))


def _moment(table: Table, day: date) -> date:
    """A day as the clock of the table tells it."""
    model: type[Model] = apps.get_model(table.model)
    for name in table.clock.split("__"):
        field = model._meta.get_field(name)
        if not field.is_relation:
            break
        model = field.related_model  # type: ignore[assignment]
    return timezone.make_aware(datetime.combine(day, time())) if isinstance(field, DateTimeField) else day


def _has_texts(table: Table) -> bool:
    """Whether words are taken out of answers: a row does not show that this was done."""
    return any(column.erase == "texts" for column in table.columns)


def _telling(table: Table) -> Q:
    """Rows that still say something: else each day would do the work of all days before."""
    if table.goes or _has_texts(table) or any(column.erase == "row" for column in table.columns):
        return Q()
    wanted = Q(pk__in=[])
    for column in table.columns:
        if column.erase == "null":
            wanted |= Q((f"{column.name}__isnull", False))
        elif column.erase == "blank":
            wanted |= ~Q((column.name, ""))
        elif column.erase == "replace":
            wanted |= ~Q((f"{column.name}__in", MARKS))
    return wanted


def _about(table: Table) -> Q:
    """Rows about a woman or her household; of a table without such columns all."""
    if table.goes:
        return Q()
    wanted = [Q((f"{way}__isnull", False)) for way in (*table.find, *([table.home] if table.home else []))]
    wanted += [~Q(person="")] if table.model == "ledger.Record" else []
    found = Q()
    for one in wanted:
        found |= one
    return found
