"""Where a page leads: links to choose from, and the addresses of searches."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from resources.search.query import SearchQuery


@dataclass(frozen=True, slots=True)
class Link:
    """Something to choose: its words, where it leads, whether it is chosen now."""

    label: str | Promise
    url: str
    chosen: bool = False


def search_url(query: SearchQuery, *further: tuple[str, str]) -> str:
    """The address of a search, with further parameters that are no filters."""
    return f"{reverse('search')}?{urlencode([*query.to_params(), *further])}"
