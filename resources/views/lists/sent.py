"""What is sent from the page of a list: which list, and what somebody wrote and chose beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from resources.context import directory_of
from resources.forms.handout import MOST_BYTES, HandOutForm
from resources.handouts.code import NoCode, handout_of
from resources.handouts.entries import Entries, entries_of
from resources.handouts.handout import HandOut
from resources.handouts.paper import Paper, illnesses_of, paper_of
from resources.handouts.wishes import NO_NOTES, Notes, Wishes
from resources.languages import language_of_page
from resources.views.private import as_private, length_of


@dataclass(frozen=True, slots=True)
class Sent:
    """A list, what stands behind its numbers, and the form beside it."""

    handout: HandOut
    entries: Entries
    form: HandOutForm


def sent_handout(request: HttpRequest) -> HandOut | None:
    """The list that the form stands beside; None where it stands beside none."""
    try:
        return handout_of(request.POST.get("code", ""))
    except NoCode:
        return None


@sensitive_variables()
def read_sent(request: HttpRequest, handout: HandOut) -> Sent:
    """A list with its form, and what was sent in it."""
    entries = entries_of(handout.numbers)
    illnesses = {slug for slug, _name in illnesses_of(entries)}
    said = request.POST if request.method == "POST" else None
    form = HandOutForm(said, handout.numbers, language_of_page(), illnesses)
    return Sent(handout, entries, form)


@sensitive_variables()
def paper_for(request: HttpRequest, sent: Sent, wishes: Wishes, notes: Notes = NO_NOTES) -> Paper:
    """What the list says today."""
    return paper_of(
        sent.handout,
        directory_of(request),
        today=timezone.localdate(),
        absolute=request.build_absolute_uri,
        wishes=wishes,
        notes=notes,
        entries=sent.entries,
    )


def is_too_long(request: HttpRequest) -> bool:
    """Whether more is sent than all notes together may have. None of it is read then."""
    return length_of(request) > MOST_BYTES


def too_long(request: HttpRequest) -> HttpResponse:
    """The answer to that."""
    return as_private(render(request, "lists/too_long.html", status=413))
