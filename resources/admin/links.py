"""What machines found at the addresses that entries name, for curators to act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.models import Entry, Link
from resources.trust import looking
from resources.trust.links import Outcome

A_PAGE = 50

# What became of an address, for a curator.
SAYS: dict[str, Promise] = {
    Outcome.GONE: gettext_lazy("gone"),
    Outcome.MOVED: gettext_lazy("moved for good"),
    Outcome.RENAMED: gettext_lazy("goes by another name: renamed or merged?"),
    Outcome.SOFT_404: gettext_lazy("answers, but says that there is no such page"),
    Outcome.TLS: gettext_lazy("no safe connection"),
    Outcome.TIMEOUT: gettext_lazy("does not answer in time"),
    Outcome.BLOCKED: gettext_lazy("keeps machines away"),
    Outcome.SERVER_ERROR: gettext_lazy("answers with an error"),
    Outcome.REFUSED: gettext_lazy("not an address of the public web"),
    Outcome.UNREACHABLE: gettext_lazy("cannot be reached"),
    Outcome.ROBOTS: gettext_lazy("asks machines to keep away"),
    Outcome.OK: gettext_lazy("works"),
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """An address, what is wrong with it, and the entries that name it."""

    link: Link
    says: str
    entries: list[tuple[Entry, str]]


def links_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """The alarms, and the funds whose status page says something else than their entry."""
    today = timezone.localdate()
    shown = Paginator(looking.alarms(), A_PAGE).get_page(request.GET.get("p", "1"))
    citing = looking.citing(link.url for link in shown)
    context = {
        **each_context,
        "title": _("Links that need a look"),
        "page": shown,
        "alarms": [
            Alarm(link, str(SAYS[link.outcome]), _with_pages(citing[link.url]))
            for link in shown
            if citing[link.url]
        ],
        "proposals": list(looking.proposals(today)),
    }
    return TemplateResponse(request, "admin/queue/links.html", context)


def _with_pages(entries: list[Entry]) -> list[tuple[Entry, str]]:
    return [
        (entry, reverse(f"admin:resources_{entry.KIND}_change", args=[entry.pk]))
        for entry in entries
    ]
