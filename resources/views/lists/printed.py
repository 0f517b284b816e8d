"""A list on paper: printed by the browser, or as a PDF, with what was written in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from resources.handouts.drawing import drawn
from resources.handouts.own import NOTHING
from resources.handouts.paper import Paper
from resources.handouts.pdf import Busy, NoPDF, pdf_of
from resources.views.lists.cookie import change_own_list
from resources.views.lists.own import NEW
from resources.views.lists.taking import of_a_sent_list


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
