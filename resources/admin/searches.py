"""What people look for and don't find: the numbers of one week that is over, for curators.

Only numbers that are large enough, of one week, as they stand: no totals, no shares, no sums of
several weeks, and every week to choose from whether anything was counted in it or not. So what is
not shown cannot be worked out from what is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.context import directory_of
from resources.languages import language_of_page
from resources.models import SearchCount
from resources.models.search_count import FEWEST_SHOWN
from resources.search import tally
from resources.search.facets import FACETS
from resources.search.sets import Directory


@dataclass(frozen=True, slots=True)
class Looked:
    """A term, the vocabulary that it is of, and in how many searches it was."""

    name: str
    kind: str
    number: int


def searches_view(request: HttpRequest, each_context: dict[str, Any]) -> HttpResponse:
    """The week that was chosen, or else the newest that is over; what found nothing first."""
    weeks = tally.weeks_shown(timezone.localdate())
    week = _chosen(request.GET.get("week", ""), weeks)
    counts = list(SearchCount.objects.showable(week))
    directory, language = directory_of(request), language_of_page()
    context = {
        **each_context,
        "title": _("What people look for"),
        "week": week,
        "weeks": weeks,
        "fewest": FEWEST_SHOWN,
        "tables": [
            (caption, named((c for c in counts if c.has_results is found), directory, language))
            for found, caption in (
                (False, _("Looked for, and nothing was found")),
                (True, _("Looked for and found")),
            )
        ],
    }
    return TemplateResponse(request, "admin/searches.html", context)


def _chosen(day: str, weeks: list[dt.date]) -> dt.date:
    """The week of this Monday, "2026-11-16", where it may be looked at; else the newest."""
    return next((week for week in weeks if week.isoformat() == day), weeks[0])


def named(counts: Iterable[SearchCount], directory: Directory, language: str) -> list[Looked]:
    """By their names for the reader, the largest number first."""
    rows = [
        Looked(
            name=FACETS[count.facet].display(directory, count.term, language),
            kind=str(FACETS[count.facet].label),
            number=count.number,
        )
        for count in counts
        if count.facet in FACETS
    ]
    return sorted(rows, key=lambda row: (-row.number, row.name))
