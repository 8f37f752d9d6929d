"""What may change about a woman's rights: she agrees or withdraws, asks, is answered; a masked column is looked at."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from sohoi.people.models import Consent, DataRequest, Export, Household, Member, Reading, Wish
from sohoi.people.read.about import statuses_said, told
from sohoi.people.read.privacy import ACKNOWLEDGE, due, looked_today, own_cards, restricted, working_day
from sohoi.people.registry import ALL, DEED, HOMES, asked_purposes, revealed_column
from sohoi.people.write.holding import hold_cards
from sohoi.people.write.withdrawal import forget
from sohoi.refusal import Refusal
from sohoi.rights.may import may
from sohoi.rights.models import Account
from sohoi.units.models import Unit
from sohoi.vietnamese import clean_text
from sohoi.vietnamese import date as say_date

LONGEST = 200
ELSEWHERE = "Thẻ này do đơn vị khác giữ. Nhờ đơn vị ấy hoặc Hội cấp trên làm giúp."


def _in_reach(card: Member, by: Account, right: str = "people") -> None:
    if card.unit is None or not may(by, right, card.unit):
        raise Refusal(ELSEWHERE)


def _said(text: str, what: str, where: str) -> str:
    """A reason or a purpose in a few words; raises Refusal when there is none."""
    said = " ".join(clean_text(text, lines=True).split())[:LONGEST]
    if sum(sign.isalpha() for sign in said) < 3:
        raise Refusal(f"Chưa nêu {what}. Viết vài chữ rồi bấm lại.", where)
    return said


# ---- agreeing ---------------------------------------------------------------------------------------


@transaction.atomic
def agree(card: Member, purpose: str, given_on: date, *, by: Account) -> Consent:
    """She agreed to a purpose, in the words of today's version; agreed already, it stays as it was."""
    _in_reach(card, by)
    known = {one.code: one for one in asked_purposes()}
    if purpose not in known:
        raise Refusal("Chọn một mục đích trong danh sách.", "purpose")
    _not_ahead(given_on)
    Member.objects.select_for_update(of=("self",)).get(pk=card.pk)
    before = Consent.objects.filter(member=card, purpose=purpose, withdrawn_on=None).first()
    if before:
        return before
    wording = known[purpose].wording
    return Consent.objects.create(member=card, purpose=purpose, wording=wording, given_on=given_on, taken_by=by)


@transaction.atomic
def withdraw(card: Member, purpose: str, on: date, *, by: Account) -> Consent:
    """She takes her consent back; the row stays and says from which day. What the consent alone allowed goes now."""
    _in_reach(card, by)
    hold_cards(own_cards(card))
    row = Consent.objects.select_for_update().filter(member=card, purpose=purpose, withdrawn_on=None).first()
    if row is None:
        raise Refusal("Chưa đồng ý mục đích này, hoặc đã rút lại.", "purpose")
    _not_ahead(on)
    if on < row.given_on:
        raise Refusal(f"Ngày rút lại đứng trước ngày đồng ý {say_date(row.given_on)}. Xem lại ngày.", "day")
    row.withdrawn_on = on
    row.save(update_fields=["withdrawn_on"])
    forget(own_cards(card), purpose, by=by)
    return row


def _not_ahead(day: date) -> None:
    if day > timezone.localdate():
        raise Refusal(f"Ngày {say_date(day)} còn ở phía trước. Chọn ngày đã đến.", "day")


# ---- asking -----------------------------------------------------------------------------------------


@transaction.atomic
def ask_for(card: Member, wish: str, asked_on: date, *, by: Account) -> DataRequest:
    """Take down what she asks; the days by which to acknowledge and to do it run from the day she asked."""
    _in_reach(card, by)
    if wish not in Wish.values:
        raise Refusal("Chọn một yêu cầu.", "wish")
    _not_ahead(asked_on)
    Member.objects.select_for_update(of=("self",)).get(pk=card.pk)
    before = DataRequest.objects.filter(member=card, wish=wish, done_on=None).first()
    if before:
        raise Refusal(f"Yêu cầu này đã nhận ngày {say_date(before.asked_on)} và đang chờ làm.", "wish")
    return DataRequest.objects.create(
        member=card, wish=wish, asked_on=asked_on, acknowledge_by=working_day(asked_on, ACKNOWLEDGE),
        due_on=due(wish, asked_on), taken_by=by,
    )  # fmt: skip


def _open(request: DataRequest, by: Account) -> DataRequest:
    """The request, locked and still to be done; her card that stands is asked, wherever she asked."""
    hold_cards(own_cards(request.member))
    rows = DataRequest.objects.select_for_update(of=("self",))
    row = rows.select_related("member__unit", "member__same_as__unit").get(pk=request.pk)
    _in_reach(row.member.same_as or row.member, by)
    if row.done_on:
        raise Refusal(f"Yêu cầu này đã làm xong ngày {say_date(row.done_on)}.")
    return row


@transaction.atomic
def acknowledge(request: DataRequest, *, by: Account) -> DataRequest:
    """She was told that her request has come."""
    row = _open(request, by)
    row.acknowledged_on = row.acknowledged_on or timezone.localdate()
    row.save(update_fields=["acknowledged_on"])
    return row


@transaction.atomic
def extend(request: DataRequest, *, by: Account) -> DataRequest:
    """Move the due day, once, by as many days as the law gave."""
    row = _open(request, by)
    if row.extended_on:
        raise Refusal("Yêu cầu này đã gia hạn một lần; luật chỉ cho một lần.")
    row.extended_on = timezone.localdate()
    row.due_on = row.due_on + (due(row.wish, row.asked_on) - row.asked_on)
    row.save(update_fields=["extended_on", "due_on"])
    return row


