"""Views that take a list with its notes by POST, and make something of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from directory.databases.middleware import only_reads
from resources.handouts.handout import HandOut
from resources.handouts.own import OwnList
from resources.handouts.paper import Paper
from resources.views.lists.cookie import own_list_of
from resources.views.lists.own import shown
from resources.views.lists.sent import (
    is_too_long,
    paper_for,
    read_sent,
    sent_handout,
    too_long,
)
from resources.views.private import as_private

Answer = Callable[[HttpRequest, Paper], HttpResponse]


def of_a_sent_list(answer: Answer) -> Callable[[HttpRequest], HttpResponse]:
    """A view that takes a list with its notes by POST, and answers with what is made of it.

    Whoever opens its address gets their list instead; so does whoever wrote too much, who is told.
    """

    @only_reads
    @csrf_exempt
    @sensitive_post_parameters()
    @sensitive_variables()
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(answer)
    def view(request: HttpRequest) -> HttpResponse:
        if is_too_long(request):
            return too_long(request)
        handout = sent_handout(request) if request.method == "POST" else None
        if handout is None:
            return as_private(HttpResponseRedirect(reverse("own_list"), status=303))
        # What is made says what is so today, whenever the list itself was made.
        handout = HandOut(handout.numbers, timezone.localdate())
        sent = read_sent(request, handout)
        if not sent.form.is_valid():
            return shown_again(request, handout)
        paper = paper_for(request, sent, sent.form.wishes, sent.form.notes)
        return as_private(answer(request, paper))

    return view


def shown_again(request: HttpRequest, handout: HandOut, **trouble: object) -> HttpResponse:
    """The page of the list that was sent, with what was written, to be mended there."""
    return shown(request, own_list_of(request) or OwnList(handout.numbers), **trouble)
