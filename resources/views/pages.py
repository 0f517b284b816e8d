"""The pages of plain words: about, terms and contact, privacy, accessibility."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from resources.search import sets


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how it is ordered, where it comes from and how fresh it is."""
    directory = sets.current(timezone.localdate())
    context = {
        "resource_count": len(directory.everything),
        "organisation_count": directory.organisations,
        "checked_count": len(directory.checked_on),
        "undated_count": len(directory.everything) - len(directory.year_of_facts),
        "old_count": _older_than(directory, years=3),
    }
    return render(request, "pages/about.html", context)


def _older_than(directory: sets.Directory, *, years: int) -> int:
    first = directory.today.year - years
    return sum(year < first for year in directory.year_of_facts.values())


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What the directory promises and what not, and how to reach those who keep it."""
    contact = getattr(settings, "CONTACT_EMAIL", "")
    return render(request, "pages/terms.html", {"contact": contact})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept: held together with the code by tests."""
    return render(request, "pages/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is known not to work."""
    return render(request, "pages/accessibility.html")
