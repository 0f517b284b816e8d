"""Where a page leads: links to choose from, and the addresses of searches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from resources.search.query import SearchQuery


@dataclass(frozen=True, slots=True)
class Link:
    """Something to choose: its words, where it leads, whether it is chosen now."""

    label: str | Promise
    url: str
    chosen: bool = False


def search_url(query: SearchQuery, *further: tuple[str, str], page: str = "search") -> str:
    """The address of a search, with further parameters that are no filters.

    `page`: the name of another page that is asked with the same parameters.
    """
    return f"{_page(page, get_language())}?{urlencode([*query.to_params(), *further])}"


@cache
def _page(name: str, language: str | None) -> str:
    """The address of a page in a language; one has dozens of links to the search."""
    return reverse(name)
