"""The answers while a database cannot be read, or nothing can be saved in it.

Both are 503 with a time to come back. Whoever sent a form gets all of it back in a new one, so that
it can be sent again with one press: nothing is lost but a minute.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from directory.middleware import SAFE_METHODS

RETRY_AFTER = 60  # seconds

# What is never written into a page: it is typed again.
SECRETS = ("password", "code", "credential")


def cannot_read(request: HttpRequest) -> HttpResponse:
    """The directory cannot be read just now. Rendered without request or database."""
    if request.method not in SAFE_METHODS:
        return cannot_save(request)
    return _answer("errors/cannot_read.html", {})


def cannot_save(request: HttpRequest) -> HttpResponse:
    """Nothing can be saved just now; reading goes on. Rendered without database."""
    context = {
        "sent": _sent(request),
        "again": request.get_full_path(),
        "is_at_desk": request.path_info.startswith(settings.SESSION_COOKIE_PATH),
        "is_sent": request.method not in SAFE_METHODS,
    }
    return _answer("errors/cannot_save.html", context)


def _answer(template: str, context: dict[str, object]) -> HttpResponse:
    response = HttpResponse(render_to_string(template, context), status=503)
    add_never_cache_headers(response)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form that was sent, as (name, text).

    None of them where one is a secret or a file: a form cannot be sent again without a part of it,
    and the page says to go back.
    """
    try:
        fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
    except UnreadablePostError:
        return []
    is_secret = any(word in name for name, _text in fields for word in SECRETS)
    return [] if is_secret or request.FILES else fields