@transaction.atomic
def finish(request: DataRequest, *, by: Account) -> DataRequest:
    """It is done. What she wants erased is done by erasing, not by saying so."""
    row = _open(request, by)
    if row.wish == Wish.ERASE:
        raise Refusal("Yêu cầu xóa chỉ xong khi dữ liệu đã được xóa. Bấm “Xóa dữ liệu”.")
    today = timezone.localdate()
    if row.wish == Wish.WITHDRAW:
        _withdraw_all(own_cards(row.member), today, by)
    row.acknowledged_on = row.acknowledged_on or today
    row.done_on, row.done_by = today, by
    row.save(update_fields=["acknowledged_on", "done_on", "done_by"])
    return row


def _withdraw_all(cards: list[Member], today: date, by: Account) -> None:
    """Every consent that she gave ends today."""
    rows = Consent.objects.select_for_update().filter(member__in=cards, withdrawn_on=None)
    for purpose in set(rows.values_list("purpose", flat=True)):
        forget(cards, purpose, by=by)
    Consent.objects.filter(member__in=cards, withdrawn_on=None).update(withdrawn_on=today)


@transaction.atomic
def lift(card: Member, *, by: Account) -> None:
    """She lets her data be used again: every restriction that she asked, on whichever of her cards, is taken back."""
    _in_reach(card, by)
    if not restricted([card]):
        raise Refusal("Dữ liệu của hội viên đang không bị hạn chế, nên không có gì phải mở lại.")
    cards = own_cards(card)
    hold_cards(cards)
    rows = DataRequest.objects.filter(member__in=cards, wish=Wish.RESTRICT, lifted_on=None)
    rows.exclude(done_on=None).update(lifted_on=timezone.localdate(), lifted_by=by)


# ---- looking ----------------------------------------------------------------------------------------


@transaction.atomic
def reveal(card: Member, name: str, reason: str, *, by: Account) -> str:
    """One masked value of one card, as people read it; written down in the same breath, or there is no answer.

    What her household is says something of each woman in it: it is a look at each, and closed while one of them has
    her data restricted. Raises Refusal without the right, without a reason, above the day's budget, and for a card
    that is restricted.
    """
    _in_reach(card, by, "reveal")
    column = revealed_column(name)
    if column is None:
        raise Refusal("Mục này không có gì bị che. Mở thẻ hội viên để đọc.", "column")
    said = _said(reason, "lý do", "reason")
    if name == HOMES:
        return _reveal_home(card, said, by)
    _look(card, column.name, said, by)
    if restricted([card]):
        raise Refusal("Người này đã yêu cầu hạn chế xử lý dữ liệu của mình, nên mục này không mở được.")
    return told(card, column)


def _reveal_home(card: Member, reason: str, by: Account) -> str:
    """What her household is, looked at for everybody in it."""
    _look_at_all([card, *_living_in(card.household_id).exclude(pk=card.pk)], HOMES, reason, by)
    return statuses_said(card)


@transaction.atomic
def reveal_whose(card: Member | None, home: Household | None, unit: Unit, reason: str, *, by: Account) -> None:
    """Somebody is about to be told whose a deed of this unit is, where that it stands there says what is masked: a look
    at her, or at each woman of the household; of nobody in the register it is written down too. Raises Refusal as
    `reveal` does."""
    if not may(by, "reveal", unit):
        raise Refusal(ELSEWHERE)
    said = _said(reason, "lý do", "reason")
    cards = [card] if card else list(_living_in(home.pk if home else None))
    _look_at_all(cards or [None], DEED, said, by)


def _living_in(home: int | None) -> QuerySet[Member]:
    """Everybody of the register in a household."""
    return Member.objects.filter(household=home or 0, same_as=None, erased_on=None).order_by("pk")


def _look_at_all(cards: Sequence[Member | None], column: str, reason: str, by: Account) -> None:
    """A look at each who lives in one household; at none while one of them has her data restricted."""
    if restricted(card for card in cards if card):
        said = "Trong hộ có người đã yêu cầu hạn chế xử lý dữ liệu của mình, nên diện của hộ không mở được."
        raise Refusal(said)
    for card in cards:
        _look(card, column, reason, by)


@transaction.atomic
def hand_out(card: Member, reason: str, *, by: Account) -> None:
    """Everything about her is about to be shown or written to a file: a reading, and a line in the log of exports."""
    _in_reach(card, by, "reveal")
    said = _said(reason, "lý do", "reason")
    _look(card, ALL, said, by)
    Export.objects.create(by=by, purpose=said, what="Toàn bộ dữ liệu về một hội viên", rows=1, unit=card.unit)


def _look(card: Member | None, column: str, reason: str, by: Account) -> None:
    """Count and write a look; whoever looks twice at once waits for herself."""
    Account.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)  # her deeds may name her meanwhile
    if looked_today(by) >= settings.REVEALS_A_DAY:
        most = settings.REVEALS_A_DAY
        raise Refusal(f"Hôm nay tài khoản này đã xem {most} mục, là mức một ngày. Mai xem tiếp, hoặc nhờ Hội cấp trên.")
    Reading.objects.create(by=by, member=card, column=column, reason=reason)


def postponed(request: DataRequest) -> date:
    """The due day that a request would have after its one extension."""
    return request.due_on + timedelta(days=(due(request.wish, request.asked_on) - request.asked_on).days)
