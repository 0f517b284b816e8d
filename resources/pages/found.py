"""The search page, ready to be shown: what a template needs to know of `SearchResults`.

The search says what fits and how many; here it becomes headings, chips, links and cards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.template.loader import get_template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resources.filters import SearchFilter
from resources.models import Organisation
from resources.pages.alert import wished
from resources.pages.drawn import Card, draw, kept_filters
from resources.pages.finder.quick import Quick
from resources.pages.insurance import KINDS, UNSURE, Question, in_a_search
from resources.pages.landing import Shown, first_of
from resources.pages.links import Link, search_url
from resources.search.counting import FacetCounts, FacetValue
from resources.search.facets import FACETS, UNINSURED
from resources.search.query import TABLE, SearchQuery
from resources.search.results import SearchResults, WayOut
from resources.search.words import fold

# A facet shows so many values as links; all of them stand in a list to choose from.
FEW = 6

# Facets that are open from the start, and those whose few links would say nothing (states).
OPEN, ONLY_A_LIST = frozenset({"need", "area", "status"}), frozenset({"area"})

# The few that stand for a facet; of the others the most frequent do. A kind of private insurance
# finds as much as private insurance itself, so that frequency says nothing there.
FIRST = {"insurance": (UNINSURED, *KINDS)}

# Vocabularies without an order of their own, listed by name in the language of the page.
BY_NAME = frozenset({"area", "condition", "medicine"})

ORDERS: dict[str, Promise] = {
    "best": _("Best match"),
    "checked": _("Recently checked"),
    "name": _("Name"),
}

# Of each kind of help, where a question names several.
FIRST_OF_NEED = 4

# A list of more values than this has a page of its own: it would outweigh the results.
MOST_IN_A_LIST = 60

# Stand in the filters for the fields that keep what was asked beside a value that is chosen from
# a list, and beside another state: filters are kept, and no words of anybody's with them.
KEPT, ELSEWHERE = SafeString("<!--kept-->"), SafeString("<!--kept elsewhere-->")

# Not filters: whoever is not sure is shown everything and how to find out; a facet whose values
# are to be listed takes the place of the results.
NOT_SURE, LIST = "insured", "list"


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet as links with counts, and whether there are more in its list."""

    name: str
    label: str
    links: list[FacetValue]
    every: list[FacetValue]
    choices: list[tuple[str, str]]
    list_url: str
    is_open: bool

    @property
    def has_more(self) -> bool:
        return len(self.every) > len(self.links)

    @property
    def is_too_long(self) -> bool:
        """Too many values for a list on the page of results."""
        return len(self.every) > MOST_IN_A_LIST


