"""/find-help/: a few questions, and what somebody may get. Answers come by POST; none is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from directory.databases.middleware import only_reads
from resources.context import directory_of
from resources.forms import FindHelp
from resources.languages import language_of_page
from resources.pages.finder import FIRST, FoundHelp
from resources.views.lists.adding import added
from resources.views.private import as_private
from resources.views.said import said_again

# Buttons of the page of results: to the questions again, with the answers; ten more of a kind.
CHANGE, MORE = "change", "more"
# Whoever wants more than ten of a kind so many times has a search for that.
MOST_MORE = 10


# Public forms have no cookie to keep a token in: `directory.middleware.OnlyReadInPublic`.
@only_reads
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def find_help(request: HttpRequest) -> HttpResponse:
    """The questions; their answer; or the questions again with what was said."""
    directory, language = directory_of(request), language_of_page()
    if request.method != "POST":
        return _page(request, "form", {"form": FindHelp(None, directory, language)})
    form = FindHelp(request.POST, directory, language)
    if CHANGE in request.POST or not form.is_valid():
        return _page(request, "form", {"form": form})
    shown = _shown(request.POST)
    found = FoundHelp(form.answers, form.needs, directory, language, shown)
    said = said_again(request.POST, FindHelp.base_fields)
    more = _more(request.POST)
    context = {
        "form": form,
        "found": found,
        "said": said,
        "added": added(request),
        "asked_more": more,
        "may_ask_more": len(more) < MOST_MORE,
        "opened": {chance for chance, _colon, _need in (kind.partition(":") for kind in more)},
    }
    return _page(request, "results", context)


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, f"find_help/{name}.html", context)
    if request.method == "POST":
        return as_private(response)
    patch_cache_control(response, private=True, no_store=True)  # what is typed comes with Back
    return response


def _shown(data: QueryDict) -> dict[str, int]:
    """How many of each kind are wanted: "likely:rides" -> 20."""
    shown: dict[str, int] = {}
    for kind in _more(data):
        shown[kind] = shown.get(kind, FIRST) + FIRST
    return shown


def _more(data: QueryDict) -> list[str]:
    """The kinds of which ten more are wanted, once for each ten."""
    return data.getlist(MORE)[:MOST_MORE]
