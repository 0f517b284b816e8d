"""What machines found at the addresses that entries name, for curators to act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources import publishing
from resources.admin.saving import curator_of
from resources.admin.shared import change_url, may_publish_all
from resources.models import Entry, Link
from resources.trust import looking
from resources.trust.doubts import FOUND
from resources.trust.links import Outcome
from resources.trust.named import citing
from resources.trust.readdressing import CannotReaddress, use_new_address

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Alarm:
    """An address, what is wrong with it, and the entries that name it."""

    link: Link
    says: str
    entries: list[tuple[Entry, str]]

    @property
    def has_moved(self) -> bool:
        """Whether its new address is known."""
        return self.link.outcome == Outcome.MOVED and bool(self.link.leads_to)


def links_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """The alarms, and the funds whose status page says something else than their entry.

    By POST: the new address of a page that moved, in all entries that name the old one.
    """
    if request.method == "POST":
        return _readdress(request)
    shown = Paginator(looking.alarms(), A_PAGE).get_page(request.GET.get("p", "1"))
    named_by = citing(link.url for link in shown)
    context = {
        **each_context,
        "title": _("Links that need a look"),
        "page": shown,
        "alarms": [
            Alarm(link, str(FOUND[link.outcome]), _with_pages(named_by[link.url]))
            for link in shown
            if named_by[link.url]
        ],
        "proposals": looking.proposals(),
        "may_readdress": may_publish_all(request),
    }
    return TemplateResponse(request, "admin/queue/links.html", context)


def _readdress(request: HttpRequest) -> HttpResponse:
    if not may_publish_all(request):
        raise PermissionDenied
    try:
        told = use_new_address(
            request.POST.get("url", "").replace("\x00", ""), by=curator_of(request)
        )
    except (CannotReaddress, publishing.CannotPublish) as refusal:
        messages.error(request, str(refusal))
    else:
        done = ngettext(
            "%(count)d entry names the new address now.",
            "%(count)d entries name the new address now.",
            len(told),
        )
        messages.success(request, done % {"count": len(told)})
    return HttpResponseRedirect(request.get_full_path())


def _with_pages(entries: list[Entry]) -> list[tuple[Entry, str]]:
    return [(entry, change_url(entry)) for entry in entries]
