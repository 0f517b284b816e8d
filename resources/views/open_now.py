"""What opened and closed lately, across all organisations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resources.context import directory_of
from resources.filters import SearchFilter
from resources.languages import language_of_page
from resources.pages.coverage import coverage_of, foundations
from resources.pages.turned import TurnedPage, turns_of
from resources.search.results import find
from resources.trust import turns


@require_safe
def open_now(request: HttpRequest) -> HttpResponse:
    """The turns of the funds that fit, newest first; how much of all that is."""
    directory = directory_of(request)
    language = language_of_page()
    asked = SearchFilter(request.GET, directory)
    lately = turns_of(directory).lately(directory.today)
    results = find(asked.query, directory, language)
    coverage = coverage_of(directory)
    context = {
        "found": TurnedPage(results, asked, lately),
        "coverage": coverage,
        "foundations": [] if coverage.is_enough else foundations(directory, language),
        "days": turns.LATELY.days,
    }
    response = render(request, "open_now/open_now.html", context)
    if request.GET:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
