"""A search: from a query to one page of results, with facet counts and ways out.

`by_words` says what the words find, `counting` what the chosen values leave of it, `order` which
of that comes first. Whoever shows the page loads the resources that it names.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from resources.search.areas import Area, read_area
from resources.search.by_words import Found, named_organisations, read_and_find
from resources.search.counting import FacetCounts, facet_counts, split
from resources.search.facets import FACETS, matching, untagged
from resources.search.order import ORDERS, Asked, Split, all_of, last_for_asking, page_of
from resources.search.query import SearchQuery
from resources.search.sets import Directory
from resources.search.understanding import Understanding

PAGE_SIZE = 25


class Note(enum.Enum):
    """What a card says about how its resource fits the question."""

    NATIONAL = "national", _("Anywhere in the U.S.")
    PARENT_NEED = "parent_need", _("Ask whether they do this")
    NARROWER = "narrower", _("For a narrower or nearby illness: ask")
    NO_ILLNESS = "no_illness", _("Illness not stated: ask")
    NO_MEDICINE = "no_medicine", _("Names no medicine: ask about yours")
    INSURANCE_UNSTATED = "insurance_unstated", _("Insurance rule not stated: ask")
    LANGUAGE_UNSTATED = "language_unstated", _("Language not stated: ask")
    APPLY_UNSTATED = "apply_unstated", _("Who can apply is not stated: ask")

    label: Promise

    def __new__(cls, value: str, label: Promise) -> Note:
        member = object.__new__(cls)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the resource's key, whether one has to ask, and what its card notes."""

    resource_id: int
    asks: bool
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """Questions that put results in another order, and whether that is turned round."""

    splits: Sequence[Split] = ()
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class WayOut:
    """The query without one of its terms (`facet` "q" for the words), and how many it finds."""

    query: SearchQuery
    facet: str
    value: str
    label: str
    count: int


@dataclass(frozen=True)
class SearchResults:
    """What a search finds. A page of it, counts and ways out are worked out when asked for.

    `asked` is the query as it was asked, `query` what it was read as: with the terms that its words
    are (`read`) chosen, and what is left over as its words. `matches` fit; `to_ask` states too
    little to tell. Those of `last` stand behind the others, whatever else is known of them.
    """

    directory: Directory
    language: str
    asked: SearchQuery
    query: SearchQuery
    read: Understanding
    area: Area | None
    chosen: dict[str, list[str]]
    found: Found
    matches: BitMap
    to_ask: BitMap
    last: BitMap = field(default_factory=BitMap)

    def without(self, hidden: BitMap) -> SearchResults:
        """The same, but for these resources."""
        found = replace(self.found, hits=self.found.hits - hidden)
        matches, to_ask = self.matches - hidden, self.to_ask - hidden
        return replace(self, found=found, matches=matches, to_ask=to_ask)

    def with_last(self, last: BitMap) -> SearchResults:
        """The same with these last, where the best are to stand first."""
        return replace(self, last=last)

    @property
    def total(self) -> int:
        """How many match."""
        return len(self.matches)

    @property
    def ask(self) -> int:
        """How many are to be asked."""
        return len(self.to_ask)

    @property
    def count(self) -> int:
        """Matches and those to be asked, together."""
        return self.total + self.ask

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def any_word(self) -> bool:
        """Nothing has all the words, these have some of them."""
        return bool(self.found.by_words) and not self.read.readings

    @cached_property
    def hits(self) -> list[Hit]:
        """The results on this page, matches first."""
        return _page(self)

    def in_order(self, start: int, stop: int, sort: Sort | None = None) -> list[tuple[int, bool]]:
        """The results from one place up to another: primary key, whether one has to ask.

        Matches come first. `sort` takes the place of the order that was asked for.
        """
        return _in_order(self, start, stop, sort)

    def all_in_order(self) -> Iterator[int]:
        """The primary keys of all results, the matches first, for whoever reads to the end.

        To ask for one part after the other would put them in order anew for each.
        """
        for hits, asks in ((self.matches, False), (self.to_ask, True)):
            splits, ranks, spread = _how_ordered(self, asks=asks)
            yield from all_of(hits, splits, self.directory, ranks, spread=spread)

    @cached_property
    def facets(self) -> list[FacetCounts]:
        """Each facet, counted without its own selection."""
        hits = self.found.hits
        return facet_counts(self.directory, self.query, self.chosen, hits, self.language)

    @cached_property
    def organisations(self) -> list[int]:
        """Up to three organisations found by name; they are not counted."""
        return named_organisations(self.asked.text, self.read)

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """Where nothing was found: the query without each of its terms, what finds most first."""
        return [] if self.count else _ways_out(self)


def find(asked: SearchQuery, directory: Directory, language: str) -> SearchResults:
    """What a query finds, named for a reader of `language`."""
    read, found = read_and_find(directory, asked)
    query = read.applied_to(asked)
    area = read_area(query.area) if query.area else None
    chosen = chosen_values(query, area)
    matches, to_ask = split(directory, chosen, found.hits, found.says_so)
    if read.readings:
        # What bears the words in its name was asked for, whatever they mean besides.
        by_name, _asks = split(directory, chosen_values(asked, area), found.bear_all)
        matches, to_ask = matches | by_name, to_ask - by_name
    return SearchResults(
        directory=directory,
        language=language,
        asked=asked,
        query=query,
        read=read,
        area=area,
        chosen=chosen,
        found=found,
        matches=matches,
        to_ask=to_ask,
    )


