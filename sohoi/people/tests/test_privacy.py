"""Looking, agreeing, asking: each with who, when, why, and never without."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sohoi.people.models import Consent, DataRequest, Export, Reading, Wish
from sohoi.people.read.privacy import consents, exports, open_requests, readings, restricted, working_day
from sohoi.people.sealing import blind, seal
from sohoi.people.write.numbers import asked
from sohoi.people.write.privacy import (
    acknowledge,
    agree,
    ask_for,
    extend,
    finish,
    hand_out,
    reveal,
    withdraw,
)
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from tests.people import woman

NUMBER = "092185001234"


@pytest.fixture
def card(place):
    """A woman of chị Lan's branch with a sealed number."""
    sealed = {"id_sealed": seal(NUMBER, "id"), "id_index": blind(NUMBER), "id_tail": NUMBER[-3:]}
    return woman(place.branch, "Nguyễn Thị Hòa", 1985, phone="0905123456", ethnicity="Khmer", party=True, **sealed)


# ---- looking ------------------------------------------------------------------------------------------


def test_a_look_gives_one_value_and_is_written_down(card, lan):
    assert reveal(card, "id-number", "Làm thẻ bảo hiểm", by=lan) == NUMBER
    assert reveal(card, "party", "Lập danh sách chi bộ", by=lan) == "Có"
    said = list(Reading.objects.order_by("pk").values_list("by", "member", "column", "reason"))
    assert said == [
        (lan.pk, card.pk, "id_sealed", "Làm thẻ bảo hiểm"), (lan.pk, card.pk, "party", "Lập danh sách chi bộ")
    ]  # fmt: skip


@pytest.mark.parametrize(("column", "reason"), [("id-number", ""), ("id-number", " . "), ("name", "Xem thử"),
                                                ("id_index", "Xem thử"), ("zalo", "Xem thử")])  # fmt: skip
def test_no_reason_or_nothing_hidden_no_answer_and_no_log(card, lan, column, reason):
    with pytest.raises(Refusal):
        reveal(card, column, reason, by=lan)
    assert not Reading.objects.exists()


def test_who_has_no_right_there_learns_nothing(card, thu, place):
    stranger = woman(place.other, "Trần Thị Sáu", phone="0905000111")
    with pytest.raises(Refusal):
        reveal(card, "phone", "Gọi điện", by=thu)
    assert not Reading.objects.exists()
    assert stranger.readings.count() == 0


def test_a_value_that_cannot_be_opened_leaves_no_log(card, lan):
    card.id_sealed = b"\x01" + b"0" * 40
    with pytest.raises(Refusal, match="khóa"):
        reveal(card, "id-number", "Làm thẻ", by=lan)
    assert not Reading.objects.exists()


def test_the_budget_of_a_day_ends_and_begins_anew_at_midnight(card, lan, settings):
    settings.REVEALS_A_DAY = 2
    reveal(card, "phone", "Gọi điện", by=lan)
    reveal(card, "phone", "Gọi điện", by=lan)
    with pytest.raises(Refusal, match="2 mục"):
        reveal(card, "phone", "Gọi điện", by=lan)
    assert Reading.objects.count() == 2
    Reading.objects.update(at=timezone.now() - timedelta(days=1))
    assert reveal(card, "phone", "Gọi điện", by=lan) == "0905123456"


def test_numbers_held_against_the_whole_register_are_counted_hit_or_miss(card, lan, settings):
    settings.NUMBER_CHECKS_A_DAY = 2
    one, other, third = (blind(str(number)) for number in range(3))
    assert asked({one: None}, by=lan) == {one}
    assert asked({other: card.pk, one: None}, by=lan) == {one, other}
    assert asked({third: None, one: None, other: card.pk}, by=lan) == {one, other}  # each counts once a day
    assert Reading.objects.filter(column="id_index").count() == 2
    assert reveal(card, "phone", "Gọi điện", by=lan)


def test_the_chair_sees_who_looked_and_a_stranger_sees_nothing(card, lan, mai, thu):
    reveal(card, "phone", "Gọi điện", by=lan)
    hand_out(card, "Chị xin bản dữ liệu", by=lan)
    assert [(row.by, row.column) for row in readings(scope(mai, "people"))] == [(lan, "*"), (lan, "phone")]
    assert [row.what for row in exports(scope(mai, "people"), mai)] == ["Toàn bộ dữ liệu về một hội viên"]
    assert not readings(scope(thu, "people")).exists()
    assert not exports(scope(thu, "people"), thu).exists()
    assert Export.objects.get().rows == 1


