"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from resources.context import directory_of
from resources.languages import language_of_page
from resources.pages import lately, tiles
from resources.pages.coverage import coverage_of, foundations

# So many foundations are named where too little is known; all of them at /open-now/.
FOUNDATIONS = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, ways in, and what happened lately."""
    today = timezone.localdate()
    directory = directory_of(request)
    coverage = coverage_of(directory)
    context = {
        "coverage": coverage,
        "foundations": []
        if coverage.is_enough
        else foundations(directory, language_of_page())[:FOUNDATIONS],
        "resource_count": len(directory.offered),
        "organisation_count": directory.organisations,
        "starts": tiles.start_tiles(directory),
        "needs": tiles.need_tiles(directory),
        "seen": lately.seen_lately(today),
        "changes": lately.changed_lately(),
        "filled_on": lately.filled_on(),
    }
    return render(request, "home.html", context)
