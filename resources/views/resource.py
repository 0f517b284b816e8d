"""The page of one resource."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def resource(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError
