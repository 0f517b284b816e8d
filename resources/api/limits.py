"""How often the API may be asked in a minute, without keeping who asks."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from directory.proxies import sender_of
from resources.trust import floods

MINUTE = 60  # seconds
# Of one sender and of all together. A page of an API is at most some hundred kilobytes; a stream is
# all there is, and takes a thread of the server for as long as it is read.
PAGES = {"of_one": 240, "of_all": 2_400}
STREAMS = {"of_one": 6, "of_all": 30}


class Limit(BaseThrottle):
    """So many in a minute; streams are counted by themselves besides."""

    def allow_request(self, request: Request, view: Any) -> bool:
        sender = sender_of(request._request)
        return floods.let_through(sender, "api", within=MINUTE, **PAGES)

    def wait(self) -> float:
        return MINUTE


def may_stream(request: Request) -> bool:
    """Count a stream, and say whether it is not one too many."""
    return floods.let_through(sender_of(request._request), "api-streams", within=MINUTE, **STREAMS)
