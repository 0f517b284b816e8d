"""/still-right/: where an organisation answers whether what we show of it is right.

The links of a mail lead here; only what is sent from here counts, so that a program that opens the
links of mails confirms nothing.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from resources.context import directory_of
from resources.eligibility.reading import guidelines_of
from resources.forms.letters import AnswerForm
from resources.forms.reports import MOST_BYTES
from resources.models import Letter
from resources.pages.letter import Shown, shown_to
from resources.trust import letters
from resources.views.private import as_private, length_of, without_address


# Public forms have no cookie to keep a token in: `directory.middleware.OnlyReadInPublic`.
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest) -> HttpResponse:
    """What we show of the organisation of `?letter=`, and two ways to answer."""
    token = request.GET.get("letter", "")
    if request.method != "POST":
        return _page(request, token, AnswerForm())
    if length_of(request) > MOST_BYTES:
        return _page(request, token, AnswerForm(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    form = AnswerForm(request.POST)
    letter = letters.letter_at(token, timezone.localdate())
    if letter is None or not form.is_valid():
        return _page(request, token, form)
    said = form.cleaned_data
    shown = [each.entry for each in _shown(request, letter)]
    if not letters.answer(letter, said["says"], words=said["words"], shown=shown):
        return _page(request, token, form, HTTPStatus.TOO_MANY_REQUESTS)
    return as_private(HttpResponseRedirect(reverse("answered")))


@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens next."""
    return as_private(render(request, "letters/thanks.html"))


def _page(
    request: HttpRequest, token: str, form: AnswerForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    letter = letters.letter_at(token, timezone.localdate())
    if letter is None:
        gone = render(request, "letters/gone.html", status=HTTPStatus.NOT_FOUND)
        return as_private(gone)
    context = {
        "organisation": letter.organisation,
        "shown": _shown(request, letter),
        "token": token,
        "form": form,
        "has_no_room": status == HTTPStatus.TOO_MANY_REQUESTS,
        "is_too_long": status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    }
    return without_address(render(request, "letters/still_right.html", context, status=status))


def _shown(request: HttpRequest, letter: Letter) -> list[Shown]:
    guidelines = guidelines_of(directory_of(request))
    return shown_to(letter.organisation, guidelines, timezone.localdate())
