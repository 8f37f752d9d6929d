"""Sealing what nobody may read from a stolen database: AES-256-GCM, and a keyed hash to find a number again.

It composes the `cryptography` library and invents nothing (security §6). Keys live outside the database: one secret
(SOHOI_SEAL_KEY, or a file only this user reads) from which both keys are derived. A sealed value is bound to its
column, so that a row cannot be given the value of another column.
"""

import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from sohoi.refusal import Refusal

VERSION = b"\x01"
NONCE = 12


@cache
def _key(purpose: str) -> bytes:
    """32 bytes for one purpose, derived from the one secret."""
    return HKDF(SHA256(), 32, None, f"sohoi {purpose}".encode()).derive(settings.SEAL_KEY.encode())


@cache
def _cipher() -> AESGCM:
    return AESGCM(_key("seal"))


def seal(text: str, column: str) -> bytes:
    """The text as only we can read it; sealed twice it looks different. `column` names where it stands."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + _cipher().encrypt(nonce, text.encode(), column.encode())


def opened(sealed: bytes, column: str) -> str:
    """The text again. Raises Refusal when the key is another one, or the value was changed or moved."""
    body = bytes(sealed)
    try:
        return _cipher().decrypt(body[1 : 1 + NONCE], body[1 + NONCE :], column.encode()).decode()
    except InvalidTag as error:
        raise Refusal("Không mở được dữ liệu đã mã hóa: khóa không đúng, hoặc dữ liệu đã bị đổi.") from error


def blind(text: str) -> bytes:
    """A keyed hash (32 bytes) by which an exact value is found without being read: equal texts, equal hashes."""
    return keyed("blind index", text)


def keyed(purpose: str, text: str) -> bytes:
    """A hash (32 bytes) that nobody can compute, and so try guesses with, from a stolen database alone; each purpose
    has its own key, so that hashes of two tables cannot be held against each other."""
    return hmac.digest(_key(purpose), text.encode(), "sha256")
