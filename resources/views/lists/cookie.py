"""The one cookie of the public pages: a reader's own list, once they have begun one."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from resources.handouts.own import NOTHING, OwnList, opened, sealed

Respond = Callable[[HttpRequest], HttpResponseBase]


def own_list_of(request: HttpRequest) -> OwnList:
    """The list of whoever asks; empty for nearly everybody."""
    return getattr(request, "own_list", NOTHING)


def change_own_list(request: HttpRequest, own: OwnList) -> None:
    """Let this be their list from the answer to this request on; an empty one is forgotten."""
    request.own_list = own  # type: ignore[attr-defined]


def carry_own_list(respond: Respond) -> Respond:
    """Read the cookie, and renew it with each answer: it counts the minutes since the last one.

    What a reader with a list gets is theirs alone, since it says how long the list is. Whoever has
    none gets the same page as everybody, without a word of cookies. A cache between that has this
    plain page may give it to somebody with a list, who then sees no number beside "My list".
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.SESSION_COOKIE_PATH):
            return respond(request)
        sent = request.COOKIES.get(settings.LIST_COOKIE_NAME, "")
        change_own_list(request, opened(sent))
        response = respond(request)
        own = own_list_of(request)
        if sent or own:
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, ["Cookie"])
            _set(response, own)
        return response

    return answer


def _set(response: HttpResponseBase, own: OwnList) -> None:
    if not own:
        response.delete_cookie(settings.LIST_COOKIE_NAME, samesite="Lax")
        return
    response.set_cookie(
        settings.LIST_COOKIE_NAME,
        sealed(own),
        max_age=own.lasts if own.is_kept else None,  # else until the browser is closed
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
