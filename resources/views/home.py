"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from resources.context import directory_of
from resources.pages import lately, tiles


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, ways in, and what happened lately."""
    today = timezone.localdate()
    directory = directory_of(request)
    context = {
        "resource_count": len(directory.offered),
        "organisation_count": directory.organisations,
        "starts": tiles.start_tiles(directory),
        "needs": tiles.need_tiles(directory),
        "seen": lately.seen_lately(today),
        "changes": lately.changed_lately(),
        "filled_on": lately.filled_on(),
    }
    return render(request, "home.html", context)
