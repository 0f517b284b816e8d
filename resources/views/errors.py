"""The pages for what went wrong. The project's `urls.py` names them as its handlers."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from directory.unavailable import cannot_read

# Where even the template cannot be rendered: no style, no address that could be wrong.
BARE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Something went wrong</title>"
    "<h1>Something went wrong on our side</h1><p>Please try again in a minute. "
    "If you need help now, call 211. If you are in crisis, call or text 988."
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or form cannot be read."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the request came from another site, or is not allowed."""
    return render(request, "errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: with a search box and the ways in."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without request, context or database, whichever of them may be broken.

    503 where it was the database: it is gone, locked or full, and will be back.
    """
    try:
        if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
            return cannot_read(request)
        return HttpResponse(render_to_string("errors/500.html"), status=500)
    except Exception:  # whatever it is: the last page that can be shown must be shown
        return HttpResponse(BARE, status=500)
