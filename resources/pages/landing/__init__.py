"""Landing pages: what a person finds by the name of a need, an illness, a medicine or a state.

They show the first results of a search and lead to all of them; the search decides what fits and
in which order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from resources.models import Resource
from resources.pages.drawn import Card, draw
from resources.pages.links import search_url
from resources.search.counting import FacetValue
from resources.search.query import SearchQuery
from resources.search.results import Note, SearchResults, find
from resources.search.sets import Directory

# So many cards are shown for a whole page, and for one of several groups on a page.
FIRST, FIRST_OF_GROUP = 10, 3

# The need that no word of the vocabulary fits; nobody looks for it.
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Shown:
    """The first cards of a search, matches apart from what is to be asked, and the way to all."""

    query: SearchQuery
    heading: str = ""
    text: str = ""
    cards: list[Card] = field(default_factory=list)
    asks: list[Card] = field(default_factory=list)
    total: int = 0
    ask: int = 0

    @property
    def count(self) -> int:
        """All that the search finds, those to be asked included."""
        return self.total + self.ask

    @property
    def url(self) -> str:
        """The search with all of it."""
        return search_url(self.query)

    def __bool__(self) -> bool:
        return bool(self.cards or self.asks)


def asked_for(**values: str | Iterable[str]) -> SearchQuery:
    """A search by facets: asked_for(need="copay", insurance=["medicare", "medicaid"])."""
    query = SearchQuery()
    for facet, wanted in values.items():
        for value in [wanted] if isinstance(wanted, str) else wanted:
            query = query.adding(facet, value)
    return query


def first_of(
    query: SearchQuery,
    directory: Directory,
    language: str,
    *,
    limit: int = FIRST,
    leave_out: Iterable[int] = (),
    heading: str = "",
    text: str = "",
) -> Shown:
    """The first results of a search, without the resources in `leave_out` (shown already)."""
    return shown(
        find(query, directory, language),
        limit=limit,
        leave_out=leave_out,
        heading=heading,
        text=text,
    )


def shown(
    results: SearchResults,
    *,
    limit: int = FIRST,
    leave_out: Iterable[int] = (),
    heading: str = "",
    text: str = "",
) -> Shown:
    """The first cards of results that were found already, in the order of the search.

    Where the visitor has named no state, what serves the whole country goes before what serves
    some states; what only may do it ("ask whether they do this") goes last.
    """
    directory = results.directory
    left_out, national = set(leave_out), directory.tags("area_kind", Resource.AreaKind.NATIONAL)
    hits = [hit for hit in results.hits if hit.resource_id not in left_out]
    if not results.query.area:
        hits.sort(key=lambda hit: hit.resource_id not in national)
    hits.sort(key=lambda hit: (hit.asks, Note.PARENT_NEED in hit.notes))
    chosen = results.query.terms()
    matches = [(hit.resource_id, hit.notes) for hit in hits[:limit] if not hit.asks]
    asks = [(hit.resource_id, hit.notes) for hit in hits[:limit] if hit.asks]
    return Shown(
        query=results.query,
        heading=heading,
        text=text,
        cards=draw(directory, matches, chosen),
        asks=draw(directory, asks, chosen),
        total=results.total,
        ask=results.ask,
    )


def main_needs(results: SearchResults) -> list[FacetValue]:
    """The needs of the upper level that the results can be narrowed by, with their counts."""
    values = next((facet.values for facet in results.facets if facet.name == "need"), [])
    return [
        value
        for value in values
        if value.value != OTHER and not results.directory.needs.parents(value.value)
    ]
