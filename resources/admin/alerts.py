"""Alerts at the desk: how many wait, what went out lately, and mails of which nobody knows.

No address is shown: nobody needs one to decide.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.admin.shared import may_publish_all
from resources.alerts import sending
from resources.alerts.news import SETTLES
from resources.models import Alert, AlertMail, AlertNews
from resources.tasks import tell_news

MOST = 50


def alerts_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """What there is, and a button for each mail in trouble."""
    if request.method == "POST":
        if not may_publish_all(request):
            raise PermissionDenied
        return _settled(request)
    confirmed = Alert.objects.confirmed().count()
    context = {
        **each_context,
        "title": _("Alerts by email"),
        "confirmed": confirmed,
        "asked": Alert.objects.count() - confirmed,
        "settles": int(SETTLES.total_seconds() // 60),
        "in_trouble": sending.in_trouble(timezone.now())[:MOST],
        "news": AlertNews.objects.select_related("resource").order_by("-pk")[:MOST],
        "may_settle": may_publish_all(request),
    }
    return TemplateResponse(request, "admin/alerts/alerts.html", context)


def _settled(request: HttpRequest) -> HttpResponse:
    deed, _colon, pk = request.POST.get("deed", "").partition(":")
    if deed not in ("again", "let_be") or not pk.isascii() or not pk.isdecimal() or len(pk) > 18:
        raise Http404
    mail = get_object_or_404(AlertMail, pk=int(pk), alert__isnull=False)
    if sending.settle(mail, again=deed == "again"):
        tell_news.enqueue()
        messages.success(request, _("It is sent again."))
    else:
        messages.success(request, _("It is let be."))
    return HttpResponseRedirect(reverse("admin:alerts"))
