"""What the search box suggests while somebody types, for `static/resources/suggest.js`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from resources.context import directory_of
from resources.languages import language_of_page
from resources.search.suggesting import suggest


@require_safe
@cache_control(private=True, no_store=True)
def suggestions(request: HttpRequest) -> HttpResponse:
    """A list of options, to be put below the search box. The browser keeps none of it either."""
    typed = request.GET.get("q", "")
    found = suggest(directory_of(request), typed, language_of_page())
    response = render(request, "search/_suggestions.html", {"suggestions": found})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
