"""Who sent a request, where it may have come through a proxy."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

# How some proxies write an address: with the port that it came from.
_WITH_PORT = re.compile(r"\[?([0-9.]+|(?<=\[)[0-9A-Fa-f:.]+)\]?:\d+")


def is_trusted(address: str) -> bool:
    """Whether it is one of the proxies that are believed."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in settings.TRUSTED_PROXIES)


def sender_of(request: HttpRequest) -> str:
    """The internet address that a request came from, as the last trusted proxy saw it.

    "" where no address but those of proxies is known. `believe_trusted_proxies` has dropped what
    nobody trusted has said.
    """
    address = request.META.get("REMOTE_ADDR", "")
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if not is_trusted(address):
            break
        address = _read(hop.strip())
    return "" if is_trusted(address) else address


def _read(hop: str) -> str:
    with_port = _WITH_PORT.fullmatch(hop)
    text = with_port[1] if with_port else hop
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
