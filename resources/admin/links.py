"""What machines found at the addresses that entries name, for curators to act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.models import Entry, Link
from resources.trust import looking
from resources.trust.doubts import FOUND
from resources.trust.named import citing

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Alarm:
    """An address, what is wrong with it, and the entries that name it."""

    link: Link
    says: str
    entries: list[tuple[Entry, str]]


def links_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """The alarms, and the funds whose status page says something else than their entry."""
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
    }
    return TemplateResponse(request, "admin/queue/links.html", context)


def _with_pages(entries: list[Entry]) -> list[tuple[Entry, str]]:
    return [
        (entry, reverse(f"admin:resources_{entry.KIND}_change", args=[entry.pk]))
        for entry in entries
    ]
