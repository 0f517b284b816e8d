"""Landing pages: needs, conditions, medicines, states."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def needs(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def need(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


def conditions(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def condition(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


def medicines(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def medicine(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError


def states(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def state(request: HttpRequest, slug: str) -> HttpResponse:
    raise NotImplementedError
