"""What is suggested while somebody types, for `static/resources/suggest.js`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from directory.databases.middleware import only_reads
from resources.context import directory_of
from resources.languages import language_of_page
from resources.search.suggesting import suggest, suggest_of
from resources.views.private import as_private

# The questions of /find-help/ for which terms are suggested.
FACETS = frozenset({"condition", "medicine"})


@require_safe
@cache_control(private=True, no_store=True)
def suggestions(request: HttpRequest) -> HttpResponse:
    """A list of options, to be put below the search box. The browser keeps none of it either."""
    typed = request.GET.get("q", "")
    found = suggest(directory_of(request), typed, language_of_page())
    response = render(request, "search/_suggestions.html", {"suggestions": found, "box": "q"})
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


# Asked as /find-help/ is: what somebody types there stands in no address.
@only_reads
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def suggested_answers(request: HttpRequest) -> HttpResponse:
    """The same for a question of /find-help/: terms of its facet alone, asked for by POST."""
    typed, facet = request.POST.get("q", ""), request.POST.get("facet", "")
    known = facet if facet in FACETS else "condition"
    found = suggest_of(directory_of(request), typed, language_of_page(), known)
    context = {"suggestions": found, "box": known}
    return as_private(render(request, "search/_suggestions.html", context))
