"""The page of one resource."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from directory.databases.middleware import only_reads
from resources.context import directory_of, read_before
from resources.eligibility.reading import guidelines_of
from resources.forms import ForMe, for_me
from resources.languages import language_of_page
from resources.models import Resource
from resources.pages import sheet
from resources.pages.alternatives import NONE, alternatives_to, query_like
from resources.pages.copied import copied_on
from resources.pages.funds import funds_of
from resources.pages.links import search_url
from resources.pages.seen import seen_of
from resources.pages.structured_data import of_resource
from resources.trust.letters import confirmed_on
from resources.trust.looking import worked_on
from resources.views.leading_on import lead_on
from resources.views.lists.adding import added
from resources.views.private import as_private
from resources.views.said import said_again


# Asked as /find-help/ is.
@only_reads
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """One published resource; see `lead_on` for every other address.

    What is sent answers "Could this be for me?", and is not kept.
    """
    found = read_before(request) or sheet.to_read().published().filter(slug=slug).first()
    if found is None:
        return lead_on(request, Resource, slug)
    said = request.POST if request.method == "POST" else None
    fits = None if copied_on() else for_me(found, said, directory_of(request), language_of_page())
    answered = _answered(request, found, fits) if said is not None else {}
    page = resource_page(request, found, timezone.localdate(), for_me=fits, **answered)
    return as_private(page) if request.method == "POST" else page


def _answered(request: HttpRequest, resource: Resource, fits: ForMe | None) -> dict[str, Any]:
    """What an answered page needs so that adding it to a list loses no answer."""
    return {
        "added": added(request),
        "add_here": resource.get_absolute_url(),
        "said": said_again(request.POST, fits.form.fields if fits else ()),
    }


def resource_page(
    request: HttpRequest, resource: Resource, today: dt.date, **frame: Any
) -> HttpResponse:
    """The page of a resource from `sheet.to_read`, published or (for a curator's preview) not.

    `frame` is what a preview shows around it in place of what `resources.context` says.
    """
    language = language_of_page()
    guidelines = guidelines_of(directory_of(request))
    made = sheet.sheet_of(resource, guidelines=guidelines, today=today, language=language)
    context = {
        "resource": resource,
        "sheet": made,
        "links_worked_on": worked_on(resource),
        "confirmed_on": confirmed_on(resource),
        "seen": seen_of(resource, today),
        "alert_url": _alert_url(resource, made),
        "is_open": resource.fund_status_on(today).counts == Resource.FundStatus.OPEN,
        "funds": funds_of(resource, today=today, language=language),
        "alternatives": alternatives_to(resource, directory_of(request), language)
        if made.leads_on
        else NONE,
        "more_like_this": search_url(query_like(resource, directory_of(request))),
        "structured_data": of_resource(made, request.build_absolute_uri),
        **frame,
    }
    return render(request, "resources/resource.html", context)


def _alert_url(resource: Resource, made: sheet.Sheet) -> str:
    """Where one asks for an email when it opens; empty for what does not open, or has ended."""
    opens = not made.is_over and resource.fund_status != Resource.FundStatus.NOT_APPLICABLE
    return f"{reverse('alerts')}?{urlencode({'resource': resource.slug})}" if opens else ""
