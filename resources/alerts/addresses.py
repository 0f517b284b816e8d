"""Email addresses at rest: sealed, and findable only for whoever has the server's secret key.

A copy of the database gives no address away (`resources.sealing`).
"""

from __future__ import annotations

import hashlib
import hmac

from resources import sealing

# For which the keys are made: to seal an address, and to find it.
SEALED, FOUND = "alerts.sealed-with", "alerts.found-by"


class AddressLost(Exception):
    """It was sealed with a key that this server does not have."""


def seal(address: str) -> str:
    """The address as it is kept; another text each time."""
    return sealing.seal(address, SEALED)


def unseal(sealed: str) -> str:
    """The address again. Raises `AddressLost`."""
    try:
        return sealing.unseal(sealed, SEALED)
    except sealing.Lost as error:
        raise AddressLost from error


def key_of(address: str) -> str:
    """What stands for an address in the database: the same for the same one, in 64 characters."""
    return keys_of(address)[0]


def keys_of(address: str) -> list[str]:
    """The same, and what stood for it under former secret keys."""
    written = address.strip().casefold().encode()
    keys = sealing.keys_for(FOUND)
    return [hmac.new(key, written, hashlib.sha256).hexdigest() for key in keys]
