"""Says with each answer who may keep it, and answers 304 before a page is made.

A cache between may give what it has for 20 seconds, and for 10 more while it asks for a newer one;
a reader's browser the same again. So a published change is seen after a minute at most. Where
nobody can be asked, a cache may go on for a day.

Pages with anything after a "?" are left to the reader's own browser: "I have no insurance", or
whatever else somebody typed, is then in no cache's memory. So is everything that is sent to a
reader with a list, whose pages say how long it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import (
    cc_delim_re,
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.http import http_date

from directory import build
from directory.databases import reading
from directory.databases.asking import ask
from resources.views.caching.kept import KEPT, Kept
from resources.views.caching.stamp import Stamp, stamp_of

Respond = Callable[[HttpRequest], HttpResponseBase]

# Seconds for which a page need not be asked for again, and then may be given while it is.
FRESH, WHILE_ASKING = 20, 10
# Seconds for which it may be given where nobody answers: long enough for two volunteers to wake up.
WHILE_DOWN = 24 * 60 * 60

READS = ("GET", "HEAD")
# Times are told in whole seconds: what changed within this one may change in it once more.
A_SECOND = dt.timedelta(seconds=1)


class KeepPages:
    """The middleware. It stands outside of whatever reads the language from the address."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        build.fingerprint()  # of the files that this process was started with

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.respond(request)
        if not request.path_info.startswith(settings.SESSION_COOKIE_PATH):
            _without_accept_language(response)
        if "Cache-Control" not in response.headers:
            _say_who_keeps(request, response)
        if "public" in response.headers["Cache-Control"]:
            patch_cache_control(response, stale_if_error=WHILE_DOWN)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """304 where the reader has the page as it is now; None lets the page be made."""
        if not _is_shared(request):
            return None
        stamp = ask(lambda: stamp_of(request, _name(request)))
        request.stamp, request.stamped_from = stamp, reading.alias()  # type: ignore[attr-defined]
        modified = _told(stamp)
        seconds = int(modified.timestamp()) if modified else None
        unchanged = get_conditional_response(request, stamp.etag, seconds)
        if unchanged is not None:  # as the page itself would, which is compressed or not
            patch_vary_headers(unchanged, ["Accept-Encoding"])
        return unchanged


def _is_shared(request: HttpRequest) -> bool:
    """Whether everybody who asks for this address is answered the same."""
    is_own = settings.LIST_COOKIE_NAME in request.COOKIES
    kept = KEPT.get(_name(request))
    return kept is Kept.SHARED and request.method in READS and not is_own


def _name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or "") if match and not match.namespaces else ""


def _say_who_keeps(request: HttpRequest, response: HttpResponseBase) -> None:
    kept = KEPT.get(_name(request), Kept.NOBODY)
    if response.status_code >= 400:
        patch_cache_control(response, private=True, no_cache=True)
    elif kept is Kept.READER or (kept is Kept.SHARED and request.META.get("QUERY_STRING")):
        _tell(request, response)
        patch_cache_control(response, private=True, no_cache=True)
    elif _is_shared(request) and _is_of_its_stamp(request):
        _tell(request, response)
        patch_cache_control(
            response, public=True, max_age=FRESH, stale_while_revalidate=WHILE_ASKING
        )
    else:
        patch_cache_control(response, private=True, no_store=True)


def _is_of_its_stamp(request: HttpRequest) -> bool:
    """Whether a page was read where its stamp was.

    Not where a replica broke off in between: the next may not have come as far.
    """
    return getattr(request, "stamped_from", reading.alias()) == reading.alias()


def _tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """Say by what a page, or that it has not changed, is told from another."""
    stamp: Stamp | None = getattr(request, "stamp", None)
    if stamp is None or response.status_code not in (200, 304):
        return
    response.headers["ETag"] = stamp.etag
    modified = _told(stamp)
    if modified:
        response.headers["Last-Modified"] = http_date(modified.timestamp())


def _told(stamp: Stamp) -> dt.datetime | None:
    return stamp.modified if stamp.modified < timezone.now() - A_SECOND else None


def _without_accept_language(response: HttpResponseBase) -> None:
    """The language stands in the address alone, whatever Django supposes.

    A cache would else keep a page once for each list of languages that any browser sends.
    """
    said = cc_delim_re.split(response.headers.get("Vary", ""))
    kept = [name for name in said if name and name.lower() != "accept-language"]
    if kept:
        response.headers["Vary"] = ", ".join(kept)
    else:
        response.headers.pop("Vary", None)