class FoundPage:
    """One page of results for a reader of `language`. Loads what it shows when it is asked for."""

    # The name of the page, to which its links lead.
    page = "search"
    is_table = False

    def __init__(
        self, results: SearchResults, asked: SearchFilter, quick: Quick | None = None
    ) -> None:
        """`quick`: what answers about somebody come to, where some were given."""
        self.results, self.query, self.asked = results, results.query, asked
        self.quick = quick
        self.directory, self.language = results.directory, results.language

    def url(self, query: SearchQuery, *further: tuple[str, str]) -> str:
        """The address of this page for another query."""
        return search_url(query, *further, page=self.page)

    @property
    def action(self) -> str:
        """Where its forms are sent."""
        return reverse(self.page)

    @property
    def unknown(self) -> list[str]:
        """Values in the address that nobody knows, left out."""
        return self.asked.unknown

    @property
    def count(self) -> int:
        """Matches and those to be asked, together."""
        return self.results.count

    @cached_property
    def title(self) -> str:
        """The search in a sentence: "Help with copays for imatinib in Ohio"."""
        area = self.results.area
        known = self.query if area is None or area.code else self.query.without("area")
        return known.describe(self.name_of)

    def name_of(self, facet: str, value: str) -> str:
        """The name of a facet's value for this reader; a ZIP code with its state."""
        area = self.results.area
        if facet == "area" and area is not None and area.zip and area.code:
            state = FACETS[facet].display(self.directory, area.code, self.language)
            return gettext("%(state)s, ZIP %(zip)s") % {"state": state, "zip": area.zip}
        return FACETS[facet].display(self.directory, value, self.language)

    @cached_property
    def chips(self) -> list[Link]:
        """What was chosen, each leading to the search without it."""
        words = [Link(f"“{self.query.text}”", self.url(self.query.without("q")))]
        terms = [
            Link(self.name_of(facet, value), self.url(self.query.without(facet, value)))
            for facet, value in self.query.terms()
        ]
        return (words if self.query.text else []) + terms

    @property
    def is_read(self) -> bool:
        """Terms were found in the words that were typed."""
        return bool(self.results.read.readings)

    @cached_property
    def by_need(self) -> list[Shown]:
        """The answer to a question for several kinds of help: each by itself; else nothing."""
        needs = [slug for slug in self._needs_read if slug in self.query.needs]
        if self.quick or len(needs) < 2 or self.query.page > 1 or self.query.order != "best":
            return []
        groups = [
            first_of(
                replace(self.query, needs=(slug,)),
                self.directory,
                self.language,
                limit=FIRST_OF_NEED,
                heading=self.name_of("need", slug),
            )
            for slug in needs
        ]
        return [group for group in groups if group]

    @property
    def _needs_read(self) -> list[str]:
        """The first need of each phrase that was read as one."""
        firsts = [reading.meanings[0] for reading in self.results.read.readings]
        return list(dict.fromkeys(value for facet, value in firsts if facet == "need"))

    @property
    def corrections(self) -> list[tuple[str, str]]:
        """What was taken for a misspelling: as typed, and as read."""
        return self.results.read.corrections

    @property
    def exact_url(self) -> str:
        """The same words, taken as they stand; or, where they are, read again."""
        asked = self.results.asked
        return self.url(replace(asked, exact=not asked.exact, page=1))

    @cached_property
    def matches(self) -> list[Card]:
        """This page's cards of what matches."""
        return self._cards(asks=False)

    @cached_property
    def to_ask(self) -> list[Card]:
        """This page's cards of what one has to ask."""
        return self._cards(asks=True)

    def _cards(self, *, asks: bool) -> list[Card]:
        hits = [hit for hit in self.results.hits if hit.asks is asks]
        wanted = [(hit.resource_id, hit.notes) for hit in hits]
        drawn = draw(self.directory, wanted, self.query.terms())
        if self.quick is None:
            return drawn
        judged = self.quick.judged([card.resource_id for card in drawn])
        return [replace(card, judged=judged.get(card.resource_id)) for card in drawn]

    @cached_property
    def organisations(self) -> list[Organisation]:
        """The organisations found by name, in their order."""
        found = Organisation.objects.published().select_related("state", "successor")
        rows = found.prefetch_related("names", "translations").in_bulk(self.results.organisations)
        return [rows[pk] for pk in self.results.organisations if pk in rows]

    @cached_property
    def facets(self) -> list[ShownFacet]:
        """The facets that have something to offer."""
        facets = [self._in_order(facet) for facet in self.results.facets if facet.values]
        lists = self.asked.offer(facets)
        start = self.query.on_page(1)
        return [
            _shown(facet, lists[facet.name], self.url(start, (LIST, facet.name)))
            for facet in facets
        ]

    def _in_order(self, facet: FacetCounts) -> FacetCounts:
        if facet.name not in BY_NAME:
            return facet
        places = self._places_by_name(facet.name)
        return replace(facet, values=sorted(facet.values, key=lambda one: places[one.value]))

    def _places_by_name(self, facet: str) -> dict[str, int]:
        """The place of each of a facet's values by name, worked out once in an edition."""

        def places() -> dict[str, int]:
            values = FACETS[facet].values(self.directory)
            by_name = sorted(values, key=lambda value: fold(self.name_of(facet, value)))
            return {value: place for place, value in enumerate(by_name)}

        return self.directory.remembered(("by name", facet, self.language), places)

    @property
    def listed(self) -> ShownFacet | None:
        """The facet whose values are all to be listed in place of the results."""
        wanted = self.asked.data.get(LIST)
        found = (facet for facet in self.facets if facet.name == wanted) if wanted else iter(())
        return next(found, None)

    @property
    def filters(self) -> SafeString:
        """The list of filters, drawn."""
        template = get_template("search/_filters.html")
        marks = {"kept": KEPT, "elsewhere": ELSEWHERE}
        drawn = kept_filters(
            self.results, self.page, lambda: template.render({"found": self, **marks})
        )
        asked = self.results.asked
        kept, elsewhere = _hidden(_params(asked)), _hidden(_params(asked, without="area"))
        return SafeString(drawn.replace(KEPT, kept).replace(ELSEWHERE, elsewhere))

    @property
    def has_only_words(self) -> bool:
        """Words and no filter."""
        return bool(self.query.text) and not self.query.terms()

    @property
    def ways_out(self) -> list[tuple[WayOut, str]]:
        """The search without each of its terms, with its address."""
        return [(way, self.url(way.query)) for way in self.results.ways_out]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the search box keeps beside the words: every filter, not the page."""
        return _params(self.results.asked, without="q")

    @property
    def kept_beside_order(self) -> list[tuple[str, str]]:
        return _params(self.results.asked, without="order")

    @property
    def orders(self) -> list[tuple[str, Promise, bool]]:
        """The orders to choose from: value, words, whether it is the present one."""
        return [(value, label, value == self.query.order) for value, label in ORDERS.items()]

    @cached_property
    def insurance(self) -> Question:
        """ "Do you have insurance?", and which kind."""
        return in_a_search(
            self.query,
            known=self.directory.terms["insurance"],
            unsure=(NOT_SURE, UNSURE),
            is_unsure=self.asked.data.get(NOT_SURE) == UNSURE and not self.query.insurance,
            name_of=lambda kind: self.name_of("insurance", kind),
        )

    @property
    def last_page(self) -> int:
        """How many pages there are; at least one."""
        return self.results.pages

    @property
    def pager(self) -> list[int | None]:
        """The page numbers to link to; None stands for a gap."""
        return list(_pager(self.query.page, self.last_page))

    def page_url(self, page: int) -> str:
        """The address of another page of the same results."""
        return self.url(self.results.asked.on_page(page))

    @cached_property
    def pages(self) -> list[Link | None]:
        """The pager's links; None stands for a gap."""
        return [
            None if page is None else Link(str(page), self.page_url(page), page == self.query.page)
            for page in self.pager
        ]

    @cached_property
    def previous(self) -> str:
        return self.page_url(self.query.page - 1) if 1 < self.query.page <= self.last_page else ""

    @cached_property
    def next(self) -> str:
        return self.page_url(self.query.page + 1) if self.query.page < self.last_page else ""

    @property
    def is_past_the_end(self) -> bool:
        """There are results, but not that many pages of them."""
        return bool(self.count) and self.query.page > self.last_page

    @property
    def _start(self) -> SearchQuery:
        """What was asked, from its first page on."""
        return self.results.asked.on_page(1)

    @property
    def as_table(self) -> str:
        """The same as a table, for a desk."""
        return search_url(replace(self._start, view=TABLE))

    @property
    def as_cards(self) -> str:
        """The same as cards, for a reader."""
        return search_url(replace(self._start, view=""))

    @property
    def feed(self) -> str:
        """The feed of these."""
        return search_url(self.results.asked.whatever_way_shown(), page=f"{self.page}_feed")

    @property
    def alert(self) -> str:
        """Where one asks for an email when something like this opens; empty for a plain search."""
        asked = wished(self.results.query)
        return "" if asked.is_empty else search_url(asked, page="alerts")

    @property
    def turned(self) -> str:
        """What of these opened and closed lately."""
        return search_url(self.results.asked.whatever_way_shown(), page="open_now")

    @property
    def here(self) -> str:
        """The address of these results, from their first page on."""
        return self.url(self.results.asked.on_page(1))

    @property
    def first_page(self) -> str:
        return self.page_url(1)


def _shown(facet: FacetCounts, choices: list[tuple[str, str]], list_url: str) -> ShownFacet:
    return ShownFacet(
        name=facet.name,
        label=facet.label,
        links=_few(facet),
        every=facet.values,
        choices=choices,
        list_url=list_url,
        is_open=facet.name in OPEN or bool(facet.selected),
    )


def _few(facet: FacetCounts) -> list[FacetValue]:
    """The links of a facet: all where they are few, else the chosen and the first or frequent."""
    if facet.name in ONLY_A_LIST:
        return facet.selected
    if len(facet.values) <= FEW + 1:
        return facet.values
    first = FIRST.get(facet.name, ())
    ranked = sorted(
        facet.values, key=lambda v: (not v.selected, v.value not in first, 0 if first else -v.count)
    )
    return ranked[: max(FEW, len(facet.selected))]


def _params(query: SearchQuery, *, without: str = "") -> list[tuple[str, str]]:
    return [(name, value) for name, value in query.on_page(1).to_params() if name != without]


def _hidden(params: list[tuple[str, str]]) -> SafeString:
    """Hidden fields with these names and values."""
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', params)


def _pager(page: int, pages: int) -> Iterator[int | None]:
    """First, last, the present one and its neighbours."""
    wanted: Sequence[int] = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    for before, number in zip([0, *wanted], wanted, strict=False):
        if number - before > 1:
            yield None
        yield number
