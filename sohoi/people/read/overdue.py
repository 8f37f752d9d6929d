"""What has been kept for as long as the registry allows: cards of women who left so long ago, rows of each table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from sohoi.among import among
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
    gone = left_before(years_before(today, tables()[CARD].years))
    moving = Transfer.objects.filter(accepted=None)
    return _without(gone.exclude(pk__in=among(_women(_waiting()).cards)), *_hers(moving))


def _waiting() -> QuerySet[DataRequest]:
    """Wishes still to be done, and restrictions that nobody lifted."""
    return DataRequest.objects.filter(Q(done_on=None) | Q(wish=Wish.RESTRICT, lifted_on=None))


@dataclass(frozen=True)
class Women:
    """The numbers of some women's cards, merged ones too, and of the households these name."""

    cards: list[int]
    homes: list[int]


def _women(requests: QuerySet[DataRequest]) -> Women:
    """Those who asked for these: what was asked on one card holds for all of hers. They are few."""
    kept = {merged or card for card, merged in requests.values_list("member_id", "member__same_as_id")}
    ways = ({"pk__in": among(kept)}, {"same_as__in": among(kept)})
    rows = {row for way in ways for row in Member.objects.filter(**way).values_list("pk", "household_id")}
    return Women(sorted({card for card, _ in rows}), sorted({home for _, home in rows if home}))


def left_before(day: date) -> QuerySet[Member]:
    """Cards that stand, of women who belong nowhere, and none of whose cards belonged anywhere on that day or after.

    A question for her card and another for cards merged into it: asked as one, each would read whole tables for every
    woman who left.
    """
    later = Q(during__endswith=None) | Q(during__endswith__gt=day)
    lived = [rows for model in (Membership, Vanished) for rows in _hers(model.objects.all())]
    cards = Member.objects.filter(reduce(or_, map(Exists, lived)), active=False, same_as=None, erased_on=None)
    since = [*_hers(Membership.objects.filter(later)), *_hers(Vanished.objects.filter(day__gte=day))]
    return _without(cards, *since).order_by("pk")


def _hers(rows: QuerySet[Any]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Of these rows those of a card, and those of cards merged into it: to be asked for each card of a list."""
    return rows.filter(member=OuterRef("pk")), rows.filter(member__same_as=OuterRef("pk"))


def _without(cards: QuerySet[Member], *rows: QuerySet[Any]) -> QuerySet[Member]:
    """Those of the cards for which there is none of these rows."""
    for some in rows:
        cards = cards.exclude(Exists(some))
    return cards


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
    for way, whose in _ways_to(table, _women(_waiting())):
        rows = rows.exclude(**{f"{way}__in": among(whose)})
    return rows


def _ways_to(table: Table, women: Women) -> Iterator[tuple[str, list[int]]]:
    """By which columns the rows of these women, and of their households, are found."""
    for way in table.find:
        yield way, women.cards
    if table.home:
        yield table.home, women.homes


def _before(table: Table, today: date) -> Q:
    """Made, done or ended so long ago; of a table that was looked through before, since then, or of a woman for whose
    wish it waited then."""
    past = Q((f"{table.clock}__lt", _moment(table, years_before(today, table.years))))
    done = Ending.objects.filter(model=table.model).order_by("until", "at").last() if _has_texts(table) else None
    if done is None:
        return past
    wanted = past & Q((f"{table.clock}__gte", _moment(table, done.until)))  # both ends, so that these are seen as few
    day = timezone.localdate(done.at)
    freed = _women(DataRequest.objects.filter(Q(done_on__gte=day) | Q(lifted_on__gte=day)))
    for way, whose in _ways_to(table, freed):
        wanted |= Q((f"{way}__in", whose))  # plainly listed: an index serves each part
    return wanted & past


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
