"""The addresses that published entries name, and the entries that name an address."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet

from resources.models import Entry, Organisation, PublicationState, Resource

# Where entries name addresses, what is to be looked at first before the rest.
SOURCES = "sources__url"
NAMED_IN: dict[type[Entry], tuple[str, ...]] = {
    Resource: ("status_page_url", "apply_url", "url", SOURCES),
    Organisation: ("website", SOURCES),
}
IS_PUBLIC = Q(publication_state=PublicationState.PUBLISHED)


def addresses() -> set[str]:
    """Every address that something public names."""
    public = [(model, model._default_manager.filter(IS_PUBLIC)) for model in NAMED_IN]
    columns = [
        rows.values_list(name, flat=True) for model, rows in public for name in NAMED_IN[model]
    ]
    return set(filter(None, chain(*columns)))


def status_pages() -> set[str]:
    """The pages that say whether a fund is open."""
    rows = Resource.objects.published().exclude(status_page_url="")
    return set(rows.values_list("status_page_url", flat=True))


def citing(urls: Iterable[str]) -> dict[str, list[Entry]]:
    """The public entries that name each of these addresses."""
    wanted = set(urls)
    found: dict[str, list[Entry]] = {url: [] for url in wanted}
    for model, names in NAMED_IN.items():
        names_one = Q(*((f"{name}__in", wanted) for name in names), _connector=Q.OR)
        entries: QuerySet[Any] = model._default_manager.filter(IS_PUBLIC & names_one).distinct()
        for entry in entries.prefetch_related("sources"):
            for url in wanted.intersection(pages_of(entry)):
                found[url].append(entry)
    return found


def pages_of(entry: Entry) -> list[str]:
    """The addresses that an entry names: where its status stands, its sources, its own pages."""
    own = [getattr(entry, name) for name in NAMED_IN[type(entry)] if name != SOURCES]
    sources = [source.url for source in entry.sources.all()]  # type: ignore[attr-defined]
    return list(dict.fromkeys(filter(None, [own[0], *sources, *own[1:]])))