# ---- agreeing -----------------------------------------------------------------------------------------


def test_consent_is_given_withdrawn_and_both_days_stay(card, lan):
    agree(card, "membership", date(2026, 3, 1), by=lan)
    agree(card, "membership", date(2026, 3, 5), by=lan)
    withdraw(card, "membership", date(2026, 4, 1), by=lan)
    agree(card, "membership", date(2026, 5, 1), by=lan)
    said = Consent.objects.order_by("pk").values_list("given_on", "withdrawn_on", "wording")
    assert list(said) == [
        (date(2026, 3, 1), date(2026, 4, 1), "2026-01"), (date(2026, 5, 1), None, "2026-01")
    ]  # fmt: skip
    assert [one.agreed for one in consents(card)] == [True, False, False, False]


def test_consent_for_an_unknown_purpose_ahead_of_time_or_withdrawn_before_it_was_given_is_refused(card, lan, thu):
    for purpose, day, by in (("sale", date(2026, 3, 1), lan), ("photo", timezone.localdate() + timedelta(1), lan),
                             ("photo", date(2026, 3, 1), thu)):  # fmt: skip
        with pytest.raises(Refusal):
            agree(card, purpose, day, by=by)
    agree(card, "photo", date(2026, 3, 1), by=lan)
    with pytest.raises(Refusal, match="01/3/2026"):
        withdraw(card, "photo", date(2026, 2, 1), by=lan)
    with pytest.raises(Refusal):
        withdraw(card, "support", date(2026, 3, 1), by=lan)


# ---- asking -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("wish", "days"), [("see", 10), ("correct", 10), ("withdraw", 15), ("restrict", 15),
                                            ("erase", 20)])  # fmt: skip
def test_each_wish_has_the_days_that_the_law_gives(card, lan, wish, days):
    row = ask_for(card, wish, date(2026, 3, 6), by=lan)  # a Friday
    assert (row.acknowledge_by, row.due_on) == (date(2026, 3, 10), date(2026, 3, 6) + timedelta(days=days))


def test_two_working_days_pass_over_the_weekend():
    assert working_day(date(2026, 3, 4), 2) == date(2026, 3, 6)
    assert working_day(date(2026, 3, 5), 2) == date(2026, 3, 9)
    assert working_day(date(2026, 3, 7), 2) == date(2026, 3, 10)


def test_open_requests_stand_by_their_day_the_late_ones_first_and_only_in_scope(card, place, lan, mai, thu):
    other = woman(place.other, "Trần Thị Sáu")
    ask_for(card, "erase", date(2026, 3, 2), by=lan)
    ask_for(other, "see", date(2026, 3, 1), by=mai)
    assert [row.wish for row in open_requests(scope(mai, "people"))] == ["see", "erase"]
    assert [row.wish for row in open_requests(scope(lan, "people"))] == ["erase"]
    assert not open_requests(scope(thu, "people")).exists()


def test_a_request_is_acknowledged_extended_once_and_done(card, lan, thu):
    row = ask_for(card, "correct", date(2026, 3, 2), by=lan)
    with pytest.raises(Refusal, match="đã nhận"):
        ask_for(card, "correct", date(2026, 3, 3), by=lan)
    assert acknowledge(row, by=lan).acknowledged_on == timezone.localdate()
    assert extend(row, by=lan).due_on == date(2026, 3, 22)
    with pytest.raises(Refusal, match="một lần"):
        extend(row, by=lan)
    with pytest.raises(Refusal):
        finish(row, by=thu)
    assert finish(row, by=lan).done_by == lan
    with pytest.raises(Refusal, match="làm xong"):
        finish(row, by=lan)


def test_erasing_is_not_done_by_saying_so(card, lan):
    with pytest.raises(Refusal, match="xóa"):
        finish(ask_for(card, "erase", date(2026, 3, 2), by=lan), by=lan)
    assert DataRequest.objects.get().done_on is None


def test_a_restricted_card_reveals_nothing_and_a_withdrawal_ends_all_consents(card, lan):
    finish(ask_for(card, Wish.RESTRICT, date(2026, 3, 2), by=lan), by=lan)
    assert restricted([card]) == {card.pk}
    with pytest.raises(Refusal, match="hạn chế"):
        reveal(card, "phone", "Gọi điện", by=lan)
    agree(card, "photo", date(2026, 3, 1), by=lan)
    finish(ask_for(card, Wish.WITHDRAW, date(2026, 3, 2), by=lan), by=lan)
    assert not any(one.agreed for one in consents(card))
