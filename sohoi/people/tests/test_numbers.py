"""A number is no way to look up women of other communes: counted, bounded, and nothing is told of place or day."""

from datetime import date
from uuid import uuid4

import pytest

from sohoi.ledger.draft import Draft
from sohoi.ledger.erasing import erase_woman
from sohoi.ledger.write import accept_many
from sohoi.people.models import Member, Reading
from sohoi.people.tests.acts import SPRING, admit, do, load_member_kinds
from sohoi.people.write.numbers import KNOWN_NUMBER, NO_MORE
from sohoi.people.write.privacy import ask_for
from sohoi.refusal import Refusal

NUMBERS = ("092185001234", "092185001235", "092185001236")


@pytest.fixture
def there(place, hoa, settings):
    """Three women of the other branch; a day has two questions."""
    load_member_kinds()
    settings.NUMBER_CHECKS_A_DAY = 2
    return [admit(place.other, f"Trần Thị {name}", hoa, id_number=number)
            for name, number in zip(("Một", "Hai", "Ba"), NUMBERS, strict=True)]  # fmt: skip


def refused(place, by, number, **told):
    with pytest.raises(Refusal) as said:
        admit(place.branch, "Lê Thị Thử", by, id_number=number, **told)
    return str(said.value)


def test_asking_for_numbers_elsewhere_is_written_down_though_refused_and_ends_for_the_day(place, lan, there):
    assert [refused(place, lan, number) for number in NUMBERS] == [KNOWN_NUMBER, KNOWN_NUMBER, NO_MORE]
    assert refused(place, lan, NUMBERS[0]) == KNOWN_NUMBER  # the same again is no new question
    said = list(Reading.objects.order_by("pk").values_list("by", "member", "column"))
    assert said == [(lan.pk, there[0].pk, "id_index"), (lan.pk, there[1].pk, "id_index")]
    assert not Member.objects.filter(name="Lê Thị Thử").exists()


def test_a_file_and_a_correction_ask_from_the_same_purse(place, lan, there):
    drafts = [
        Draft(uuid4(), "member-admitted", place.branch.code, SPRING,
              {"name": "Lê Thị Thử", "standing": "ordinary", "id-number": number})
        for number in (NUMBERS[0], "092185009999")
    ]  # fmt: skip
    assert [one.state for one in accept_many(drafts, by=lan, door="file")] == ["refused", "accepted"]
    card = Member.objects.get(name="Lê Thị Thử")
    for number, said in ((NUMBERS[1], KNOWN_NUMBER), (NUMBERS[2], NO_MORE)):
        with pytest.raises(Refusal, match=said[:30]):
            do("member-corrected", place.branch, lan, card, date(2026, 3, 5), **{"id-number": number, "why": "added"})
    assert Reading.objects.count() == 2


def test_in_ones_own_units_nothing_is_counted(place, mai, hoa, there):
    for number in NUMBERS:
        assert refused(place, hoa, number) == KNOWN_NUMBER
    assert not Reading.objects.exists()


def test_the_day_of_an_erasure_is_said_only_where_she_was_written_down(place, lan, hoa, there):
    erase_woman(ask_for(there[0], "erase", date(2026, 3, 10), by=hoa), by=hoa)
    assert refused(place, lan, NUMBERS[0]) == KNOWN_NUMBER
    assert "yêu cầu xóa dữ liệu ngày" in refused(place, hoa, NUMBERS[0])
    assert Reading.objects.get().member is None
    assert admit(place.branch, "Lê Thị Thử", lan, id_number=NUMBERS[0], agreed_again=True).active
