"""A list on paper: printed by the browser, or as a PDF, with what was written in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from resources.handouts.drawing import drawn
from resources.handouts.own import NOTHING, OwnList
from resources.handouts.paper import Paper
from resources.handouts.pdf import Busy, NoPDF, pdf_of
from resources.views.lists.cookie import change_own_list, own_list_of
from resources.views.lists.own import NEW, shown
from resources.views.lists.sent import (
    is_too_long,
    paper_for,
    sent_handout,
    sheet_for,
    too_long,
)
from resources.views.private import as_private

Answer = Callable[[HttpRequest, Paper], HttpResponse]


def of_a_sent_list(answer: Answer) -> Callable[[HttpRequest], HttpResponse]:
    """A view that takes a list with its notes by POST, and answers with what is made of it.

    Whoever opens its address gets their list instead; so does whoever wrote too much, who is told.
    """

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
        sheet = sheet_for(request, handout)
        if not sheet.form.is_valid():
            return shown(request, own_list_of(request) or OwnList(handout.numbers))
        paper = paper_for(request, sheet, sheet.form.wishes, sheet.form.notes)
        return as_private(answer(request, paper))

    return view


@of_a_sent_list
def printed(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The page to print. "Print and clear" forgets the list with the same click."""
    is_cleared = NEW in request.POST
    if is_cleared:
        change_own_list(request, NOTHING)
    return HttpResponse(drawn(paper, on_screen=True, is_cleared=is_cleared))


@of_a_sent_list
def as_pdf(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The same as a PDF, under a name that says nothing."""
    try:
        made = pdf_of(paper)
    except NoPDF as error:
        context = {"is_busy": isinstance(error, Busy)}
        return render(request, "lists/no_pdf.html", context, status=503)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="list.pdf"'
    return answer
