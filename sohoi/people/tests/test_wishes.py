"""What she asked holds: a restriction for all her cards until she lifts it; a consent taken back takes its data."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from sohoi.people.models import Correction, DataRequest, Export, Photo, Reading, Wish
from sohoi.people.read.privacy import exports, readings, restricted
from sohoi.people.tests.acts import admit, do, load_member_kinds
from sohoi.people.write.lists import log_export, log_narrowing
from sohoi.people.write.photos import keep_photo
from sohoi.people.write.privacy import agree, ask_for, finish, lift, reveal, withdraw
from sohoi.refusal import Refusal
from sohoi.rights.may import scope
from sohoi.rights.models import Office
from tests.people import LONG_AGO, account, woman

MARCH = date(2026, 3, 2)


@pytest.fixture
def card(place, lan):
    """A woman of chị Lan's branch of whom what is sensitive is told."""
    load_member_kinds()
    return admit(place.branch, "Nguyễn Thị Hòa", lan, phone="0905123456", ethnicity="Khmer", religion="Hồi giáo",
                 party=True, politics="Trung cấp")  # fmt: skip


@pytest.fixture
def twin(place, lan, card):
    """The same woman once more."""
    return admit(place.branch, "Nguyen Thi Hoa", lan, phone="0905123456")


def test_a_restriction_of_a_twin_holds_for_the_card_that_stays_and_the_other_way(place, card, twin, lan):
    finish(ask_for(twin, Wish.RESTRICT, MARCH, by=lan), by=lan)
    assert restricted([card, twin]) == {twin.pk}
    do("member-merged", place.branch, lan, twin, date(2026, 3, 9), kept=card.pk)
    card.refresh_from_db()
    twin.refresh_from_db()
    assert restricted([card]) == {card.pk}
    with pytest.raises(Refusal, match="hạn chế"):
        reveal(card, "phone", "Gọi điện", by=lan)
    DataRequest.objects.update(member=card)
    assert restricted([card, twin]) == {card.pk, twin.pk}


def test_she_lets_her_data_be_used_again_and_may_restrict_them_anew(card, lan, thu):
    finish(ask_for(card, Wish.RESTRICT, MARCH, by=lan), by=lan)
    with pytest.raises(Refusal):
        lift(card, by=thu)
    lift(card, by=lan)
    row = DataRequest.objects.get()
    assert (row.lifted_on, row.lifted_by) == (timezone.localdate(), lan)
    assert reveal(card, "phone", "Gọi điện", by=lan) == "0905123456"
    with pytest.raises(Refusal, match="không bị hạn chế"):
        lift(card, by=lan)
    finish(ask_for(card, Wish.RESTRICT, MARCH, by=lan), by=lan)
    assert restricted([card]) == {card.pk}


def test_a_consent_taken_back_takes_what_it_alone_allowed(place, card, lan):
    do("member-corrected", place.branch, lan, card, date(2026, 3, 5), ethnicity="Kinh", why="mistaken")
    card.refresh_from_db()
    picture = BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    keep_photo(card, BytesIO(picture.getvalue()), by=lan)
    for purpose in ("photo", "sensitive"):
        agree(card, purpose, MARCH, by=lan)
    withdraw(card, "photo", MARCH, by=lan)
    assert not Photo.objects.exists()
    withdraw(card, "sensitive", MARCH, by=lan)
    card.refresh_from_db()
    assert (card.ethnicity, card.religion_sealed, card.party, card.politics) == ("", None, None, "")
    assert card.phone == "0905123456"
    said = str(list(Correction.objects.values_list("column", "before", "after", "reason")))
    assert not any(word in said for word in ("Khmer", "Kinh", "Hồi giáo", "Trung cấp"))
    assert said.count("Hội viên rút lại sự đồng ý") == 4


def test_a_request_to_withdraw_ends_every_consent_with_what_it_allowed(card, lan):
    agree(card, "sensitive", MARCH, by=lan)
    finish(ask_for(card, Wish.WITHDRAW, MARCH, by=lan), by=lan)
    card.refresh_from_db()
    assert (card.ethnicity, card.party) == ("", None)


def test_an_export_is_read_where_the_list_was_and_not_where_its_writer_holds_another_office(place, lan, mai):
    sau = account("sau", "Chị Sáu", (place.other, "branch-head"), (place.branch, "branch-head"))
    log_export("Lập danh sách nhận quà", "Danh sách, Ấp Hai", 3, place.other, by=sau)
    assert not exports(scope(lan, "people"), lan).exists()
    assert exports(scope(mai, "people"), mai).count() == 1
    assert exports(scope(sau, "people"), sau).get() == Export.objects.get()


def test_a_list_narrowed_by_a_sensitive_column_is_read_by_who_answers_for_the_office(place, lan, mai):
    log_narrowing(["party"], 12, by=lan)
    assert readings(scope(mai, "people")).get().reason == "Lọc danh sách: 12 người"
    neighbour = account("sau", "Chị Sáu", (place.other, "branch-head"))
    assert not readings(scope(neighbour, "people")).exists()
    Office.objects.filter(account=lan).update(during=(LONG_AGO, timezone.localdate() - timedelta(days=9)))
    assert not readings(scope(mai, "people")).exists()
    assert Reading.objects.exists()


def test_a_woman_alone_is_restricted_alone(place, card, lan):
    other = woman(place.branch, "Trần Thị Sáu")
    finish(ask_for(card, Wish.RESTRICT, MARCH, by=lan), by=lan)
    assert restricted([card, other]) == {card.pk}
