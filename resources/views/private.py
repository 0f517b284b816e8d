"""What answers somebody's answers: for their eyes, and kept by nobody."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.cache import patch_cache_control


def as_private(response: HttpResponse) -> HttpResponse:
    """The same response, to be stored by no browser or proxy and listed by no search engine."""
    patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
