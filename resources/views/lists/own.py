"""/list/: a reader's own list, put together in their browser and kept nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from directory.databases.middleware import only_reads
from resources.handouts.entries import entries_of
from resources.handouts.own import IDLE, KEPT, NOTHING, OwnList
from resources.handouts.wishes import LONGEST_NOTE, Wishes
from resources.languages import language_of_page
from resources.views.lists.adding import added, number_in
from resources.views.lists.cookie import change_own_list, own_list_of
from resources.views.lists.sent import (
    is_too_long,
    paper_for,
    read_sent,
    sent_handout,
    too_long,
)
from resources.views.private import as_private

# Buttons of the page. Those that change the list show it again at once, with what was written.
UP, DOWN, REMOVE, KEEP, FORGET, NEW = "up", "down", "remove", "keep", "forget", "new"
# Of the page of a link: take that list in place of one's own, or behind it.
USE, ALSO = "use", "also"


# Public forms have no cookie to keep a token in: `directory.middleware.OnlyReadInPublic`.
@only_reads
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def own_list(request: HttpRequest) -> HttpResponse:
    """The list, changed by the button that was pressed, with the notes that came along."""
    if request.method == "POST":
        if is_too_long(request):
            return too_long(request)
        change_own_list(request, _changed(request))
        if {NEW, USE, ALSO} & set(request.POST):
            return as_private(HttpResponseRedirect(reverse("own_list"), status=303))
    return shown(request, own_list_of(request))


@sensitive_variables()
def shown(request: HttpRequest, own: OwnList, **trouble: object) -> HttpResponse:
    """The page of a reader's own list; what was written in its form is in it again.

    `trouble`: what is to be mended, besides notes.
    """
    context = {
        "own": own,
        "minutes": int(IDLE.total_seconds() // 60),
        "days": KEPT.days,
        "longest_note": LONGEST_NOTE,
        "languages": settings.LANGUAGES,
        "is_full": own.is_full,
        **trouble,
    }
    if own:
        sent = read_sent(request, own.handed_out(timezone.localdate()))
        sent.form.is_valid()
        wishes = Wishes(language=language_of_page())
        paper = paper_for(request, sent, wishes, sent.form.typed)
        context |= {"paper": paper, "form": sent.form, "wishes": sent.form.wishes}
    return as_private(render(request, "lists/own.html", context))


def _changed(request: HttpRequest) -> OwnList:
    said, kept = request.POST, own_list_of(request)
    sent = sent_handout(request)
    theirs = sent.numbers if sent else ()
    if NEW in said:
        return NOTHING
    if (USE in said or ALSO in said) and sent:
        known = entries_of(theirs).known(theirs)
        return kept.adding(*known) if ALSO in said else OwnList(known, is_kept=kept.is_kept)
    if kept and theirs and not set(kept.numbers) & set(theirs):
        return kept  # another list was begun in another window: the two are never mixed
    # What the page showed, though its cookie may have ended, and what was added elsewhere since.
    own = OwnList(theirs, is_kept=kept.is_kept).adding(*kept.numbers)
    if KEEP in said or FORGET in said:
        return OwnList(own.numbers, is_kept=KEEP in said)
    own = own.moved(number_in(said.get(UP, "")), -1)
    own = own.moved(number_in(said.get(DOWN, "")), 1)
    return own.without(number_in(said.get(REMOVE, "")))


@only_reads
@csrf_exempt
@require_http_methods(["POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Take up one more, and back to where its button was: which then says so."""
    if is_too_long(request):
        return too_long(request)
    taken = added(request)
    back = _came_from(request)
    if taken and taken.had_room and back:
        back = f"{back}#added-{taken.number}"
    else:
        back = reverse("own_list")
    return as_private(HttpResponseRedirect(back, status=303))


def _came_from(request: HttpRequest) -> str:
    """The page of ours from which this was sent, with its query; empty where nobody says.

    Not from a field: cards are drawn once for all pages. It is in no log, and stays between the
    browser and us.
    """
    try:
        address = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    is_ours = address.netloc == request.get_host() and address.path.startswith("/")
    if not is_ours or address.path.startswith(("//", "/\\")) or not address.geturl().isprintable():
        return ""
    return f"{address.path}?{address.query}" if address.query else address.path
