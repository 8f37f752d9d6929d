"""What a page shows before somebody asks for more."""

import pytest

from sohoi.people.masking import NOT_TOLD, WHEN_NEEDED, hides, masked, masked_phone
from sohoi.people.models import Member
from sohoi.people.sealing import seal


@pytest.fixture
def card():
    """A card with everything told, not saved."""
    one = Member(
        phone="0905123456", id_sealed=seal("092185001234", "id"), id_tail="234", ethnicity="Khmer", party=True,
        religion_sealed=seal("Phật giáo", "religion"), politics="Sơ cấp", occupation="Làm ruộng", insured=True,
    )  # fmt: skip
    one.rename("Trần Thị Mẫu")
    return one


def test_each_class_has_its_mask(card):
    asked = ("name", "phone", "id-number", "ethnicity", "religion", "party", "politics", "occupation", "insured")
    shown = {name: str(masked(card, name)) for name in asked}
    assert shown == {
        "name": "Trần Thị Mẫu", "phone": "09•• ••• 456", "id-number": "•••••••••234", "ethnicity": WHEN_NEEDED,
        "religion": WHEN_NEEDED, "party": WHEN_NEEDED, "politics": WHEN_NEEDED, "occupation": "Làm ruộng",
        "insured": "Có",
    }  # fmt: skip


def test_what_was_never_told_is_said_so_and_has_nothing_to_reveal():
    empty = Member()
    assert [(str(masked(empty, name)), masked(empty, name).hidden) for name in ("phone", "id-number", "party")] == [
        (NOT_TOLD, False)
    ] * 3


def test_not_being_a_party_member_is_as_hidden_as_being_one(card):
    card.party = False
    assert masked(card, "party").hidden


def test_a_short_number_shows_nothing_and_an_unknown_question_is_hidden():
    assert masked_phone("0123") == "••••"
    assert masked_phone("02923812345") == "02•• •••• 345"
    assert hides("id-number")
    assert hides("zalo")
    assert not hides("name")
