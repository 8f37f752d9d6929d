"""A correction taken back: the former answers stand again, sealed ones too, unless something was told anew since."""

from datetime import date

import pytest

from sohoi.ledger.register import prove_register
from sohoi.ledger.totals import prove
from sohoi.people.models import Correction, Member, Membership
from sohoi.people.read.cards import TOLD as SAID
from sohoi.people.read.cards import sayings
from sohoi.people.registry import MARKS
from sohoi.people.sealing import opened
from sohoi.people.tests.acts import admit, counted, do, load_member_kinds, take_back
from sohoi.refusal import Refusal

MAY = date(2026, 5, 4)
TOLD = {
    "born": "12/3/1985", "phone": "0905123456", "home": "Bà Tư", "role": "head", "ethnicity": "Kinh", "party": True,
    "religion": "Phật giáo", "id_number": "092185001234",
}  # fmt: skip


@pytest.fixture(autouse=True)
def kinds(place):
    load_member_kinds()


@pytest.fixture
def card(place, lan):
    return admit(place.branch, "Trần Thị Lan", lan, **TOLD)


def correct(place, lan, card, **told):
    return do("member-corrected", place.branch, lan, card, MAY, why="mistaken", **told)


def test_the_former_answers_stand_again_sealed_ones_too(place, lan, card):
    before = sayings(card), bytes(card.id_index), card.plain
    told = correct(
        place, lan, card, name="Trần Thị Lân", born="1986", phone="0905999999", home="Bà Năm", role="child",
        religion="Công giáo", party=False, cleared="ethnicity", **{"id-number": "092186001299"},
    )  # fmt: skip
    assert counted("homes-with-members", unit=place.branch) == 1
    take_back(told, lan)
    card = Member.objects.get(pk=card.pk)
    assert (sayings(card), bytes(card.id_index), card.plain) == before
    assert opened(bytes(card.id_sealed), "id") == "092185001234"
    assert opened(bytes(card.religion_sealed), "religion") == "Phật giáo"
    assert prove_register() == prove() == []
    told = Correction.objects.filter(member=card, column="phone").order_by("pk")
    assert [(row.before, row.after, row.reason) for row in told] == [
        ("0905123456", "0905999999", "Ghi nhầm trước đây"), ("0905999999", "0905123456", "Hủy lần sửa thẻ")
    ]  # fmt: skip


def test_what_was_told_anew_since_is_taken_back_first(place, lan, card):
    first = correct(place, lan, card, phone="0905999999", occupation="May")
    second = correct(place, lan, card, phone="0905888888")
    with pytest.raises(Refusal, match="“Số điện thoại” đã được sửa lại ngày"):
        take_back(first, lan)
    take_back(second, lan)
    take_back(first, lan)
    card.refresh_from_db()
    assert (card.phone, card.occupation) == ("0905123456", "")


def test_another_answer_that_was_told_since_stays(place, lan, card):
    first = correct(place, lan, card, phone="0905999999")
    correct(place, lan, card, occupation="May")
    take_back(first, lan)
    card.refresh_from_db()
    assert (card.phone, card.occupation) == ("0905123456", "May")


def test_a_number_that_stands_on_another_card_by_now_is_not_put_back(place, lan, card):
    told = correct(place, lan, card, **{"id-number": "092185001299"})
    admit(place.branch, "Lê Thị Cúc", lan, born="1985", id_number="092185001234")
    with pytest.raises(Refusal, match="đã có trong sổ"):
        take_back(told, lan)


def test_what_is_no_longer_kept_cannot_come_back(place, lan, card):
    told = correct(place, lan, card, religion="Công giáo")
    Correction.objects.update(before_sealed=None)
    with pytest.raises(Refusal, match="không còn được giữ"):
        take_back(told, lan)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_erasure_is_no_former_answer(place, lan, card, mark):
    told = correct(place, lan, card, home="Bà Năm")
    Correction.objects.filter(column="home").update(before=mark)
    with pytest.raises(Refusal, match="không còn được giữ"):
        take_back(told, lan)


def test_what_a_withdrawn_consent_took_away_is_no_former_answer(place, lan, card):
    told = correct(place, lan, card, ethnicity="Khmer")
    Correction.objects.filter(column="ethnicity").update(before=SAID)
    with pytest.raises(Refusal, match="không còn được giữ"):
        take_back(told, lan)


@pytest.mark.parametrize("back", [False, True])
def test_a_household_in_which_a_time_of_hers_has_ended_since_is_not_put_back_by_halves(place, lan, card, back):
    told = correct(place, lan, card, home="Bà Năm")
    later = [do("member-left", place.branch, lan, card, date(2026, 5, 6), reason="work")]
    if back:
        later.append(do("member-returned", place.branch, lan, card, date(2026, 5, 8), standing="ordinary"))
    with pytest.raises(Refusal, match="Sau lần sửa này chị đã thôi sinh hoạt hoặc trở lại"):
        take_back(told, lan)
    for deed in reversed(later):
        take_back(deed, lan)
    take_back(told, lan)
    homes = Membership.objects.filter(member=card).values_list("household__label", flat=True)
    assert list(homes) == [sayings(Member.objects.get(pk=card.pk))["home"]] == ["Bà Tư"]


def test_a_household_that_was_told_after_she_left_is_put_back(place, lan, card):
    do("member-left", place.branch, lan, card, MAY, reason="work")
    take_back(correct(place, lan, card, home="Bà Năm"), lan)
    assert sayings(Member.objects.get(pk=card.pk))["home"] == "Bà Tư"
