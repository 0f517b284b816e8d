"""The page of one organisation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from resources.context import read_before
from resources.languages import language_of_page
from resources.models import Organisation
from resources.pages.profile import profile_of, to_read
from resources.pages.structured_data import of_organisation
from resources.trust.letters import confirmed_on
from resources.trust.looking import worked_on
from resources.views.leading_on import lead_on


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One published organisation; see `lead_on` for every other address."""
    found = read_before(request) or to_read().published().filter(slug=slug).first()
    if found is None:
        return lead_on(request, Organisation, slug)
    return organisation_page(request, found, timezone.localdate())


def organisation_page(
    request: HttpRequest, organisation: Organisation, today: dt.date, **frame: Any
) -> HttpResponse:
    """The page of an organisation from `profile.to_read`, published or (for a preview) not.

    `frame` is what a preview shows around it in place of what `resources.context` says.
    """
    language = language_of_page()
    made = profile_of(
        organisation, page=request.GET.get("page", ""), today=today, language=language
    )
    context = {
        "organisation": organisation,
        "profile": made,
        "links_worked_on": worked_on(organisation),
        "confirmed_on": confirmed_on(organisation),
        "structured_data": of_organisation(made, request.build_absolute_uri),
        **frame,
    }
    return render(request, "organisations/organisation.html", context)
