"""What answers somebody's answers: for their eyes, and kept by nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


def as_private(response: HttpResponse) -> HttpResponse:
    """The same response, to be stored by no browser or proxy and listed by no search engine."""
    patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def without_address(response: HttpResponse) -> HttpResponse:
    """The same, with an address that goes along to no other page: it has a token.

    Not by "no-referrer", with which a browser keeps back the origin that forms are accepted by.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    return as_private(response)


def length_of(request: HttpRequest) -> int:
    """How many bytes are said to come; none are read beyond that."""
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdecimal() else 0
