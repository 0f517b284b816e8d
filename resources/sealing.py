"""Texts that whoever has only a copy of the database cannot read: addresses, keys of apps.

The keys are made from `SECRET_KEY`, which is not in the database, one for each purpose. With
another secret key what was sealed is lost, unless the former one is a `SECRET_KEY_FALLBACKS`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Lost(Exception):
    """It was sealed with a key that this server does not have, or for another purpose."""


def seal(text: str, purpose: str) -> str:
    """The text as it is kept; another one each time."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text again. Raises `Lost`."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Lost from error


def keys_for(purpose: str) -> Iterator[bytes]:
    """A key of 32 bytes for this purpose from each secret, today's first."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _key(secret, purpose)


def _box(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys_for(purpose)])


@lru_cache(maxsize=16)
def _key(secret: str, purpose: str) -> bytes:
    info = f"resources.{purpose}".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode())
