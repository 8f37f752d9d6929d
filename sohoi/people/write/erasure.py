"""Erasing a woman at her request, column by column as the registry says; what is counted stays without her.

Her memberships, standings and the entries about her keep the number of her card, which leads to nobody any more.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from sohoi.people.models import DataRequest, Household, Member, Transfer, Wish
from sohoi.people.read.about import who
from sohoi.people.read.privacy import own_cards
from sohoi.people.registry import ERASED, FORGOTTEN, Column, Table, tables
from sohoi.people.write.holding import hold_cards
from sohoi.people.write.traces import Around, alone, around, blot_out, lived_in, never_shared, places
from sohoi.refusal import Refusal
from sohoi.rights.may import may
from sohoi.rights.models import Account
from sohoi.vietnamese import plain

Way = Callable[[Any], Any]


@transaction.atomic
def erase(request: DataRequest, ways: Mapping[str, Way], *, by: Account) -> Member:
    """Erase her: her card and those merged into it, her rows in every table of the registry.

    `ways` gives the ways of erasing that a room above knows (free text in the answers of records). What remains is
    her request, done, with the blind index of her number and no name. Raises Refusal without her open request.
    """
    hold_hers(own_cards(request.member))
    row = DataRequest.objects.select_for_update(of=("self",)).select_related("member").get(pk=request.pk)
    cards = own_cards(row.member)
    list(Member.objects.select_for_update(of=("self",)).filter(pk__in=[card.pk for card in cards]).order_by("pk"))
    _check(row, cards, by)
    indexes = {card.pk: card.id_index for card in cards}
    erase_cards(cards, ways)
    _take_down(row, indexes, by)
    return cards[0]


def hold_hers(cards: list[Member]) -> None:
    """The registers of all branches that ever kept her cards, before anything of her is locked."""
    hold_cards(cards, {unit for unit, _ in places(cards)})


def erase_cards(cards: list[Member], ways: Mapping[str, Way]) -> None:
    """All that the registry's tables say of the woman of these cards goes, and whatever names her in her households,
    her branches and their communes. Her cards are locked."""
    seen = around(cards, ERASED)
    for home in seen.hers:
        _rename_home(home, ERASED)
    _take_away(cards, _homes_of_hers(cards, seen), ways, tables().values(), ERASED)
    blot_out(seen)


def _homes_of_hers(cards: list[Member], seen: Around) -> list[int]:
    """The households of which all that is said goes with her: where she lives alone, or that bear her name; of those
    that she left, and in which nobody lives now, only where nobody else ever did."""
    ids = [card.pk for card in cards]
    now = {card.household_id for card in cards if card.household_id} | {home.pk for home in seen.hers}
    return sorted({*alone(now, ids), *never_shared(seen.homes, ids)})


def forget_cards(cards: list[Member], ways: Mapping[str, Way], wanted: Iterable[Table]) -> None:
    """Her own rows in these tables go because their time is over: nobody asked, so no row of anybody else is touched,
    and nothing that somebody wrote. Her cards are locked."""
    homes = never_shared(sorted(lived_in(cards)), [card.pk for card in cards])
    _take_away(cards, homes, ways, wanted, FORGOTTEN)


def _take_away(
    cards: list[Member], homes: list[int], ways: Mapping[str, Way], wanted: Iterable[Table], mark: str
) -> None:
    """Her rows in these tables, and those of these households; `mark` stands where her name stood."""
    her = replace(who(cards), homes=homes)
    for table in wanted:
        for found in list(table.rows(her)):
            clear(found, table, ways, mark)
    Member.objects.filter(pk__in=her.cards).update(erased_on=timezone.localdate())


def _check(row: DataRequest, cards: list[Member], by: Account) -> None:
    """An open request to erase, by whoever keeps her card that stands: those merged into it are hers wherever they
    once were; no move that waits for an answer."""
    if row.wish != Wish.ERASE or row.done_on:
        raise Refusal("Cần một yêu cầu xóa dữ liệu chưa làm. Ghi yêu cầu trước, rồi xóa.")
    if cards[0].unit is None or not may(by, "people", cards[0].unit):
        raise Refusal("Thẻ này do đơn vị khác giữ. Nhờ đơn vị ấy hoặc Hội cấp trên xóa giúp.")
    if Transfer.objects.filter(member__in=cards, accepted=None).exists():
        raise Refusal("Đang có đề nghị chuyển sang chi hội khác. Trả lời hoặc rút đề nghị ấy trước.")


def _rename_home(home: Household, mark: str) -> None:
    """Her name goes from the household; others may live there on."""
    home.label, home.plain, home.key = mark, plain(mark), f"{plain(mark)} {home.pk}"
    home.save(update_fields=["label", "plain", "key"])


def clear(row: Model, table: Table, ways: Mapping[str, Way], name: str) -> None:
    """One row, by the ways of its columns; `name` is what stands where her name stood."""
    if any(column.erase == "row" for column in table.columns):
        row.delete()
        return
    if isinstance(row, Member):
        row.rename(name)
    elif isinstance(row, Household):
        _rename_home(row, name)
    cleared = [column for column in table.columns if column.erase != "keep"]
    for column in cleared:
        if not (column.derived and column.erase == "replace"):  # made anew with the name
            setattr(row, column.name, _cleared(row, column, ways, name))
    if cleared:
        row.save(update_fields=[column.name for column in cleared])


def _cleared(row: Model, column: Column, ways: Mapping[str, Way], name: str) -> Any:
    """What stands in the column afterwards."""
    if column.erase in ways:
        return ways[column.erase](row)
    return {"null": None, "blank": "", "replace": name, "random": os.urandom(32)}[column.erase]


def _take_down(row: DataRequest, indexes: dict[int, Any], by: Account) -> None:
    """The request is done; the blind index of each of her numbers says whom a file must not bring back."""
    today = timezone.localdate()
    row.acknowledged_on = row.acknowledged_on or today
    row.done_on, row.done_by, row.id_index = today, by, indexes.pop(row.member_id, None)
    row.save(update_fields=["acknowledged_on", "done_on", "done_by", "id_index"])
    DataRequest.objects.bulk_create(
        DataRequest(
            member_id=pk, wish=Wish.ERASE, asked_on=row.asked_on, due_on=row.due_on, taken_by=row.taken_by,
            acknowledged_on=today, done_on=today, done_by=by, id_index=index,
        )
        for pk, index in indexes.items() if index
    )  # fmt: skip
