from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from directory.middleware import believe_trusted_proxies
from directory.proxies import sender_of


def sender(settings: Any, remote: str, forwarded: str = "") -> str:
    """Who sent a request, after it has passed the middleware."""
    settings.TRUSTED_PROXIES = [ipaddress.ip_network("10.1.0.0/16")]
    meta: dict[str, Any] = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request: HttpRequest = RequestFactory().get("/", REMOTE_ADDR=remote, **meta)
    believe_trusted_proxies(lambda _: HttpResponse())(request)
    return sender_of(request)


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # says so itself: not believed
        ("10.1.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.1.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the first is anybody's word
        ("10.1.0.1", "198.51.100.1, 10.1.0.2", "198.51.100.1"),
        ("10.1.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.1.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("10.1.0.1", "2001:db8::1", "2001:db8::1"),
        ("10.1.0.1", "", ""),
        ("10.1.0.1", "10.1.0.2", ""),
        ("10.1.0.1", "unknown", ""),
        ("10.1.0.1", "198.51.100.1, <script>", ""),
        ("", "198.51.100.1", ""),
    ],
)
def test_it_tells_the_address_that_the_last_trusted_proxy_saw(
    settings: Any, remote: str, forwarded: str, found: str
) -> None:
    assert sender(settings, remote, forwarded) == found
