"""Sealed is unreadable, bound to its column and to our key; a blind hash finds and tells nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoi.people import sealing
from sohoi.people.sealing import blind, opened, seal
from sohoi.refusal import Refusal

NUMBER = "092185001234"


@given(st.text())
def test_what_is_sealed_opens_again(text):
    assert opened(seal(text, "id"), "id") == text


def test_sealed_twice_it_looks_different_and_never_shows_the_text():
    one, other = seal(NUMBER, "id"), seal(NUMBER, "id")
    assert one != other
    assert NUMBER.encode() not in one + other


@pytest.mark.parametrize("at", [1, 13, -1])
def test_a_changed_bit_is_noticed(at):
    body = bytearray(seal(NUMBER, "id"))
    body[at] ^= 1
    with pytest.raises(Refusal, match="Không mở được"):
        opened(bytes(body), "id")


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(Refusal):
        opened(seal(NUMBER, "id"), "religion")


def test_another_key_opens_nothing_and_finds_nothing(settings):
    sealed, found = seal(NUMBER, "id"), blind(NUMBER)
    try:
        settings.SEAL_KEY = "một khóa khác"
        sealing._key.cache_clear()
        sealing._cipher.cache_clear()
        assert blind(NUMBER) != found
        with pytest.raises(Refusal, match="khóa không đúng"):
            opened(sealed, "id")
    finally:
        settings.SEAL_KEY = settings._wrapped.default_settings.SEAL_KEY
        sealing._key.cache_clear()
        sealing._cipher.cache_clear()
    assert opened(sealed, "id") == NUMBER


def test_the_blind_hash_is_the_same_for_the_same_number_and_no_other():
    assert blind(NUMBER) == blind(NUMBER)
    assert len({blind(NUMBER), blind(NUMBER[:-1] + "5"), blind("")}) == 3
    assert len(blind(NUMBER)) == 32
