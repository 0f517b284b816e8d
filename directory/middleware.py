"""What every request and response passes, besides Django's own middleware."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render

from directory.proxies import is_trusted

Respond = Callable[[HttpRequest], HttpResponseBase]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})  # RFC 9110, section 9.2.1

NO_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def believe_trusted_proxies(respond: Respond) -> Respond:
    """Drop what a request says about whom it was forwarded for, unless a trusted proxy sent it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not is_trusted(request.META.get("REMOTE_ADDR", "")):
            for name in [name for name in request.META if _is_forwarding(name)]:
                del request.META[name]
        return respond(request)

    return answer


def _is_forwarding(name: str) -> bool:
    return name.startswith("HTTP_X_FORWARDED_") or name in ("HTTP_FORWARDED", "HTTP_X_REAL_IP")


def refuse_what_is_too_large(respond: Respond) -> Respond:
    """Answer 413, before a byte is read, to a request that says it carries more than we take.

    Whoever reads a form reads all that was sent with it, and that is the token's check already.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length[:20]) > settings.MOST_SENT:
            most = {"most_megabytes": settings.MOST_SENT // 2**20}
            return render(request, "errors/413.html", most, status=413)
        return respond(request)

    return answer


def add_permissions_policy(respond: Respond) -> Respond:
    """Tell the browser that no page needs a camera, a place or a payment."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        response.headers.setdefault("Permissions-Policy", NO_PERMISSIONS)
        return response

    return answer


def ignore_cookies_in_public(respond: Respond) -> Respond:
    """Drop the cookies of a request to a public page, unread, but for a reader's own list.

    No browser sends any other there. What is made up all the same would have the session, the token
    or the language answer with a cookie.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(settings.SESSION_COOKIE_PATH):
            sent = _own_list(request.META.pop("HTTP_COOKIE", ""))
            if sent:
                request.META["HTTP_COOKIE"] = sent
        return respond(request)

    return answer


def _own_list(cookies: str) -> str:
    """Of all that a browser sent, the cookie with a list."""
    name = f"{settings.LIST_COOKIE_NAME}="
    pairs = (pair.strip() for pair in cookies.split(";"))
    return next((pair for pair in pairs if pair.startswith(name)), "")


class OnlyReadInPublic:
    """Public pages are read only, unless a view is exempt from the token that needs a cookie.

    Curators' pages are protected by Django's token. Public pages have no cookie to keep one in, so
    a public form is marked `csrf_exempt` and is accepted from the directory's own pages only. What
    changes nothing whoever asks (a query by POST) is marked `changes_nothing`.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets a request through; PermissionDenied or 405 for what would change something."""
        match = request.resolver_match
        if request.method in SAFE_METHODS or (match and match.route.startswith("admin/")):
            return None
        if getattr(view, "changes_nothing", False):
            return None
        if _is_foreign(request):
            raise PermissionDenied("sent from another site")
        if not getattr(view, "csrf_exempt", False):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return None


def _is_foreign(request: HttpRequest) -> bool:
    """Whether another site's page sent this. A browser cannot be made to leave `Origin` out."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()
