"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from directory.databases.middleware import only_reads
from resources.context import directory_of
from resources.filters import SearchFilter
from resources.forms import FindHelp
from resources.languages import language_of_page
from resources.pages.found import FoundPage
from resources.pages.table import TablePage
from resources.search import tally
from resources.search.query import TABLE
from resources.search.results import find
from resources.views.counted import is_new_search
from resources.views.fit import HIDE, fit_of
from resources.views.lists.adding import added
from resources.views.private import as_private
from resources.views.said import said_again


# What is said of a person is sent as for /find-help/; what is looked for stands in the address.
@only_reads
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Results with facets; only what changes when htmx asks. What is sent says who it is for."""
    directory = directory_of(request)
    asked = SearchFilter(request.GET, directory)
    results = find(asked.query, directory, language_of_page())
    fit = fit_of(request, results)
    if fit.quick is not None:
        results = fit.quick.narrowed(hides=fit.hides)
    page = TablePage if results.asked.view == TABLE else FoundPage
    found = page(results, asked, fit.quick)
    update = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "search/_update.html" if update else "search/search.html"
    context = {"found": found, "fit": fit, **(_answered(request) if fit.quick else {})}
    response = render(request, template, context)
    if request.method == "POST":
        as_private(response)
    # Not before the page is made: one that fails says that nothing was kept.
    if is_new_search(request, results.asked):
        tally.count(results, timezone.localdate())
    patch_cache_control(response, private=True, no_cache=True)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _answered(request: HttpRequest) -> dict[str, object]:
    """What a page of results needs so that adding one to a list loses no answer."""
    names = (*FindHelp.base_fields, HIDE)
    return {"added": added(request), "said": said_again(request.POST, names)}