def chosen_values(query: SearchQuery, area: Area | None) -> dict[str, list[str]]:
    """The chosen values by facet; an area as its state's code, left out where it is no state."""
    chosen: dict[str, list[str]] = {}
    for facet, value in query.terms():
        if facet == "area":
            value = area.code if area else ""
        if value:
            chosen.setdefault(facet, []).append(value)
    return chosen


def _page(results: SearchResults) -> list[Hit]:
    """This page's hits: from the matches while they last, then from those to be asked."""
    start, stop = (results.query.page - 1) * PAGE_SIZE, results.query.page * PAGE_SIZE
    asked, directory = _asked(results), results.directory
    hits = results.in_order(start, stop)
    return [Hit(pk, asks, tuple(_notes(directory, asked, pk))) for pk, asks in hits]


def _asked(results: SearchResults) -> Asked:
    found = results.found
    return Asked(
        chosen=results.chosen,
        by_words=found.by_words,
        named=found.named,
        # By name is by name alone: where the words stand in the text then says nothing.
        ranks={} if results.query.order == "name" else found.ranks,
    )


def _in_order(
    results: SearchResults, start: int, stop: int, sort: Sort | None
) -> list[tuple[int, bool]]:
    def part(hits: BitMap, start: int, stop: int, *, asks: bool) -> list[int]:
        start, stop = max(0, start), max(0, stop)
        if sort is None:
            return _as_asked(results, hits, start, stop, asks=asks)
        if sort.is_reversed:
            start, stop = max(0, len(hits) - stop), max(0, len(hits) - start)
        found = page_of(hits, sort.splits, results.directory, {}, start, stop)
        return found[::-1] if sort.is_reversed else found

    first = part(results.matches, start, stop, asks=False)
    rest = part(results.to_ask, start - results.total, stop - results.total, asks=True)
    return [(pk, False) for pk in first] + [(pk, True) for pk in rest]


def _as_asked(
    results: SearchResults, hits: BitMap, start: int, stop: int, *, asks: bool
) -> list[int]:
    """Hits in the order that was asked for; those to be asked have a question of their own."""
    splits, ranks, spread = _how_ordered(results, asks=asks)
    return page_of(hits, splits, results.directory, ranks, start, stop, spread=spread)


def _how_ordered(
    results: SearchResults, *, asks: bool
) -> tuple[Sequence[Split], Mapping[int, float], int]:
    """The questions of the order, the text's ranks, and the size of a page if they are spread."""
    directory, query, asked = results.directory, results.query, _asked(results)
    splits = ORDERS[query.order](directory, asked)
    if query.order == "best":
        splits = [[directory.everything - results.last], *splits]
    if asks:
        splits = [*last_for_asking(directory, asked), *splits]
    is_spread = query.order == "best" and not results.read.organisations and not asks
    return splits, asked.ranks, PAGE_SIZE if is_spread else 0


def _notes(directory: Directory, asked: Asked, pk: int) -> Iterator[Note]:
    """What the card of this resource says about how it fits what was chosen."""
    chosen = asked.chosen
    if "area" in chosen and pk in directory.tags("area_kind", "national"):
        yield Note.NATIONAL
    if "need" in chosen and not _does_itself(directory, chosen["need"], pk):
        yield Note.PARENT_NEED
    if "condition" in chosen and not _matches(directory, "condition", chosen, pk):
        yield Note.NO_ILLNESS if pk in untagged(directory, "condition") else Note.NARROWER
    for facet, note in (
        ("medicine", Note.NO_MEDICINE),
        ("insurance", Note.INSURANCE_UNSTATED),
        ("language", Note.LANGUAGE_UNSTATED),
        ("apply", Note.APPLY_UNSTATED),
    ):
        if facet in chosen and not _matches(directory, facet, chosen, pk):
            yield note


def _does_itself(directory: Directory, needs: Iterable[str], pk: int) -> bool:
    return any(
        pk in directory.tags_of_any("need", [need, *directory.needs.children(need)])
        for need in needs
    )


def _matches(directory: Directory, facet: str, chosen: dict[str, list[str]], pk: int) -> bool:
    return any(pk in matching(directory, facet, value) for value in chosen[facet])


def _ways_out(results: SearchResults) -> list[WayOut]:
    offers = [
        WayOut(shorter, facet, value, label, find(shorter, results.directory, "").count)
        for facet, value, label, shorter in _shorter(results)
    ]
    return sorted((offer for offer in offers if offer.count), key=lambda offer: -offer.count)


def _shorter(results: SearchResults) -> Iterator[tuple[str, str, str, SearchQuery]]:
    query = results.query
    if query.text:
        yield "q", query.text, query.text, query.without("q", query.text)
    for facet, value in query.terms():
        label = FACETS[facet].display(results.directory, value, results.language)
        yield facet, value, label, query.without(facet, value)
