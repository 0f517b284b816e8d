"""/l/<code>: a list that somebody handed over. Its link holds all of it; nothing is stored here."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from resources.context import directory_of
from resources.handouts.changes import changes_of
from resources.handouts.code import Mistyped, NoCode, handout_of
from resources.handouts.wishes import Wishes
from resources.languages import language_of_page
from resources.views.lists.cookie import own_list_of
from resources.views.lists.sent import paper_for, read_sent
from resources.views.private import as_private


@require_safe
def shared_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list; or what may be wrong with its address, and what to do."""
    try:
        handout = handout_of(code)
    except NoCode as error:
        return _nothing(request, is_mistyped=isinstance(error, Mistyped))
    sent = read_sent(request, handout)
    if not sent.entries:
        return _nothing(request, is_unknown=True)
    paper = paper_for(request, sent, Wishes(language=language_of_page()))
    changes = changes_of(
        handout,
        sent.entries,
        directory_of(request),
        today=paper.today,
        language=language_of_page(),
    )
    context = {
        "paper": paper,
        "changes": changes,
        "own": own_list_of(request),
        "wishes": paper.wishes,
        "languages": settings.LANGUAGES,
    }
    return as_private(render(request, "lists/shared.html", context))


def _nothing(
    request: HttpRequest, *, is_mistyped: bool = False, is_unknown: bool = False
) -> HttpResponse:
    context = {"is_mistyped": is_mistyped, "is_unknown": is_unknown}
    return as_private(render(request, "lists/no_list.html", context, status=404))
