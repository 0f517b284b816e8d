"""Which requests are somebody's new search, and not the same search seen otherwise."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import override

from resources.pages.found import LIST
from resources.search.query import SearchQuery

# How robots give themselves away: by a word, by the address of a page about them, or as a library.
# A "Cubot" is a phone.
ROBOT = re.compile(
    r"(?<!cu)bot|crawl|spider|slurp|https?://|^(?:curl|go-http|java|okhttp|python|wget)\b",
    re.IGNORECASE,
)
# What a browser sends when a page is loaded again.
AGAIN = re.compile(r"max-age=0|no-cache")


def is_new_search(request: HttpRequest, asked: SearchQuery) -> bool:
    """Whether to count a request to the search page, answered as `asked`, among searches.

    The first page, in the usual order, asked for by a browser; and not where a filter was chosen
    beside results, with script or without, which is the same search made narrower. What is looked
    at here is kept nowhere.
    """
    return (
        request.method == "GET"
        and asked.page == 1
        and asked.order == "best"
        and not asked.exact
        and LIST not in request.GET
        and not AGAIN.search(request.headers.get("Cache-Control", ""))
        and not ROBOT.search(request.headers.get("User-Agent", ""))
        and not _goes_on(request, asked)
    )


def _goes_on(request: HttpRequest, asked: SearchQuery) -> bool:
    """Whether it was asked for from the results of another search, and says no word more."""
    before = _search_before(request)
    if before is None:
        return bool(request.htmx)  # type: ignore[attr-defined]
    return not before.is_empty and set(asked.text.split()) <= set(before.text.split())


def _search_before(request: HttpRequest) -> SearchQuery | None:
    """The search on the page that this was asked for from; None from anywhere else."""
    came_from = request.htmx.current_url or request.headers.get("Referer", "")  # type: ignore[attr-defined]
    with override(settings.LANGUAGE_CODE):  # whose address is the end of that in any other
        path = reverse("search")
    try:
        address = urlsplit(came_from)
        if address.netloc != request.get_host() or not address.path.endswith(path):
            return None
        return SearchQuery.from_params(QueryDict(address.query))
    except (ValueError, SuspiciousOperation):  # an address that no browser sends
        return None
