"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from resources.context import directory_of
from resources.filters import SearchFilter
from resources.languages import language_of_page
from resources.pages.found import FoundPage
from resources.search.results import find


@require_safe
@cache_control(private=True, no_cache=True)
def search(request: HttpRequest) -> HttpResponse:
    """Results with facets; only what changes when htmx asks."""
    directory = directory_of(request)
    asked = SearchFilter(request.GET, directory)
    found = FoundPage(find(asked.query, directory, language_of_page()), asked)
    update = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "search/_update.html" if update else "search/search.html"
    response = render(request, template, {"found": found})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    patch_vary_headers(response, ["HX-Request"])
    return response
