"""Email addresses at rest: sealed, and findable only for whoever has the server's secret key.

The keys are made from `SECRET_KEY`, which is not in the database: a copy of the database gives no
address away. With another secret key the addresses are lost, unless the former one stands among
`SECRET_KEY_FALLBACKS`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class AddressLost(Exception):
    """It was sealed with a key that this server does not have."""


def seal(address: str) -> str:
    """The address as it is kept; another text each time."""
    return _box().encrypt(address.encode()).decode()


def unseal(sealed: str) -> str:
    """The address again. Raises `AddressLost`."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise AddressLost from error


def key_of(address: str) -> str:
    """What stands for an address in the database: the same for the same one, in 64 characters."""
    return keys_of(address)[0]


def keys_of(address: str) -> list[str]:
    """The same, and what stood for it under former secret keys."""
    written = address.strip().casefold().encode()
    return [hmac.new(key, written, hashlib.sha256).hexdigest() for key in _derived("found-by")]


def _box() -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in _derived("sealed-with")])


def _derived(purpose: str) -> Iterator[bytes]:
    """A key of 32 bytes for this purpose from each secret, today's first."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _key(secret, purpose)


@lru_cache(maxsize=16)
def _key(secret: str, purpose: str) -> bytes:
    info = f"resources.alerts.{purpose}".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode())
