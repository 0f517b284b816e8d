"""Which machines may be reached: public ones, on the two ports of the web.

`may_reach` is the one question, asked of the address a name was resolved to, right before the
connection is made to that very address. Tests that serve from this machine replace it.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading

from .answers import Stopped, Trouble

PORTS = frozenset({80, 443})

# Beyond what `is_global` knows in every Python from 3.11.0 on. From IANA's registries of
# special-purpose addresses (iana-ipv4-special-registry, iana-ipv6-special-registry).
NEVER = [
    ipaddress.ip_network(block)
    for block in (
        "100.64.0.0/10",  # shared by a provider's customers; some clouds' metadata
        "168.63.129.16/32",  # looks public, and is the machine below in one cloud
        "192.0.0.0/24",  # protocols' own; some clouds' metadata
        "192.88.99.0/24",  # relays from IPv6 to IPv4
        "224.0.0.0/4",  # to many at once
        "240.0.0.0/4",
        "2001::/23",  # protocols' own, tunnels that hold an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # tunnels that hold an IPv4 address
        "3fff::/20",
    )
]
# All that has been given out of IPv6 to be reached by everybody. Mapped, local, private and
# multicast addresses lie outside.
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
# How a network without IPv4 writes an IPv4 address (RFC 6052): that one is looked at.
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


def may_reach(address: str, port: int) -> bool:
    """Whether a connection to this IP address and port is allowed."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return port in PORTS and _is_public(found)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address in TRANSLATED:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if address not in PUBLIC_IPV6:
            return False
    return address.is_global and not any(
        address in block for block in NEVER if block.version == address.version
    )


def resolve(host: str, seconds: float) -> list[str]:
    """The IP addresses of a host, in the order to try them.

    Name servers are asked in a thread of their own, because the system's resolver takes no time
    limit. Raises `Stopped` where there are none, or none within so many seconds.
    """
    if _is_address(host):
        return [host]
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()
    threading.Thread(target=_ask, args=(host, answers), daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        raise Stopped(Trouble.TIMEOUT, f"no name server told where {host} is") from None
    if isinstance(found, Exception):
        raise _stopped(host, found) from found
    return found


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _ask(host: str, answers: queue.SimpleQueue[list[str] | Exception]) -> None:
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except Exception as error:  # handed to the thread that waits
        answers.put(error)
    else:
        answers.put(list(dict.fromkeys(str(row[4][0]) for row in rows)))


def _stopped(host: str, error: Exception) -> Exception:
    """What to raise. Only a name server that knows no such name says that it is gone."""
    if isinstance(error, UnicodeError):  # no name can be that long
        return Stopped(Trouble.NO_NAME, f"{host} is no name of a host")
    if not isinstance(error, OSError):
        return error
    known = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
    trouble = Trouble.NO_NAME if error.errno in known else Trouble.UNREACHABLE
    return Stopped(trouble, f"{host}: {error.strerror}")
