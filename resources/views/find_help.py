"""/find-help/: a few questions, and what somebody may get. Answers come by POST; none is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from resources.context import directory_of
from resources.forms import FindHelp
from resources.languages import language_of_page
from resources.pages.finder import FIRST, FoundHelp
from resources.views.private import as_private

# Buttons of the page of results: to the questions again, with the answers; ten more of a kind.
CHANGE, MORE = "change", "more"
# The questions that take several answers.
SEVERAL = frozenset({"need", "insurance"})
# Whoever wants more than so many of one kind has a search for that.
MOST_SHOWN = 100


# Public forms have no cookie to keep a token in: `directory.middleware.OnlyReadInPublic`.
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
    said = _said(request.POST)
    asked_more = request.POST.getlist(MORE)
    context = {"form": form, "found": found, "said": said, "asked_more": asked_more}
    return _page(request, "results", context)


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, f"find_help/{name}.html", context)
    return as_private(response) if request.method == "POST" else response


def _said(data: QueryDict) -> list[tuple[str, str]]:
    """What was answered, to be sent again; of what is asked for once, the last."""
    answered = {name: data.getlist(name) for name in FindHelp.base_fields}
    return [
        (name, value)
        for name, values in answered.items()
        for value in (values if name in SEVERAL else values[-1:])
        if value
    ]


def _shown(data: QueryDict) -> dict[str, int]:
    """How many of each kind are wanted: "likely:rides" -> 20."""
    shown: dict[str, int] = {}
    for kind in data.getlist(MORE):
        shown[kind] = min(MOST_SHOWN, shown.get(kind, FIRST) + FIRST)
    return shown
