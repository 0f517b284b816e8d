"""The pages of plain words: about, for professionals, terms and contact, privacy, accessibility."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from resources.alerts import sending, signing_up
from resources.context import directory_of
from resources.handouts.own import IDLE, KEPT
from resources.pages.links import search_url
from resources.pages.table import MOST_LINES
from resources.search.order import KNOWN_YEARS
from resources.search.query import TABLE, SearchQuery


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how it is ordered, where it comes from and how fresh it is."""
    directory = directory_of(request)
    offered = directory.offered
    years = {int(year): held & offered for year, held in directory.said["year"].items()}
    oldest = directory.today.year - KNOWN_YEARS
    context = {
        "resource_count": len(offered),
        "checked_count": sum(len(held & offered) for held in directory.said["checked_on"].values()),
        "undated_count": len(offered) - sum(map(len, years.values())),
        "old_count": sum(len(held) for year, held in years.items() if year < oldest),
    }
    return render(request, "pages/about.html", context)


@require_safe
def for_professionals(request: HttpRequest) -> HttpResponse:
    """How to use the directory at a desk."""
    context = {
        "search": reverse("search"),
        "find_help": reverse("find_help"),
        "open_now": reverse("open_now"),
        "table": search_url(SearchQuery(view=TABLE)),
        "report": reverse("report"),
        "api": reverse("api"),
        "data": reverse("data"),
        "most_lines": MOST_LINES,
    }
    return render(request, "pages/for_professionals.html", context)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What the directory promises and what not, and how to reach those who keep it."""
    return render(request, "pages/terms.html", {"contact": settings.CONTACT_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept: held together with the code by tests."""
    durations = {"list_minutes": int(IDLE.total_seconds() // 60), "list_days": KEPT.days}
    return render(request, "pages/privacy.html", durations)


@require_safe
def health_data(request: HttpRequest) -> HttpResponse:
    """What is kept of somebody who asks for alerts: an address beside an illness is health data."""
    context = {
        "confirm_days": signing_up.TO_CONFIRM.days,
        "months": round(signing_up.LASTS.days / 30.4),
        "mail_days": sending.KEPT.days,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "pages/health_data.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is known not to work."""
    return render(request, "pages/accessibility.html")
