"""How many messages are taken in a time, from one sender and from all, without keeping senders.

A sender is counted under a keyed hash of the address, in the cache alone. The key is random, is
made anew every hour, and is written nowhere. The cache is each process's own (`CACHES`), and so are
these counts: what bounds all processes together is the places of `Report`.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets

from django.core.cache import cache

HOUR = 60 * 60  # seconds
OF_ONE, OF_ALL = 5, 60  # messages an hour

KEY, ALL = "floods-key", "floods-all"


def let_through(
    sender: str,
    what: str = "messages",
    *,
    of_one: int = OF_ONE,
    of_all: int = OF_ALL,
    within: int = HOUR,
) -> bool:
    """Count a message, and say whether it is one too many; each kind (`what`) by itself.

    `within` so many seconds, an hour at most, after which counting begins anew.

    `sender` is an internet address; "" where it is not known, which counts among all alone. Of
    whoever comes when all is taken, not even the hash is made.
    """
    every = f"{ALL}-{what}"
    if cache.get(every, 0) >= of_all:
        return False
    if sender and _counted(f"floods-of-{what}-{_hash(sender)}", within) > of_one:
        return False
    return _counted(every, within) <= of_all


def _hash(sender: str) -> str:
    key: bytes = cache.get_or_set(KEY, lambda: secrets.token_bytes(32), HOUR)  # type: ignore[assignment]
    return hmac.new(key, _one_place(sender).encode(), hashlib.sha256).hexdigest()


def _one_place(sender: str) -> str:
    """An IPv4 address, or the network of an IPv6 one: each household has 2^64 of those."""
    try:
        address = ipaddress.ip_address(sender)
    except ValueError:
        return sender
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), 64), strict=False))


def _counted(name: str, within: int) -> int:
    """How often this was counted within these seconds, this time included."""
    cache.add(name, 0, within)
    try:
        return cache.incr(name)
    except ValueError:  # it went in this very moment
        cache.set(name, 1, within)
        return 1
