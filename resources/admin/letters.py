"""Letters to organisations, at the desk: what is to go out, what they answered, what went wrong.

Nothing goes out before somebody who may publish has seen it here and pressed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources import mails
from resources.admin.saving import curator_of
from resources.admin.shared import typed
from resources.models import Letter, LetterAnswer
from resources.tasks import send_letters
from resources.trust import letters

A_BATCH = 100
LONGEST_NOTE = 300

State = LetterAnswer.State


def letters_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """The batch that may go out, the answers that wait, the mails in trouble."""
    may_send = request.user.has_perm("resources.publish_organisation")
    if request.method == "POST":
        if not may_send:
            raise PermissionDenied
        return _done(request)
    today = timezone.localdate()
    page = Paginator(letters.to_send(today), A_BATCH).get_page(request.GET.get("p", "1"))
    waiting = LetterAnswer.objects.waiting().select_related("letter__organisation")[:A_BATCH]
    context = {
        **each_context,
        "title": _("Letters to organizations"),
        "page": page,
        "batch": [letters.mail_to(organisation, today) for organisation in page],
        "answers": waiting,
        "in_trouble": letters.in_trouble()[:A_BATCH],
        "underway": _underway(),
        "may_send": may_send,
        "longest_note": LONGEST_NOTE,
    }
    return TemplateResponse(request, "admin/letters/letters.html", context)


def letter_view(request: HttpRequest, pk: int, each_context: dict[str, Any]) -> HttpResponse:
    """The mail that this organisation would get now, word by word."""
    today = timezone.localdate()
    organisation = letters.to_send(today, [_number(str(pk))]).first()
    if organisation is None:
        raise Http404
    mail = letters.mail_to(organisation, today)
    letter = Letter(
        organisation=organisation,
        email=organisation.email,
        began_on=today,
        mails=mail.number - 1,
    )
    context = {
        **each_context,
        "title": _("The mail to %s") % organisation,
        "mail": mails.question(letter),
    }
    return TemplateResponse(request, "admin/letters/mail.html", context)


def _underway() -> Any:
    sent = Letter.objects.filter(fate=Letter.Fate.SENT, is_stopped=False, answers=None)
    return sent.select_related("organisation").order_by("-last_mail_on", "-pk")[:A_BATCH]


def _done(request: HttpRequest) -> HttpResponse:
    """Do what a button says."""
    deed, _colon, pk = request.POST.get("deed", "").partition(":")
    match deed:
        case "send":
            _send(request)
        case "accept" | "set_aside":
            _close(request, deed, pk)
        case "again" | "let_be":
            _settle(request, pk, again=deed == "again")
        case "stop":
            letters.stop(get_object_or_404(Letter, pk=_number(pk)))
            messages.success(request, _("They will not be written to again."))
        case _:
            raise Http404
    return HttpResponseRedirect(reverse("admin:letters"))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise Http404
    return int(text)


def _send(request: HttpRequest) -> None:
    chosen = [_number(pk) for pk in request.POST.getlist("organisation")]
    if not chosen:
        messages.error(request, _("Choose whom to write to. Nothing was sent."))
        return
    with transaction.atomic():
        approved = letters.approve(chosen, by=curator_of(request), today=timezone.localdate())
        if approved:
            send_letters.enqueue([letter.pk for letter in approved])
    told = ngettext(
        "%(count)d mail goes out as soon as the worker takes it.",
        "%(count)d mails go out as soon as the worker takes them.",
        len(approved),
    )
    messages.success(request, told % {"count": len(approved)})


def _close(request: HttpRequest, deed: str, pk: str) -> None:
    given = get_object_or_404(LetterAnswer, pk=_number(pk))
    note = typed(request, "note", LONGEST_NOTE)
    state = State.ACCEPTED if deed == "accept" else State.SET_ASIDE
    if letters.close(given, state, by=curator_of(request), note=note):
        messages.success(request, _("The answer is closed."))
    else:
        messages.warning(request, _("Somebody closed it already."))


def _settle(request: HttpRequest, pk: str, *, again: bool) -> None:
    letter = get_object_or_404(Letter, pk=_number(pk))
    if letters.settle_fate(letter, again=again):
        send_letters.enqueue([letter.pk])
        messages.success(request, _("It is sent again."))
    else:
        messages.success(request, _("It is let be."))
