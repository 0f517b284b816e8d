"""Addresses that go wrong, for the tests of what is said then. Not part of the site."""

from __future__ import annotations

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from directory import urls as site

CANARY = "canary-7f3a"


def _crash(request: HttpRequest) -> HttpResponse:
    try:
        raise ValueError(f"cause {CANARY}")
    except ValueError as error:
        raise RuntimeError(f"no such thing: {request.GET.get('q')}\nDETAIL {CANARY}") from error


def _suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation(f"strange é {CANARY}")


def _refuse(request: HttpRequest) -> HttpResponse:
    raise BadRequest(f"strange é {CANARY}")


def _forbid(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(CANARY)


@csrf_exempt
def _form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("thank you")


urlpatterns = [
    path("crash", _crash),
    path("suspect", _suspect),
    path("refuse", _refuse),
    path("forbid", _forbid),
    path("form", _form),
    path("read", lambda request: HttpResponse("read")),
    *site.urlpatterns,
]

handler400, handler403 = site.handler400, site.handler403
handler404, handler500 = site.handler404, site.handler500
