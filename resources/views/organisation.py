"""The page of one organisation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError
